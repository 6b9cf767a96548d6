"""A program may choose among the candidates; what it prints is never written into a text."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from repair.review.decisions import load
from repair.review.opinion import Bounds, OpinionError, Tally, ask
from repair.review.sitting import Sitting
from tests.review.answers import repaired

TEXT = "Openi has Cooplot for customs and is odd.\n"


def program(folder: Path, body: str) -> str:
    path = folder / "program.py"
    lines = ["import json, sys", "q = json.load(sys.stdin)", "open('asked', 'a').write('x')", body]
    path.write_text("\n".join(lines))
    return f"{sys.executable} {path}"


def run(folder: Path, command: str, **bounds: float) -> tuple[Tally, Sitting]:
    sitting = Sitting((repaired(TEXT),), folder / "d.jsonl")
    limits = Bounds(**{"timeout": 20.0, **bounds})  # type: ignore[arg-type]
    return ask(sitting, command, limits, folder / "opinions.jsonl"), sitting


def test_accept_reject_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = program(
        tmp_path,
        "answer = {'Openi': 'accept', 'Cooplot': 'reject'}.get(q['before'], 'leave')\n"
        "print('thinking ...')\n"
        "print(json.dumps({'answer': answer, 'candidate': 0, 'note': q['right'][:4]}))",
    )
    tally, sitting = run(tmp_path, command)
    assert (tally.accept, tally.reject, tally.leave, tally.failed) == (1, 1, 2, 0)
    given = {d.before: d for d in load(sitting.path)}
    assert {(d.before, d.answer, d.author) for d in given.values()} == {
        ("Openi", "accept", f"ask:{Path(sys.executable).name}"),
        ("Cooplot", "reject", f"ask:{Path(sys.executable).name}"),
    }
    assert given["Openi"].note == " has"


def test_cache_and_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = program(tmp_path, "print(json.dumps({'answer': 'leave'}))")
    tally, _ = run(tmp_path, command, questions=3)
    assert (tally.leave, tally.unasked, tally.cached) == (3, 1, 0)
    tally, _ = run(tmp_path, command)
    assert (tally.leave, tally.unasked, tally.cached) == (4, 0, 3)
    assert (tmp_path / "asked").read_text() == "xxxx"


@pytest.mark.parametrize(
    "body",
    [
        "print('yes')",
        "print(json.dumps({'answer': 'replace', 'replacement': 'evil'}))",
        "print(json.dumps({'answer': 'accept', 'candidate': 7}))",
        "print(json.dumps(['accept']))",
        "sys.exit(1)",
        "",
        "import time; time.sleep(30)",
    ],
)
def test_anything_else_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    monkeypatch.chdir(tmp_path)
    tally, sitting = run(tmp_path, program(tmp_path, body), questions=1, timeout=1.0)
    assert (tally.failed, tally.unasked) == (1, 3)
    assert load(sitting.path) == []


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OpinionError, match="no-such-program: No such file"):
        run(tmp_path, "no-such-program")
    with pytest.raises(OpinionError, match="the command is empty"):
        run(tmp_path, " ")


def test_the_question_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = program(tmp_path, "open('question', 'w').write(json.dumps(q))")
    run(tmp_path, command, questions=1)
    question = json.loads((tmp_path / "question").read_text())
    assert question["left"] + question["before"] + question["right"] == TEXT
    assert question["candidates"] == ["OpenAI"]
