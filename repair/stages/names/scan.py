"""Finds, at the cost of a split, the few words of a text that a names rule has to look at.

Nearly every word of a clean text is a known word or a known name. A word is judged once and its
verdict remembered, so that a corpus costs one set difference a document.
"""

from __future__ import annotations

import re

from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.heard import Heard
from repair.lexicon.lexicon import Lexicon
from repair.lexicon.spun import Spun
from repair.text.words import WORD

REMEMBERED = 200_000  # words; beyond, the memory starts afresh
LONGEST = 40  # letters of a word that is looked at
NEW_TYPES = 4_000  # unknown words looked up for one document; a text with more is no prose
SHORTEST = 4  # letters of an unknown word that sound alone may name

# "Physician Unusual", "Home windows 11", "The E book of Carol": a capital, then more words, one of
# them with a capital or a digit
CAPITALS = re.compile(r"\b[A-Z][\w’']*(?:[ -](?:[a-z]\w{0,3} ){0,2}[A-Z&\d][\w’']*){1,6}")


class Scanner:
    """Tells doubtful words from dull ones, and remembers."""

    def __init__(self, lexicon: Lexicon, heard: Heard) -> None:
        self.lexicon = lexicon
        self.heard = heard
        self.spun = Spun(lexicon)
        self._dull: set[str] = set()
        self._doubtful: dict[str, tuple[str, ...]] = {}

    def doubtful(self, text: str) -> set[str]:
        """The words of a text, as they stand, that some rule of names may want to mend."""
        if len(self._dull) > REMEMBERED or len(self._doubtful) > REMEMBERED:
            self._dull.clear()
            self._doubtful.clear()
        found: set[str] = set()
        looked_up = 0
        for raw in set(text.split()) - self._dull:
            words = self._doubtful.get(raw)
            if words is None:
                words = self._judge(raw) if looked_up < NEW_TYPES else ()
                looked_up += 1
                if words:
                    self._doubtful[raw] = words
                elif looked_up < NEW_TYPES:
                    self._dull.add(raw)
            found.update(words)
        return self._whole(found, text) if found else found

    def _whole(self, found: set[str], text: str) -> set[str]:
        """Without the words that only belong to a listed surface of which the rest is not there."""
        low = text.lower()
        kept = set()
        for word in found:
            phrases = self.lexicon.triggers.get(word.lower(), [()])
            there = any(all(part in low for part in phrase) for phrase in phrases)
            if there or self._by_itself(word):
                kept.add(word)
        return kept

    def _judge(self, raw: str) -> tuple[str, ...]:
        if len(raw) > 200:
            return ()
        return tuple(word for word in map(bare, WORD.findall(raw)) if self.is_doubtful(word))

    def is_doubtful(self, word: str) -> bool:
        """Whether a word may be, or belong to, a name that is not spelt right."""
        return word.lower() in self.lexicon.triggers or self._by_itself(word)

    def _by_itself(self, word: str) -> bool:
        low = word.lower()
        lexicon = self.lexicon
        if (low,) in lexicon.garbles and word not in lexicon.keep:
            return True
        if lexicon.holds(word) or word in lexicon.keep or len(word) > LONGEST:
            return False
        if fold.key(word) in lexicon.by_key and not word.isdigit():
            return not language.common(low)
        return self.unknown(word) and bool(self.heard.near(fold.letters(word)))

    def unknown(self, word: str) -> bool:
        """Whether nobody knows the word: no common word, no name, no number, no code."""
        if not (word.isascii() and word.isalpha() and SHORTEST <= len(word) <= LONGEST):
            return False
        if (
            word in self.lexicon.keep
            or self.lexicon.holds(word)
            or inner_capitals(word)
            or word.isupper()
        ):
            return False
        return not language.common(word.lower())


def bare(word: str) -> str:
    """The word without "'s"."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


def inner_capitals(word: str) -> bool:
    """Whether a word has its capitals like an identifier: "iPhone", "getName", not "NATO"."""
    return not (word.islower() or word.isupper() or word[1:].islower())
