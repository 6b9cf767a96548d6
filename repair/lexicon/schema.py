"""What a dictionary pack consists of: its tables, their columns, and the words allowed in them.

A pack is a folder of tab-separated tables, each sorted by its first column; docs/dictionaries.md
explains the columns. `repair dict lint` checks a pack against this file.
"""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """A column; `required` cells are not empty, `allowed` words are the only ones (empty: any),
    `many` says that a cell may hold several, joined by "|".
    """

    name: str
    required: bool = True
    allowed: frozenset[str] = frozenset()
    many: bool = False


def _any_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


KINDS = _any_of(
    "company product model person chip cloud outlet agency institution place film series game book"
    " song album event team league drug disease language framework standard law term"
)
TOPICS = _any_of(
    "ai cloud software devices business finance media politics government people film tv music"
    " games sport health science places crypto auto space security web energy law"
)
CHANNELS = _any_of("translit asr spun meaning split join case typo")
ORIGIN = Column("origin")

TABLES: dict[str, tuple[Column, ...]] = {
    "names.tsv": (
        Column("canonical"),
        Column("kind", allowed=KINDS),
        Column("topic", allowed=TOPICS, many=True),
        Column("owner", required=False),
        Column("cues", many=True),
        ORIGIN,
    ),
    "surfaces.tsv": (
        Column("surface"),
        Column("canonical"),
        Column("via", allowed=CHANNELS),
        ORIGIN,
    ),
    "terms.tsv": (
        Column("surface"),
        Column("canonical"),
        Column("use", allowed=_any_of("safe context plain")),
        ORIGIN,
    ),
    "keep.tsv": (Column("surface"), Column("reason")),
    "tests.tsv": (Column("text"), Column("fixed"), Column("why")),
}
