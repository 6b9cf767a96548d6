"""Halves of characters: UTF-16 surrogates that stand in a text as characters of their own.

Two halves in order are one character. A half alone is nothing that could ever be written as UTF-8,
so it becomes U+FFFD; but U+DC80 to U+DCFF are how bytes that were no text in their file's encoding
are kept, and those are left for the rule that knows what such bytes stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.text.edits import Span

SURROGATE = re.compile("[\ud800-\udfff]")
# "\ud83d\ude00", a lone "\ud83d", a run of lone ones; not "\udc92" behind anything else
_PAIRS_OR_LONE = re.compile("(?:[\ud800-\udbff][\udc00-\udfff])+|[\ud800-\udc7f\udd00-\udfff]+")


def surrogates(line: str) -> Iterator[tuple[Span, str]]:
    """The runs of surrogates in a line and what they stand for.

    >>> [after for _, after in surrogates("ok \\ud83d\\ude00")]
    ['😀']
    """
    for found in _PAIRS_OR_LONE.finditer(line):
        yield Span(*found.span()), joined(found[0])


def joined(run: str) -> str:
    """The run with its pairs joined, and U+FFFD for what has no partner."""
    return run.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
