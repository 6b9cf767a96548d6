"""Control characters U+0080 to U+009F that are Windows-1252: which of them really are?

Most are: text in Windows-1252 that was read as Latin-1. But the same characters are what is left
of other charsets ("vera\\x96 Django" is "verañ Django" from a Macintosh), and as a dash they hide
the evidence. So they are read only where all of them become signs that stand as such signs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.stages.encoding import scan
from repair.stages.encoding.tables import reading, table
from repair.text.edits import Span

C1 = re.compile("[\x80-\x9f]+")
_QUOTES, _DASHES, _LETTERS = "‘’‚‹“”„›", "–—", "ŠŒŽšœžŸƒ"


def controls(text: str, careful: bool = True) -> list[tuple[Span, str]]:
    """The runs of C1 controls, and what they are in Windows-1252, where undefined ones stay; none
    if one of them would stand where its sign does not and one is `careful` about that.

    >>> controls("don\\x92t"), controls("vera\\x96 Django")
    ([(Span(start=3, end=4), '’')], [])
    """
    found = _runs(text)
    if not found or not careful:
        return found
    after = reading(text, found)
    places = (at for span, _ in found for at in range(span.start, span.end))
    if not all(_stands(after, at) for at in places) or scan.is_bad(C1.sub("", after)):
        return []
    return found


def only_controls(text: str, other: str) -> bool:
    """Whether nothing but C1 controls differs in the `other` text, which are signs there."""
    return reading(text, _runs(text)) == other


def _runs(text: str) -> list[tuple[Span, str]]:
    chars = table("cp1252").chars
    return [
        (Span(*run.span()), "".join(chars[ord(char)] for char in run[0]))
        for run in C1.finditer(text)
    ]


def _stands(text: str, at: int) -> bool:
    """Whether the sign at this place stands as such signs do."""
    char, before, after = text[at], text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    alone = before.isspace() and after.isspace()
    if char in _LETTERS:
        return before.isalpha() or after.isalpha()
    if char == "’":
        return not alone
    if char in _QUOTES:
        return not alone and not (before.isalnum() and after.isalnum())
    if char in _DASHES:
        ends = not text[:at].strip() or not text[at + 1 :].strip()
        return ends or before.isspace() == after.isspace() or not (before + after).strip().isalnum()
    if char == "€":
        return any(map(str.isdigit, _around(text, at))) or not (before + after).strip().isalpha()
    if char in "•†‡ˆ˜":
        return not (before.isalpha() and after.isalpha()) and (char not in "•ˆ˜" or alone)
    if char == "™":
        return not before.isspace() and not after.isalpha()
    return True


def _around(text: str, at: int) -> Iterator[str]:
    yield from text[max(0, at - 2) : at].strip()[-1:]
    yield from text[at + 1 : at + 3].strip()[:1]
