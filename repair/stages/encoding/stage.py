"""Mojibake, entities and stray bytes, line by line: the door of the encoding stage.

A scan over the document finds the lines that could need anything; all else is left untouched, and
nothing heavy is imported for it. Each of those lines goes through the same steps, from what is
certain to what is a guess. LF alone ends a line: U+0085 and the other separators of
`str.splitlines` are often pieces of mojibake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from repair.stages.encoding.gate import suspicious
from repair.stages.encoding.markup import is_markup
from repair.stages.encoding.rules import RULES
from repair.text.edits import Edit

if TYPE_CHECKING:
    from repair.stages.encoding.mend import Mender

LEVELS = ("safe", "default", "bold")
# Longer lines are cut at blanks for this stage: the cost of some steps grows with the line.
_LONGEST = 4_000


class Encoding:
    """Proposes what makes damaged characters whole again.

    `level` is "safe" (only what the characters themselves prove), "default" (guesses as well, where
    the likeliest reading is far ahead), or "bold" (guesses with a smaller lead).
    """

    name = "encoding"
    rules = RULES

    def __init__(self, level: str = "default") -> None:
        if level not in LEVELS:
            raise ValueError(f"encoding_level: {level!r} is none of {', '.join(LEVELS)}")
        self._level = level
        self._mender: Mender | None = None

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`, line by line."""
        plain = "&" not in text or not is_markup(text)  # a page keeps its entities
        for start, end in suspicious(text, entities=plain):
            if self._mender is None:
                self._mender = _mender(self._level)
            for low, high in _pieces(text, start, end):
                part = text[low:high]
                if high - low == end - start or any(suspicious(part, entities=plain)):
                    yield from self._mender.edits(part, low, plain)


def _mender(level: str) -> Mender:
    from repair.stages.encoding.mend import Mender  # costs a clean small text as much as the rest

    return Mender(level)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The line in pieces of at most `_LONGEST` characters, cut behind blanks if there are any."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end
