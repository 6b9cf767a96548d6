"""Every patch we print is taken by `git apply`, by `git apply -R` and by `git apply --3way`."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from repair.text.decode import encode, encode_text
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, Span
from repair.writers import writer
from repair.writers.unified_diff import blob_id, quoted
from tests.writers.nasty import NASTY, mended, random_repairs, result


def git(folder: Path, *words: str, data: bytes | None = None) -> bytes:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    done = subprocess.run(
        ["git", *name, *words], cwd=folder, input=data, capture_output=True, env=env
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout


def store(folder: Path, results: Sequence[Repaired]) -> None:
    for repaired in results:
        path = folder / repaired.document.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(repaired.document))


def read(folder: Path, results: Sequence[Repaired]) -> list[bytes]:
    return [(folder / repaired.document.name).read_bytes() for repaired in results]


def patch(results: Sequence[Repaired], prefix: str = "") -> bytes:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, "ascii", newline="\r\n") as out:  # neither matters to a patch
        writer("patch", prefix=prefix)(results, out)
        out.flush()
        return raw.getvalue()


@pytest.fixture(scope="module")
def results() -> list[Repaired]:
    return [mended(case) for case in NASTY] + list(random_repairs(600))


def test_git_apply_and_reverse(tmp_path: Path, results: list[Repaired]) -> None:
    store(tmp_path, results)
    git(tmp_path, "init", "-q")
    data = patch(results)
    git(tmp_path, "apply", "--whitespace=nowarn", "-", data=data)
    assert read(tmp_path, results) == [encode_text(r.text) for r in results]
    git(tmp_path, "apply", "--whitespace=nowarn", "-R", "-", data=data)
    assert read(tmp_path, results) == [encode(r.document) for r in results]


def test_git_apply_three_way_after_drift(tmp_path: Path) -> None:
    """The file has moved on where the context of the patch stands: the full blob ids merge it."""
    results = []
    for case in NASTY[:2] + NASTY[3:5] + NASTY[7:9] + NASTY[14:17]:
        filler = b"".join(b"line %d\n" % n for n in range(9))
        results.append(mended(case._replace(data=filler + case.data)))
    store(tmp_path, results)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "before")
    for repaired in results:
        path = tmp_path / repaired.document.name
        path.write_bytes(path.read_bytes().replace(b"line 7\n", b"drifted\n"))
    git(tmp_path, "add", ".")
    git(tmp_path, "apply", "--3way", "--whitespace=nowarn", "-", data=patch(results))
    drifted = [encode_text(r.text).replace(b"line 7\n", b"drifted\n") for r in results]
    assert read(tmp_path, results) == drifted


def test_git_agrees_on_blob_ids(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert git(tmp_path, "hash-object", "--stdin", data=b"x\r\n").decode().strip() == blob_id(
        b"x\r\n"
    )


def test_prefix_leads_to_the_root() -> None:
    case = NASTY[0]._replace(path="../b/a.txt")
    assert b"--- a/docs/b/a.txt\n" in patch([mended(case)], prefix="docs/sub/")


def test_mode_of_an_executable() -> None:
    done = mended(NASTY[0])
    document = replace(done.document, meta={"mode": 0o755})
    assert b" 100755\n" in patch([replace(done, document=document)])


def test_unchanged_document_has_no_patch() -> None:
    assert patch([result(Document("fine\n", "a.txt"), [])]) == b""


def test_another_encoding_alone_is_a_change() -> None:
    lines = patch([result(Document("caf\u00e9\nx\n", "a.txt", "cp1252"), [])]).split(b"\n")
    assert lines[4:-1] == [b"@@ -1,2 +1,2 @@", b"-caf\xe9", b"+caf\xc3\xa9", b" x"]


def test_text_stream_without_bytes_holds_stray_bytes() -> None:
    out = io.StringIO()
    case = next(case for case in NASTY if case.label == "stray bytes")
    writer("patch")([mended(case)], out)
    assert out.getvalue().encode("utf-8", "surrogateescape") == patch([mended(case)])


def test_inert_patch_names_what_a_terminal_would_obey() -> None:
    edit = Edit(Span(0, 3), "teh", "the", "test/swap", "", 0.9)
    out = io.StringIO()
    done = result(Document("teh \x1b[31mred\x1b[0m \u202eevil\n", "a\x1b.txt"), [edit])
    writer("patch", inert=True)([done], out)
    assert "\x1b" not in out.getvalue()
    assert "⟨ESC⟩[31mred" in out.getvalue()
    assert "\u202e" not in out.getvalue()


def test_many_hunks_are_linear() -> None:
    """One line of 200,000 characters with 20,000 hunks, and as many lines with a hunk each."""
    for text in ("teh word. " * 20_000, "teh word.\n" * 20_000):
        edits = [
            Edit(Span(at, at + 3), "teh", "the", "test/swap", "", 0.9)
            for at in range(0, len(text), 10)
        ]
        assert patch([result(Document(text, "a.txt"), edits)])


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("plain.txt", b"plain.txt"),
        ("caf\u00e9.txt", "caf\u00e9.txt".encode()),
        ("a\nb", rb'"a\nb"'),
        ('a"b\\', rb'"a\"b\\"'),
        ("a\x01\udcff", rb'"a\001\377"'),
    ],
)
def test_quoted_paths(path: str, header: bytes) -> None:
    assert quoted(path) == header
