"""Words and their spans, and the spans that no rule of language may touch.

An address, a handle, a file name or a piece of code is not prose: `Openi.com` in a URL must stay,
or the link dies. Stages that mend words ask `Protected` before they propose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from repair.text.edits import Span
from repair.text.patterns import later

# A word: letters and digits, with inner apostrophes ("don't", "OpenAI's") and hyphens left outside.
WORD = later(r"[^\W_]+(?:['’][^\W\d_]+)*")


def bare(word: str) -> str:
    """The word without "'s"."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


# (a piece of text without which there is no match, pattern). The cheap test comes first, because
# most texts hold none of these.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # https://example.org/a?b=c
    ("://", re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,15}://[^\s<>\"“”]{1,2000}")),
    # www.example.org
    ("www.", re.compile(r"\bwww\.[^\s<>\"“”]{1,2000}")),
    # name@example.org
    ("@", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    # @handle
    ("@", re.compile(r"(?<![\w@])@\w[\w.]{0,60}")),
    # #hashtag
    ("#", re.compile(r"(?<![\w#])#\w[\w.]{0,60}")),
    # /usr/lib/x, ../a/b, ~/a/b
    ("/", re.compile(r"(?<![\w/])(?:~|\.{1,2})?/[\w.-]{1,100}(?:/[\w.-]{1,100})+/?")),
    # C:\temp\x, ..\a\b
    ("\\", re.compile(r"(?:\b[A-Za-z]:|\.{1,2})\\[^\s\"<>|]{1,400}")),
)
# The same for those that may hold blanks.
_WIDE: tuple[tuple[str, re.Pattern[str]], ...] = (
    # ```code``` over lines, `code`
    ("`", re.compile(r"```.*?```|`[^`\n]{1,400}`", re.DOTALL)),
    # Openi [sic]
    ("[sic]", re.compile(r"(?<!\S)\S{1,100}\s?\[sic\]")),
)
# The end of a file name or of a bare host: ".jpg" of photo.jpg, ".com/x" of example.com/x
_ENDING = later(
    r"""\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|pdf|docx?|xlsx?|pptx?|zip|t?gz|tar|rar|7z|exe|dll|apk
    |dmg|mp[34]|wav|avi|mov|mkv|html?|css|jsx?|tsx?|jsonl?|xml|ya?ml|toml|ini|cfg|csv|tsv|txt|md|rst
    |py|ipynb|java|cpp|hpp|rs|go|rb|php|sh|bat|ps1|sql|parquet|log|com|org|net|edu|gov|info|dev|app)
    \b(?:/[^\s<>"“”]{0,2000})?""",
    re.VERBOSE,
)
_BLANK = later(r"\s")
_LONGEST_STEM = 200  # characters of a file name or host in front of its last ending


def _matches(text: str, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> Iterator[Span]:
    for hint, pattern in patterns:
        if hint in text:
            yield from (Span(*match.span()) for match in pattern.finditer(text))


def _narrow(text: str) -> Iterator[Span]:
    """The protected spans that hold no blank."""
    yield from _matches(text, _PATTERNS)
    for match in _ENDING.finditer(text):
        start = match.start()
        stop = max(0, start - _LONGEST_STEM)
        while start > stop and (text[start - 1].isalnum() or text[start - 1] in "-_."):
            start -= 1
        if start < match.start():
            yield Span(start, match.end())


class _Spans:
    """Spans of a text, joined where they meet, that can be asked what they touch."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, found: Iterable[Span]) -> None:
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


class Protected(_Spans):
    """The protected spans of a text: URLs, mail addresses, handles, code in backticks, file names
    and paths, and the word in front of `[sic]`.

    >>> Protected("see https://openi.com for Openi").touches(Span(12, 17))
    True
    """

    __slots__ = ()

    def __init__(self, text: str, extra: Iterable[Span] = ()) -> None:
        super().__init__((*extra, *_narrow(text), *_matches(text, _WIDE)))


def _piece_start(text: str, at: int) -> int:
    """Where the piece between two blanks begins in which a place lies; looked for nearby first,
    since a text may have no line ends, or no blanks, at all.
    """
    for low in (max(0, at - 200), 0):
        blank = text.rfind(" ", low, at) + 1
        start = max(blank, text.rfind("\n", max(blank, low), at) + 1)
        if start:
            return start
    return 0


class NearProtected:
    """Answers as `Protected` does, but looks only at the places that are asked about.

    What protects a word without holding a blank lies in the piece between two blanks in which the
    word stands, so that the pieces of a span tell all.

    >>> NearProtected("see https://openi.com for Openi").touches(Span(12, 17))
    True
    """

    __slots__ = ("_pieces", "_text", "_wide")

    def __init__(self, text: str) -> None:
        self._text = text
        self._wide = _Spans(_matches(text, _WIDE))
        self._pieces: dict[tuple[int, int], _Spans] = {}

    def touches(self, span: Span) -> bool:
        """Whether the span shares a character with a protected one."""
        text = self._text
        start = _piece_start(text, span.start)
        behind = _BLANK.search(text, span.end)
        end = behind.start() if behind else len(text)
        found = self._pieces.get((start, end))
        if found is None:
            found = self._pieces[start, end] = _Spans(_narrow(text[start:end]))
        here = Span(span.start - start, span.end - start)
        return found.touches(here) or self._wide.touches(span)
