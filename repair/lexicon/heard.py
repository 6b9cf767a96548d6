"""What a single word sounds like among the names and the words of names, quickly and lazily.

This is the index the names stage asks about every unknown word of a corpus, so it has to be cheap:
skeletons propose, a cut on plain letters keeps the few that can be meant, and only those are
aligned. Answers are remembered for the most recent words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from repair.lexicon import channel, fold
from repair.lexicon.lexicon import Lexicon
from repair.lexicon.shelf import Numbers, Writer
from repair.lexicon.sounds import SkeletonIndex

if TYPE_CHECKING:
    from repair.lexicon.pairs import Units

ALIGNED = 12  # strings compared with one word, at most
ALIKE = 0.62  # Jaro similarity below which nothing is compared: true garbles lie above in 99 of 100
WORTH = 0.30  # share of a name's own score; below, nobody asks for the exact score
LEAST = 3.0  # nats; nothing below is a candidate
COVERED = 0.40  # share of the name's own score that has to agree
REMEMBERED = 50_000  # words
MANY = 1_000  # comparisons from which numpy is worth its import
AT_ONCE = 512  # comparisons in one go, for which numpy takes up to 8 MiB
TOGETHER = 24  # comparisons that numpy makes as quickly as they are made one by one
SOME = 150  # the same, if the table has to be laid out for it first


class Near(NamedTuple):
    """A string of the lexicon that a word sounds like, with the score of the channel in nats."""

    letters: str
    score: float
    own: float  # what the string scores against itself


class Part(NamedTuple):
    """A string as a word of a name: which name, which word of it, out of how many."""

    name: str
    position: int
    words: tuple[str, ...]


class Parts(Mapping[str, Sequence[Part]]):
    """Folded word -> the names that hold it, made of numbers when it is asked for."""

    def __init__(self, rows: Mapping[str, Numbers], lexicon: Lexicon) -> None:
        self._rows = rows
        self._names = lexicon.names
        self._met: dict[str, list[Part]] = {}

    def __getitem__(self, word: str) -> Sequence[Part]:
        found = self._met.get(word)
        if found is None:
            found = self._met[word] = list(map(self._part, *[iter(self._rows[word])] * 2))
        return found

    def _part(self, name: int, position: int) -> Part:
        words = tuple(filter(None, map(fold.key, self._names[name].split())))
        return Part(self._names[name], position, words)

    def __contains__(self, word: object) -> bool:
        return word in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Heard:
    """The sounds of a lexicon: names of one word, and the words of longer ones."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._near: dict[str, tuple[Near, ...]] = {}
        self._own: dict[str, float] = {}
        self._most: dict[str, tuple[float, ...]] = {}
        self._pairs: dict[tuple[str, str], float] = {}
        self._compared = 0  # strings with words

    @cached_property
    def parts(self) -> Mapping[str, Sequence[Part]]:
        """Folded word -> the names that hold it. Names with digits are left to exact look-up."""
        shelf = self.lexicon.shelf
        return Parts(shelf.table("parts", tuple) if shelf else self._rows(), self.lexicon)

    def put(self, writer: Writer) -> None:
        """Write what `parts` and the look-ups need."""
        rows = self._rows()
        writer.table("parts", rows)
        SkeletonIndex(list(rows)).put(writer, "heard")

    def _rows(self) -> dict[str, list[int]]:
        """Folded word -> the numbers of the names that hold it, each with the word's place."""
        found: dict[str, list[int]] = {}
        numbers = [
            number
            for number, key in enumerate(self.lexicon.keys)
            if key.isalpha() and len(key) <= channel.LONGEST
        ]
        spelt = [self.lexicon.names[number].split() for number in numbers]
        # There are no digits in them, so that their keys are their letters; all at once is faster.
        folded = iter(fold.keys([word for words in spelt for word in words]))
        for number, whole in zip(numbers, spelt, strict=True):
            for position, word in enumerate(filter(None, islice(folded, len(whole)))):
                if len(word) > 2:
                    found.setdefault(word, []).extend((number, position))
        return found

    @cached_property
    def _strings(self) -> Sequence[str]:
        shelf = self.lexicon.shelf
        return shelf.strings("parts.keys").all() if shelf else list(self.parts)

    @cached_property
    def _index(self) -> SkeletonIndex:
        shelf = self.lexicon.shelf
        return SkeletonIndex.on(shelf, "heard") if shelf else SkeletonIndex(self._strings)

    def own(self, letters: str) -> float:
        """What a folded string scores against itself: the most that can be had."""
        found = self._own.get(letters)
        if found is None:
            found = self._own[letters] = channel.score(letters, letters, self.lexicon.units)
        return found

    def score(self, name: str, garble: str) -> float:
        """The channel's score of two folded strings, in nats; anything lower where it is under
        `WORTH` of what the name scores against itself, far below 0 if they look unlike.
        """
        found = self._pairs.get((name, garble))
        if found is None:
            if len(self._pairs) >= REMEMBERED:
                self._pairs.clear()
            if _unlike(name, garble):
                found = channel.IMPOSSIBLE
            else:
                least = WORTH * self.own(name)
                found = channel.score(name, garble, self.lexicon.units, least, self._bounds(name))
            self._pairs[name, garble] = found
        return found

    def compare(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Look at pairs of folded strings whose `score` will be asked for: many at once cost less
        than one by one.
        """
        known = self._pairs
        new = [pair for pair in dict.fromkeys(pairs[:REMEMBERED]) if pair not in known]
        new = [pair for pair in new if not _unlike(*pair)]
        self._compared += len(new)
        # Only a text that asks for very many is worth the import.
        at_hand = "numpy" in sys.modules or self._compared >= MANY
        least = TOGETHER if "_units" in vars(self) else SOME
        if not at_hand or len(new) < least or not self._units.falls:
            return
        if len(known) + len(new) > REMEMBERED:
            known.clear()
        known.update(zip(new, self._in_numpy(new), strict=True))

    def _bounds(self, name: str) -> tuple[float, ...]:
        found = self._most.get(name)
        if found is None:
            found = self._most[name] = channel.bounds(name, self.lexicon.units)
        return found

    def near(self, letters: str) -> tuple[Near, ...]:
        """The strings a folded word may be a garble of, best first; not the word itself."""
        found = self._near.get(letters)
        if found is None:
            self.hear((letters,))
            found = self._near[letters]
        return found

    def hear(self, words: Iterable[str]) -> None:
        """Look up folded words that will be asked for: many at once cost less than one by one."""
        new = [word for word in dict.fromkeys(words) if word not in self._near]
        if len(self._near) + len(new) > REMEMBERED:
            self._near.clear()
        alike = {word: self._alike(word) for word in new}
        pairs = [(string, word) for word, strings in alike.items() for string in strings]
        found: dict[str, list[Near]] = {word: [] for word in new}
        for (string, word), value in zip(pairs, self._scores(pairs), strict=True):
            if value > LEAST and value >= COVERED * self.own(string):
                found[word].append(Near(string, value, self.own(string)))
        for word, nears in found.items():
            self._near[word] = tuple(sorted(nears, key=lambda near: -near.score))

    def _alike(self, letters: str) -> list[str]:
        """The strings that are compared with a folded word."""
        if not 3 <= len(letters) <= channel.LONGEST:
            return []
        every = self._strings
        numbers = self._index.candidates(letters, 600)
        strings = [string for n in numbers if (string := every[n]) != letters]
        if not strings:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import Jaro

        alike = process.extract(
            letters, strings, scorer=Jaro.similarity, limit=ALIGNED, score_cutoff=ALIKE
        )
        return [string for string, _, _ in alike]

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> Iterable[float]:
        """The scores of (string, folded word); anything lower where no candidate can come of it."""
        self._compared += len(pairs)
        if self._compared >= MANY and len(pairs) >= TOGETHER and self._units.falls:
            return self._together(pairs)
        return (self._one(string, word) for string, word in pairs)

    def _one(self, string: str, word: str) -> float:
        # What agrees with itself letter by letter is a floor under the string's own score, so
        # that most strings are dropped half way through.
        units = self.lexicon.units
        least = max(LEAST, COVERED * channel.floor(string, units))
        return channel.score(string, word, units, least, self._bounds(string))

    def _together(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        values = self._in_numpy(pairs)
        likely = (pair[0] for pair, value in zip(pairs, values, strict=True) if value > LEAST)
        new = [string for string in dict.fromkeys(likely) if string not in self._own]
        own = self._in_numpy([(string, string) for string in new])
        self._own.update(zip(new, own, strict=True))
        return values

    def _in_numpy(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        from repair.lexicon import pairs as many

        values: list[float] = []
        for first in range(0, len(pairs), AT_ONCE):
            strings, words = zip(*pairs[first : first + AT_ONCE], strict=True)
            values += many.scores(strings, words, self._units)
        return values

    @cached_property
    def _units(self) -> Units:
        from repair.lexicon.pairs import Units

        return Units(self.lexicon.units)


def _unlike(name: str, garble: str) -> bool:
    """Whether two folded strings look too unlike to be compared."""
    from rapidfuzz.distance import Jaro

    return bool(Jaro.similarity(name, garble) < ALIKE - 0.1)
