"""Undoes synonym spinners: rebuilds a listed name from words that stand for its own.

A spinner swaps words for synonyms without regard for names: "Floor Professional" was Surface Pro.
The tables of `dictionaries/synonyms` say which words stand for which; the list of names, not the
table, gives the precision: nothing is rebuilt but a listed name of two words or more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from repair.lexicon import fold
from repair.lexicon.tables import folder, rows

if TYPE_CHECKING:
    from repair.lexicon.lexicon import Lexicon
    from repair.lexicon.shelf import Writer

LONGEST = 7  # words of a spun name
DIGITS = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven"}
REMEMBERED = 50_000  # beginnings of windows
LEADS = (": ", " – ", " in the ", " and the ", "Department of ", "Ministry of ", " of ")
TRIED = 400  # readings of one window, at most


class Rebuilt(NamedTuple):
    """A listed name, the words that were swapped ("floor", "surface"), and those kept."""

    name: str
    swapped: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]


def originals(words: Container[str]) -> dict[str, tuple[str, ...]]:
    """Spun word or phrase -> those of the words, lower case, that it may stand for.

    A pair of nouns holds for their plurals too: "charge" for "rate", "charges" for "rates".
    """
    # The rows are lower case: the tests see to it. This loop is run once for every process.
    found: dict[str, tuple[str, ...]] = {}
    more: dict[str, tuple[str, ...]] = {}
    for table in sorted((folder() / "synonyms").glob("*.tsv")):
        for _, (word, spun) in rows(table, ("word", "spun")):
            if word in words or (" " in word and all(part in words for part in word.split())):
                found[spun] = (*found.get(spun, ()), word)
            several = f"{word}s" if word[-1] not in "syxh" else plural(word)
            if several in words and spun[-1] != "s":
                spun = plural(spun)
                more[spun] = (*more.get(spun, ()), several)
    for spun, plurals in more.items():
        found[spun] = tuple(dict.fromkeys((*found.get(spun, ()), *plurals)))
    return found


def plural(word: str) -> str:
    """The regular plural of a lower-case noun; a plural stays.

    >>> plural("charge"), plural("city"), plural("box"), plural("rates")
    ('charges', 'cities', 'boxes', 'rates')
    """
    if word.endswith(("s", "x", "ch", "sh")):
        return word if word[-1] == "s" else f"{word}es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


def _parts_of(name: str) -> Iterator[str]:
    """The parts of a name that stand for it by themselves."""
    for mark in LEADS:
        head, found, tail = name.partition(mark)
        if found:
            if mark != " of ":
                yield tail
            elif head.count(" ") >= 2:
                yield head


class Spun:
    """The reverse synonyms, as far as they lead to words of listed names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._opening: dict[str, bool] = {}
        self._rebuilding: dict[str, bool] = {}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of listed names, lower case."""
        if shelf := self.lexicon.shelf:
            return frozenset(shelf.strings("spun.words"))
        return frozenset(" ".join(self.lexicon.names).lower().replace("-", " ").split())

    @cached_property
    def originals(self) -> dict[str, tuple[str, ...]]:
        """Spun word or phrase -> the words of names it may stand for."""
        if shelf := self.lexicon.shelf:
            words = shelf.strings("spun.originals").all()
            runs = shelf.runs("spun")
            found = (tuple(map(words.__getitem__, run)) for run in runs)
            return dict(zip(shelf.strings("spun.keys"), found, strict=True))
        return originals(self.words)

    @cached_property
    def parts(self) -> dict[str, tuple[str, str]]:
        """Folded letters of a part that is used for a long name -> (the part, the name).

        "The Book of Carol" behind a colon, "Multiverse of Madness" behind "in the", "Homeland
        Security" of a department, "Federal Reserve Bank" in front of a place.
        """
        if shelf := self.lexicon.shelf:
            names = map(self.lexicon.names.__getitem__, shelf.numbers("spun.wholes"))
            pairs = zip(shelf.strings("spun.parts"), names, strict=True)
            return dict(zip(shelf.strings("spun.parts.keys"), pairs, strict=True))
        found: dict[str, tuple[str, str]] = {}
        for name in self.lexicon.names:
            if name.count(" ") < 3:
                continue
            for part in _parts_of(name):
                key = fold.key(part)
                if " " in part and key not in self.lexicon.by_key:
                    found.setdefault(key, (part, name))
        return found

    @cached_property
    def keys(self) -> list[str]:
        """The folded letters of all names and their parts, sorted."""
        if shelf := self.lexicon.shelf:
            return shelf.strings("spun.sorted").all()
        return sorted((*self.lexicon.keys, *self.parts))

    def put(self, writer: Writer) -> None:
        """Write what takes long to find."""
        writer.strings("spun.words", sorted(self.words))
        words = sorted(set().union(*self.originals.values()))
        at = dict(zip(words, range(len(words)), strict=True))
        writer.strings("spun.originals", words)
        writer.table(
            "spun", {spun: [at[w] for w in found] for spun, found in self.originals.items()}
        )
        writer.strings("spun.parts.keys", self.parts)
        writer.strings("spun.parts", (part for part, _ in self.parts.values()))
        writer.numbers("spun.wholes", (self.lexicon.number[n] for _, n in self.parts.values()))
        writer.strings("spun.sorted", self.keys)

    def _begins(self, letters: str) -> bool:
        """Whether the folded letters of some name begin so."""
        at = bisect_left(self.keys, letters)
        return at < len(self.keys) and self.keys[at].startswith(letters)

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The last words of all spun phrases."""
        return frozenset(spun.split()[-1] for spun in self.originals)

    @cached_property
    def _parts(self) -> frozenset[str]:
        """The words of listed names and of spun phrases."""
        owners = (word[:-2] for word in self.words if word.endswith("'s"))
        return self.words.union(owners, *map(str.split, self.originals))

    def may_hold(self, word: str) -> bool:
        """Whether a window with this lower-case word may be rebuilt at all."""
        return word in self._parts or word.isdigit()

    def may_go_on(self, word: str) -> bool:
        """Whether a lower-case word, "'s" and all, may stand in what is rebuilt."""
        return self.may_hold(word) or word.endswith("'s")

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The first words of spun phrases of several."""
        return frozenset(spun.split()[0] for spun in self.originals if " " in spun)

    def rebuilds(self, words: Sequence[str]) -> bool:
        """Whether lower-case words may be a spun form of any listed name; remembered."""
        phrase = " ".join(words)
        known = self._rebuilding.get(phrase)
        if known is None:
            if len(self._rebuilding) >= REMEMBERED:
                self._rebuilding.clear()
            known = self._rebuilding[phrase] = any(True for _ in self.rebuilt(words))
        return known

    def opens(self, words: Sequence[str]) -> bool:
        """Whether lower-case words may be the beginning of what is rebuilt to a listed name;
        remembered.
        """
        phrase = " ".join(words)
        known = self._opening.get(phrase)
        if known is None:
            if len(self._opening) >= REMEMBERED:
                self._opening.clear()
            known = self._opening[phrase] = self._opens(words)
        return known

    def _opens(self, words: Sequence[str]) -> bool:
        tried, stack = 0, [(0, "")]
        while stack:
            at, built = stack.pop()
            tried += 1
            if tried > TRIED:
                return True
            if built and not self._begins(fold.key(built)):
                continue
            if at == len(words) or (at == len(words) - 1 and words[at] in self._firsts):
                return True
            word = words[at]
            if word in self.words or word.isdigit():
                stack.append((at + 1, built + word))
            if word in DIGITS:
                stack.append((at + 1, built + DIGITS[word]))
            if word.endswith("'s"):
                owners = self.originals.get(word[:-2], ())
                stack += ((at + 1, f"{built}{owner}'s") for owner in owners)
            for width in (1, 2):
                spun = " ".join(words[at : at + width])
                if at + width <= len(words):
                    stack += ((at + width, built + each) for each in self.originals.get(spun, ()))
        return False

    def rebuilt(self, words: Sequence[str]) -> Iterator[Rebuilt]:
        """The listed names of several words that lower-case words may be a spun form of."""
        if not 2 <= len(words) <= LONGEST:
            return
        tried = 0
        seen: set[str] = set()
        stack: list[tuple[int, tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]]
        stack = [(0, (), (), ())]
        while stack and tried < TRIED:
            at, built, swapped, kept = stack.pop()
            tried += 1
            if built and not self._begins(fold.key("".join(built))):
                continue
            if at == len(words):
                for number in self.lexicon.by_key.get(fold.key("".join(built)), ()):
                    name = self.lexicon.names[number]
                    several = " " in name or "-" in name or not kept  # Home windows: Windows
                    if swapped and name not in seen and several:
                        seen.add(name)
                        yield Rebuilt(name, swapped, kept)
                part, _ = self.parts.get(fold.key("".join(built)), ("", ""))
                if part and swapped and kept and part not in seen:
                    seen.add(part)
                    yield Rebuilt(part, swapped, kept)
                continue
            word = words[at]
            if word in self.words or word.isdigit():
                stack.append((at + 1, (*built, word), swapped, (*kept, word)))
            if word in DIGITS:  # "Implausible 4"
                stack.append((at + 1, (*built, DIGITS[word]), swapped, (*kept, word)))
            if word.endswith("'s"):
                for owner in self.originals.get(word[:-2], ()):
                    pair = (*swapped, (word, f"{owner}'s"))
                    stack.append((at + 1, (*built, f"{owner}'s"), pair, kept))
            for width in (1, 2):
                spun = " ".join(words[at : at + width])
                if at + width <= len(words):
                    for word in self.originals.get(spun, ()):
                        pair = (*swapped, (spun, word))
                        stack.append((at + width, (*built, word), pair, kept))
