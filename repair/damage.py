"""How a text was damaged as a whole: spun, translated, transcribed, stripped of markup, re-encoded.

Some repairs are right in a damaged text and vandalism in a clean one ("p.c" for percent), so rules
ask here first. Each channel has its tells: phrases with a weight, which are data
(`dictionaries/damage/tells.tsv`), and a few shapes of text, which are not words (a transcript has
no full stops; stripped markup glues "the" to a name).

A phrase counts once however often it stands there. The weights of a channel are added, thinned out
in a long text, and turned into a score by `1 - exp(-sum)`: one strong tell gives .7, three weak
ones .45. Nothing here looks at more than the first 20,000 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from math import exp
from types import MappingProxyType
from typing import NamedTuple

from repair.lexicon import tables
from repair.text.patterns import later

CHANNELS = ("spun", "translated", "transcribed", "markup-stripped", "re-encoded")
SAMPLE = 20_000  # characters that are looked at
# A text of so many words counts in full; a longer one has had more room for chance tells.
ROOM = 600

_PARTS = ',;:!?()"“”'
_TO_BLANK = str.maketrans(dict.fromkeys(_PARTS, " "))


def _words(text: str) -> list[str]:
    """The lower-case words of a text without the marks around them; "p.c" and "[music]" stay."""
    folded = f"{text.lower()} "
    if folded.isascii():  # translate is quick with these alone
        folded = folded.translate(_TO_BLANK)
    else:
        for mark in _PARTS:
            folded = folded.replace(mark, " ")
    return folded.replace(". ", " ").replace(".\n", " ").split()


class Tell(NamedTuple):
    """What speaks for a channel; `weight` > 0, `language` the one that was translated from."""

    tell: str
    channel: str
    weight: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """The channels of a text with a score in [0, 1] each, and the tells that speak for them.

    `language` is the code of the language that the text was translated from, or "".
    """

    scores: Mapping[str, float]
    tells: tuple[Tell, ...] = ()
    language: str = ""

    @classmethod
    def of(cls, text: str) -> Damage:
        """What the tells in `text` say.

        >>> Damage.of("The pill costs 999 {dollars}, ten p.c less.").scores["spun"] > 0.8
        True
        """
        return _of(text[:SAMPLE])

    @classmethod
    def _of(cls, sample: str) -> Damage:
        words = _words(sample)
        tells = (*_phrases(words), *_shapes(sample, words))
        thin = min(1.0, ROOM / max(len(words), 1))
        sums = dict.fromkeys(CHANNELS, 0.0)
        for tell in tells:
            sums[tell.channel] += tell.weight
        scores = {channel: 1 - exp(-total * thin) for channel, total in sums.items()}
        return cls(MappingProxyType(scores), tells, _language(tells))

    @property
    def channel(self) -> str:
        """The channel that scores highest, or "clean" if none reaches a half."""
        best = max(CHANNELS, key=lambda channel: self.scores[channel])
        return best if self.scores[best] >= 0.5 else "clean"


@lru_cache(maxsize=2)  # several stages ask about the same text
def _of(sample: str) -> Damage:
    return Damage._of(sample)


class _Row(NamedTuple):
    """A tell with its words, and its place in the order in which tells are told."""

    place: int
    tell: Tell
    words: tuple[str, ...]


@cache
def _known() -> Mapping[str, tuple[_Row, ...]]:
    """Longest word -> the tells that hold it. Raises DictionaryError for a broken table."""
    path = tables.folder() / "damage" / "tells.tsv"
    tells: list[Tell] = []
    for line, cells in tables.rows(path, ("tell", "channel", "weight", "language")):
        tell, channel, weight, language = cells
        if channel not in CHANNELS or not re.fullmatch(r"\d+\.?\d*", weight):
            raise tables.DictionaryError(
                f"{path}:{line}: {channel!r} {weight!r} is no channel with a weight;"
                f" the channels are {', '.join(CHANNELS)}"
            )
        tells.append(Tell(tell, channel, float(weight), language))
    tells.sort(key=lambda tell: tell.tell.partition(" ")[0])
    found: dict[str, list[_Row]] = {}
    for place, each in enumerate(tells):
        words = tuple(each.tell.split())
        found.setdefault(max(words, key=len), []).append(_Row(place, each, words))
    return {word: tuple(rows) for word, rows in found.items()}


def _phrases(words: list[str]) -> Iterator[Tell]:
    known, here = _known(), set(words)
    rows = chain.from_iterable(map(known.__getitem__, here & known.keys()))
    possible = [row for row in rows if here.issuperset(row.words)]
    joined = f" {' '.join(words)} " if any(len(row.words) > 1 for row in possible) else ""
    for row in sorted(possible):
        if len(row.words) == 1 or f" {row.tell.tell} " in joined:
            yield row.tell


_STOP = later(r"[.!?…](?=\s|\Z)")
_CAPITAL = later("[A-Z]")
_SMALL = later("[a-z]")
_STAMP = later(r"^\s*\[?\d{1,2}:\d\d(?::\d\d)?\]?(?=\s|\Z)", re.MULTILINE)  # 12:07 so the thing
_GLUED = later(r" (?:the|with|its|and|of|by|from|for|on|to)[A-Z][a-z]{2}")  # withHouse of
_STUCK = later(r"\.(?:The|In|It|But|He|She|They|We|This|A|And|For|If) ")  # end.The
# The first characters of UTF-8 read as Windows-1252 or Latin-1, and the mark of lost bytes.
_MOJIBAKE = later("\u00e2\u20ac|\u00c3[\u0080-\u00bf]|\u00c2[\u00a0-\u00bf]|\u00f0\u0178|\ufffd")
_ORPHAN = later(r" -[a-z]{4,}(?=[ ,.])")  # multi -billion
_STRAYS = (". .", ". ,", ", .", ", ,")
_STRAY = later(r"[.,] [.,](?= )(?<=[a-z]..)")  # angry, , but


def _shapes(text: str, words: list[str]) -> Iterator[Tell]:
    """Tells that are no phrases. The thresholds were set on transcripts and articles by hand."""
    if len(words) >= 60:
        plain = text.count(". ") + text.count(".\n")
        if (
            plain * 60 < len(words)
            and len(_STOP.findall(text)) * 60 < len(words)
            and _small(text[:4000])
        ):
            yield Tell("no full stops and few capitals", "transcribed", 1.5)
    for name, hint, pattern, channel, weight in (
        ("time stamps", ":" in text, _STAMP, "transcribed", 0.25),
        ("a word glued to a name", True, _GLUED, "markup-stripped", 0.8),
        ("no blank behind a full stop", True, _STUCK, "markup-stripped", 0.35),
        ("mojibake", not text.isascii(), _MOJIBAKE, "re-encoded", 1.0),
        ("orphan blanks", " -" in text, _ORPHAN, "translated", 0.4),
        ("stray marks", any(map(text.__contains__, _STRAYS)), _STRAY, "translated", 0.4),
    ):
        if hint and (found := len(pattern.findall(text))):
            yield Tell(f"{name} ({found})", channel, weight * min(found, 4))


def _small(head: str) -> bool:
    """Whether letters are Latin (other scripts have other full stops) and hardly one is a
    capital.
    """
    capitals = len(_CAPITAL.findall(head))
    return capitals * 40 < len(head) and 2 * len(_SMALL.findall(head)) > len(head)


def _language(tells: tuple[Tell, ...]) -> str:
    sums: dict[str, float] = {}
    for tell in tells:
        if tell.language:
            sums[tell.language] = sums.get(tell.language, 0.0) + tell.weight
    best = max(sums, key=lambda language: sums[language], default="")
    return best if best and sums[best] >= 0.5 else ""


@cache
def telling() -> frozenset[str]:
    """The rarest words of the spinner's heavier tells."""
    found = set()
    for word, rows in _known().items():
        if any(row.tell.channel == "spun" and row.tell.weight >= 0.3 for row in rows):
            found.add(word)
    return frozenset(found)


def maybe_spun(words: AbstractSet[str]) -> bool:
    """Whether the lower-case words of a text make it worth looking for a spinner's tells."""
    return len(telling() & words) >= 3
