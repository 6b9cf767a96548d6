"""The script behind action.yml, run as a step runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.writers.test_unified_diff import git

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")


def step(folder: Path, **variables: str) -> tuple[int, str, dict[str, str]]:
    """Exit status, what was printed, and the outputs of the step."""
    command = folder.parent / "bin" / "repair"
    if not command.exists():
        command.parent.mkdir()
        code = "import sys; sys.argv[0] = 'repair'; from repair.cli.main import run; run()"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n')
        command.chmod(0o755)
    (folder / "repair.toml").write_text('stages = ["artifacts"]\n')
    env = os.environ | {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(folder.parent / "temp"),
        "GITHUB_OUTPUT": str(folder.parent / "output"),
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
    }
    script = ROOT / "tools" / "github-check.sh"
    done = subprocess.run(
        ["bash", str(script)], cwd=folder, env=env | variables, capture_output=True, timeout=60
    )
    output = folder.parent / "output"
    lines = output.read_text().splitlines() if output.exists() else []
    outputs = dict(line.split("=", 1) for line in lines)
    output.unlink(missing_ok=True)
    return done.returncode, done.stdout.decode() + done.stderr.decode(), outputs


@pytest.fixture
def work(tmp_path: Path) -> Path:
    work = tmp_path / "work"
    (work / "docs").mkdir(parents=True)
    git(work, "init", "-q", "-b", "main")
    git(work, "commit", "-qm", "none", "--allow-empty")
    (work / "docs" / "a.txt").write_text("A multi -billion deal.\nFine.\n")
    git(work, "add", ".")
    git(work, "commit", "-qm", "a text")
    return work


def test_finds_annotates_and_leaves_its_papers(work: Path) -> None:
    status, said, outputs = step(work, REPAIR_PATHS="docs", REPAIR_BASE="HEAD~1")
    assert status == 0, said
    assert "::warning file=docs/a.txt,line=1" in said
    folder = Path(outputs["folder"])
    assert outputs["found"] == "true"
    assert {path.name for path in folder.iterdir()} == {
        "repair.jsonl",
        "repair.patch",
        "repair.html",
        "pr.diff",
        "review.json",
    }
    review = json.loads((folder / "review.json").read_text())
    assert [comment["line"] for comment in review["comments"]] == [1]
    assert "1 edit and 0 suggestions" in (work.parent / "summary.md").read_text()
    git(work, "apply", str(folder / "repair.patch"))
    assert step(work, REPAIR_PATHS="docs")[2]["found"] == "false"


def test_inputs_are_never_run(work: Path) -> None:
    hostile = "docs/a.txt $(touch${IFS}owned) --in-place ;touch owned"
    status, _, outputs = step(work, REPAIR_PATHS=hostile)
    assert status == 2, "there are no such paths"
    assert outputs == {}
    assert not (work / "owned").exists()
    assert (work / "docs" / "a.txt").read_text() == "A multi -billion deal.\nFine.\n"
