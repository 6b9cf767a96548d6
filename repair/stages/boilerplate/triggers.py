"""Lines that are furniture of a page in so many words: "Source link", "0 comments", "Lire aussi".

The phrases are data (dictionaries/boilerplate/*.tsv). A phrase stands for a whole line, never for
a part of one: "contains cookie" is what eats articles. Matching looks at letters and digits only,
so bullets, colons and arrows do not matter; signs of code do ("=back", ".share {").

In a phrase `#` is a number, `*` up to six words of a line that does not end like a sentence, `**`
up to forty words of any line. A colon has to stand where the phrase has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from repair.lexicon import tables
from repair.stages.boilerplate.code import belongs
from repair.stages.boilerplate.page import UNSPACED
from repair.text.patterns import later

# "Read more: 3 facts" gives Read, more, :, 3, facts; the colon of "10:03" gives none.
_TOKEN = later(r"[^\W\d_]+|\d+(?:[.,:]\d+)*|:(?=\s|$)|[%©]")
_PHRASE_TOKEN = later(r"\*\*?|#|[^\W\d_]+|[:%©]")
# "[Home](/index.html)" reads "Home"; "![Logo](logo.png)" reads "Logo".
_MARKDOWN_LINK = later(r"!?\[([^\]\n]{0,200})\]\([^)\s]{0,400}\)")
# "Google_openai_tpu.jpg", "IMG-2041.JPEG": one word and nothing else.
_IMAGE_FILE = later(
    r"[\w%+.,@~()-]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)", re.IGNORECASE
)
# "Name (A to Z) Name (Z to A)", "Price (Low)": a label and its way of sorting, over and over.
_SORT_MENU = later(r"(?:[^()]{2,40}\([^()]{1,20}\)\s*){4,}")
_FIRST = later(r"[^\W\d_]+|\d|[%©]")
# "share this\tshare\t..." begins with "share", "« zurück\t..." with "zurück"
_ROW_FIRST = later(r"^[^\t\n]*?([^\W\d_]+|[#%©])", re.MULTILINE)
_LONGEST = 240
_MEMO = 8192  # lines whose answer is kept: the pages of a site repeat theirs
_REST = {"*": 6, "**": 40}

Line = tuple[str, int, str]  # table, number of the line, the line as it stands
Row = tuple[str, str, str]  # place ("boilerplate/en.tsv:17"), phrase, kind

# Families whose phrases go wherever they stand, also in front of prose. The others are words that
# a subhead may use ("Legal terms", "Contact information") and go only where no prose follows.
_ANYWHERE = "share related latest comments advertising cookie navigation source image language"
ANYWHERE = frozenset((*_ANYWHERE.split(), "player", "pagination", "sorting", "search"))
# Families that open a list of teasers.
OPENERS = frozenset(("related", "latest"))
# What is said of the author at the end of an article.
AUTHOR = "author"
# Sections and links that are also plain words ("Science", "Reply"): they need company.
WEAK = "menu"
# Lines of the article's own, which a reader may want to keep.
BYLINE = "byline"


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A phrase of a table. `weak` ones are ordinary words and need company. Each is made once, so
    that two are equal only where they are the same.
    """

    phrase: str
    family: str
    place: str  # "boilerplate/en.tsv:17"
    weak: bool = False
    words: int = 2  # words of the phrase, wildcards left out


Pattern = tuple[tuple[str, ...], str, Trigger]  # its tokens, the last unless it is a wildcard

_FILE = Trigger("an image file name", "image", "the shape of the line")
_SORT = Trigger("a sort menu", "sorting", "the shape of the line")


