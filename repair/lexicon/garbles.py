"""The listed garbles of many packs, found by their words; a row is taken apart when it is met.

There are tens of thousands of rows, and a text meets a handful. So the files are folded as a
whole, in a few calls, and only the line that is asked for becomes a `Garble`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

from repair.lexicon import words as language
from repair.lexicon.entry import Garble
from repair.lexicon.shelf import Numbers, Shelf, Writer
from repair.lexicon.tables import DictionaryError, shown

# What parts words inside a surface: everything but letters and digits.
TO_BLANK = {c: " " for c in range(128) if not chr(c).isalnum()} | {ord("’"): " ", ord("–"): " "}
# Of words that are as often, to a hundredth of a Zipf, the longer one counts as the rarer.
AS_OFTEN = 100_000
_KEEP_LINES = {c: blank for c, blank in TO_BLANK.items() if c != 10}


def words_of(surface: str) -> tuple[str, ...]:
    """The lower-case words of a surface: 'Floor-Pro 9' -> ('floor', 'pro', '9')."""
    return tuple(surface.lower().translate(TO_BLANK).split())


@dataclass(frozen=True, slots=True)
class Lines:
    """A table as it lies on disk: its lines without the header, and where its columns are."""

    path: Path
    lines: Sequence[str]
    columns: tuple[int, ...]

    @classmethod
    def read(cls, path: Path, columns: tuple[str, ...]) -> Lines:
        """Raises DictionaryError for a missing column or a row of another width."""
        try:
            text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise DictionaryError(
                f"{path}: cannot be read ({error}); it has to be UTF-8"
            ) from error
        head, _, body = text.partition("\n")
        header = head.split("\t")
        if missing := [column for column in columns if column not in header]:
            raise DictionaryError(f"{path}:1: no column {missing[0]!r}; the header is {header}")
        lines = body.split("\n")
        while lines and not lines[-1]:
            lines.pop()
        width = len(header) - 1
        for number, line in enumerate(lines, 2):
            if line.count("\t") != width:
                raise DictionaryError(
                    f"{path}:{number}: {line.count(chr(9)) + 1} cells where the header has"
                    f" {len(header)}; part the cells by one tab each"
                )
        return cls(path, tuple(lines), tuple(map(header.index, columns)))

    def first(self) -> list[str]:
        """The cells of the first column that was asked for."""
        at = self.columns[0]
        return [line.split("\t", at + 1)[at] for line in self.lines]

    def cells(self, number: int) -> tuple[str, ...]:
        """The cells of a row, by its number from 0."""
        cells = self.lines[number].split("\t")
        return tuple(cells[column] for column in self.columns)

    def garble(self, number: int) -> Garble:
        """A row of a table of surfaces (surface, canonical, via) or terms (..., use)."""
        surface, canonical, how = self.cells(number)
        place = f"{shown(self.path)}:{number + 2}"
        if self.path.stem == "terms":
            return Garble(surface, canonical, "term", place, how == "safe", how == "plain")
        return Garble(surface, canonical, how, place)


class Garbles(Mapping[tuple[str, ...], Garble]):
    """Words of a surface -> its garble; of equal surfaces the first has it."""

    def __init__(self, tables: Iterable[Lines], shelf: Shelf | None = None) -> None:
        """`shelf` holds what `put` wrote for these very tables."""
        self._tables = tuple(tables)
        self._shelf = shelf
        self._met: dict[str, Garble] = {}
        self._rows: Mapping[str, Sequence[int]]
        self._spelt: Mapping[str, Sequence[int]]
        if shelf:
            self._rows = shelf.table("garbles", lambda numbers: numbers)
            self._spelt = shelf.table("spelt", lambda numbers: numbers)
        else:
            self._rows, self._spelt = self._found()

    def _found(self) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
        """Phrases in small letters, and surfaces as they are spelt -> (table, row)."""
        phrases: dict[str, tuple[int, int]] = {}
        spelt: dict[str, tuple[int, int]] = {}
        for which, table in reversed(tuple(enumerate(self._tables))):
            surfaces = table.first()
            rows = [(which, number) for number in range(len(surfaces) - 1, -1, -1)]
            phrases.update(zip(reversed(_phrases(surfaces)), rows, strict=True))
            spelt.update(zip(reversed(surfaces), rows, strict=True))
        phrases.pop("", None)
        return phrases, spelt

    def put(self, writer: Writer) -> None:
        """Write the indexes."""
        phrases, spelt = self._found()
        writer.table("garbles", phrases)
        writer.table("spelt", spelt)
        at = dict(zip(phrases, range(len(phrases)), strict=True))
        rows = {word: [at[phrase] for phrase in held] for word, held in self.triggers.items()}
        writer.table("triggers", rows)
        words, several, numbers, ends = self._several()
        writer.strings("several.words", words)
        writer.numbers("several.phrases", map(at.__getitem__, several))
        writer.numbers("several", numbers)
        writer.numbers("several.ends", ends)

    def __getitem__(self, words: tuple[str, ...]) -> Garble:
        phrase = " ".join(words)
        found = self._met.get(phrase)
        if found is None:
            which, number = self._rows[phrase]
            found = self._met[phrase] = self._tables[which].garble(number)
        if found.surface == found.canonical:
            raise KeyError(words)
        return found

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for phrase in self._rows:
            words = tuple(phrase.split(" "))
            if words in self:
                yield words

    def __len__(self) -> int:
        return len(self._rows)

    def spelt(self, surface: str) -> Garble | None:
        """The garble that is listed in just this spelling."""
        found = self._spelt.get(surface)
        return self._tables[found[0]].garble(found[1]) if found else None

    @cached_property
    def single(self) -> frozenset[str]:
        """The surfaces of one word."""
        return frozenset(phrase for phrase in self._rows if " " not in phrase)

    @cached_property
    def triggers(self) -> Mapping[str, Sequence[str]]:
        """For each surface of several words its longest word, the one to look for."""
        if self._shelf:
            phrases = self._shelf.strings("garbles.keys")
            return self._shelf.table("triggers", lambda numbers: [phrases[n] for n in numbers])
        found: dict[str, list[str]] = {}
        for phrase in self._rows:
            if " " in phrase:
                found.setdefault(max(phrase.split(" "), key=len), []).append(phrase)
        return found

    @cached_property
    def rarest(self) -> dict[str, list[str]]:
        """For each surface of several words its rarest word: where that is not, it cannot be."""
        words, phrases, numbers, ends = self._several()
        often = [language.often(word) * AS_OFTEN - len(word) for word in words]
        every = list(map(often.__getitem__, numbers))
        found: dict[str, list[str]] = {}
        for phrase, (start, end) in zip(phrases, pairwise(ends), strict=True):
            those = every[start:end]
            found.setdefault(words[numbers[start + those.index(min(those))]], []).append(phrase)
        return found

    def _several(self) -> tuple[Sequence[str], Sequence[str], Numbers, Numbers]:
        """(words, surfaces of several, the numbers of their words in a row, where each ends)."""
        if self._shelf:
            numbers, ends = self._shelf.numbers("several"), self._shelf.numbers("several.ends")
            every = self._shelf.strings("garbles.keys").all()
            phrases = list(map(every.__getitem__, self._shelf.numbers("several.phrases")))
            return self._shelf.strings("several.words").all(), phrases, numbers, ends
        spelt = {phrase: phrase.split(" ") for phrase in self._rows if " " in phrase}
        at: dict[str, int] = {}
        numbers = [at.setdefault(word, len(at)) for words in spelt.values() for word in words]
        return list(at), list(spelt), numbers, (0, *accumulate(map(len, spelt.values())))


def _phrases(surfaces: list[str]) -> list[str]:
    """The words of each surface, joined by one blank; all at once."""
    joined = "\n".join(surfaces).lower().translate(_KEEP_LINES)
    while "  " in joined:
        joined = joined.replace("  ", " ")
    found = joined.replace("\n ", "\n").replace(" \n", "\n").strip(" ").split("\n")
    if len(found) == len(surfaces):
        return found
    return [" ".join(words_of(surface)) for surface in surfaces]
