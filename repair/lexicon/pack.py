"""Reads dictionary packs: folders of tables, or plain lists with one name a line.

Reading has to be quick, since every run pays for it: a pack keeps the lines of its name table and
takes a row apart only when somebody asks for that name. `repair dict lint` checks every row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from repair.lexicon.entry import Entry, Garble
from repair.lexicon.garbles import Lines
from repair.lexicon.shelf import FileLines, Shelf, Writer
from repair.lexicon.tables import DictionaryError, folder, shown

if TYPE_CHECKING:
    from repair.lexicon.channel import Table

NAME_COLUMNS = ("canonical", "kind", "topic", "owner", "cues")
FITTED = "channel.tsv"  # the channel table of a pack, where somebody fitted one


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it lies on disk: names with their raw rows, garbles, and what to keep."""

    name: str
    path: Path
    names: tuple[str, ...]
    rows: Lines | None = field(repr=False, default=None)
    tables: tuple[Lines, ...] = field(repr=False, default=())
    keep: tuple[str, ...] = field(repr=False, default=())
    units: Table | None = field(repr=False, default=None)  # of `repair dict fit`

    @property
    def shipped(self) -> bool:
        """Whether it comes with the package."""
        return self.path.parent.parent == folder()

    @property
    def garbles(self) -> tuple[Garble, ...]:
        """All listed surfaces and terms, in the order of the files."""
        return tuple(table.garble(n) for table in self.tables for n in range(len(table.lines)))

    def entry(self, number: int) -> Entry:
        """The name at `number`, its row taken apart."""
        if self.rows is None:
            return Entry(self.names[number], place=shown(self.path))
        canonical, kind, topic, owner, cues = self.rows.cells(number)
        place = f"{shown(self.path)}:{number + 2}"
        return Entry(canonical, kind, _list(topic), owner, _list(cues), place)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def available() -> tuple[str, ...]:
    """The shipped packs, by name."""
    return tuple(sorted(p.parent.name for p in folder().glob("*/names.tsv")))


def find(name: str) -> Path:
    """The folder or file of a pack given by name or path.

    Raises DictionaryError if there is neither.
    """
    shipped = folder() / name
    if "/" not in name and "\\" not in name and (shipped / "names.tsv").is_file():
        return shipped
    path = Path(name).expanduser()
    if path.exists():
        return path
    raise DictionaryError(
        f"{name}: no dictionary of that name or path; shipped are {', '.join(available())}"
    )


def read(path: Path) -> Pack:
    """The pack in a folder, or a plain list of names in a file (one a line, # for remarks)."""
    if path.is_dir():
        return _folder(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(f"{path}: cannot be read ({error}); it has to be UTF-8") from error
    if "\0" in text:
        raise DictionaryError(f"{path}: binary data; a list of names has one name a line")
    lines = (line.strip() for line in text.splitlines())
    return Pack(path.stem, path, tuple(n for n in lines if n and not n.startswith("#")))


def _folder(path: Path) -> Pack:
    names = Lines(path / "names.tsv", (), ())
    if names.path.is_file():
        names = Lines.read(names.path, NAME_COLUMNS)
    tables = tuple(
        Lines.read(path / f"{stem}.tsv", ("surface", "canonical", how))
        for stem, how in (("surfaces", "via"), ("terms", "use"))
        if (path / f"{stem}.tsv").is_file()
    )
    keep = path / "keep.tsv"
    kept = tuple(Lines.read(keep, ("surface",)).first()) if keep.is_file() else ()
    return Pack(path.name, names.path, tuple(names.first()), names, tables, kept, _units(path))


def on(shelf: Shelf) -> tuple[Pack, ...]:
    """The shipped packs as `put` wrote them; no table is read before a row of it is asked for."""
    found = []
    names, start = shelf.strings("names").all(), 0
    for name, count, keep, files in json.loads(bytes(shelf.raw("packs"))):
        rows, *tables = (
            Lines(path, FileLines(path, shelf.numbers(f"lines {name}/{file}")), tuple(columns))
            for file, columns in files
            for path in (folder() / name / file,)
        )
        mine, start = tuple(names[start : start + count]), start + count
        found.append(Pack(name, rows.path, mine, rows, tuple(tables), tuple(keep)))
    return tuple(found)


def put(packs: Sequence[Pack], writer: Writer) -> None:
    """Write packs in folders. Raises ValueError for a table with Windows line ends."""
    told = []
    for pack in packs:
        tables = [table for table in (pack.rows, *pack.tables) if table is not None]
        for table in tables:
            header, found, body = table.path.read_bytes().decode().partition("\n")
            if body.removesuffix("\n") != "\n".join(table.lines) or not found:
                raise ValueError(f"{table.path}: its lines do not end in a line feed each")
            writer.lines(f"lines {pack.name}/{table.path.name}", header, table.lines)
        files = [(table.path.name, table.columns) for table in tables]
        told.append((pack.name, len(pack.names), pack.keep, files))
    writer.raw("packs", json.dumps(told).encode())
    writer.strings("names", (name for pack in packs for name in pack.names))


def _units(path: Path) -> Table | None:
    """The channel table that a user's pack carries."""
    if not (path / FITTED).is_file():
        return None
    from repair.lexicon import refit

    return refit.read(path / FITTED)