class _Opened:
    """The phrases that begin with one word: those without wildcards, and the patterns by their
    first word or two. `seconds` are their second words; `any_second` says that one has none.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.exact: dict[tuple[str, ...], Trigger] = {}
        self.patterns: dict[tuple[str, ...], list[Pattern]] = {}
        for row in rows:
            trigger, tokens = _parsed(row)
            if tokens[-1] == ":" and tokens[-2] not in _REST:
                tokens = tokens[:-1]
            if not _REST.keys().isdisjoint(tokens):
                fixed = tokens[:1] if tokens[1] in _REST else tokens[:2]
                last = "" if tokens[-1] in _REST else tokens[-1]
                self.patterns.setdefault(fixed, []).append((tokens, last, trigger))
            else:
                plain = tuple(token for token in tokens if token != ":")
                self.exact.setdefault(plain, trigger)
        keys = (*self.exact, *self.patterns)
        self.seconds = frozenset(key[1] for key in keys if len(key) > 1)
        self.any_second = any(len(key) == 1 for key in self.patterns)

    def may_hold(self, second: str) -> bool:
        """Whether a line with this second token may be one of the phrases: numbers are counted
        together, and colons may be left out.
        """
        return self.any_second or second in self.seconds or second == ":" or not second.isalpha()


class Triggers:
    """All phrases, by their first word: a line whose first word opens none costs one look-up, and
    only the phrases of words that lines begin with are ever taken apart.
    """

    def __init__(self, heads: Mapping[str, Sequence[Line]], bylines: bool = False) -> None:
        self._heads = heads
        self._bylines = bylines
        self._opened: dict[str, _Opened | None] = {}
        self._memo: dict[str, Trigger | None] = {}

    def _open(self, first: str) -> _Opened | None:
        if first not in self._heads:
            return None
        if first not in self._opened:
            rows = [_row(line) for line in self._heads[first]]
            rows = [row for row in rows if (row[2] == BYLINE) is self._bylines]
            self._opened[first] = _Opened(rows) if rows else None
        return self._opened[first]

    def match(self, body: str) -> Trigger | None:
        """The phrase that the stripped line `body` is, if it is one."""
        if len(body) > _LONGEST:
            return None
        if body in self._memo:
            return self._memo[body]
        if len(self._memo) >= _MEMO:
            self._memo.clear()
        return self._memo.setdefault(body, self._match(body))

    def forget(self) -> None:
        """Answer every line anew, as in a process that has seen none: for measuring."""
        self._memo.clear()

    def matches(self, bodies: Sequence[str]) -> list[tuple[int, Trigger]]:
        """The phrases that these lines are, with their numbers."""
        known, found = self._memo, []
        for i, body in enumerate(bodies):
            hit = known[body] if body in known else self.match(body)
            if hit is not None:
                found.append((i, hit))
        return found

    def _match(self, body: str) -> Trigger | None:
        if "](" in body:
            body = _MARKDOWN_LINK.sub(r"\1", body)
        if "." in body[-5:] and _IMAGE_FILE.fullmatch(body):
            return _FILE
        folded = body.casefold()
        first = folded.partition(" ")[0]
        begin, end = 0, len(first)
        if not first.isalpha():  # a number, a bullet, a mark behind the word
            found = _FIRST.search(folded)
            first, begin, end = (found[0], *found.span()) if found else ("", 0, 0)
        number = first[:1].isdigit()
        opened = self._open("#" if number else first) if first else None
        if not opened:
            return _SORT if body.count("(") >= 4 and _SORT_MENU.fullmatch(body) else None
        tokens: tuple[str, ...] = ()
        if not number:
            second = _TOKEN.search(folded, end)
            if second and not opened.may_hold(second[0]):
                return None
            tokens = () if second or begin else (first,)
        hit = _phrase(opened, body, tokens or tokens_of(body))
        return None if hit and belongs(body) else hit


def _phrase(opened: _Opened, body: str, tokens: tuple[str, ...]) -> Trigger | None:
    """The phrase of which `body` has the words, whatever stands around them."""
    plain = tuple([token for token in tokens if token != ":"]) if ":" in tokens else tokens
    found = opened.exact.get(plain)
    if found is None and plain[-1] == "#":  # "Comments (12)"
        found = opened.exact.get(plain[:-1])
        found = None if found is None or found.weak else found
    return found or _by_pattern(opened, body, tokens, plain)


def _by_pattern(
    opened: _Opened, body: str, tokens: tuple[str, ...], plain: tuple[str, ...]
) -> Trigger | None:
    sentence = body.endswith((".", "!", "?", "…"))
    opening = body.endswith(":")  # "Supported by two offices:" introduces what follows
    for line in (plain, tokens) if len(plain) < len(tokens) else (plain,):
        patterns = opened.patterns.get(line[:2], []) + opened.patterns.get(line[:1], [])
        for pattern, last, trigger in patterns:
            if last and last != plain[-1] and last != tokens[-1]:
                continue
            if (sentence and "**" not in pattern) or (opening and not last):
                continue
            if _fits(pattern, tokens if ":" in pattern else plain):
                return trigger
    return None


def _fits(pattern: tuple[str, ...], line: tuple[str, ...]) -> bool:
    """Whether the line reads as the pattern says, wildcards standing for any few words.

    >>> _fits(("get", "*", "in", "your", "inbox"), ("get", "news", "in", "your", "inbox"))
    True
    """
    for i, token in enumerate(pattern):
        if token in _REST:
            ends = range(i, min(len(line), i + _REST[token]) + 1)
            return any(_fits(pattern[i + 1 :], line[end:]) for end in ends)
        if i >= len(line) or line[i] != token:
            return False
    return len(line) == len(pattern)


def tokens_of(body: str) -> tuple[str, ...]:
    """Words in lower case, `#` for each run of numbers, colons that part words.

    >>> tokens_of("1,204 Comments:")
    ('#', 'comments', ':')
    """
    found: list[str] = []
    for token in _TOKEN.findall(body.casefold()):
        if token[0].isdigit():
            if found and found[-1] == "#":
                continue
            token = "#"
        found.append(token)
    return tuple(found)


def _row(line: Line) -> Row:
    shown, number, text = line
    phrase, kind = text.split("\t")[:2]
    return f"{shown}:{number}", phrase, kind


def _lines(path: Path) -> Iterator[tuple[str, Line]]:
    """The rows of one table, with the word that each begins with. Raises DictionaryError.

    Thirteen thousand rows are read at every start, so a table whose rows are all whole is only
    split into lines; any other goes to the reader that knows what to complain about.
    """
    shown = tables.shown(path)
    try:
        header, body = path.read_text(encoding="utf-8").rstrip("\n").split("\n", 1)
    except (OSError, UnicodeDecodeError, ValueError):
        header, body = "", ""
    lines, firsts = body.split("\n"), _ROW_FIRST.findall(body.casefold())
    whole = len(firsts) == len(lines) and all(line.count("\t") == 2 for line in lines)
    if header == "phrase\tkind\torigin" and whole:
        for number, (first, line) in enumerate(zip(firsts, lines, strict=True), 2):
            yield first, (shown, number, line)
        return
    for row in tables.rows(path, ("phrase", "kind")):
        found = _ROW_FIRST.match(row.cells[0].casefold())
        if found:
            yield found[1], (shown, row.line, "\t".join(row.cells))


def _parsed(row: Row) -> tuple[Trigger, tuple[str, ...]]:
    place, phrase, kind = row
    tokens = tuple(_PHRASE_TOKEN.findall(phrase.casefold()))
    if tokens[0] in _REST:
        raise tables.DictionaryError(f"{place}: {phrase!r}: a phrase has to begin with a word")
    # Four letters of a script without blanks ("関連記事") are two words.
    words = [token for token in tokens if token not in (*_REST, "#", ":", "%", "©")]
    fixed = sum(max(1, len(UNSPACED.findall(word)) // 2) for word in words)
    bare = fixed < 2 and tokens[-1] in _REST and kind != "image"
    return Trigger(phrase, kind, place, kind == WEAK or bare, fixed), tokens


@cache
def _heads() -> dict[str, list[Line]]:
    """All rows by the word that they begin with, in the order of the tables."""
    heads: dict[str, list[Line]] = {}
    for path in sorted((tables.folder() / "boilerplate").glob("*.tsv")):
        for first, line in _lines(path):
            heads.setdefault(first, []).append(line)
    return heads


@cache
def shipped() -> Triggers:
    """The triggers of all shipped tables, read once per process; the first table that has a phrase
    decides on its family, in the order of the file names. Bylines are kept apart.
    """
    return Triggers(_heads())


@cache
def bylines() -> Triggers:
    """The ways in which a line names its author."""
    return Triggers(_heads(), bylines=True)
