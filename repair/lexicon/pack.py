"""Reads dictionary packs: folders of tables, or plain lists with one name a line.

Reading has to be quick, since every run pays for it: a pack keeps the lines of its name table and
takes a row apart only when somebody asks for that name. `repair dict lint` checks every row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from repair.lexicon.entry import Entry, Garble
from repair.lexicon.tables import DictionaryError, folder, rows, shown

NAME_COLUMNS = ("canonical", "kind", "topic", "owner", "cues")
NOT_PACKS = ("models", "boilerplate", "synonyms", "artifacts")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it lies on disk: names with their raw rows, garbles, and what to keep."""

    name: str
    path: Path
    names: tuple[str, ...]
    lines: tuple[str, ...] = field(repr=False, default=())
    columns: tuple[int, ...] = ()
    garbles: tuple[Garble, ...] = field(repr=False, default=())
    keep: tuple[str, ...] = field(repr=False, default=())

    @property
    def shipped(self) -> bool:
        """Whether it comes with the package."""
        return self.path.parent.parent == folder()

    def entry(self, number: int) -> Entry:
        """The name at `number`, its row taken apart.

        Raises DictionaryError if the row has too few cells.
        """
        place = f"{shown(self.path)}:{number + 2}" if self.lines else f"{shown(self.path)}"
        if not self.lines:
            return Entry(self.names[number], place=place)
        cells = self.lines[number].split("\t")
        if len(cells) <= max(self.columns):
            raise DictionaryError(
                f"{place}: {len(cells)} cells are too few; part the cells by one tab each"
            )
        canonical, kind, topic, owner, cues = (cells[i] for i in self.columns)
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
    names, lines, columns = _names(path / "names.tsv")
    garbles: list[Garble] = []
    table = path / "surfaces.tsv"
    if table.is_file():
        where = shown(table)
        for line, (surface, canonical, via) in rows(table, ("surface", "canonical", "via")):
            garbles.append(Garble(surface, canonical, via, f"{where}:{line}"))
    table = path / "terms.tsv"
    if table.is_file():
        where = shown(table)
        for line, (surface, canonical, use) in rows(table, ("surface", "canonical", "use")):
            garbles.append(Garble(surface, canonical, "term", f"{where}:{line}", use == "safe"))
    table = path / "keep.tsv"
    keep = tuple(cells[0] for _, cells in rows(table, ("surface",))) if table.is_file() else ()
    return Pack(path.name, path / "names.tsv", names, lines, columns, tuple(garbles), keep)


def _names(path: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    """The first cells, the lines and the places of the columns of a name table."""
    if not path.is_file():
        return (), (), ()
    try:
        lines = path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(f"{path}: cannot be read ({error}); it has to be UTF-8") from error
    header = lines[0].split("\t")
    missing = [column for column in NAME_COLUMNS if column not in header]
    if missing:
        raise DictionaryError(f"{path}:1: no column {missing[0]!r}; the header is {header}")
    columns = tuple(header.index(column) for column in NAME_COLUMNS)
    body = tuple(line for line in lines[1:] if line)
    at = columns[0]
    first = tuple(line.split("\t", at + 1)[at] for line in body)
    return first, body, columns
