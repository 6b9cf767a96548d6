"""The words that pieces give are those of the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from repair.stages.names.pieces import Token, Tokens
from repair.text.words import WORD, bare

TEXTS = st.text(st.sampled_from("aB’'s.-_ \n\t\u00a0\u2003é1İ…"), max_size=60)


@settings(deadline=None)
@given(TEXTS)
def test_tokens_are_the_words_of_the_text(text: str) -> None:
    expected = [
        Token(word := bare(match.group()), match.start(), match.start() + len(word))
        for match in WORD.finditer(text)
    ]
    tokens = Tokens(text)
    assert [tokens[number] for number in reversed(range(len(tokens)))] == expected[::-1]
    assert list(tokens) == expected
    assert tokens.lower == [token.text.lower() for token in expected]


def test_a_word_of_a_piece_with_several() -> None:
    tokens = Tokens("“Wi-Fi” (OpenAI’s)")
    assert [tokens.start(number) for number in range(3)] == [1, 4, 9]
    assert tokens[2].text == "OpenAI"
    assert tokens[-1] == tokens[2]
