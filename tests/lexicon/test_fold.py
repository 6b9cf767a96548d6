"""Foldings: what is left of a name when case, accents and signs are gone."""

from hypothesis import given
from hypothesis import strategies as st

from repair.lexicon import fold


def test_hand_folded_letters() -> None:
    assert fold.letters("Łódź, Øresund, Straße") == "lodzoresundstrasse"


def test_a_key_keeps_digits() -> None:
    assert fold.key("GPT-4o mini") == "gpt4omini"


@given(st.lists(st.text(max_size=12), max_size=8))
def test_keys_are_key_of_each(names: list[str]) -> None:
    assert fold.keys(names) == [fold.key(name.replace("\n", " ")) for name in names]


@given(st.text(max_size=40))
def test_folding_settles(text: str) -> None:
    assert fold.letters(fold.letters(text)) == fold.letters(text)
