"""A rejected edit never comes back: not in a re-run, an edited document, or a new dictionary."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.review.decisions import ANSWERS, Decision
from repair.review.honour import Honour
from tests.review.answers import answer, honoured, known, repaired

TEXT = (
    "Yesterday Openi has signed a deal with Google for customs chips.\n"
    "Later Cooplot and Openi were seen in teh office, which was odd.\n"
)


def test_reject_leaves_the_rest() -> None:
    done = repaired(TEXT)
    assert honoured(done, answer(done, 0, "reject")).text == done.text.replace("OpenAI", "Openi", 1)


def test_rejected_suggestion_is_gone() -> None:
    done = repaired(TEXT)
    after = honoured(done, answer(done, 1, "reject"))
    assert [edit.before for edit in after.suggestions] == ["odd"]


def test_accepted_suggestion_is_applied_and_says_by_whom() -> None:
    done = repaired(TEXT)
    after = honoured(done, answer(done, 1, "accept", author="ann", at="2026-01-01T00:00:00Z"))
    assert "for custom chips" in after.text
    edit = next(edit for edit in after.edits if edit.before == "customs")
    assert edit.confidence == 1.0
    assert edit.evidence == ("accept by ann, 2026-01-01T00:00:00Z",)


def test_own_replacement() -> None:
    done = repaired(TEXT)
    assert "Yesterday OPENAI has" in honoured(done, answer(done, 0, "replace", "OPENAI")).text
    empty = honoured(done, answer(done, 1, "replace", "bespoke"))
    assert "for bespoke chips" in empty.text


def test_own_replacement_where_no_repair_is_known() -> None:
    done = repaired(TEXT)
    assert known(done)[-1].before == "odd"
    assert "which was weird" in honoured(done, answer(done, -1, "replace", "weird")).text
    assert honoured(done, answer(done, -1, "accept")).text == done.text


def test_always_and_never_reach_everywhere() -> None:
    done, other = repaired(TEXT), repaired("No Openi here, customs there.", "b.txt")
    never = answer(done, 0, "never")
    assert "OpenAI" not in honoured(done, never).text + honoured(other, never).text
    assert "custom there" in honoured(other, answer(done, 1, "always")).text


def test_never_in_this_file() -> None:
    done, other = repaired(TEXT), repaired(TEXT, "b.txt")
    never = answer(done, 0, "never-in-file")
    assert "OpenAI" not in honoured(done, never).text
    assert "OpenAI" in honoured(other, never).text


def test_here_beats_everywhere() -> None:
    done = repaired(TEXT)
    after = honoured(done, answer(done, 0, "never"), answer(done, 3, "accept"))
    assert "Yesterday Openi" in after.text
    assert "Copilot and OpenAI" in after.text


REVISIONS = (
    ("lines above", "A new title\n\nand a paragraph.\n" + TEXT),
    ("words before", TEXT.replace("Yesterday", "Only yesterday")),
    ("another first word", TEXT.replace("Yesterday", "Today")),
    ("another verb", TEXT.replace("has signed", "has closed")),
    ("the end of the line cut", TEXT.replace(" with Google for customs chips", "")),
    ("the same file cleaned", repaired(TEXT, table={"Cooplot": "Copilot"}).text),
    ("lines in another order", "".join(reversed(TEXT.splitlines(keepends=True)))),
)


@pytest.mark.parametrize("text", [text for _, text in REVISIONS], ids=[n for n, _ in REVISIONS])
def test_rejected_in_an_edited_document(text: str) -> None:
    done = repaired(TEXT)
    after = honoured(repaired(text), answer(done, 0, "reject"))
    assert "Openi" in after.text
    assert after.text.count("OpenAI") == 1, "the other place is still mended"


def test_rejected_with_a_new_dictionary() -> None:
    """Another rule comes to the same repair, and more words are mended around it."""
    done = repaired(TEXT)
    table = {"Openi": "OpenAI", "signed": "inked", "Yesterday": "Today"}
    after = honoured(repaired(TEXT, table=table, rule="names/exact"), answer(done, 0, "reject"))
    assert after.text.startswith("Today Openi has inked")


def test_another_repair_of_a_rejected_one_is_asked_anew_but_not_where_never_here() -> None:
    done, other = repaired(TEXT), repaired(TEXT, table={"Openi": "Opena"})
    assert "Yesterday Opena" in honoured(other, answer(done, 0, "reject")).text
    assert "Yesterday Openi" in honoured(other, answer(done, 0, "never-here")).text


def test_one_of_many_equal_lines() -> None:
    text = "Openi wins\n" * 8
    done = repaired(text)
    after = honoured(done, answer(done, 3, "reject"))
    assert after.text.split("\n")[:-1] == ["OpenAI wins"] * 3 + ["Openi wins"] + ["OpenAI wins"] * 4


def test_renamed_file_and_short_rows() -> None:
    done = repaired(TEXT)
    assert "Yesterday Openi" in honoured(repaired(TEXT, "b.txt"), answer(done, 0, "reject")).text
    row = repaired("Openi", "rows.jsonl:1")
    rejected = answer(row, 0, "reject")
    assert honoured(row, rejected).text == "Openi"
    assert honoured(repaired("Openi", "rows.jsonl:2"), rejected).text == "OpenAI"


def test_only_the_accepted() -> None:
    done = repaired(TEXT)
    after = honoured(done, answer(done, 2, "accept"), only=True)
    assert after.text == TEXT.replace("Cooplot", "Copilot")


def test_folder_of_the_decisions() -> None:
    done = repaired(TEXT, "docs/a.txt")
    never = answer(done, 0, "never-in-file")
    assert "OpenAI" not in Honour((never,), prefix="docs")(repaired(TEXT, "a.txt")).text


def test_goes_to_worker_processes() -> None:
    done = repaired(TEXT)
    honour = Honour((answer(done, 0, "reject"),))
    honour(done)
    assert pickle.loads(pickle.dumps(honour))(done) == honour(done)


ANSWERED = st.lists(st.tuples(st.integers(0, 30), st.sampled_from([*ANSWERS])), max_size=8)
TAKEN_FROM = ["Openi", "Cooplot", "teh", "customs", "odd", "a", "big", ",", "new"]
WORDS = st.lists(st.sampled_from([*TAKEN_FROM, "is.\n"]))


@settings(max_examples=150, deadline=None)
@given(WORDS, ANSWERED)
def test_laws(words: list[str], answered: list[tuple[int, str]]) -> None:
    """Whatever is decided: the script fits, and an answer "here" is kept."""
    done = repaired(" ".join(words))
    count = len(known(done))
    decisions = [
        answer(done, number % count, what, "mine" if what == "replace" else None)
        for number, what in answered
        if count
    ]
    after = honoured(done, *decisions)
    assert after.script.apply(done.document.text) == after.text
    assert all(
        done.document.text[edit.start : edit.end] == edit.before
        for edit in (*after.edits, *after.suggestions)
    )
    assert honoured(repaired(" ".join(words)), *decisions) == after
    if len(decisions) == 1 and not decisions[0].changes:
        assert decisions[0].place not in {identity.place for identity in known(after)}


def test_ten_thousand_decisions_on_ten_thousand_edits() -> None:
    text = "".join(f"Number {n} of Openi is {n} again.\n" for n in range(10_000))
    done = repaired(text)
    rejected = tuple(Decision.of(identity, "a.txt", "reject") for identity in known(done)[1::2])
    assert honoured(done, *rejected).text.count("OpenAI") == 5_000
