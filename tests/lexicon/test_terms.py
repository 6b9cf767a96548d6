"""The right terms, and what a spinner makes of them."""

from __future__ import annotations

from repair.lexicon import terms


def test_two_words_open_a_spun_term_wherever_one_is_read() -> None:
    known = terms.shipped()
    spun = [phrase.split(" ") for phrase in known.originals]
    rights = [plain.split(" ") for plain in known.known if " " in plain]
    words = [w for pair in zip(spun[::7], rights, strict=False) for part in pair for w in part]
    for first in range(len(words) - 1):
        if any(count > 1 for count, _ in known.at(words, first)):
            assert known.opens(words[first], words[first + 1])
    assert known.opens("side", "ratio")
    assert not known.opens("side", "zebra")
