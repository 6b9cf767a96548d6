"""Answers that repeat become rows; answers that contradict each other do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from repair.lexicon.tables import DictionaryError
from repair.review.teach import lessons, teach
from tests.review.answers import answer, repaired

DONE = repaired(
    "Openi is one, Cooplot a second, customs chips; Openi and Cooplot in teh end, odd.\n"
)
OPENI, COOPLOT, CUSTOMS, OPENI_2, COOPLOT_2, TEH, ODD = range(7)


def test_twice_or_always() -> None:
    learned = lessons(
        [
            answer(DONE, OPENI, "accept"),
            answer(DONE, OPENI_2, "accept"),
            answer(DONE, COOPLOT, "always"),
            answer(DONE, TEH, "accept"),
            answer(DONE, CUSTOMS, "never"),
            answer(DONE, ODD, "baseline"),
        ]
    )
    assert learned.surfaces == (("Cooplot", "Copilot"), ("Openi", "OpenAI"))
    assert learned.keep == ("customs",)


def test_torn_answers_teach_nothing() -> None:
    learned = lessons([answer(DONE, OPENI, "always"), answer(DONE, OPENI_2, "reject")])
    assert (learned.surfaces, learned.keep, learned.torn) == ((), (), ("Openi",))


def test_own_text_is_taught_and_what_no_row_can_hold_is_not() -> None:
    learned = lessons(
        [
            answer(DONE, ODD, "replace", "weird"),
            answer(DONE, ODD, "replace", "weird"),
            answer(DONE, TEH, "replace", "a\tb"),
            answer(DONE, TEH, "replace", "a\tb"),
        ]
    )
    assert learned.surfaces == (("odd", "weird"),)


def test_pack_grows_and_stays_sorted(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    assert teach(lessons([answer(DONE, OPENI, "always")]), pack) == (1, 0)
    more = lessons([answer(DONE, OPENI, "always"), answer(DONE, COOPLOT, "always")])
    assert teach(more, pack) == (1, 0)
    assert (pack / "surfaces.tsv").read_text() == (
        "surface\tcanonical\tvia\torigin\n"
        "Cooplot\tCopilot\ttypo\treview\n"
        "Openi\tOpenAI\ttypo\treview\n"
    )
    (pack / "keep.tsv").write_text("surface\treason\nx\n")
    with pytest.raises(DictionaryError, match=r"keep\.tsv:2"):
        teach(lessons([answer(DONE, OPENI, "never")]), pack)
