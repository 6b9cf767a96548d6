"""How well does a reading of damaged words fit its language: are its words known, do its signs sit
where such signs sit?

Letters alone do not tell "снег" from "янег"; a list of words does. The lists are those of the
installed wordfreq package; a language without one is judged by its letters, as before. Costs are in
nats, as everywhere in this stage.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from repair.lexicon.words import frequencies
from repair.stages.encoding.letters import Language, sign

# The names under which wordfreq knows a language; the others bear the same name in both.
_LISTS = {"nn": "nb", "hr": "sh", "bs": "sh", "sr-latn": "sh", "tl": "fil"}
# What a word costs on top that no list holds, where there is a list: one word in twelve.
_UNLISTED = 2.5
# And any word of a language without a list, beside those that have one.
_NO_LIST = 1.5
# Words that are written without blanks are found in the list piece by piece, of at most so many
# letters.
_PIECED = frozenset(("zh", "ja", "ko"))
_PIECE = 8
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u200c\u200d])*")
_MARKS = {"ar", "fa", "he", "ur"}
# A mark that shows a vowel, which everyday text leaves out.
_MARK = 4.0
_NATS = math.log(10)
# Which dash stands between words by the custom of the language; elsewhere both are at home. In
# English, six texts in seven that have dashes between blanks have the long one.
_EN_DASH = frozenset("de nl sv da nb nn fi et is cs sk sl hr lt lv hu he".split())  # noqa: SIM905
_EM_DASH = frozenset("en ru uk be bg es tr".split())  # noqa: SIM905
_DASH = 3.5
# Languages in which “ and ‘ close, or ” opens.
_LOW = frozenset("de cs sk sl hr bs sr-latn sr mk bg et lt is ka sq da dsb hsb lb gsw".split())  # noqa: SIM905
_LOW |= {"ru", "uk", "be", "kk", "ky", "tt", "tg", "mn", "ce"}
_TWICE = frozenset("sv fi".split())  # noqa: SIM905
_OPENING, _CLOSING = "“‘„‚", "”’"
# Single quotes open far less often than double ones; behind a letter they are apostrophes.
_SINGLE = 3.0
# The quotes inside of quotes, and those of books.
_RARER = 3.0
_MISPLACED, _UNUSUAL = 4.0, 2.5


class Wording:
    """The judge of readings in one language."""

    __slots__ = ("_known", "_memo", "language")

    def __init__(self, language: Language) -> None:
        self.language = language
        self._known = _known(language.name)
        self._memo: dict[str, float] = {}

    def cost(self, text: str, before: str = " ", after: str = " ") -> float:
        """The cost of a text that stands between two characters: its words and its signs."""
        total, at = 0.0, 0
        for found in _WORD.finditer(text):
            total += self.word(found[0].lower())
            total += sum(map(_sign, text[at : found.start()]))
            at = found.end()
        total += sum(map(_sign, text[at:]))
        return total + self._seams(before + text + after)

    def word(self, word: str) -> float:
        """The cost of a word in small letters."""
        cost = self._memo.get(word)
        if cost is None:
            if len(self._memo) > 20_000:
                self._memo.clear()
            pieced = self.language.name in _PIECED and len(word) > 1
            cost = self._memo[word] = self._pieces(word) if pieced else self._whole(word)
        return cost

    def knows(self, word: str) -> bool:
        """Whether the list of the language holds this word in small letters."""
        return _plain(word, self.language.name) in self._known

    @property
    def listed(self) -> bool:
        """Whether there is a list of words for the language."""
        return bool(self._known)

    def _whole(self, word: str) -> float:
        letters = self.language.word(word)
        if not self._known:
            return letters + _NO_LIST
        plain = _plain(word, self.language.name)
        zipf = self._known.get(plain)
        if zipf is None:
            return letters + _UNLISTED
        marks = _MARK * (len(word) - len(plain))
        return min((9 - zipf) * _NATS + marks, letters + _UNLISTED)

    def _pieces(self, word: str) -> float:
        """The cheapest way to put the word together from the list, letter by letter elsewhere."""
        best = [0.0]
        for end in range(1, len(word) + 1):
            alone = best[-1] + self.language.word(word[end - 1]) + _UNLISTED
            for start in range(max(0, end - _PIECE), end):
                zipf = self._known.get(word[start:end])
                if zipf is not None:
                    alone = min(alone, best[start] + (9 - zipf) * _NATS)
            best.append(alone)
        return min(best[-1], self.language.word(word) + _UNLISTED)

    def _seams(self, text: str) -> float:
        """What quotes and dashes cost where they do not stand as such signs do."""
        if text.isascii():
            return 0.0
        name, total = self.language.name, 0.0
        for before, char, after in zip(text, text[1:], text[2:], strict=False):
            if char in _OPENING or char in _CLOSING:
                total += _quote(before, char, after, name)
                total += _SINGLE * (char in "‘‚")
            elif char in "–—":
                total += _dash(before, char, after, name)
        return total


def _sign(char: str) -> float:
    return sign(char) + _RARER * (char in "『』《》") if char > "\x7f" else 1.0


def _quote(before: str, char: str, after: str, language: str) -> float:
    """What a quote costs between these two characters.

    >>> _quote("a", "”", " ", "en"), _quote(",", "”", "d", "en")
    (0.0, 4.0)
    """
    opens, closes = after.isalnum(), before.isalnum() or before in ",.!?…"
    if opens and closes:
        return 0.0 if char == "’" and before.isalpha() else _MISPLACED
    if char in _CLOSING:
        return _MISPLACED if opens and language not in _TWICE else 0.0
    if char in "„‚":
        return _MISPLACED if closes or not opens else 0.0
    if closes or after.isspace():
        return 0.0 if language in _LOW else _MISPLACED
    return _UNUSUAL if opens and language in _LOW else 0.0


def _dash(before: str, char: str, after: str, language: str) -> float:
    """What a dash costs between these two characters."""
    if before.isdigit() and after.isdigit():
        return _DASH if char == "—" else 0.0
    uneven = before.isspace() != after.isspace() and before.isalnum() + after.isalnum() == 1
    other = language in (_EM_DASH if char == "–" else _EN_DASH)
    return _DASH * other + _UNUSUAL * uneven


@cache
def _known(language: str) -> Mapping[str, float]:
    return frequencies(_LISTS.get(language, language))


def _plain(word: str, language: str) -> str:
    """The word as the lists hold it: without the marks of vowels, with one kind of cedilla."""
    if language in _MARKS:
        return "".join(char for char in word if unicodedata.category(char) != "Mn")
    return word.replace("ş", "ș").replace("ţ", "ț") if language == "ro" else word


@cache
def wording(language: Language) -> Wording:
    """The judge for a language, which keeps its words."""
    return Wording(language)
