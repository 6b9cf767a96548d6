"""`repair review`, `apply`, `github-suggestions`, and how the other commands honour decisions."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.writers.test_unified_diff import git

TEXT = (
    "A multi -billion deal with Google Google Cloud.\nA second multi -cloud deal is long -term.\n"
)
CLEAN = "A multi-billion deal with Google Cloud.\nA second multi-cloud deal is long-term.\n"
FAST = ("--stages", "artifacts", "-q")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(TEXT)
    return tmp_path / "docs"


def decisions(folder: Path) -> list[dict[str, str]]:
    path = folder / ".repair" / "decisions.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_baseline_silences_today_and_not_tomorrow(run: Run, docs: Path) -> None:
    assert run("check", "docs", *FAST).status == 1
    assert run("review", "docs", "--baseline", *FAST).status == 0
    assert run("check", "docs", *FAST).status == 0
    assert run("clean", "docs/a.txt", *FAST).out == TEXT.encode()
    (docs / "a.txt").write_text(TEXT + "One more multi -million deal.\n")
    after = run("diff", "docs", *FAST).out.decode()
    assert [line for line in after.splitlines() if line.startswith("+") and "+++" not in line] == [
        "+One more multi-million deal."
    ]


def test_decisions_hold_in_every_folder(
    run: Run, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("review", "docs", "--baseline", *FAST).status == 0
    monkeypatch.chdir(docs)
    assert run("check", "a.txt", *FAST).status == 0
    assert run("review", "a.txt", "--baseline", *FAST).status == 0
    assert not (docs / ".repair").exists()


def test_answers_of_a_page_are_taken_and_applied(run: Run, docs: Path, tmp_path: Path) -> None:
    run("review", "docs", "--baseline", *FAST)
    answers = [d | {"answer": "accept", "author": "report"} for d in decisions(tmp_path)]
    chosen = [d for d in answers if "Google" in d["before"]]
    (tmp_path / ".repair" / "decisions.jsonl").unlink()
    (tmp_path / "page.jsonl").write_text("".join(json.dumps(d) + "\n" for d in chosen))
    ran = run("apply", "page.jsonl", "docs", "--out", "out", *FAST)
    assert ran.status == 0, ran.err
    assert (tmp_path / "out" / "a.txt").read_text() == TEXT.replace("Google Google", "Google")
    assert run("review", "docs", "--take", "page.jsonl", *FAST).status == 0
    assert len(decisions(tmp_path)) == 1


def test_ask_a_program(run: Run, docs: Path, tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(
        "import json, sys\nq = json.load(sys.stdin)\n"
        "print(json.dumps({'answer': 'reject' if 'Google' in q['before'] else 'leave'}))\n"
    )
    ran = run("review", "docs", "--ask", f"{sys.executable} model.py", "--stages", "artifacts")
    assert "0 accepted, 1 rejected, 3 left to you" in ran.err
    assert "Google Google" in run("clean", "docs/a.txt", *FAST).out.decode()
    assert run("review", "docs", "--ask", "./nothing", *FAST).status == 2


def test_teach(run: Run, docs: Path, tmp_path: Path) -> None:
    run("review", "docs", "--baseline", *FAST)
    path = tmp_path / ".repair" / "decisions.jsonl"
    path.write_text(path.read_text().replace('"baseline"', '"never"'))
    ran = run("review", "docs", "--teach", "--stages", "artifacts")
    assert "0 new garbles in surfaces.tsv, 3 new words in keep.tsv" in ran.err
    assert (tmp_path / ".repair" / "pack" / "keep.tsv").read_text().startswith("surface\treason\n")


def test_a_broken_file_of_decisions_is_named(run: Run, docs: Path, tmp_path: Path) -> None:
    (tmp_path / ".repair").mkdir()
    (tmp_path / ".repair" / "decisions.jsonl").write_text('{"answer": "perhaps"}\n')
    for command in ("check", "diff", "review"):
        ran = run(command, "docs", *FAST)
        assert ran.status == 2
        assert "decisions.jsonl:1: no answer" in ran.err
    assert run("apply", "nothing.jsonl", "docs", *FAST).status == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ("review", "-"),
        ("review", "docs", "--confidence", "high"),
        ("review", "docs", "--only", "all"),
        ("review", "docs", "--take", "nothing.jsonl"),
        ("check", "docs", "--changed-since", "no-such"),
        ("clean", "docs", "--patch-dir", "p", "--by", "mood"),
        ("github-suggestions", "--report", "nothing", "--diff", "nothing"),
    ],
)
def test_usage(run: Run, docs: Path, wrong: tuple[str, ...]) -> None:
    ran = run(*wrong)
    assert ran.status == 2
    assert ran.err.startswith("repair: ")
    assert ran.err.count("\n") == 1


def test_in_a_real_terminal(docs: Path, tmp_path: Path) -> None:
    """Single keys, no Enter; the terminal is left as it was found."""
    ours, theirs = pty.openpty()
    code = "import sys; from repair.cli.main import run; sys.argv[0] = 'repair'; run()"
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", code, "review", "docs", "--stages", "artifacts"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": root, "TERM": "xterm"},
    )
    shown = b""
    for key, awaited in ((b"n", b"[0/4]"), (b"y", b"[1/4]"), (b"q", b"[2/4]")):
        end = time.monotonic() + 30
        while awaited not in shown and time.monotonic() < end:
            if select.select([ours], [], [], 1)[0]:
                shown += os.read(ours, 4096)
        os.write(ours, key)
    assert process.wait(30) == 0
    os.close(theirs)
    os.close(ours)
    assert b"\x1b[31m[-" in shown
    assert sorted(d["answer"] for d in decisions(tmp_path)) == ["accept", "reject"]


def test_only_changed_lines(run: Run, docs: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    (docs / "a.txt").write_text(TEXT + "A new multi -million deal.\n")
    assert run("check", "docs", "--changed-since", "main", *FAST).status == 1
    ran = run("check", "docs", "--changed-since", "main", "--format", "json", *FAST)
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [record["line"] for record in lines if record["type"] == "edit"] == [3]
    git(tmp_path, "commit", "-qam", "two")
    assert run("check", "docs", "--changed-since", "HEAD", *FAST).status == 0


def test_suggestions_for_a_pull_request(run: Run, docs: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-qm", "none", "--allow-empty")
    git(tmp_path, "add", ".")
    (tmp_path / "pr.diff").write_bytes(git(tmp_path, "diff", "--cached", "main"))
    (tmp_path / "r.jsonl").write_bytes(run("check", "docs", "--format", "json", *FAST).out)
    ran = run("github-suggestions", "--report", "r.jsonl", "--diff", "pr.diff")
    review = json.loads(ran.out)
    assert [comment["line"] for comment in review["comments"]] == [1, 2]
    assert "suggestion\nA multi-billion deal with Google Cloud.\n" in review["comments"][0]["body"]


def test_patch_series(run: Run, docs: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert run("clean", "docs", "--patch-dir", "p", *FAST).status == 0
    names = sorted(path.name for path in (tmp_path / "p").iterdir())
    assert names == ["0001-artifacts-orphan-hyphen.patch", "0002-artifacts-doubled-word.patch"]
    for name in names:
        git(tmp_path, "apply", f"p/{name}")
    assert (docs / "a.txt").read_text() == CLEAN
    assert run("clean", "docs", "--patch-dir", "p", *FAST).status == 2, "no mixed series"


def test_revert_of_one_rule_and_then_of_the_rest(run: Run, docs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "a.txt"
    run("clean", "docs", "--out", "out", "--report", "r.jsonl", *FAST)
    assert out.read_text() == CLEAN
    rule = ("--rule", "artifacts/orphan-hyphen")
    left = ("--left", "left.jsonl")
    assert run("revert", "out", "--report", "r.jsonl", *rule, *left).status == 0
    assert out.read_text() == TEXT.replace("Google Google", "Google")
    (record,) = (
        r
        for r in map(json.loads, (tmp_path / "left.jsonl").read_text().splitlines())
        if r["type"] == "edit"
    )
    assert run("revert", "out", "--report", "r.jsonl").status == 1, "it has changed since"
    assert run("revert", "out", "--report", "left.jsonl", "--id", record["id"]).status == 0
    assert out.read_text() == TEXT
