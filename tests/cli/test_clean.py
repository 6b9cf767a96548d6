"""`repair clean`: where the product goes, what is said, and what a bad input does."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from repair.version import __version__
from tests.cli.conftest import Run

BAD = "a multi -billion deal with Google Google Cloud\n"
GOOD = "a multi-billion deal with Google Cloud\n"


def test_one_file_to_stdout_and_nothing_else(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    ran = run("clean", "a.txt")
    assert (ran.status, ran.out) == (0, GOOD.encode())
    assert "2 edits" in ran.err
    assert (tmp_path / "a.txt").read_text() == BAD


def test_stdin_is_a_filter(run: Run) -> None:
    assert run("clean", "-", "--quiet", stdin=BAD.encode()) == (0, GOOD.encode(), "")


def test_folder_is_mirrored(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(BAD)
    (tmp_path / "in" / "deep" / "b.md").write_text("Nothing wrong.\n")
    (tmp_path / "in" / ".hidden.txt").write_text(BAD)
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG\0")
    ran = run("clean", "in", "--out", "out", "--report", "r.jsonl")
    assert ran.status == 0
    written = sorted(p.relative_to(tmp_path / "out").as_posix() for p in _files(tmp_path / "out"))
    assert written == ["a.txt", "deep/b.md"]
    assert (tmp_path / "out" / "a.txt").read_text() == GOOD
    first = json.loads((tmp_path / "r.jsonl").read_text().splitlines()[0])
    assert (first["document"], first["output"], first["edits"]) == ("in/a.txt", "out/a.txt", 2)


def test_gitignore_is_honoured(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*.tex\n/in/drafts/\n")
    for name in ("in/a.txt", "in/b.tex", "in/drafts/c.txt", "in/sub/d.txt", "in/sub/keep.tex"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BAD)
    (tmp_path / "in" / "sub" / ".gitignore").write_text("d.txt\n!keep.tex\n")
    run("clean", "in", "--out", "out")
    written = sorted(p.relative_to(tmp_path / "out").as_posix() for p in _files(tmp_path / "out"))
    assert written == ["a.txt", "sub/keep.tex"]


def test_output_folder_inside_the_input_is_no_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    for _ in range(2):
        assert run("clean", ".", "--out", "out").status == 0
    assert [p.name for p in _files(tmp_path / "out")] == ["a.txt"]


def test_in_place_keeps_the_mode(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(BAD)
    file.chmod(0o640)
    assert run("clean", "a.txt", "--in-place").status == 0
    assert file.read_text() == GOOD
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clean",), "Missing argument"),
        (("clean", "a.txt", "b.txt"), "several documents do not go to stdout"),
        (("clean", ".",), "several documents"),
        (("clean", "a.txt", "--out", "o", "--in-place"), "choose one"),
        (("clean", "a.txt", "--encoding", "klingon"), "no encoding 'klingon'"),
        (("clean", "a.txt", "--encoding", "base64"), "no encoding of text"),
        (("clean", "a.txt", "--stages", "magic"), "there is no stage 'magic'"),
        (("clean", "a.txt", "--boilerplate", "some"), "is none of off, cautious, full"),
        (("clean", "a.txt", "--apply-at", "7"), "not between 0 and 1"),
        (("clean", "a.txt", "--shard", "3/2"), "--shard"),
        (("clean", "a.txt", "-"), "goes alone"),
        (("clean", "a.txt", "--patch", "-"), "name a file, or /dev/stdout"),
        (("clean", "a.txt", "--report", "no/r.jsonl"), "there is no folder no; make it first"),
        (("clean", "a.txt", "--config", "none.toml"), "none.toml: cannot be read"),
    ],
)  # fmt: skip
def test_usage_is_one_line_and_status_2(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "b.txt").write_text(BAD)
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, b"")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_two_inputs_on_one_name_are_refused_before_anything_is_written(
    run: Run, tmp_path: Path
) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(BAD)
    ran = run("clean", "x", "y", "--out", "out")
    assert ran.status == 2
    assert "y/a.txt: would land on a.txt, as would x/a.txt" in ran.err
    assert not (tmp_path / "out").exists()


def test_bad_inputs_are_named_and_the_others_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(BAD)
    (tmp_path / "in" / "binary.txt").write_bytes(b"\x7fELF\0\0\0\1\2\3" * 9)
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    ran = run("clean", "in", "none.txt", "empty", "pipe", "--out", "out", "--errors", "e.jsonl")
    assert ran.status == 1
    assert "none.txt: no such file or folder" in ran.err
    assert "empty: holds no text" in ran.err
    assert "pipe: is a pipe or a device" in ran.err
    assert "in/binary.txt: binary data" in ran.err
    assert "4 failed" in ran.err
    assert "Traceback" not in ran.err
    assert [p.name for p in _files(tmp_path / "out")] == ["good.txt"]
    assert len((tmp_path / "e.jsonl").read_text().splitlines()) == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "a.txt").chmod(0)
    ran = run("clean", "a.txt")
    assert (ran.status, ran.out) == (1, b"")
    assert "a.txt: cannot be read: Permission denied" in ran.err


def test_links_are_never_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "soft.txt").symlink_to("a.txt")
    (tmp_path / "b.txt").write_text(BAD)
    (tmp_path / "hard.txt").hardlink_to(tmp_path / "b.txt")
    ran = run("clean", "soft.txt", "hard.txt", "--in-place")
    assert ran.status == 1
    assert "soft.txt: is a symbolic link" in ran.err
    assert "hard.txt: has a second hard link" in ran.err
    assert (tmp_path / "a.txt").read_text() == (tmp_path / "b.txt").read_text() == BAD


def test_a_link_below_out_leads_nowhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.txt").write_text(BAD)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to("../elsewhere")
    (tmp_path / "in" / "b.txt").write_text(BAD)
    ran = run("clean", "in", "--out", "out")
    assert (tmp_path / "out" / "b.txt").read_text() == GOOD
    assert ran.status == 1
    assert "a symbolic link leads out of out" in ran.err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_names_are_harmless_on_a_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a\x1b[2Jb.txt").write_bytes(b"\0\1\2" * 9)
    (tmp_path / "in" / os.fsdecode(b"\xff.txt")).write_text(BAD)
    ran = run("clean", "in", "--out", "out", "--report", "r.jsonl")
    assert ran.status == 1
    assert "\x1b" not in ran.err
    assert [os.fsencode(p.name) for p in _files(tmp_path / "out")] == [b"\xff.txt"]


def test_settings_are_found_upwards(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.repair]\nstages = ["normalize"]\n')
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert run("clean", "-", "-q", stdin=BAD.encode()).out == BAD.encode()
    (tmp_path / "deep" / "repair.toml").write_text('off = ["artifacts/doubled-word"]\n')
    assert b"multi-billion deal with Google Google" in run("clean", "-", stdin=BAD.encode()).out


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("stagse = []", "there is no setting 'stagse'; did you mean stages?"),
        ('apply_at = "high"', "apply_at: 'high' is not a number"),
        ("stages = 3", "stages: 3 is not a list of strings"),
        ("stages = [", "not TOML"),
    ],
)
def test_bad_settings(run: Run, tmp_path: Path, toml: str, said: str) -> None:
    (tmp_path / "repair.toml").write_text(toml)
    ran = run("clean", "-", stdin=b"text")
    assert ran.status == 2
    assert f"repair.toml: {said}" in ran.err


def test_limit_and_sample(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(40):
        (tmp_path / "in" / f"{number:02}.txt").write_text(BAD)
    run("clean", "in", "--out", "some", "--limit", "7")
    assert [p.name for p in _files(tmp_path / "some")] == [f"{n:02}.txt" for n in range(7)]
    run("clean", "in", "--out", "half", "--sample", "0.5")
    run("clean", "in", "--out", "again", "--sample", "0.5")
    half = [p.name for p in _files(tmp_path / "half")]
    assert 8 < len(half) < 32
    assert half == [p.name for p in _files(tmp_path / "again")]


def test_version(run: Run) -> None:
    assert run("--version").out.decode() == f"repair {__version__}\n"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
