"""The file of decisions: sorted, mergeable, and strict about what it does not understand."""

from __future__ import annotations

from pathlib import Path

import pytest

from repair.review.decisions import DecisionError, append, found, load, read, save
from repair.text.records import json_line
from tests.review.answers import answer, repaired

DONE = repaired("It is Openi and Cooplot, in teh end. \udc92 customs\n")


def line(number: int, what: str, at: str = "", replacement: str | None = None) -> str:
    return json_line(answer(DONE, number, what, replacement, at=at).record())


def test_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / ".repair" / "decisions.jsonl"
    decisions = [
        answer(DONE, 1, "reject", author="ann", at="2026-01-01T00:00:00Z", note="a name"),
        answer(DONE, 0, "replace", ""),
    ]
    save(path, decisions)
    assert sorted(load(path), key=lambda d: d.answer) == decisions
    assert [p.name for p in path.parent.iterdir()] == ["decisions.jsonl"]
    assert load(tmp_path / "nothing") == []


def test_order_of_the_answers_does_not_matter(tmp_path: Path) -> None:
    decisions = [answer(DONE, number, "reject") for number in range(4)]
    save(tmp_path / "a", decisions)
    save(tmp_path / "b", reversed(decisions))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_last_answer_stands_and_undo_takes_back(tmp_path: Path) -> None:
    assert [d.answer for d in read([line(0, "reject"), line(0, "accept")])] == ["accept"]
    later, sooner = line(0, "reject", "2026-02-02"), line(0, "accept", "2026-01-01")
    assert [d.answer for d in read([later, sooner])] == ["reject"], "a union of two branches"
    undo = line(0, "reject").replace('"reject"', '"undo"')
    assert read([line(0, "reject"), undo]) == []
    append(tmp_path / "x" / "d", [answer(DONE, 0, "reject")])
    append(tmp_path / "x" / "d", [answer(DONE, 1, "accept")])
    assert len(load(tmp_path / "x" / "d")) == 2


def test_marks_of_a_merge_are_passed_over() -> None:
    lines = ["<<<<<<< ours\n", line(0, "reject"), "=======\n", line(1, "accept"), ">>>>>>> b\n"]
    assert len(read(lines)) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "d:1: not a line of JSON"),
        ('{"answer": "perhaps"}', "d:1: no answer of accept, reject"),
        ('{"answer": "reject"}', "d:1: the decision lacks 'id'"),
        (line(0, "reject").replace('"left": [', '"left": [1, '), "d:1: 'left' is no list of words"),
        (line(0, "replace"), "d:1: a replacement is missing"),
    ],
)
def test_complaints(text: str, complaint: str) -> None:
    with pytest.raises(DecisionError, match=complaint):
        read([text], "d")


def test_found_upwards(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert found(inner) == inner / ".repair" / "decisions.jsonl"
    (tmp_path / ".git").mkdir()
    assert found(inner) == tmp_path / ".repair" / "decisions.jsonl"
    save(tmp_path / "a" / ".repair" / "decisions.jsonl", [])
    assert found(inner) == tmp_path / "a" / ".repair" / "decisions.jsonl"
