"""`repair revert`: the very bytes that went in, whatever they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

SEEDS = Path(__file__).parents[2] / "seeds"
SENTENCE = "Das Café in Köln meldete gestern – wie üblich – einen multi -billion Umsatz. "
FILES = {
    "windows.txt": (SENTENCE * 5).encode("cp1252"),
    "utf16.txt": ("\ufeff" + SENTENCE).encode("utf-16-le"),
    "bom.txt": ("\ufeff" + SENTENCE + "\r\nzwei\r\n").encode(),
    "stray.txt": SENTENCE.encode() * 20 + b"a stray \x92 byte\n",
    "empty.txt": b"",
    "mixed.md": b"one  \r\ntwo\rthree\n\n\n\nSource link\n",
    "folder/deep.txt": b"a multi -billion deal with Google Google Cloud",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for seed in SEEDS.glob("*.txt"):
        (tmp_path / "in" / seed.name).write_bytes(seed.read_bytes())
    return tmp_path


def test_every_byte_comes_back(run: Run, corpus: Path) -> None:
    before = _bytes(corpus / "in")
    assert run("clean", "in", "--out", "out", "--report", "r.jsonl").status == 0
    assert run("revert", "out", "--report", "r.jsonl", "--out", "back").status == 0
    assert _bytes(corpus / "back") == before
    assert run("revert", "out", "--report", "r.jsonl").status == 0  # where they are
    assert _bytes(corpus / "out") == before


def test_in_place_and_back(run: Run, corpus: Path) -> None:
    before = _bytes(corpus / "in")
    assert run("clean", "in", "--in-place", "--report", "r.jsonl").status == 0
    assert _bytes(corpus / "in") != before
    assert run("revert", "in", "--report", "r.jsonl").status == 0
    assert _bytes(corpus / "in") == before


def test_rows_come_back_with_their_escapes(run: Run, corpus: Path) -> None:
    rows = [
        r'{"id": 1.50, "text": "a multi -billion\u2014deal \/ one", "x": "\u00e9"}',
        '{"text": "zero\u200bwidth  and a multi -billion deal"}',
        r'{"text": "zero\u200bwidth, a multi -billion deal", "y": 1}',
        "",
        '{"text": 7}',
        '{"text": "nothing to mend"}',
    ]
    data = "\n".join(rows).encode()
    (corpus / "in" / "rows.jsonl").write_bytes(data)
    run("clean", "in", "--out", "out", "--report", "r.jsonl")
    assert (corpus / "out" / "rows.jsonl").read_bytes() != data
    ran = run("revert", "out", "--report", "r.jsonl", "--out", "back")
    assert (ran.status, (corpus / "back" / "rows.jsonl").read_bytes()) == (0, data)
    (corpus / "out" / "rows.jsonl").write_bytes(data.replace(b"nothing", b"something"))
    ran = run("revert", "out/rows.jsonl", "--report", "r.jsonl")
    assert ran.status == 1
    assert "row 6 has changed" in ran.err


def test_one_file_to_stdout(run: Run, corpus: Path) -> None:
    clean = run("clean", "in/windows.txt", "--report", "r.jsonl")
    (corpus / "clean.txt").write_bytes(clean.out)
    ran = run("revert", "clean.txt", "--report", "r.jsonl")
    assert (ran.status, ran.out) == (0, FILES["windows.txt"])


def test_a_changed_file_is_refused_by_name(run: Run, corpus: Path) -> None:
    run("clean", "in", "--out", "out", "--report", "r.jsonl")
    (corpus / "out" / "bom.txt").write_text("something else")
    ran = run("revert", "out", "--report", "r.jsonl", "--out", "back")
    assert ran.status == 1
    assert "out/bom.txt: has changed since it was cleaned" in ran.err
    assert not (corpus / "back" / "bom.txt").exists()
    assert (corpus / "back" / "utf16.txt").read_bytes() == FILES["utf16.txt"]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("", "the report tells of no file there"),
        ("nonsense\n", "r.jsonl:1: not a line of JSON"),
        (None, "r.jsonl: cannot be read"),
    ],
)
def test_bad_report(run: Run, corpus: Path, report: str | None, said: str) -> None:
    if report is not None:
        (corpus / "r.jsonl").write_text(report)
    ran = run("revert", "in", "--report", "r.jsonl")
    assert ran.status in (1, 2)
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_report_leads_nowhere_else(run: Run, corpus: Path) -> None:
    run("clean", "in/windows.txt", "--out", "out", "--report", "r.jsonl")
    text = (corpus / "r.jsonl").read_text().replace("out/windows.txt", "out/../../evil.txt")
    (corpus / "r.jsonl").write_text(text)
    (corpus.parent / "evil.txt").write_bytes((corpus / "out" / "windows.txt").read_bytes())
    ran = run("revert", "out", "--report", "r.jsonl", "--out", "back")
    assert ran.status == 1
    assert not (corpus / "evil.txt").exists()


def _bytes(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
