"""Offsets into lines and columns, and into the units that other programs count in.

Inside the house an offset is a code point. Editors and SARIF viewers want line and column, rdjsonl
wants UTF-8 bytes, JavaScript wants UTF-16 units: this file is the one place that converts. LF
alone ends a line; a CR, a form feed or U+2028 is a character like any other (git and every diff
format agree).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from repair.text.edits import Span


class Position(NamedTuple):
    """Line and column, both counted from 1; the column in code points unless said otherwise."""

    line: int
    column: int


class Lines:
    """The lines of one text.

    >>> lines = Lines("one\\ntwo")
    >>> lines.position(4), lines.text(2), len(lines)
    (Position(line=2, column=1), 'two', 2)
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line; a final LF opens no further line."""
        starts = [0, *(m.end() for m in re.finditer("\n", self._text))]
        if len(starts) > 1 and starts[-1] == len(self._text):
            starts.pop()
        return starts

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, line: int) -> Span:
        """The span of line number `line` (from 1), its LF included."""
        starts = self.starts
        return Span(starts[line - 1], starts[line] if line < len(starts) else len(self._text))

    def text(self, line: int) -> str:
        """Line number `line` (from 1), its LF included."""
        return self._text[slice(*self.span(line))]

    def number(self, offset: int) -> int:
        """The number of the line, from 1, that holds the offset; the end of the text is on the
        last line.
        """
        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> Position:
        """Line and column of an offset, in code points."""
        line = self.number(offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def position_utf16(self, offset: int) -> Position:
        """Line and column of an offset, the column in UTF-16 units."""
        line = self.number(offset)
        return Position(line, utf16_length(self._text[self.starts[line - 1] : offset]) + 1)

    def position_utf8(self, offset: int) -> Position:
        """Line and column of an offset, the column in bytes of UTF-8."""
        line = self.number(offset)
        return Position(line, utf8_length(self._text[self.starts[line - 1] : offset]) + 1)

    def positions_utf8(self, offsets: Iterable[int]) -> Iterator[Position]:
        """Line and column in bytes of UTF-8 of many offsets, together linear in the text.

        The offsets should rise; one that falls back costs the length of its line.
        """
        line, at, column = 0, 0, 1
        for offset in offsets:
            if (now := self.number(offset)) != line or offset < at:
                line, at, column = now, self.starts[now - 1], 1
            column += utf8_length(self._text[at:offset])
            at = offset
            yield Position(line, column)


def utf8_length(text: str) -> int:
    """Bytes of the text in UTF-8, where a lone surrogate stands for the one stray byte that it
    escapes.
    """
    if text.isascii():
        return len(text)
    return len(text.encode("utf-8", "surrogateescape" if _only_escapes(text) else "surrogatepass"))


def utf16_length(text: str) -> int:
    """UTF-16 code units of the text."""
    return len(text) + sum(character > "\uffff" for character in text)


def _only_escapes(text: str) -> bool:
    """Whether every surrogate of the text escapes a byte (U+DC80 to U+DCFF)."""
    return not re.search("[\ud800-\udc7f\udd00-\udfff]", text)
