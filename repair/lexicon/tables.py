"""Finds, reads and checks the dictionaries: the only code that knows where the files are.

A table is tab-separated UTF-8 with a header row; one row is one fact; a list inside a cell is
joined by "|". Every complaint names the file, the line and the mend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple


class DictionaryError(ValueError):
    """A dictionary that cannot be used; "file:line: what is wrong and what to do"."""


class Row(NamedTuple):
    """The cells that were asked for, in that order, and the line of the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


@cache
def folder() -> Path:
    """The shipped dictionaries: inside the package, or beside it in a checkout."""
    inside = Path(__file__).absolute().parents[1] / "dictionaries"
    beside = inside.parent.parent / "dictionaries"
    for place in (inside, beside):
        if place.is_dir():
            return place
    raise DictionaryError(f"{inside}: the dictionaries are missing; install the package again")


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a table, with the named columns in the order asked for.

    Raises DictionaryError if the file cannot be read, lacks a column, or has a row of another
    width.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(f"{path}: cannot be read ({error}); it has to be UTF-8") from error
    header = lines[0].rstrip("\r").split("\t")
    missing = [column for column in columns if column not in header]
    if missing:
        raise DictionaryError(f"{path}:1: no column {missing[0]!r}; the header is {header}")
    places = [header.index(column) for column in columns]
    # A command that cleans one small file reads every table: this loop is most of its start-up.
    pick: Callable[[list[str]], tuple[str, ...]] = (
        itemgetter(*places) if len(places) > 1 else lambda cells: tuple(cells[p] for p in places)
    )
    width = len(header)
    for number, line in enumerate(lines[1:], 2):
        if not line or line == "\r":
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != width:
            raise DictionaryError(
                f"{path}:{number}: {len(cells)} cells where the header has {width};"
                " part the cells by one tab each"
            )
        yield Row(number, pick(cells))


@cache
def shown(path: Path) -> str:
    """The path as it stands in evidence: "ai/surfaces.tsv" for a shipped table."""
    try:
        return path.relative_to(folder()).as_posix()
    except ValueError:
        return path.as_posix()


@cache
def shipped(place: str) -> bool:
    """Whether a place as it stands in evidence ("ai/surfaces.tsv:812") is in a shipped table."""
    return (folder() / place.rpartition(":")[0]).is_file() and not Path(place).is_absolute()
