"""The other commands: diff, check, explain, rules, drift; help; the stream."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from repair.cli.main import COMMANDS
from tests.cli.conftest import Run

BAD = "a multi -billion deal with Google Google Cloud\n"
GOOD = "a multi-billion deal with Google Cloud\n"


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.status == 0
    assert f"repair {command}" in ran.out.decode()


def test_help_names_every_command(run: Run) -> None:
    told = run("--help").out.decode()
    assert all(f"  {command.name} " in told for command in COMMANDS)


def test_a_wrong_command(run: Run) -> None:
    ran = run("clen")
    assert ran.status == 2
    assert "clean" in ran.err


def test_diff_is_a_patch_that_git_takes(run: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(BAD)
    ran = run("diff", "sub")
    assert ran.status == 0
    subprocess.run(["git", "apply"], input=ran.out, check=True)
    assert (tmp_path / "sub" / "a.txt").read_text() == GOOD
    assert run("diff", "sub").out == b""


def test_diff_for_people(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    assert "[- -]" in run("diff", "a.txt", "--style", "word").out.decode()
    assert run("diff", "a.txt", "--style", "odd").status == 2


def test_check_tells_by_its_status(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(BAD)
    (tmp_path / "good.txt").write_text(GOOD)
    assert run("check", "good.txt").status == 0
    assert run("check", "bad.txt", "good.txt").status == 1
    assert run("check", "bad.txt", "none.txt").status == 2
    assert (tmp_path / "bad.txt").read_text() == BAD


@pytest.mark.parametrize("format", ["json", "sarif", "github", "rdjsonl", "text"])
def test_check_formats(run: Run, tmp_path: Path, format: str) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    ran = run("check", "a.txt", "--format", format, "--quiet")
    assert (ran.status, ran.err) == (1, "")
    assert b"a.txt" in ran.out
    if format == "json":
        kinds = [json.loads(line)["type"] for line in ran.out.splitlines()]
        assert kinds == ["document", "edit", "edit"]
    if format == "sarif":
        assert json.loads(ran.out)["version"] == "2.1.0"


def test_explain_a_text_and_a_line(run: Run, tmp_path: Path) -> None:
    told = run("explain", "a multi -billion deal").out.decode()
    assert "artifacts/orphan-hyphen" in told
    (tmp_path / "a.txt").write_text("Fine.\n" + BAD)
    rows = run("explain", "a.txt:2", "--format", "json").out.splitlines()
    assert [json.loads(row)["line"] for row in rows] == [2, 2]
    assert "Nothing to mend" in run("explain", "a.txt:1").out.decode()
    assert run("explain", "a.txt:9").status == 2


def test_explain_weighs_each_name_term_by_term(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sam Altman of OpenAI told Microsoft that ChatGPT grows.\n")
    alone = run("explain", "the Openi views").out.decode()
    assert alone.startswith("1:  Openi -> OpenAI: suggested")
    assert "    winner OpenAI, log-odds " in alone
    told = run("explain", "the Openi views", "--document", "a.txt").out.decode()
    assert told.startswith("1:  Openi -> OpenAI: applied")
    row = json.loads(run("explain", "the Openi views", "--format", "json").out.splitlines()[-1])
    assert row["type"] == "name"
    assert row["possible"][0]["canonical"] == "OpenAI"
    left = run("explain", "A man called Vrzhblk spoke.").out.decode()
    assert left.startswith("1:  Vrzhblk: left, it sounds like no name")
    assert run("explain").status == 2
    assert run("explain", "x", "--document", "missing.txt").status == 2


def test_rules(run: Run) -> None:
    rows = [json.loads(row) for row in run("rules", "--format", "json").out.splitlines()]
    assert {"id", "summary", "on", "tier"} == set(rows[0])
    assert len({row["id"] for row in rows}) == len(rows) > 10
    assert "artifacts/doubled-word" in run("rules").out.decode()


def test_drift(run: Run, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(BAD if number else GOOD)
    run("clean", ".", "--report", "old.report")
    (tmp_path / "repair.toml").write_text('off = ["artifacts/doubled-word"]\n')
    run("clean", ".", "--report", "new.report")
    ran = run("drift", "old.report", "new.report")
    assert ran.status == 1
    assert "5 documents compared, 4 come out otherwise" in ran.out.decode()
    assert "artifacts/doubled-word: 0 gained, 4 lost, 0 otherwise" in ran.out.decode()
    assert run("drift", "old.report", "old.report").status == 0
    assert run("drift", "old.report", "none").status == 2


def test_stream_flushes_line_by_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "repair", "clean", "-", "--format", "jsonl"]
    with subprocess.Popen(
        [*command, "--stages", "artifacts"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as pipe:
        assert pipe.stdin is not None
        assert pipe.stdout is not None
        for number in range(3):
            pipe.stdin.write(json.dumps({"n": number, "text": BAD}).encode() + b"\n")
            pipe.stdin.flush()
            assert json.loads(pipe.stdout.readline()) == {"n": number, "text": GOOD}
        pipe.stdin.close()
        assert pipe.wait(20) == 0


def test_a_reader_that_leaves_costs_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD * 3_000)
    command = f"{sys.executable} -m repair clean --stages artifacts a.txt | head -c 10"
    ran = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=True)
    assert b"Traceback" not in ran.stderr
    assert b"Exception" not in ran.stderr


def test_version_and_help_import_nothing_heavy() -> None:
    code = "import sys; sys.argv[1:] = ['--help']\nfrom repair.cli import main\n"
    code += "try: main.run()\nexcept SystemExit: pass\n"
    code += "print([m for m in ('numpy', 'ftfy', 'rich', 'repair.config') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("[]\n")
