"""Is a line a chart of characters ("àâäá éèêë", "ÇüéâäàåçêëèïîìÄÅ"), in which nothing is damage?

Alphabets, code pages and keyboard layouts set letters side by side that no word has side by side,
and some of these pairs happen to be UTF-8 in some charset. Text was hardly ever misread into such
an order, so that these lines are left alone.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from repair.stages.encoding.letters import script_of
from repair.stages.encoding.tables import NAMES, charsets, sequences, table

_RUN = re.compile("[\x80-\U0010ffff]{5,}")
# How many characters in the order of their numbers, or of their bytes, make a chart.
_ORDERED = 4
# How many different letters in a row, none of them ASCII, make an alphabet.
_DIFFERENT = 6
# The code pages that people print.
_PRINTED = (
    "cp437",
    "cp850",
    "cp852",
    "cp866",
    "mac_roman",
    "koi8-r",
    "cp1250",
    "cp1251",
    "cp1252",
)


def is_chart(line: str) -> bool:
    """Whether the line holds characters in the order of a table, or letters of an alphabet that no
    charset reads as UTF-8 from end to end.

    >>> is_chart("keys: áéíóúý, dead: àèìòù"), is_chart("ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€")
    (True, False)
    """
    runs: list[str] = _RUN.findall(line)
    return any(map(_in_order, runs)) or any(map(_is_alphabet, runs))


def is_code_page(line: str) -> bool:
    """Whether the line holds characters in the order of a table."""
    return any(map(_in_order, _RUN.findall(line)))


def _in_order(run: str) -> bool:
    if not _may_ascend(run):
        return False
    rows = [list(map(ord, run)), *([order.get(char, 0) for char in run] for order in _orders())]
    return any(_ascends(row) for row in rows)


def _may_ascend(run: str) -> bool:
    """Whether enough pairs in a row follow each other in some order, be it not the same one."""
    following = _following()
    row = 0
    for a, b in pairwise(run):
        row = row + 1 if (a, b) in following or ord(b) - ord(a) == 1 else 0
        if row >= _ORDERED:
            return True
    return False


def _ascends(numbers: list[int]) -> bool:
    row = 0
    for one, other in pairwise(numbers):
        row = row + 1 if one and other == one + 1 else 0
        if row >= _ORDERED:
            return True
    return False


@cache
def _orders() -> tuple[dict[str, int], ...]:
    return tuple(
        {char: byte for char, byte in table(name).bytes_of.items() if byte >= 0x80}
        for name in _PRINTED
    )


@cache
def _following() -> frozenset[tuple[str, str]]:
    """The characters beside each other in some order."""
    chars = [{byte: char for char, byte in order.items()} for order in _orders()]
    return frozenset(
        (char, of[byte + 1]) for of in chars for byte, char in of.items() if byte + 1 in of
    )


def _is_alphabet(run: str) -> bool:
    if len(set(run)) < max(len(run), _DIFFERENT) or not all(map(_is_latin, run)):
        return False
    readings = (sequences(run, table(NAMES[rank])) for rank in charsets(run))
    return all(sum(span.end - span.start for span, _ in found) < len(run) for found in readings)


def _is_latin(char: str) -> bool:
    return char.isalpha() and script_of(char) == "latin"
