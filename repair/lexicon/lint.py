"""Checks dictionary packs: the form of every row, and what the rows say of each other.

A wrong row costs more than a missing one, so a row has to be well formed, to say where it comes
from, and to contradict no other: no garble that is a name or an ordinary word, none that leads to
two names, no repair of a repair.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from repair.lexicon import fold
from repair.lexicon.schema import TABLES, Column
from repair.lexicon.tables import DictionaryError, rows, shown
from repair.lexicon.vocabulary import ordinary, ordinary_pairs
from repair.lexicon.words import zipf
from repair.text.patterns import later

# Words used less often than once in ten million are misspellings as often as words (Superbowl).
RARE = 2.0
LONGEST = 120  # characters of a cell in the first column
DOUBTED = ("context", "plain")  # uses of terms whose surfaces may be good text


_TOKEN = later(r"[\w’'&+.-]*\w")  # Acme, AT&T, S.p.A


class Problem(NamedTuple):
    """What is wrong with a row, and how to mend it; `place` is "ai/names.tsv:812"."""

    place: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.mend}"


class Fact(NamedTuple):
    """A row: where it stands, and its cells by column."""

    place: str
    cells: dict[str, str]


def lint(packs: Sequence[Path], known: Sequence[Path] = ()) -> Iterator[Problem]:
    """The problems of the packs in these folders. `known` are packs that are taken as right:
    names of theirs may be repaired to, and may not be listed again.
    """
    tables: dict[str, list[Fact]] = defaultdict(list)
    for pack in packs:
        yield from _read(pack, tables)
    others: dict[str, list[Fact]] = defaultdict(list)
    for pack in known:
        list(_read(pack, others))
    yield from _names(tables["names.tsv"], others["names.tsv"])
    yield from _garbles(tables, others)


def _read(pack: Path, into: dict[str, list[Fact]]) -> Iterator[Problem]:
    """Read the tables of a pack and check each by itself."""
    if not any((pack / table).is_file() for table in TABLES):
        raise DictionaryError(f"{pack}: no pack; a pack is a folder with {', '.join(TABLES)}")
    for table, columns in TABLES.items():
        path = pack / table
        if not path.is_file():
            continue
        previous = ""
        for line, cells in rows(path, [column.name for column in columns]):
            place = f"{shown(path)}:{line}"
            fact = Fact(place, dict(zip((c.name for c in columns), cells, strict=True)))
            into[table].append(fact)
            yield from _cells(fact, columns)
            if cells[0] == previous:
                yield Problem(place, f"{cells[0]!r} stands twice", "take one of the rows out")
            elif cells[0] < previous:
                mend = "sort the rows by the first column (LC_ALL=C sort)"
                yield Problem(place, f"{cells[0]!r} is out of order", mend)
            previous = cells[0]


def _cells(fact: Fact, columns: Sequence[Column]) -> Iterator[Problem]:
    for column in columns:
        cell = fact.cells[column.name]
        if column.required and not cell:
            yield Problem(fact.place, f"no {column.name}", "fill the cell in")
        if cell != cell.strip() or "  " in cell:
            yield Problem(fact.place, f"stray blanks in {cell!r}", "take them out")
        if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in cell):
            yield Problem(fact.place, f"an invisible character in {cell!r}", "take it out")
        if cell != unicodedata.normalize("NFC", cell):
            yield Problem(fact.place, f"{cell!r} is not composed (NFC)", "compose it")
        parts = cell.split("|") if column.many else [cell]
        if column.many and len(set(parts)) < len(parts):
            yield Problem(fact.place, f"{cell!r} holds a word twice", "take one out")
        for part in parts:
            if column.allowed and part and part not in column.allowed:
                allowed = ", ".join(sorted(column.allowed))
                yield Problem(fact.place, f"no {column.name} {part!r}", f"there are {allowed}")


def _names(facts: Sequence[Fact], others: Iterable[Fact]) -> Iterator[Problem]:
    home = {fact.cells["canonical"]: fact.place for fact in others}
    for fact in facts:
        name = fact.cells["canonical"]
        if len(name) > LONGEST:
            yield Problem(fact.place, "a name of more than 120 characters", "shorten it")
        first = home.setdefault(name, fact.place)
        if first != fact.place and first.split(":")[0] != fact.place.split(":")[0]:
            yield Problem(fact.place, f"{name!r} is listed at {first} too", "leave it in one pack")


def _garbles(tables: dict[str, list[Fact]], others: dict[str, list[Fact]]) -> Iterator[Problem]:
    names = {f.cells["canonical"] for f in (*tables["names.tsv"], *others["names.tsv"])}
    keep = {f.cells["surface"]: f.place for f in tables["keep.tsv"]}
    known = [*others["surfaces.tsv"], *others["terms.tsv"]]
    mine = [*tables["surfaces.tsv"], *tables["terms.tsv"]]
    targets: dict[str, Fact] = {}
    for fact in (*known, *mine):
        targets.setdefault(fact.cells["surface"], fact)
    for fact in mine:
        surface, canonical = fact.cells["surface"], fact.cells["canonical"]
        term = "use" in fact.cells
        if surface == canonical:
            yield Problem(fact.place, f"{surface!r} repairs itself", "take the row out")
        if surface in names:
            yield Problem(fact.place, f"the garble {surface!r} is a listed name", "take it out")
        if not term and canonical not in names:
            mend = "list the name in names.tsv, or mend its spelling here"
            yield Problem(fact.place, f"{canonical!r} is not listed", mend)
        if surface in keep and fact.cells.get("use") not in DOUBTED:
            yield Problem(fact.place, f"{surface!r} is kept at {keep[surface]}", "choose one")
        if canonical in targets and targets[canonical].cells["canonical"] != canonical:
            mend = f"{targets[canonical].place} repairs it further: point the row at the end"
            yield Problem(fact.place, f"{canonical!r} is a garble itself", mend)
        yield from _good_text(fact, names)
        first = targets[surface]
        if first.cells["canonical"] != canonical:
            mend = f"{first.place} leads to {first.cells['canonical']!r}: choose one"
            yield Problem(fact.place, f"{surface!r} leads to two names", mend)
        elif fact.cells.get("use") != first.cells.get("use") and "use" in first.cells and term:
            mend = f"{first.place} says {first.cells.get('use')!r}: leave it in one pack"
            yield Problem(fact.place, f"{surface!r} is of two uses", mend)


def _good_text(fact: Fact, names: set[str]) -> Iterator[Problem]:
    """A garble that stands in good text as well, and is not said to need a cue."""
    surface, canonical = fact.cells["surface"], fact.cells["canonical"]
    if fact.cells.get("use") in DOUBTED or fold.key(surface) == fold.key(canonical):
        return  # Goldeneye: only case or blanks are damaged
    mend = "it needs a cue: leave it to the rules, or list it as a term in context"
    if _is_word(surface):
        yield Problem(fact.place, f"the garble {surface!r} is an ordinary word", mend)
    elif surface.lower() in ordinary_pairs():
        yield Problem(fact.place, f"the garble {surface!r} is an ordinary phrase", mend)
    for ending in ("'s", "’s", "s"):
        name = surface.removesuffix(ending)
        plural = ending == "s" and (
            " " in name or name.endswith("s")
        )  # Stephen Hawkings: no plural
        if name != surface and name in names and not plural:
            what = f"the garble {surface!r} is a listed name with {ending!r}"
            yield Problem(fact.place, what, "take it out")
            break


def _is_word(surface: str) -> bool:
    """Whether a surface is one ordinary English word; garbles are looked up in any case."""
    word = surface.lower()
    return surface.isalpha() and word in ordinary() and zipf(word) >= RARE


def clean_hits(packs: Sequence[Path], texts: Iterable[str]) -> Iterator[Problem]:
    """The listed garbles that stand in texts known to be clean: each may be good text."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    tables: dict[str, list[Fact]] = defaultdict(list)
    for pack in packs:
        list(_read(pack, tables))
    for fact in (*tables["surfaces.tsv"], *tables["terms.tsv"]):
        if fact.cells.get("use") not in DOUBTED:
            facts[fact.cells["surface"].split(" ")[0]].append(fact)
    counts: dict[str, int] = defaultdict(int)
    where: dict[str, Fact] = {}
    for text in texts:
        words = _TOKEN.findall(text)
        joined = f" {' '.join(words)} "
        for word in facts.keys() & set(words):
            for fact in facts[word]:
                found = joined.count(f" {fact.cells['surface']} ")
                if found:
                    counts[fact.place] += found
                    where[fact.place] = fact
    for place in sorted(counts, key=lambda p: -counts[p]):
        surface = where[place].cells["surface"]
        yield Problem(
            place, f"{surface!r} stands {counts[place]} times in clean text", "look at it"
        )
