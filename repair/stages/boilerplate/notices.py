"""Sentences in which a page speaks of itself: "sign up for our newsletter", "we use cookies".

Triggers (triggers.py) are whole lines; a notice is known by a few words in a sentence that only the
page itself would say. The phrases are data (dictionaries/boilerplate/notices/*.tsv): `*` is up to
four words, `^` the beginning of the line. A phrase is looked up by its longest word, once a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from repair.lexicon import tables
from repair.stages.boilerplate.page import BULLET, UNSPACED, Page
from repair.stages.boilerplate.triggers import Trigger
from repair.text.patterns import later

# A longer unit has more to say than its notice.
_LONGEST = 420
# The phrase begins within so many characters: a notice comes to the point.
_POINT = 200
# Behind one of these somebody else is quoted.
_QUOTES = later('["“„«]')
_START = "^"
# "*" in a phrase: up to four words
_GAP = r"(?:[^\W_]+[\W_]+){0,4}?"
_BETWEEN = r"[\W_]+"
_UNSPACED_MARKS = "。、，"  # which of them a text of such a script has


class Notices:
    """All phrases by their longest word; only those are looked for whose words the text has."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._by_word: dict[str, list[tuple[frozenset[str], Trigger]]] = {}
        self._whole: list[Trigger] = []  # of scripts that do not part words
        self._patterns: dict[str, re.Pattern[str]] = {}
        for place, phrase, family in rows:
            words = phrase.casefold().replace("*", " ").replace(_START, " ").split()
            notice = Trigger(phrase.casefold(), family, place, words=len(words))
            if UNSPACED.search(phrase):
                self._whole.append(notice)
            else:
                rows_of = self._by_word.setdefault(max(words, key=len), [])
                rows_of.append((frozenset(words), notice))

    def found_in(self, page: Page) -> dict[int, Trigger]:
        """The notices among the units, by the number of the unit."""
        found: dict[int, Trigger] = {}
        if page.speaking is not None and not page.speaking:
            return found  # what is left of a page says nothing that the page did not say
        starts: list[int] = []
        places: set[int] = set()
        for notice, at, end in self._places(page):
            starts = starts or [unit.start for unit in page.units]
            i = bisect_right(starts, at) - 1
            places.add(i)
            if i not in found and _stands(page, i, at, end, notice):
                found[i] = notice
        page.speaking = places
        return found

    def _places(self, page: Page) -> Iterator[tuple[Trigger, int, int]]:
        text, words = page.small, page.words
        for word in sorted(self._by_word.keys() & words):  # a set has another order every time
            for needed, notice in self._by_word[word]:
                if needed <= words:
                    yield from self._spans(text, notice)
        unspaced = not text.isascii() and any(mark in text for mark in _UNSPACED_MARKS)
        for notice in self._whole if unspaced else ():
            at = text.find(notice.phrase)
            while at >= 0:
                yield notice, at, at + len(notice.phrase)
                at = text.find(notice.phrase, at + 1)

    def _spans(self, text: str, notice: Trigger) -> Iterator[tuple[Trigger, int, int]]:
        """Where the words of the phrase stand: its beginning is found as it is written."""
        beginning = notice.phrase.removeprefix(_START).partition("*")[0].strip()
        at = text.find(beginning)
        while at >= 0:
            found = self._pattern(notice.phrase).match(text, at)
            if found and (at == 0 or not text[at - 1].isalnum()):
                yield notice, at, found.end()
            at = text.find(beginning, at + 1)

    def _pattern(self, phrase: str) -> re.Pattern[str]:
        if phrase not in self._patterns:
            words = phrase.removeprefix(_START).split()
            pieces = [_GAP if w == "*" else re.escape(w) + _BETWEEN for w in words]
            pieces[-1] = pieces[-1].removesuffix(_BETWEEN)
            self._patterns[phrase] = re.compile("".join(pieces) + r"\b")
        return self._patterns[phrase]


def _stands(page: Page, i: int, at: int, end: int, notice: Trigger) -> bool:
    """Whether the unit may be the notice: short enough, to the point, in nobody's quotation."""
    if i < 0:
        return False
    unit = page.units[i]
    if end > unit.end or len(unit.body) > _LONGEST or at - unit.start > _POINT:
        return False
    before = page.text[unit.start : at]
    if notice.phrase[0] == _START and any(map(str.isalnum, before)):
        return False
    quoted = _QUOTES.search(before) or BULLET.match(unit.body)
    return not quoted and not page.is_fragment(i)


@cache
def shipped() -> Notices:
    """The notices of all shipped tables. Raises DictionaryError."""
    rows: list[tuple[str, str, str]] = []
    for path in sorted((tables.folder() / "boilerplate" / "notices").glob("*.tsv")):
        shown = tables.shown(path)
        for row in tables.rows(path, ("phrase", "kind")):
            rows.append((f"{shown}:{row.line}", row.cells[0], row.cells[1]))
    return Notices(rows)
