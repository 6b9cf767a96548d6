"""A text as the artifact rules look at it: facts that cost something are found when first asked.

On clean text no rule gets so far as to ask, which is what makes the stage cheap. For the same
reason patterns that stand behind a test are kept as text in the rules' files: `re` compiles one
when it is first needed, and keeps it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from repair.stages.artifacts.knowledge import Words, words
from repair.text.edits import Edit, Span
from repair.text.words import Protected

if TYPE_CHECKING:
    from repair.damage import Damage

# How much of a text is looked at to tell its language, in characters.
SAMPLE = 3000
# The share of English function words from which a text counts as English. English prose has 40 to
# 50 % of the words of that role, headlines some 20 %; French, German or Dutch below 8 %, through
# the few that they share (in, on, an, was).
ENGLISH_SHARE = 0.15

# So many questions about protected places, or about the number of a word, are answered one by one;
# from then on it is cheaper to find all protected spans, or to count all words.
FEW = 12
ASKED = 200  # phrases looked for in a text: each look costs its length
# Of the letters, this share has to stand in ASCII words: a Chinese text full of English terms is
# still Chinese.
LATIN_SHARE = 0.8

# The words around a place, for telling its language: so many characters before it and behind it.
BEFORE, BEHIND = 150, 60

_WORD = r"[^\W\d_]+"


class Page:
    """A text with what the rules may ask about it."""

    __slots__ = (
        "_all",
        "_asked",
        "_counts",
        "_damage",
        "_english",
        "_phrases",
        "_protected",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self._asked = 0
        self._phrases: dict[str, bool] = {}
        self._protected: Protected | None = None
        self._english: bool | None = None
        self._damage: Damage | None = None
        self._counts: dict[str, int] = {}
        self._all: Counter[str] | None = None

    @property
    def words(self) -> Words:
        """What the tables know of words; read when the first text shows a candidate."""
        return words()

    @property
    def english(self) -> bool:
        """Whether the text (its beginning, if it is long) reads as English."""
        if self._english is None:
            found = re.findall(_WORD, self.text[:SAMPLE].lower())
            hits = sum(word in self.words.function for word in found)
            latin = sum(len(word) for word in found if word.isascii())
            latin_text = latin >= LATIN_SHARE * sum(map(len, found))
            enough = hits > 0 and hits >= ENGLISH_SHARE * len(found)
            self._english = enough and latin_text and self._sounds_english(found)
        return self._english

    def english_at(self, at: int, least: int = 1) -> bool:
        """Whether the text reads as English, and the words around an offset do as well: `least`
        of them are words of English alone, and few of another language stand there.
        """
        if not self.english:
            return False
        start, end = max(at - BEFORE, 0), at + BEHIND
        start = max(self.text.rfind("\n", start, at) + 1, start)
        stop = self.text.find("\n", at, end)
        near = self.text[start : stop if stop >= 0 else end]
        found = re.findall(_WORD, near.lower())
        return "«" not in near and "»" not in near and self._sounds_english(found, least)

    def _sounds_english(self, words: list[str], least: int = 0) -> bool:
        own = sum(word in self.words.english for word in words)
        other = sum(word in self.words.foreign for word in words)
        return own >= least and own >= 2 * other

    @property
    def damage(self) -> Damage:
        """How the text was damaged as a whole."""
        if self._damage is None:
            from repair.damage import Damage  # only a candidate makes it worth its patterns

            self._damage = Damage.of(self.text)
        return self._damage

    def count(self, word: str) -> int:
        """How often a word stands in the text by itself, case kept; 100 means 100 or more."""
        if word not in self._counts:
            if len(self._counts) < FEW:
                self._counts[word] = self._find(word)
            elif self._all is None:
                self._all = Counter(re.findall(_WORD, self.text))
        return self._counts[word] if self._all is None else self._all[word]

    def _find(self, word: str) -> int:
        times, at = 0, self.text.find(word)
        while at >= 0 and times < 100:
            end = at + len(word)
            edges = self.text[max(at - 1, 0) : at] + self.text[end : end + 1]
            times += not any(map(str.isalpha, edges))
            at = self.text.find(word, end)
        return times

    def has(self, phrase: str) -> bool:
        """Whether a phrase stands in the text; the first 200 phrases are looked for, no others."""
        if phrase not in self._phrases and len(self._phrases) < ASKED:
            self._phrases[phrase] = phrase in self.text
        return self._phrases.get(phrase, False)

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
        before = self.text[max(at - 40, 0) : at]
        word = before[before.rfind(" ") + 1 :]
        if word and not word.isalnum():  # rare: another mark than a blank parts the words
            return word[_last_mark(word) + 1 :]
        return word

    def word_after(self, at: int) -> str:
        """The letters and digits that begin at an offset; at most 40 of them."""
        after = self.text[at : at + 40]
        word = after.partition(" ")[0]
        if word.isalnum():
            return word
        return next((word[:i] for i, letter in enumerate(word) if not letter.isalnum()), word)

    def edit(
        self, start: int, end: int, after: str, rule: str, reason: str, confidence: float
    ) -> Edit:
        """A proposal of this stage."""
        span = Span(start, end)
        return Edit(span, self.text[start:end], after, f"artifacts/{rule}", reason, confidence)


def _last_mark(word: str) -> int:
    """The offset of the last character that is neither letter nor digit."""
    return next(i for i in range(len(word) - 1, -1, -1) if not word[i].isalnum())
