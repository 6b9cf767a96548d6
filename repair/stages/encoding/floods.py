"""Is a long text no language at all, so that guesses at what it was would be idle?

Base64, code that was squeezed into one line, or a megabyte of the first letters of mojibake cost
guesses more than text does, and nobody could tell whether a guess is right. What the characters
themselves prove is mended there as everywhere.
"""

from __future__ import annotations

import re

_BEYOND = re.compile("[\x80-\U0010ffff]")
# How many characters a text has to have; of how many at least one is beyond ASCII in a flood, and
# of how many at most one is a blank where there are no words. English has one blank in six.
_LONG, _ODD, _UNPARTED = 1_000, 5, 100


def is_flood(text: str) -> bool:
    """Whether a fifth of a long text is beyond ASCII, as in any damaged text in another script; if
    no whole sequence stands there besides, it is a flood of odd characters ("Ã Â â€ Ã Â â€ ...").
    """
    return len(text) > _LONG and _ODD * len(_BEYOND.findall(text)) > len(text)


def is_wordless(text: str) -> bool:
    """Whether a long text, ASCII for the most part, has hardly any blanks.

    >>> is_wordless("abc" * 400), is_wordless("abc " * 400)
    (True, False)
    """
    few = len(text) > _LONG and _UNPARTED * text.count(" ") < len(text)
    return few and not is_flood(text)
