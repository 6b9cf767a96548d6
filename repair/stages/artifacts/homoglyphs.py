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

_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff\u0500-\u058f]")
# a foreign letter beside a Latin one
_MIXED = re.compile("[\u0370-\u058f](?:(?=[A-Za-z])|(?<=[A-Za-z].))")
_LETTER = re.compile(r"[^\W\d_]")
# The share of foreign letters from which a text counts as written in their script.
FOREIGN_SHARE = 0.2


def homoglyphs(page: Page) -> Iterator[Edit]:
    """Proposals for whole words in which every foreign letter has a Latin double."""
    text = page.text
    if text.isascii():
        return
    done = -1
    for match in _MIXED.finditer(text):
        if match.start() < done:
            continue
        start = match.start() - len(page.word_before(match.start()))
        word = page.word_before(match.start()) + page.word_after(match.start())
        done = start + len(word)
        latin = "".join(page.words.homoglyphs.get(letter, letter) for letter in word)
        native = sum(letter.isascii() and letter.isalpha() for letter in word)
        if latin == word or _FOREIGN.search(latin) or len(word) < 3 or native * 2 < len(word):
            continue
        if not page.free(start, done):
            continue  # an address with a foreign letter is another address
        reason = "letters of another script that look like Latin ones"
        yield page.edit(start, done, latin, "homoglyph", reason, _confidence(page, word))


def _confidence(page: Page, word: str) -> float:
    letters = len(_LETTER.findall(page.text[:20_000])) or 1
    foreign = len(_FOREIGN.findall(page.text[:20_000]))
    if foreign > FOREIGN_SHARE * letters:
        return 0.6  # a Russian text: Latin names take Cyrillic endings there
    greek = any("\u0370" <= letter <= "\u03ff" for letter in word)
    return 0.7 if greek and len(word) < 5 else 0.95
