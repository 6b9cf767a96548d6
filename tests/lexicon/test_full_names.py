"""Names of several words: all words through one script, and other words beside them."""

from functools import cache

import pytest

from repair import Lexicon
from repair.lexicon.channel import PIVOTS
from repair.lexicon.matcher import Matcher

PEOPLE = ["Chris Kirkland", "Satya Nadella", "Chris Cornell", "Vladimir Kramnik", "John Barrymore"]


@cache
def known() -> Lexicon:
    return Lexicon.of([*PEOPLE, "Microsoft", "One", "x " * 30])


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Kelisi Kekelan", "Chris Kirkland"),
        ("Satia Nadila", "Satya Nadella"),
        ("Wladimir Kramnik", "Vladimir Kramnik"),
        ("Yuehan Balimoer", "John Barrymore"),
        ("Maikro Soft", "Microsoft"),  # it fell apart, and is heard as a whole
    ],
)
def test_words_are_heard_together(surface: str, name: str) -> None:
    assert known().candidates(surface)[0].canonical == name


def test_a_script_that_was_told_is_heard() -> None:
    lexicon = known()
    chinese = {pivot: 0.86 if pivot == "chinese" else 0.02 for pivot in PIVOTS}
    russian = {pivot: 0.86 if pivot == "russian" else 0.02 for pivot in PIVOTS}
    best = {
        told["chinese"]: {c.canonical: c.score for c in lexicon.candidates("Kelisi Kekelan", told)}
        for told in (chinese, russian)
    }
    assert best[0.86]["Chris Kirkland"] > best[0.02]["Chris Kirkland"]
    # A script that is not named has next to no chance; an empty table says nothing.
    assert lexicon.candidates("Kelisi Kekelan", {"chinese": 1.0})[0].canonical == "Chris Kirkland"
    assert lexicon.candidates("Kelisi Kekelan", {}) == lexicon.candidates("Kelisi Kekelan")


def test_scores_of_a_name_add_up_over_its_words() -> None:
    matcher = Matcher(PEOPLE)
    heard = matcher.several(["satia", "nadila"])
    assert heard is not None
    names = [matcher.called(int(number), 2) for number in heard.numbers]
    at = names.index(["Satya Nadella"])
    words = matcher._full.words
    parts = []
    for garble, word in (("satia", "satya"), ("nadila", "nadella")):
        which, pooled = words.proposed(garble)
        parts.append(float(pooled[[words.strings[n] for n in which].index(word)]))
    assert heard.columns[at, 3] == pytest.approx(sum(parts), abs=1e-3)


@pytest.mark.parametrize("surface", ["a b c d e f g h i j k l", "x" * 39 + " " + "y" * 39, "的 的"])
def test_hostile_surfaces(surface: str) -> None:
    known().candidates(surface)
