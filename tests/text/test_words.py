"""What no rule of language may touch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.text.edits import Span
from repair.text.words import NearProtected, Protected

KEPT = [
    "see https://openi.com/a?b=c now",
    "mail to jane.openi@example.co.uk today",
    "by @openi on Monday",
    "under #openi there",
    "run `pip install openi` first",
    "```\nopeni = 1\n```",
    "in /usr/share/openi/x of",
    "at C:\\data\\openi\\x of",
    "the file openi_tpu.jpg shows",
    "on www.openi.com they",
    "at openi.com/about they",
    "they said Openi [sic] was",
]
OPEN = [
    "Openi and Google",
    "and/or Openi",
    "Openi. Then",
    "10/12 openi",
    "it is 5 @ Openi",
    "a ` openi",
    "e.g. Openi",
]


@pytest.mark.parametrize("text", KEPT)
def test_protected(text: str) -> None:
    at = text.lower().index("openi")
    assert Protected(text).touches(Span(at, at + 5))


@pytest.mark.parametrize("text", OPEN)
def test_open(text: str) -> None:
    at = text.lower().index("openi")
    assert not Protected(text).touches(Span(at, at + 5))


def test_further_spans_can_be_protected() -> None:
    guard = Protected("one two three", extra=[Span(4, 7)])
    assert guard.touches(Span(5, 6))
    assert not guard.touches(Span(0, 4))
    assert not guard.touches(Span(7, 9))


@pytest.mark.parametrize(
    "unit", ["a.", "@", "`", "/a", "a@", "http://", "[sic", "\\x", "a-.", "~/"]
)
def test_hostile_repetition_comes_to_an_end(unit: str) -> None:
    Protected(unit * 20_000)


@given(st.text(st.sampled_from("ab.@/\\#`:[sic]com\n w\t"), max_size=60), st.data())
def test_near_protected_answers_as_protected_does(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    if not span.empty:
        assert NearProtected(text).touches(span) == Protected(text).touches(span)
