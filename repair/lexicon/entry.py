"""A known name, a listed garble of one, and a candidate: the three records of the lexicon."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as it should stand, and what is known of it.

    `kind` is "company", "person", "model" ...; `topics` are "ai", "film" ...; `owner` is the maker,
    employer or parent; `cues` are words and names that are likely to stand in the same text;
    `place` is the row it came from ("ai/names.tsv:812").
    """

    canonical: str
    kind: str = ""
    topics: tuple[str, ...] = ()
    owner: str = ""
    cues: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Garble:
    """A listed surface form: what stands in damaged texts for `canonical`.

    `via` names the channel ("asr", "spun" ...); `safe` is false where the surface may be legitimate
    text too, so that the document has to carry the repair, and `plain` is true where it often is.
    """

    surface: str
    canonical: str
    via: str
    place: str
    safe: bool = True
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a surface form may stand for.

    `confidence` in [0, 1] is the calibrated chance that it is the right one, judged from the
    surface alone; `score` is the log-odds of the channel in nats; `via` says how it was found:
    "exact", "folded", "listed", "spoken", "typo" or "sound".
    """

    canonical: str
    confidence: float
    score: float = 0.0
    via: str = "sound"
