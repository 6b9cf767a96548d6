"""Undoes synonym spinners on technical terms: "side ratio" was an aspect ratio.

A list of right terms (`dictionaries/terms`) gives the precision, as the list of names does for
names: nothing is rebuilt but a listed term, by the reverse synonyms of `lexicon.spun`, from words
that are no listed term themselves. Asked only of texts that look spun: the words that a spinner
puts are ordinary ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from repair.lexicon import compiled
from repair.lexicon.spun import Rebuilt, originals
from repair.lexicon.tables import folder, rows
from repair.lexicon.words import zipf

if TYPE_CHECKING:
    from repair.lexicon.shelf import Shelf, Writer

LONGEST = 6  # words of a spun term
COMMON = 3.5  # Zipf frequency of a word that anybody may put
SPINS = 3  # words that a spinner puts for one: "imaginative and prescient"
TRIED = 200  # readings from one word on, at most
REMEMBERED = 50_000  # pairs of words that are or are not the beginning of a term


class Terms:
    """The right terms, with the reverse synonyms that lead to their words."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """`shelf` holds what `put` wrote."""
        self._shelf = shelf
        self._opening: dict[tuple[str, str], bool] = {}

    @cached_property
    def known(self) -> dict[str, str]:
        """The words of a term, lower case and parted by blanks -> the term; plurals too."""
        if shelf := self._shelf:
            return dict(
                zip(shelf.strings("composed.plain"), shelf.strings("composed.known"), strict=True)
            )
        found: dict[str, str] = {}
        for _, (term,) in rows(folder() / "terms" / "terms.tsv", ("term",)):
            found[_plain(term)] = term
        for plain, term in list(found.items()):
            if not plain.endswith(("s", "ing", "y")):
                found.setdefault(f"{plain}s", f"{term}s")
            elif plain.endswith("y") and plain[-2] not in "aeiou":
                found.setdefault(f"{plain[:-1]}ies", f"{term[:-1]}ies")
        return found

    @cached_property
    def beginnings(self) -> frozenset[tuple[str, ...]]:
        """The first words of terms: one, two and so on."""
        words = (plain.split() for plain in self.known)
        return frozenset(tuple(w[:n]) for w in words for n in range(1, len(w) + 1))

    @cached_property
    def originals(self) -> dict[str, tuple[str, ...]]:
        """Spun word or phrase -> the words of terms it may stand for."""
        if shelf := self._shelf:
            words, runs = shelf.strings("composed.words").all(), shelf.runs("composed")
            found = (tuple(map(words.__getitem__, run)) for run in runs)
            return dict(zip(shelf.strings("composed.keys"), found, strict=True))
        return originals(frozenset(" ".join(self.known).split()))

    @cached_property
    def openers(self) -> frozenset[str]:
        """The first words of terms and of what a spinner puts for words of them."""
        if self._shelf:
            return frozenset(self._shelf.strings("composed.openers"))
        spun = (phrase.split(" ", 1)[0] for phrase in self.originals)
        return frozenset(first for first, *rest in self.beginnings if not rest).union(spun)

    def put(self, writer: Writer) -> None:
        """Write what takes long to find."""
        writer.strings("composed.plain", self.known)
        writer.strings("composed.known", self.known.values())
        words = sorted(set().union(*self.originals.values()))
        at = dict(zip(words, range(len(words)), strict=True))
        writer.strings("composed.words", words)
        rows = {spun: [at[w] for w in found] for spun, found in self.originals.items()}
        writer.table("composed", rows)
        writer.strings("composed.openers", sorted(self.openers))

    @cached_property
    def _parted(self) -> frozenset[str]:
        """The beginnings of what a spinner puts that have more words behind them."""
        words = (phrase.split(" ") for phrase in self.originals if " " in phrase)
        return frozenset(" ".join(w[:n]) for w in words for n in range(1, len(w)))

    def opens(self, word: str, behind: str) -> bool:
        """Whether a spun term of two words or more may begin with two lower-case words;
        remembered, since most that begin one go on to none.
        """
        known = self._opening.get((word, behind))
        if known is None:
            if len(self._opening) >= REMEMBERED:
                self._opening.clear()
            known = self._opening[word, behind] = self._opens(word, behind)
        return known

    def _opens(self, word: str, behind: str) -> bool:
        both = f"{word} {behind}"
        if both in self._parted or not self.beginnings.isdisjoint(self._put(both)):
            return True
        firsts = [(word,), *self._put(word)]
        if not (firsts := [first for first in firsts if first in self.beginnings]):
            return False
        seconds = [(behind,), *self._put(behind)]
        return behind in self._parted or any(
            (*first, *second) in self.beginnings for first in firsts for second in seconds
        )

    def _put(self, spun: str) -> Iterator[tuple[str, ...]]:
        return (tuple(word.split()) for word in self.originals.get(spun, ()))

    def at(self, words: Sequence[str], first: int) -> Iterator[tuple[int, Rebuilt]]:
        """(number of words, term) for each spun term that may begin at a lower-case word."""
        tried = 0
        stack: list[tuple[int, tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]]
        stack = [(first, (), (), ())]
        while stack and tried < TRIED:
            here, built, swapped, kept = stack.pop()
            tried += 1
            if built and built not in self.beginnings:
                continue
            term = self.known.get(" ".join(built)) if swapped else None
            if term and not self.right(words[first:here], term):
                yield here - first, Rebuilt(term, swapped, kept)
            if here == len(words) or here - first == LONGEST:
                continue
            stack.append((here + 1, (*built, words[here]), swapped, (*kept, words[here])))
            for width in range(1, min(SPINS, len(words) - here) + 1):
                spun = " ".join(words[here : here + width])
                for word in self.originals.get(spun, ()):
                    pair = (*swapped, (spun, word))
                    stack.append((here + width, (*built, *word.split()), pair, kept))

    @cached_property
    def topics(self) -> dict[str, str]:
        """A term, lower case -> its topic."""
        table = rows(folder() / "terms" / "terms.tsv", ("term", "topic"))
        return {term.lower(): topic for _, (term, topic) in table}

    @cached_property
    def cues(self) -> dict[str, frozenset[str]]:
        """Topic -> the words, lower case, that stand in texts about it."""
        table = rows(folder() / "terms" / "cues.tsv", ("topic", "cues"))
        return {topic: frozenset(cues.split("|")) for _, (topic, cues) in table}

    def cues_of(self, term: str) -> frozenset[str]:
        """The words that stand in texts about a term's topic; none for a term without one."""
        low = term.lower()
        topic = self.topics.get(low) or self.topics.get(low.removesuffix("s"), "")
        return self.cues.get(topic, frozenset())

    @cached_property
    def close(self) -> frozenset[tuple[str, str]]:
        """Pairs of words of one meaning, both ways: a term stays good English with either."""
        groups = rows(folder() / "terms" / "close.tsv", ("words",))
        parts = (words.split("|") for _, (words,) in groups)
        return frozenset((one, other) for group in parts for one in group for other in group)

    def odd(self, each: Rebuilt) -> bool:
        """Whether a spun term is hardly English: another sense of a word than the term's ("refresh
        charges"), and words of the term beside it, or a rare one ("darkish net").
        """
        if all(self._is_close(*pair) for pair in each.swapped):
            return False
        return bool(each.kept) or any(zipf(spun) < COMMON for spun, _ in each.swapped)

    def _is_close(self, spun: str, word: str) -> bool:
        singular = spun.removesuffix("s"), word.removesuffix("s")
        return (spun, word) in self.close or singular in self.close

    def right(self, words: Sequence[str], term: str) -> bool:
        """Whether words are a term as they stand, or hold the very term that they are to be."""
        phrase = " ".join(words)
        return phrase in self.known or f" {_plain(term)} " in f" {phrase} "


@cache
def shipped() -> Terms:
    """The terms that come with the package; read when a text asks for them."""
    return Terms(compiled.shipped())


def _plain(term: str) -> str:
    return " ".join(term.lower().replace("-", " ").split())
