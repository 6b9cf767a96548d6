"""A text seen as a page: its lines, which of them are prose, and how to take lines out cleanly.

The unit is a line as a reader sees it: a hard-wrapped paragraph counts as one unit, blank lines
count as none. Everything here is measured without a word list, so that it carries languages for
which there is no table.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import NamedTuple

from repair.stages.boilerplate.code import is_rule, is_technical
from repair.stages.boilerplate.wrapping import continued
from repair.text.edits import Span
from repair.text.patterns import later

# "... said so.'" and "... said so.”" end a sentence; so do the full stops of other scripts.
_ENDS = (".", "!", "?", "。", "！", "？", "…", "।", "؟", "۔")
_CLOSERS = "\"'”’»)]“‘› *_"
# "- item", "* item", "• item", "3. item", "12) item"; a dash needs the blank, "-5 degrees" is none.
BULLET = later(r"(?:[-*•·▪►▶»›–—+|◦‣●■✓]\s+|\d{1,3}[.)]\s+)")
# Runs of these make a line a menu ("Home | News | Sport") even where it is long.
_SEPARATORS = later(r"[|•·›»►/]\s")
# Han, kana, Hangul, Thai, Lao, Khmer, Burmese: scripts that do not part words by blanks.
UNSPACED = later(r"[぀-ヿ㐀-鿿가-힯฀-࿿က-႟ក-៿]")
_MARKS = ".,:;!?()[]'\"*_"
# So many blanks make a line long enough to be a part of a sentence.
_SENTENCE = 3
_CAPITALS, _SMALL = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
# A line over this length is prose or nothing that this stage may judge.
LONG = 400


class Unit(NamedTuple):
    """One line, or the lines of one wrapped paragraph: `start` to `end` without the last line
    break, `stop` with it; `body` is stripped, its lines joined by blanks.
    """

    start: int
    end: int
    stop: int
    body: str


class Page:
    """The units of one text, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        lines = text.split("\n")
        bodies = [line.strip() for line in lines]
        joined = continued(lines, bodies)
        units: list[Unit] = []
        start = 0
        for i, body in enumerate(bodies):
            end = start + len(lines[i])
            if body:
                if i in joined:
                    start, _, _, above = units.pop()
                    body = f"{above} {body}"
                units.append(Unit(start, end, end + 1, body))
            start = end + 1
        if units and units[-1].end == len(text):
            units[-1] = units[-1]._replace(stop=len(text))
        # The units in which words of notices stand (notices.py), once that is known.
        self.speaking: Collection[int] | None = None
        # The number of the headline or -1 (headline.py), once that is known.
        self.title: int | None = None
        # Where the article's own part of the page ends (tail.py), once that is known.
        self.end = len(units)
        self.units = units
        self.bodies = [unit.body for unit in units]

    def __len__(self) -> int:
        return len(self.units)

    @cached_property
    def small(self) -> str:
        """The text in small letters, character for character, its blanks and quotes made plain."""
        text = self.text.lower()
        if len(text) != len(self.text):  # a letter whose small form is two characters
            text = "".join(c if len(c.lower()) > 1 else c.lower() for c in self.text)
        return text.replace("\n", " ").replace("\xa0", " ").replace("’", "'")

    @cached_property
    def words(self) -> set[str]:
        """What stands between blanks in the small text, with the marks around it and without."""
        words = set(self.small.split())
        words.update([word.strip(_MARKS) for word in words if not word.isalpha()])
        return words

    @cached_property
    def prose(self) -> list[bool]:
        """Which units are prose."""
        return list(map(is_prose, self.bodies))

    @cached_property
    def anchors(self) -> list[int]:
        """The numbers of the units of prose."""
        return [i for i, prose in enumerate(self.prose) if prose]

    @cached_property
    def run(self) -> tuple[int, int]:
        """The article, roughly: the run of units, half-open, with the greatest sum of words, where
        a unit of prose counts its words less 12 and any other costs 14; (0, 0) where there is no
        prose.
        """
        best, found, total, begin = 0, (0, 0), 0, 0
        for i, (body, prose) in enumerate(zip(self.bodies, self.prose, strict=True)):
            if i >= self.end:
                break
            if total <= 0:
                total, begin = 0, i
            words = body.count(" ", 0, LONG) + 1
            if prose:
                total += words - 12 if words < 60 else 48
            else:
                total += words - 14 if words < 20 else 6
            if total > best:
                best, found = total, (begin, i + 1)
        return found

    def ends_at(self, end: int) -> None:
        """Look for the article only above unit `end`, with which something else begins."""
        self.end = end
        for known in ("run", "article"):
            self.__dict__.pop(known, None)

    @cached_property
    def article(self) -> int:
        """The number of words of that run."""
        return sum(map(words_in, self.bodies[slice(*self.run)]))

    @cached_property
    def technical(self) -> bool:
        """Whether this is code, markup or a record, whose short lines are its content."""
        return is_technical(self.bodies)

    def is_title(self, i: int) -> bool:
        """Whether the unit has a line of dashes directly under it, and a sentence under that."""
        if i + 2 >= len(self.units) or not is_rule(self.units[i + 1].body):
            return False
        below = self.units[i + 2].body
        said = below.count(" ") >= _SENTENCE and not BULLET.match(below)
        return said and self.units[i].stop == self.units[i + 1].start

    def is_field(self, i: int) -> bool:
        """Whether the unit is a label whose value is indented under it: "Comment:"."""
        here = self.units[i]
        if here.body[-1] != ":" or i + 1 == len(self.units):
            return False
        below = self.units[i + 1]
        first = self.text[below.start : below.end].lstrip()
        indented = self.text[below.start] in " \t" and self.text[here.start] not in " \t"
        return indented and here.stop == below.start and not BULLET.match(first)

    def is_fragment(self, i: int) -> bool:
        """Whether the unit is a part of a sentence that goes on over line breaks: "account." under
        "Then log in to", with no blank line between.
        """
        return i in self._fragments

    @cached_property
    def _fragments(self) -> set[int]:
        found: set[int] = set()
        units, bodies = self.units, self.bodies
        small = [i for i, body in enumerate(bodies) if body[0].islower()]
        for i in small:
            if not i or units[i].start != units[i - 1].stop or bodies[i - 1].endswith(_ENDS):
                continue
            if bodies[i - 1].count(" ") >= _SENTENCE:
                found.add(i)
                if bodies[i].count(" ") >= _SENTENCE:
                    found.add(i - 1)
        return found

    def rest(self, gone: Collection[int]) -> Page:
        """The page that is left when these units go; what is known of the others stays known."""
        here = Page(self.without(gone))
        left = [i for i in range(len(self)) if i not in gone]
        if here.bodies == [self.bodies[i] for i in left]:
            here.prose = [self.prose[i] for i in left]
            if self.speaking is not None:
                here.speaking = frozenset(n for n, i in enumerate(left) if i in self.speaking)
        return here

    def without(self, gone: Iterable[int]) -> str:
        """The text that is left when these units go."""
        at, parts = 0, []
        for first, last in runs(sorted(gone)):
            span = self.span(first, last)
            parts.append(self.text[at : span.start])
            at = span.end
        return "".join(parts) + self.text[at:]

    def span(self, first: int, last: int) -> Span:
        """What to cut so that units `first` to `last` go and no ragged blanks stay.

        Between blank lines the blank lines below go too; at the start of the text those below, at
        its end those above, and the text ends as it did before: with a line break or without.
        """
        units, size = self.units, len(self.text)
        start, stop = units[first].start, units[last].stop
        if first == 0:
            return Span(0, size if last + 1 == len(units) else units[last + 1].start)
        above = units[first - 1]
        if last + 1 == len(units):
            carried = self.text[above.end - 1] == "\r"
            return Span(above.stop if self.text.endswith("\n") else above.end - carried, size)
        below = units[last + 1]
        if above.stop < start and stop < below.start:
            stop = below.start
        return Span(start, stop)


