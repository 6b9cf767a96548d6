"""Finds the documents that a command is to work on: files, folders, globs, standard input.

What a folder holds is taken if it looks like text (by its suffix), is not hidden and is not ignored
by git; what is named is taken as it is. Nothing is opened here. A path that cannot be used becomes
a `Problem`, and the others are still found.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

TEXT = frozenset(
    (
        *(".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".rst", ".adoc", ".asciidoc"),
        *(".org", ".tex", ".srt", ".vtt"),
    )
)
# Suffix -> how the file is read; a file with any other suffix is one text.
ROWS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
    ".jsonl.zst": "jsonl",
    ".ndjson.zst": "jsonl",
    ".parquet": "parquet",
}


class Problem(NamedTuple):
    """Something that could not be done: what it was about, and why, in one line."""

    name: str
    message: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}" if self.name else self.message


@dataclass(frozen=True, slots=True)
class Source:
    """A file of one document ("text") or of many ("jsonl", "parquet").

    `path` is None for standard input; `name` is the path as reports show it, relative to the
    working folder, with `/`; `below` is where it lands below an output folder.
    """

    path: Path | None
    name: str
    below: str
    kind: str
    size: int = 0

    @property
    def packing(self) -> str:
        """ "gz", "zst" or ""."""
        for suffix in ("gz", "zst"):
            if self.kind == "jsonl" and self.below.endswith("." + suffix):
                return suffix
        return ""


@dataclass(frozen=True, slots=True)
class Found:
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def find(paths: Sequence[str], out: Path | None = None, kind: str = "") -> Found:
    """The documents below the paths, each once, in the order given and sorted within a folder.

    `out` (an output folder inside an input folder) is left out; `kind` is the format of standard
    input.
    """
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for path in paths:
        if path == "-":
            sources["-"] = Source(None, "-", "stdin.txt", kind or "text")
            continue
        for item in _expanded(path):
            for found in _under(Path(item), out, kind):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    sources.setdefault(os.path.normpath(str(found.path)), found)
    return Found(tuple(sources.values()), tuple(problems))


def collisions(sources: Iterable[Source]) -> Iterator[Problem]:
    """The sources that would land on a name that another one has; also where a name is needed both
    for a file and for a folder.
    """
    taken: dict[str, str] = {}
    for source in sources:
        if source.below in taken:
            other = taken[source.below]
            yield Problem(source.name, f"would land on {source.below}, as would {other}")
        taken.setdefault(source.below, source.name)
    for below, name in taken.items():
        for folder in Path(below).parents:
            place = folder.as_posix()
            if place in taken:
                yield Problem(name, f"would land in {place}/, but {taken[place]} lands there")


def shown(path: Path | str) -> str:
    """A path as reports show it: relative to the working folder if it is below it; with `/`."""
    full = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links
    try:
        return Path(full).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return Path(path).as_posix()


def kind_of(name: str) -> str:
    """How a file of this name is read."""
    lower = name.lower()
    return next((kind for suffix, kind in ROWS.items() if lower.endswith(suffix)), "text")


def _expanded(path: str) -> list[str]:
    """The paths that a glob stands for; any other path stands for itself."""
    if not has_magic(path) or os.path.lexists(path):
        return [path]
    return sorted(glob(path, recursive=True)) or [path]  # noqa: PTH207 - absolute ones too


def _under(path: Path, out: Path | None, kind: str) -> Iterator[Source | Problem]:
    try:
        there = path.stat()
    except FileNotFoundError:
        yield Problem(shown(path), "no such file or folder; check the path")
        return
    except OSError as error:
        yield Problem(shown(path), f"cannot be read: {error.strerror or error}")
        return
    if stat.S_ISDIR(there.st_mode):
        yield from _in_folder(path, out)
    elif stat.S_ISREG(there.st_mode):
        name = path.name
        yield Source(path, shown(path), name, kind or kind_of(name), there.st_size)
    else:
        yield Problem(
            shown(path), "is a pipe or a device, not a file; send it in: `... | repair clean -`"
        )


def _in_folder(folder: Path, out: Path | None) -> Iterator[Source | Problem]:
    problems: list[Problem] = []
    found = False
    for path, size in _walk(folder, out, problems):
        found = True
        below = path.relative_to(folder).as_posix()
        yield Source(path, shown(path), below, kind_of(path.name), size)
    yield from problems
    if not found and not problems:
        suffixes = " ".join(sorted(TEXT | set(ROWS)))
        yield Problem(
            shown(folder),
            f"holds no text ({suffixes}; hidden and ignored files are skipped); name the files",
        )


def _walk(folder: Path, out: Path | None, problems: list[Problem]) -> Iterator[tuple[Path, int]]:
    """The text files below a folder, sorted; symbolic links are not followed."""
    ignored = _Ignored(folder)
    avoid = out.resolve() if out is not None else None

    def failed(error: OSError) -> None:
        problems.append(Problem(shown(error.filename), f"cannot be read: {error.strerror}"))

    for place, folders, names in os.walk(folder, onerror=failed):
        here = Path(place)
        ignored.enter(here, names)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not ignored.tells(here / name, folder=True)
            and (avoid is None or (here / name).resolve() != avoid)
        )
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or not _is_text(name) or ignored.tells(path):
                continue
            there = path.lstat()
            if stat.S_ISREG(there.st_mode):
                yield path, there.st_size


def _is_text(name: str) -> bool:
    return os.path.splitext(name.lower())[1] in TEXT or kind_of(name) != "text"  # noqa: PTH122


class _Ignored:
    """What the `.gitignore` files say, from the top of the repository down."""

    def __init__(self, folder: Path) -> None:
        self._specs: dict[Path, GitIgnoreSpec] = {}
        above = list(folder.resolve().parents)
        top = next((i for i, place in enumerate(above) if (place / ".git").exists()), None)
        if (folder / ".git").exists() or top is None:
            return
        for place in above[: top + 1]:
            self._read(place)

    def enter(self, folder: Path, names: Iterable[str]) -> None:
        if ".gitignore" in names:
            self._read(folder.resolve())

    def tells(self, path: Path, folder: bool = False) -> bool:
        """Whether the path is ignored: the deepest file that says something about it counts."""
        if not self._specs:
            return False
        full = path.parent.resolve() / path.name
        for place in full.parents:
            spec = self._specs.get(place)
            if spec is None:
                continue
            told = spec.check_file(full.relative_to(place).as_posix() + ("/" if folder else ""))
            if told.include is not None:
                return told.include
        return False

    def _read(self, folder: Path) -> None:
        file = folder / ".gitignore"
        if not file.is_file():
            return
        from pathspec import GitIgnoreSpec

        lines = file.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
        self._specs[folder] = GitIgnoreSpec.from_lines(lines)
