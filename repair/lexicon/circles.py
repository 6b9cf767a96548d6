"""Who belongs to whom, asked from the other side: the names of an owner, and those of a topic.

An entry knows its own owner and cues. A text that speaks of Alphabet makes Waymo likely, though,
and only Waymo's row says so; here the rows are turned round, once and only for a damaged text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repair.lexicon.lexicon import Lexicon


class Circles:
    """The names around a name, and the names of a topic; in the order of the packs."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.around: dict[str, list[str]] = {}
        self.topics: dict[str, list[str]] = {}
        self.forenames: set[str] = set()  # first words of the names of people
        for name, kind, topics, owner, cues in _rows(lexicon):
            if kind == "person":
                self.forenames.add(name.partition(" ")[0])
            if owner:
                self.around.setdefault(owner, []).append(name)
            for cue in cues.split("|") if cues else ():
                if cue != owner and not cue.islower():
                    self.around.setdefault(cue, []).append(name)
            for topic in topics.split("|") if topics else ():
                self.topics.setdefault(topic, []).append(name)


def _rows(lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """(name, kind, topics, owner, cues) of every row, the lists as they stand in their cells."""
    for pack in lexicon.packs:
        if pack.rows is not None:
            for number in range(len(pack.names)):
                yield pack.rows.cells(number)
