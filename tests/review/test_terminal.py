"""The review in a terminal, driven by keys as a person would."""

from __future__ import annotations

import io
from pathlib import Path

from repair.review.decisions import load
from repair.review.sitting import Choice, Sitting
from repair.review.terminal import Terminal, keyboard
from repair.text.document import Repaired
from tests.review.answers import repaired

TEXT = "Openi has Cooplot.\nOpeni and customs, in teh odd \x1b[2J\u202eend.\n"


def sit(path: Path, keys: str, *results: Repaired) -> tuple[Sitting, str]:
    sitting = Sitting(results or (repaired(TEXT),), path, now=lambda: "2026-01-01T00:00:00Z")
    out = io.StringIO()
    with keyboard(io.StringIO(keys.replace(" ", "\n") + "\n"), out) as (key, line):
        Terminal(sitting, out, key, line).run()
    sitting.close()
    return sitting, out.getvalue()


def answers(path: Path) -> list[str]:
    return sorted(f"{d.before} {d.answer}" for d in load(path))


def test_keys_answer_and_are_saved(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    _, shown = sit(path, "y n s h e the n q")
    assert answers(path) == [
        "Cooplot reject",
        "Openi accept",
        "customs never-here",
        "odd reject",
        "teh replace",
    ]
    assert "[0/6]" in shown
    assert "a.txt:1:1" in shown


def test_every_answer_is_on_the_disk_before_the_next_question(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    sitting = Sitting((repaired(TEXT),), path)
    sitting.give(sitting.questions[0], "reject")
    assert len(load(path)) == 1
    sitting.give(sitting.questions[1], "accept")
    assert len(load(path)) == 2


def test_resumes_and_ends(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    _, first = sit(path, "y y q")
    assert "4 are still open" in first
    _, second = sit(path, "n n n n")
    assert "[2/6]" in second
    assert "All answered." in second
    _, third = sit(path, "")
    assert "Nothing is left" in third


def test_undo(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    sit(path, "v u q")
    assert answers(path) == []
    sit(path, "n u y q")
    assert answers(path) == ["Openi accept"]


def test_never_settles_the_others_and_a_rule_can_be_answered_whole(tmp_path: Path) -> None:
    sitting, shown = sit(tmp_path / "d.jsonl", "v q")
    assert len(sitting.answers) == 2
    assert "never, and for 1 more" in shown
    sitting, shown = sit(tmp_path / "e.jsonl", "Y y q")
    assert len(sitting.answers) == 5, "all but the one without a repair"


def test_no_repair_known_cannot_be_accepted(tmp_path: Path) -> None:
    done = repaired("an odd one")
    _, shown = sit(tmp_path / "d.jsonl", "y e weird", done)
    assert "no repair is known" in shown
    assert answers(tmp_path / "d.jsonl") == ["odd replace"]


def test_what_is_shown_is_inert(tmp_path: Path) -> None:
    _, shown = sit(tmp_path / "d.jsonl", "s s s s s q", repaired(TEXT, "evil\x1b[2J\u202e.txt"))
    assert not set("\x1b\u202e") & set(shown)


def test_choice(tmp_path: Path) -> None:
    def numbers(choice: Choice) -> int:
        return len(Sitting((repaired(TEXT),), tmp_path / "d", choice=choice).questions)

    assert numbers(Choice(rules=("names",))) == 6
    assert numbers(Choice(rules=("name",))) == 0
    assert numbers(Choice(applied=False)) == 2
    assert numbers(Choice(low=0.5, high=0.85)) == 2
