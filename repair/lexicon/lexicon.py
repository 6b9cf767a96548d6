"""The known names, asked which of them a surface form may stand for.

A lexicon answers from the surface alone: by its letters (case, split, merged, possessive), by the
garbles that the packs list, and by sound. What a document says for or against an answer is not
its business; the names stage weighs that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from repair.lexicon import channel, compiled, fold, pack
from repair.lexicon import words as language
from repair.lexicon.entry import Candidate, Entry
from repair.lexicon.garbles import Garbles
from repair.lexicon.pack import Pack
from repair.lexicon.shelf import Numbers, Shelf, Writer
from repair.lexicon.sounds import SkeletonIndex
from repair.lexicon.tables import folder
from repair.text.words import WORD, bare

if TYPE_CHECKING:
    from repair.lexicon.circles import Circles
    from repair.lexicon.matcher import Matcher

PROPOSED = 400  # names whose sound is compared with one surface, at most


class Lexicon:
    """Known names: build with `of` or `load`, ask with `candidates`."""

    def __init__(self, packs: Sequence[Pack], shelf: Shelf | None = None) -> None:
        """`shelf` holds the indexes over these very packs; without one they are built."""
        self.packs = tuple(packs)
        self.shelf = shelf
        self.names: list[str] = [name for p in packs for name in p.names]
        self.keys = shelf.strings("keys").all() if shelf else fold.keys(self.names)
        # The first of equal names is the home.
        last = len(self.names) - 1
        self.number = dict(zip(reversed(self.names), range(last, -1, -1), strict=True))
        self.by_key = self._by_key()
        self.keep = frozenset(surface for p in packs for surface in p.keep)
        # What a user's own pack keeps is never touched; the shipped rows hold many ordinary words,
        # which a damaged document may well have put for a name.
        self.vetoed = frozenset(surface for p in packs if not p.shipped for surface in p.keep)
        words = shelf.strings("words") if shelf else " ".join(self.names).split()
        self._parts: frozenset[str] = frozenset(words)
        self._entries: dict[int, Entry] = {}
        self._standing: dict[str, tuple[bool, Set[str]]] = {}
        self._starts: list[int] = []
        start = 0
        for p in packs:
            self._starts.append(start)
            start += len(p.names)

    @classmethod
    def of(cls, names: Iterable[str]) -> Lexicon:
        """A lexicon of bare names; empty ones are left out.

        >>> Lexicon.of(["OpenAI", "Copilot"]).candidates("Chat Copilot")[:1]
        ()
        """
        found = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
        return cls((Pack("-", Path("-"), found),))

    def __len__(self) -> int:
        return len(self.names)

    def _by_key(self) -> dict[str, tuple[int, ...]]:
        """Folded letters and digits -> the names that fold to them."""
        found: dict[str, tuple[int, ...]] = dict(
            zip(self.keys, zip(range(len(self.keys))), strict=True)
        )
        if self.shelf:
            found.update(self.shelf.table("keys.several", tuple))
        elif len(found) < len(self.keys):
            for number, key in enumerate(self.keys):
                if found[key][-1] != number:
                    earlier = found[key] if found[key][0] < number else ()
                    found[key] = (*earlier, number)
        found.pop("", None)
        return found

    def entry(self, name: str) -> Entry:
        """What is known of a canonical name; nothing but the name if it is not listed."""
        number = self.number.get(name)
        if number is None:
            return Entry(name)
        if number not in self._entries:
            which = max(i for i, start in enumerate(self._starts) if start <= number)
            found = self.packs[which].entry(number - self._starts[which])
            self._entries[number] = found
        return self._entries[number]

    def holds(self, word: str) -> bool:
        """Whether a word stands in some name exactly so ("Wall" of "Wall Street Journal")."""
        return word in self._parts

    def folded(self, surface: str) -> tuple[str, ...]:
        """The names with the same letters and digits as the surface."""
        return tuple(self.names[n] for n in self.by_key.get(fold.key(surface), ()))

    @cached_property
    def starts(self) -> dict[str, int]:
        """First word of a name (letters and digits) -> the most words a name has that begins so."""
        if self.shelf:
            return dict(
                zip(self.shelf.strings("starts"), self.shelf.numbers("starts.most"), strict=True)
            )
        found: dict[str, int] = {}
        for name in self.names:
            words = name.replace("-", " ").replace(".", " ").replace("'", " ").split()
            if words and len(words) > found.get(words[0], 0):
                found[words[0]] = len(words)
        return found

    @cached_property
    def _seconds(self) -> Mapping[str, Set[str]]:
        """First word -> the words that stand second in names, words as `text.words` finds them."""
        if self.shelf:
            words = self.shelf.strings("seconds.words")
            return self.shelf.table("seconds", lambda numbers: {words[n] for n in numbers})
        return self._pairs()

    def _pairs(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name in self.names:
            plain = name.replace(" ", "").isalnum()
            words = name.split(" ", 2) if plain else [*map(bare, WORD.findall(name))]
            if len(words) > 1:
                found.setdefault(words[0], set()).add(words[1])
        return found

    def standing(self, word: str) -> tuple[bool, Set[str]]:
        """Whether a word is a name by itself, and which words follow it in longer names."""
        known = self._standing.get(word)
        if known is None:
            alone = word in self.number and not (word.islower() and language.common(word))
            known = self._standing[word] = alone, self._seconds.get(word, frozenset())
        return known

    @cached_property
    def _whole(self) -> list[str]:
        """The keys of names of one word, sorted."""
        return sorted(
            key
            for key, numbers in self.by_key.items()
            if len(numbers) == 1 and not _several(self.names[numbers[0]])
        )

    def begins(self, key: str) -> bool:
        """Whether a key is the beginning of that of a name of one word, or all of it."""
        at = bisect_left(self._whole, key)
        return at < len(self._whole) and bool(key) and self._whole[at].startswith(key)

    @cached_property
    def circles(self) -> Circles:
        """The names around a name, and those of a topic; only damaged texts ask."""
        from repair.lexicon.circles import Circles

        return Circles.on(self.shelf, self) if self.shelf else Circles(self)

    @cached_property
    def beginnings(self) -> Counter[str]:
        """The first two words of names, with the number of names."""
        return Counter(" ".join(name.split(" ", 2)[:2]) for name in self.names if " " in name)

    @cached_property
    def garbles(self) -> Garbles:
        """The listed surface forms by their words; the first pack that lists one has it."""
        return Garbles((table for p in self.packs for table in p.tables), self.shelf)

    @cached_property
    def _sounding(self) -> Numbers:
        """The numbers of the names that can be heard, without digits."""
        if self.shelf:
            return self.shelf.numbers("sounding")
        return [
            number
            for number, key in enumerate(self.keys)
            if key and key.isalpha() and 3 <= len(key) <= channel.LONGEST
        ]

    @cached_property
    def _skeletons(self) -> SkeletonIndex:
        if self.shelf:
            return SkeletonIndex.on(self.shelf, "skeletons")
        return SkeletonIndex([self.keys[number] for number in self._sounding])

    def sounds_like(self, letters: str, most: int = PROPOSED) -> Iterator[tuple[str, str]]:
        """(name, its letters) of the names that folded letters may be a garble of, unjudged."""
        for at in self._skeletons.candidates(letters, most):
            number = self._sounding[at]
            yield self.names[number], self.keys[number]

    def put(self, writer: Writer) -> None:
        """Write the indexes of this module."""
        writer.strings("keys", self.keys)
        several = {key: found for key, found in self.by_key.items() if len(found) > 1}
        writer.table("keys.several", several)
        writer.strings("words", sorted(self._parts))
        writer.strings("starts", self.starts)
        writer.numbers("starts.most", self.starts.values())
        words = sorted(set().union(*self._pairs().values()))
        at = dict(zip(words, range(len(words)), strict=True))
        writer.strings("seconds.words", words)
        rows = {first: sorted(map(at.__getitem__, found)) for first, found in self._pairs().items()}
        writer.table("seconds", rows)
        writer.numbers("sounding", self._sounding)
        self._skeletons.put(writer, "skeletons")

    @cached_property
    def units(self) -> channel.Table:
        """How names change on their way: the table of the first pack that has one, else ours."""
        return next((p.units for p in self.packs if p.units), None) or channel.table()

    @cached_property
    def matcher(self) -> Matcher:
        """The calibrated judge behind `candidates`; it needs numpy, so it is made late."""
        from repair.lexicon.matcher import Matcher

        return Matcher(self.names, None if self.units is channel.table() else self.units)

    def candidates(
        self, surface: str, pivots: Mapping[str, float] | None = None
    ) -> tuple[Candidate, ...]:
        """The names a surface may stand for, best first, judged from the surface alone.

        `pivots` may say through which script its document went: the chance of each, as
        `repair.lexicon.pivots.weigh` tells it from some sure garbles.
        """
        if not self.names or not fold.key(surface):
            return ()
        return self.matcher.candidates(surface, pivots)


def _several(name: str) -> bool:
    return " " in name or "-" in name


@cache
def load(names: tuple[str, ...] = ("auto",)) -> Lexicon:
    """The lexicon of the packs given by name or path; "auto" stands for all that are shipped.

    Built once per process. Raises `tables.DictionaryError` for a pack that cannot be read.
    """
    chosen: dict[Path, None] = {}
    for name in names:
        for each in pack.available() if name == "auto" else (name,):
            chosen.setdefault(pack.find(each))
    # A user's own pack comes first: what it lists and what it keeps goes before the shipped rows.
    ordered = sorted(chosen, key=lambda path: path.parent == folder())
    shelf = compiled.shipped() if names == ("auto",) else None
    return Lexicon(pack.on(shelf) if shelf else tuple(map(pack.read, ordered)), shelf)
