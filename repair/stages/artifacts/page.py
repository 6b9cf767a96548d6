"""A text as the artifact rules look at it: facts that cost something are found when first asked.

On clean text no rule gets so far as to ask, which is what makes the stage cheap.
"""

from __future__ import annotations

import re
from collections import Counter

from repair.damage import Damage
from repair.stages.artifacts.knowledge import Words
from repair.text.edits import Edit, Span
from repair.text.words import Protected

# How much of a text is looked at to tell its language, in characters.
SAMPLE = 3000
# The share of English function words from which a text counts as English. English prose has 40 to
# 50 % of the words of that role, headlines some 20 %; French, German or Dutch below 8 %, through
# the few that they share (in, on, an, was).
ENGLISH_SHARE = 0.15

# So many questions about protected places, or about the number of a word, are answered one by one;
# from then on it is cheaper to find all protected spans, or to count all words.
FEW = 12
# Of the letters, this share has to stand in ASCII words: a Chinese text full of English terms is
# still Chinese.
LATIN_SHARE = 0.8

_WORD = re.compile(r"[^\W\d_]+")


class Page:
    """A text with what the rules may ask about it."""

    __slots__ = ("_all", "_asked", "_counts", "_damage", "_english", "_protected", "text", "words")

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.words = words
        self._asked = 0
        self._protected: Protected | None = None
        self._english: bool | None = None
        self._damage: Damage | None = None
        self._counts: dict[str, int] = {}
        self._all: Counter[str] | None = None

    @property
    def english(self) -> bool:
        """Whether the text (its beginning, if it is long) reads as English."""
        if self._english is None:
            found = _WORD.findall(self.text[:SAMPLE].lower())
            hits = sum(word in self.words.function for word in found)
            latin = sum(len(word) for word in found if word.isascii())
            latin_text = latin >= LATIN_SHARE * sum(map(len, found))
            self._english = hits > 0 and hits >= ENGLISH_SHARE * len(found) and latin_text
        return self._english

    @property
    def damage(self) -> Damage:
        """How the text was damaged as a whole."""
        if self._damage is None:
            self._damage = Damage.of(self.text)
        return self._damage

    def count(self, word: str) -> int:
        """How often a word stands in the text by itself, case kept; 100 means 100 or more."""
        if word not in self._counts:
            if len(self._counts) < FEW:
                self._counts[word] = self._find(word)
            elif self._all is None:
                self._all = Counter(_WORD.findall(self.text))
        return self._counts[word] if self._all is None else self._all[word]

    def _find(self, word: str) -> int:
        times, at = 0, self.text.find(word)
        while at >= 0 and times < 100:
            end = at + len(word)
            edges = self.text[max(at - 1, 0) : at] + self.text[end : end + 1]
            times += not any(map(str.isalpha, edges))
            at = self.text.find(word, end)
        return times

    def free(self, start: int, end: int) -> bool:
        """Whether the slice is prose, and no part of an address, of code or of a file name."""
        if self._protected is None:
            self._asked += 1
            if self._asked <= FEW and "```" not in self.text:
                first, line = self._line(start)
                return not Protected(line).touches(Span(start - first, end - first))
            self._protected = Protected(self.text)
        return not self._protected.touches(Span(start, end))

    def line(self, at: int) -> str:
        """The line around an offset, cut to 2,000 characters on either side."""
        return self._line(at)[1]

    def _line(self, at: int) -> tuple[int, str]:
        start = max(self.text.rfind("\n", max(at - 2000, 0), at) + 1, at - 2000, 0)
        end = self.text.find("\n", at, at + 2000)
        return start, self.text[start : end if end >= 0 else at + 2000]

    def word_before(self, at: int) -> str:
        """The letters and digits that end right before an offset; at most 40 of them."""
        start = at
        while start > max(at - 40, 0) and self.text[start - 1].isalnum():
            start -= 1
        return self.text[start:at]

    def word_after(self, at: int) -> str:
        """The letters and digits that begin at an offset; at most 40 of them."""
        end = at
        while end < min(at + 40, len(self.text)) and self.text[end].isalnum():
            end += 1
        return self.text[at:end]

    def edit(
        self, start: int, end: int, after: str, rule: str, reason: str, confidence: float
    ) -> Edit:
        """A proposal of this stage."""
        span = Span(start, end)
        return Edit(span, self.text[start:end], after, f"artifacts/{rule}", reason, confidence)
