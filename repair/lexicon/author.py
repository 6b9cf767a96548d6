"""Writes rows into a user's pack, and one pack out of several: never into what is shipped.

A table stays sorted by its first column, and a row that stands there already stays as it is. A
file is written beside its place and then moved there, so that it is never half written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from repair.lexicon.schema import TABLES
from repair.lexicon.tables import DictionaryError, folder, rows

# What cannot stand in a cell: "\t" and line ends part cells and rows, "|" parts a list.
_PARTING = frozenset("\t\n\r|")


def add(pack: Path, table: str, cells: Sequence[str]) -> bool:
    """Add a row to a table of the pack in that folder, which is made if need be; whether it is new.

    Raises DictionaryError if the pack is a shipped one, a cell cannot be written, or another row
    for the same first cell says something else.
    """
    if folder() in pack.resolve().parents:
        raise DictionaryError(f"{pack}: a shipped pack; rows of your own belong in one of your own")
    columns = [column.name for column in TABLES[table]]
    for name, cell in zip(columns, cells, strict=True):
        if cell != cell.strip() or (_PARTING - {"|"}) & set(cell):
            raise DictionaryError(f"{table}: {name} {cell!r} has blanks or tabs; write it plainly")
    if not cells[0] or "|" in cells[0]:
        raise DictionaryError(f'{table}: {columns[0]} {cells[0]!r} is empty or holds "|"')
    path = pack / table
    known = {row.cells[0]: row for row in rows(path, columns)} if path.is_file() else {}
    old = known.get(cells[0])
    if old is not None:
        if old.cells[1:2] != tuple(cells[1:2]):
            said = f"{cells[0]!r} is {old.cells[1]!r} there already"
            raise DictionaryError(f"{path}:{old.line}: {said}; mend that row by hand")
        return False
    write(path, columns, [*(row.cells for row in known.values()), tuple(cells)])
    return True


def write(path: Path, columns: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    """Write a table, sorted by its first column, all at once."""
    lines = ["\t".join(columns), *("\t".join(row) for row in sorted(map(tuple, cells)))]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write("\n".join(lines) + "\n")
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def compile_packs(packs: Sequence[Path], out: Path) -> dict[str, int]:
    """One pack out of several, the first having the say: rows by table.

    The first row for a first cell is taken. What a pack keeps (`keep.tsv`) takes the garbles of
    the packs behind it out. Raises DictionaryError if `out` is a shipped pack or one of `packs`.
    """
    if folder() in out.resolve().parents or out.resolve() in {p.resolve() for p in packs}:
        raise DictionaryError(f"{out}: one of the packs themselves; name another folder")
    merged: dict[str, dict[str, tuple[str, ...]]] = {table: {} for table in TABLES}
    vetoed: set[str] = set()
    for pack in packs:
        for table, columns in TABLES.items():
            path = pack / table
            if not path.is_file():
                continue
            for _, cells in rows(path, [column.name for column in columns]):
                garble = table in ("surfaces.tsv", "terms.tsv")
                if not (garble and cells[0] in vetoed):
                    merged[table].setdefault(cells[0], cells)
        keep = pack / "keep.tsv"
        if keep.is_file():
            vetoed.update(cells[0] for _, cells in rows(keep, ("surface",)))
    for table, found in merged.items():
        if found:
            write(out / table, [column.name for column in TABLES[table]], found.values())
    return {table: len(found) for table, found in merged.items() if found}
