"""Who belongs to whom, asked from the other side: the names of an owner, and those of a topic.

An entry knows its own owner and cues. A text that speaks of Alphabet makes Waymo likely, though,
and only Waymo's row says so; here the rows are turned round, once and only for a damaged text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from repair.lexicon import fold
from repair.text.patterns import later

if TYPE_CHECKING:
    from repair.lexicon.lexicon import Lexicon
    from repair.lexicon.shelf import Numbers, Shelf, Writer
    from repair.lexicon.spoken import Said

CLEAR = 0.4  # share of a cue's names that belong to the topic it tells
VERSIONED = frozenset({"model", "product", "framework", "language", "game"})
_VERSION = later(r"(?<=[A-Za-z]{3})([ -])\d{1,2}(?:\.\d{1,2})?$")  # Claude Opus 4.6, GPT-4


class Circles:
    """The names around a name, and the names of a topic; in the order of the packs."""

    def __init__(self, lexicon: Lexicon) -> None:
        around: dict[str, list[str]] = {}
        topical: dict[str, list[str]] = {}
        self.around: Mapping[str, Sequence[str]] = around
        self.topics: Mapping[str, Sequence[str]] = topical
        self.said: dict[str, Said] = {}  # topic -> its names by their sounds, when asked for
        # What stands before a version, folded -> as it is written: "opus" -> "Opus "
        self.versions: dict[str, str] = {}
        told: dict[str, Counter[str]] = defaultdict(Counter)
        self.told: Mapping[str, str] = (found := {})  # cue -> the topic that it tells
        self.shorts: dict[str, str] = {}  # "Haiku" -> Claude Haiku: models go by their last word
        self.terms: set[str] = set()  # names of things that anybody may have
        self.forenames: set[str] = set()  # first words of the names of people
        for name, kind, topics, owner, cues in _rows(lexicon):
            if kind in VERSIONED and (cut := _VERSION.search(name)):
                for base in (name[: cut.start()], name[: cut.start()].split(" ")[-1]):
                    self.versions.setdefault(fold.key(base), f"{base}{cut[1]}")
            if kind == "model" and name.count(" ") == 1:
                self.shorts.setdefault(name.split(" ")[1], name)
            if kind == "term":
                self.terms.add(name)
            if kind == "person":
                self.forenames.add(name.partition(" ")[0])
            if owner:
                around.setdefault(owner, []).append(name)
            for cue in cues.split("|") if cues else ():
                if cue != owner and not cue.islower():
                    around.setdefault(cue, []).append(name)
            for topic in topics.split("|") if topics else ():
                topical.setdefault(topic, []).append(name)
                for cue in cues.split("|") if cues else ():
                    if cue.islower():
                        told[cue][topic] += 1
        for cue, counts in told.items():
            topic, times = counts.most_common(1)[0]
            if times >= CLEAR * counts.total():
                found[cue] = topic

    @classmethod
    def on(cls, shelf: Shelf, lexicon: Lexicon) -> Circles:
        """The circles that `put` wrote."""
        found, names, topics = cls.__new__(cls), lexicon.names, shelf.strings("topics.keys")
        found.said = {}

        def named(numbers: Numbers) -> list[str]:
            return [names[number] for number in numbers]

        found.around = shelf.table("around", named)
        found.topics = shelf.table("topics", named)
        found.told = shelf.table("told", lambda numbers: topics[numbers[0]])
        found.versions = dict(
            zip(shelf.strings("versions"), shelf.strings("versions.bases"), strict=True)
        )
        found.shorts = dict(
            zip(shelf.strings("shorts"), named(shelf.numbers("shorts.names")), strict=True)
        )
        found.terms = set(named(shelf.numbers("terms")))
        found.forenames = set(shelf.strings("forenames"))
        return found

    def put(self, writer: Writer, lexicon: Lexicon) -> None:
        """Write them."""
        number = lexicon.number.__getitem__
        for name, lists in (("around", self.around), ("topics", self.topics)):
            writer.table(name, {each: list(map(number, found)) for each, found in lists.items()})
        topics = dict(zip(self.topics, range(len(self.topics)), strict=True))
        writer.table("told", {cue: [topics[topic]] for cue, topic in self.told.items()})
        writer.strings("versions", self.versions)
        writer.strings("versions.bases", self.versions.values())
        writer.strings("shorts", self.shorts)
        writer.numbers("shorts.names", map(number, self.shorts.values()))
        writer.numbers("terms", sorted(map(number, self.terms)))
        writer.strings("forenames", sorted(self.forenames))


def _rows(lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """(name, kind, topics, owner, cues) of every row, the lists as they stand in their cells."""
    for pack in lexicon.packs:
        if pack.rows is not None:
            for number in range(len(pack.names)):
                yield pack.rows.cells(number)
