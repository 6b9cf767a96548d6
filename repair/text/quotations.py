"""What stands between quotation marks, for those who want quoted words left as they are.

A quotation is somebody's wording, errors included; whether to mend a scraped one is a matter of the
corpus, so this is asked for (`spare_quotations`) and not the default.
"""

from __future__ import annotations

from collections.abc import Iterator

from repair.text.edits import Span
from repair.text.patterns import later

# “so”, „so“, «so», 「so」, and "so" where the first mark follows a blank or a bracket and no word
# goes on behind the last: not the inches of 5" and 6". On one line, of at most a thousand
# characters; a mark without its partner opens nothing.
_QUOTED = later(
    r"“[^“”\n]{1,1000}”|„[^„“”\n]{1,1000}[“”]|«[^«»\n]{1,1000}»|「[^「」\n]{1,1000}」"
    r"|(?<![^\s(\[])\"(?=\S)[^\"\n]{1,1000}(?<=\S)\"(?!\w)"
)


def quotations(text: str) -> Iterator[Span]:
    """The spans of the quotations, marks included, in order.

    >>> list(quotations('he said "so it was" and left'))
    [Span(start=8, end=19)]
    """
    return (Span(*found.span()) for found in _QUOTED.finditer(text))