def words_in(body: str) -> int:
    """The words of a unit, roughly, its first two thousand characters read."""
    return body.count(" ", 0, 2000) + 1


def is_prose(body: str) -> bool:
    """Whether a line is a sentence or more: eight words that end like a sentence, or twenty-five,
    most of them in lower case.

    >>> is_prose("He said on Monday that nothing of the kind had been planned.")
    True
    >>> is_prose("Home News Sport Weather Shop Earth Travel Capital Culture.")
    False
    """
    size = len(body)
    if size < 20:
        return False
    words = body.split() if size < LONG else ()
    if words and len(words) < 8 and body.isascii():
        return False
    ended = body.rstrip(_CLOSERS).endswith(_ENDS)
    if not words:
        return ended or len(_SEPARATORS.findall(body, 0, LONG)) < 4
    if len(words) < 8 or (len(words) < 25 and not ended):
        return _is_unspaced_prose(body, ended)
    firsts = "".join([word[0] for word in words])
    upper, letters = _counted(firsts)
    if upper * 20 > letters * 13 or letters * 2 < len(words):
        return False
    return ended or (body.count("(") < 4 and len(_SEPARATORS.findall(body)) < 3)


def _counted(chars: str) -> tuple[int, int]:
    """How many capitals there are, and how many letters."""
    if not chars.isascii():
        return sum(map(str.isupper, chars)), sum(map(str.isalpha, chars))
    small = chars.encode().translate(None, _CAPITALS)
    return len(chars) - len(small), len(chars) - len(small.translate(None, _SMALL))


def _is_unspaced_prose(body: str, ended: bool) -> bool:
    """The same for scripts without blanks: thirty characters that end like a sentence, or sixty
    with a comma or full stop inside.
    """
    if body.isascii() or len(UNSPACED.findall(body)) * 2 < len(body):
        return False
    return (ended and len(body) >= 30) or (
        len(body) >= 60 and any(mark in body for mark in "。、，,")
    )


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted numbers as runs of neighbours, both ends included.

    >>> runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
