"""Letters of other scripts inside a Latin word: a Cyrillic "Р" in "Рremier".

Only letters that look exactly like a Latin one count, and only where the rest of the word is
Latin: mu, alpha and kappa in TNFα or NFκB stay, and so does a Russian text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

RULES = (Rule("artifacts/homoglyph", "a Cyrillic or Greek letter inside a Latin word: 'Рremier'"),)

_FOREIGN = "[\u0370-\u03ff\u0400-\u04ff\u0500-\u058f]"
# a foreign letter beside a Latin one
_MIXED = "[\u0370-\u058f](?:(?=[A-Za-z])|(?<=[A-Za-z].))"
_LETTER = r"[^\W\d_]"
# The share of foreign letters from which a text counts as written in their script.
FOREIGN_SHARE, SAMPLE = 0.2, 20_000


def homoglyphs(page: Page) -> Iterator[Edit]:
    """Proposals for whole words in which every foreign letter has a Latin double."""
    text = page.text
    if text.isascii():
        return
    done, foreign = -1, None
    for match in re.finditer(_MIXED, text):
        if match.start() < done:
            continue
        before, after = page.word_before(match.start()), page.word_after(match.start())
        start, word = match.start() - len(before), before + after
        done = start + len(word)
        latin = "".join(page.words.homoglyphs.get(letter, letter) for letter in word)
        native = sum(letter.isascii() and letter.isalpha() for letter in word)
        if latin == word or re.search(_FOREIGN, latin) or native * 2 < len(word):
            continue
        # An address with a foreign letter is another address, and no word has forty letters.
        if not 3 <= len(word) < 40 or not page.free(start, done):
            continue
        foreign = _is_foreign(text) if foreign is None else foreign
        greek = any("\u0370" <= letter <= "\u03ff" for letter in word)
        # in a Russian text Latin names take Cyrillic endings
        sure = 0.6 if foreign else 0.7 if greek and len(word) < 5 else 0.95
        reason = "letters of another script that look like Latin ones"
        yield page.edit(start, done, latin, "homoglyph", reason, sure)


def _is_foreign(text: str) -> bool:
    """Whether a good part of a text is in the other script."""
    letters = len(re.findall(_LETTER, text[:SAMPLE]))
    return len(re.findall(_FOREIGN, text[:SAMPLE])) > FOREIGN_SHARE * letters
