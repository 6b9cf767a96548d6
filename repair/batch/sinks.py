"""Files that appear under their final name only when they are whole.

A sink writes to a temporary file in the folder of the final one, flushes it to the disk, and then
renames it: a reader, and whoever pulls the plug, sees the old file or the new one, never half of
one. The mode is kept. A symbolic link, a file with a second hard link and anything that is not a
regular file is never replaced; it is refused by name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import IO, Self

# The temporary files of process 4711 are ".repair-4711-0.tmp", ".repair-4711-1.tmp" ...: of a
# fixed length, so that a long final name cannot make them too long.
TEMPORARY = ".repair-{pid}-{number}.tmp"
_numbers = count()


class RefusedError(OSError):
    """A place that is not written to; the message names it, the reason and the mend."""

    def __str__(self) -> str:
        return str(self.args[0])


class Sink:
    """One file on its way: `write` as often as needed, then `commit`; leaving the `with` block
    without a commit removes it.

    A `kept` sink is for a run that may be killed and go on: its temporary file has a name that a
    later process finds, and the first `kept` bytes of it stay. Raises RefusedError if the place
    may not be written to, OSError as the system has it.
    """

    def __init__(self, final: Path, mode: int | None = None, kept: int | None = None) -> None:
        why = refusal(final)
        if why:
            raise RefusedError(f"{final}: {why}")
        self.final = final
        self._temporary = final.parent / (
            TEMPORARY.format(pid=os.getpid(), number=next(_numbers))
            if kept is None
            else part_name(final)
        )
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(self._temporary, flags | (os.O_EXCL if kept is None else 0), 0o666)
        self._file: IO[bytes] = os.fdopen(handle, "w+b")
        if kept is not None:
            self._file.truncate(kept)
            self._file.seek(0, os.SEEK_END)
        mode = stat.S_IMODE(final.stat().st_mode) if final.exists() else mode
        if mode is not None:
            self._temporary.chmod(mode)

    @property
    def closed(self) -> bool:
        return self._file.closed

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def tell(self) -> int:
        return self._file.tell()

    def flush(self) -> None:
        """What was written is on the disk, though not yet under the final name."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def commit(self) -> None:
        """The file stands under its final name, and on the disk."""
        self.flush()
        self._file.close()
        self._temporary.replace(self.final)

    def abandon(self) -> None:
        """Nothing of it stays; after a commit, nothing happens."""
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abandon()


def part_name(final: Path) -> str:
    """The temporary name of a file that a later process is to find again."""
    digest = sha256(final.name.encode("utf-8", "surrogateescape")).hexdigest()
    return f".repair-{digest[:16]}.part"


def write_whole(final: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that appears only whole, and put its folder on the disk too."""
    with Sink(final, mode) as sink:
        sink.write(data)
        sink.commit()
    settle([final.parent])


def settle(folders: Iterable[Path]) -> None:
    """Put the names in these folders on the disk; where a system cannot, it is left to it."""
    for folder in folders:
        try:
            handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        except OSError:
            continue
        try:
            os.fsync(handle)
        except OSError:
            pass
        finally:
            os.close(handle)


def make_folder(folder: Path, root: Path) -> None:
    """Make a folder below `root`; refused where a symbolic link on the way leads out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    if leads_out(folder, root):
        raise RefusedError(f"{folder}: a symbolic link leads out of {root}; remove the link")


def leads_out(folder: Path, root: Path) -> bool:
    """Whether a symbolic link takes the folder, which may not exist yet, out of `root`."""
    return not folder.resolve().is_relative_to(root.resolve())


def sweep(folder: Path) -> None:
    """Remove what a killed run left in this folder and, if it is ours, below it."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".repair-") and name.endswith(".tmp"):
                (Path(place) / name).unlink(missing_ok=True)


def refusal(final: Path) -> str:
    """Why the file may not be written over; "" if it may."""
    try:
        there = final.lstat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"cannot be written: {error.strerror}"
    if stat.S_ISLNK(there.st_mode):
        return "is a symbolic link; name the file that it leads to"
    if not stat.S_ISREG(there.st_mode):
        return "is not a regular file; choose another name"
    if there.st_nlink > 1:
        return "has a second hard link; copy the file first"
    return ""
