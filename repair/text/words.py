"""Words and their spans, and the spans that no rule of language may touch.

An address, a handle, a file name or a piece of code is not prose: `Openi.com` in a URL must stay,
or the link dies. Stages that mend words ask `Protected` before they propose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from repair.text.edits import Span

# A word: letters and digits, with inner apostrophes ("don't", "OpenAI's") and hyphens left outside.
WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")

# Each pattern begins with, or contains, one of these; a text without them has nothing to protect.
_HINTS = ("://", "www.", "@", "`", "/", "\\", ".", "[", "#")

_PROTECTED = re.compile(
    r"""
      ```.*?```                                             # ```code```, over lines
    | `[^`\n]{1,400}`                                       # `code`
    | \b[a-zA-Z][a-zA-Z0-9+.-]{1,15}://[^\s<>"“”]{1,2000}   # https://example.org/a?b=c
    | \bwww\.[^\s<>"“”]{1,2000}                             # www.example.org
    | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}       # name@example.org
    | (?<![\w@])[@\#]\w[\w.]{0,60}                          # @handle, #hashtag
    | (?<![\w/\\])(?:~|\.{1,2})?[/\\][\w.-]+(?:[/\\][\w.-]+)+[/\\]?  # /usr/lib/x, ..\a\b
    | \b[A-Za-z]:\\[^\s"<>|]{1,400}                         # C:\temp\x
    | \b[\w-]{1,100}(?:\.[\w-]{1,60}){0,6}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|pdf|docx?|xlsx?
        |pptx?|zip|t?gz|tar|rar|7z|exe|dll|apk|dmg|mp[34]|wav|avi|mov|mkv|html?|css|js|ts|tsx|jsx|json|jsonl
        |xml|ya?ml|toml|ini|cfg|csv|tsv|txt|md|rst|py|ipynb|java|cpp|hpp|rs|go|rb|php|sh|bat|ps1|sql
        |parquet|log|com|org|net|edu|gov|info|dev|app)\b(?:/[^\s<>"“”]{0,2000})?   # photo.jpg,
        example.com/x
    | \S{1,100}\s?\[sic\]                                   # Openi [sic]
    """,
    re.VERBOSE | re.DOTALL,
)


class Protected:
    """The protected spans of a text: URLs, mail addresses, handles, code in backticks, file names
    and paths, and the word in front of `[sic]`.

    >>> Protected("see https://openi.com for Openi").touches(Span(12, 17))
    True
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str, extra: Iterable[Span] = ()) -> None:
        found = list(extra)
        if any(hint in text for hint in _HINTS):
            found += (Span(*match.span()) for match in _PROTECTED.finditer(text))
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(found):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __iter__(self) -> Iterator[Span]:
        return map(Span, self._starts, self._ends)

    def touches(self, span: Span) -> bool:
        """Whether the span shares a character with a protected one, or is a point inside one."""
        at = bisect_right(self._starts, span.start)
        before = at > 0 and (span.start < self._ends[at - 1])
        return before or (at < len(self._starts) and self._starts[at] < span.end)
