"""Words and numbers in one file that is used where it lies: nothing is read before it is asked for.

Indexes over forty thousand names take longer to build than a page takes to clean, and a page asks
for some dozen of their words. On a shelf a word is found through a table of checksums, and what
belongs to it is a run of numbers; the file is mapped into memory, so that only those of its pages
are loaded that somebody touches, and all processes of a machine share them.

The file: `MAGIC`, the length of the contents, the contents (JSON: section -> its offset and length
in bytes), the sections. Numbers are unsigned, of four bytes, the least first.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, overload
from zlib import crc32

MAGIC = b"repair shelf 1\n\0"
Numbers = Sequence[int]
T = TypeVar("T")


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


class Strings(Sequence[str]):
    """Words by their numbers, and numbers by their words."""

    __slots__ = ("_data", "_ends", "_slots")

    def __init__(self, data: memoryview, ends: Numbers, slots: Numbers) -> None:
        self._data = data
        self._ends = ends
        self._slots = slots

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return self.all()[number]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return str(self._data[self._ends[number] : self._ends[number + 1] - 1], "utf-8")

    def number(self, word: str) -> int:
        """The number of a word, of equal ones the first; -1 if it is not here."""
        data, ends, slots = self._data, self._ends, self._slots
        if not slots:
            raise TypeError("only the words of a table are found by their letters")
        wanted = _encoded(word)
        mask = len(slots) - 1
        at = crc32(wanted) & mask
        while found := slots[at]:
            if data[ends[found - 1] : ends[found] - 1] == wanted:
                return found - 1
            at = (at + 1) & mask
        return -1

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.number(word) >= 0

    def __iter__(self) -> Iterator[str]:
        return iter(self.all())

    def all(self) -> list[str]:
        """All words; together they are read much faster than one by one."""
        return str(self._data, "utf-8").split("\n")[:-1]


class FileLines(Sequence[str]):
    """The lines of a text file, by where they begin; the file is read when the first is asked for.

    `ends` holds where the first line begins, and where each line and its line end are over.
    """

    __slots__ = ("_found", "_lines", "_path")

    def __init__(self, path: Path, ends: Numbers) -> None:
        self._path = path
        self._lines = ends
        self._found: Strings | None = None

    def __len__(self) -> int:
        return len(self._lines) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if self._found is None:
            self._found = Strings(memoryview(self._path.read_bytes()), self._lines, ())
        if isinstance(number, slice):
            return [self._found[each] for each in range(*number.indices(len(self)))]
        return self._found[number]

    def __iter__(self) -> Iterator[str]:
        return iter(self[:])


class Runs(Sequence[Numbers]):
    """Runs of numbers by the number of the run."""

    __slots__ = ("_ends", "_numbers")

    def __init__(self, ends: Numbers, numbers: Numbers) -> None:
        self._ends = ends
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> Numbers: ...
    @overload
    def __getitem__(self, number: slice) -> list[Numbers]: ...
    def __getitem__(self, number: int | slice) -> Numbers | list[Numbers]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._numbers[self._ends[number] : self._ends[number + 1]]


class Table(Mapping[str, T]):
    """From a word to what `read` makes of its run of numbers; remembered."""

    __slots__ = ("_keys", "_met", "_read", "_runs")

    def __init__(self, keys: Strings, runs: Runs, read: Callable[[Numbers], T]) -> None:
        self._keys = keys
        self._runs = runs
        self._read = read
        self._met: dict[str, T] = {}

    def __getitem__(self, word: str) -> T:
        found = self._met.get(word)
        if found is None:
            number = self._keys.number(word)
            if number < 0:
                raise KeyError(word)
            found = self._met[word] = self._read(self._runs[number])
        return found

    def __contains__(self, word: object) -> bool:
        return word in self._met or word in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Shelf:
    """The sections of a file, by their names."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Raises ValueError for what is no shelf, or for a machine that counts the other way."""
        if content[: len(MAGIC)] != MAGIC or sys.byteorder != "little":
            raise ValueError("not a shelf for this machine")
        self._bytes = memoryview(content)
        start = len(MAGIC) + 4
        length = int.from_bytes(self._bytes[len(MAGIC) : start], "little")
        self._start = start + length
        try:
            self._places: dict[str, list[int]] = json.loads(bytes(self._bytes[start : self._start]))
            ends = [offset + size for offset, size in self._places.values()]
        except (ValueError, TypeError, AttributeError) as error:
            raise ValueError("a shelf with broken contents") from error
        if self._start + max(ends, default=0) != len(content):
            raise ValueError("a shelf that was cut off")

    @classmethod
    def open(cls, path: Path) -> Shelf:
        """The shelf in a file, mapped. Raises OSError if there is none, ValueError as above."""
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def raw(self, name: str) -> memoryview:
        """A section as it is; empty if there is none of that name."""
        offset, length = self._places.get(name, (0, 0))
        return self._bytes[self._start + offset : self._start + offset + length]

    def numbers(self, name: str) -> Numbers:
        """A section of numbers."""
        found: Numbers = self.raw(name).cast("I")
        return found

    def strings(self, name: str) -> Strings:
        """A section of words."""
        ends, slots = self.numbers(f"{name}.ends"), self.numbers(f"{name}.slots")
        return Strings(self.raw(name), ends, slots)

    def runs(self, name: str) -> Runs:
        """A section of runs of numbers."""
        return Runs(self.numbers(f"{name}.ends"), self.numbers(name))

    def table(self, name: str, read: Callable[[Numbers], T]) -> Table[T]:
        """Words with their runs, as `Writer.table` put them there."""
        return Table(self.strings(f"{name}.keys"), self.runs(name), read)


class Writer:
    """Puts sections together; the same sections give the same bytes."""

    def __init__(self) -> None:
        self._sections: dict[str, bytes] = {}

    def raw(self, name: str, content: bytes) -> None:
        """Any bytes."""
        self._sections[name] = content

    def numbers(self, name: str, numbers: Iterable[int]) -> None:
        """Numbers from 0 to 2 ** 32 - 1."""
        found = array("I", numbers)
        if sys.byteorder != "little":
            found.byteswap()
        self._sections[name] = found.tobytes()

    def strings(self, name: str, words: Iterable[str], sought: bool = False) -> None:
        """Words without line ends; those that are `sought` can be found by their letters.

        Raises ValueError for a word with a line end.
        """
        coded = [_encoded(word) for word in words]
        if any(b"\n" in word for word in coded):
            raise ValueError(f"{name}: a word with a line end")
        self._sections[name] = b"".join(word + b"\n" for word in coded)
        self.numbers(f"{name}.ends", _ends(len(word) + 1 for word in coded))
        if not sought:
            return
        mask = (1 << (2 * len(coded)).bit_length()) - 1  # at most half of the slots are taken
        slots, seen = [0] * (mask + 1), set()
        for number, word in enumerate(coded, 1):
            if word not in seen:
                seen.add(word)
                at = crc32(word) & mask
                while slots[at]:
                    at = (at + 1) & mask
                slots[at] = number
        self.numbers(f"{name}.slots", slots)

    def lines(self, name: str, header: str, lines: Iterable[str]) -> None:
        """Where the lines of a file are, as `FileLines` takes it."""
        every = (len(_encoded(line)) + 1 for line in (header, *lines))
        self.numbers(name, list(_ends(every))[1:])

    def runs(self, name: str, runs: Iterable[Iterable[int]]) -> None:
        """Runs of numbers."""
        every, lengths = array("I"), []
        for run in runs:
            every.extend(run)
            lengths.append(len(every))
        self.numbers(name, every)
        self.numbers(f"{name}.ends", (0, *lengths))

    def table(self, name: str, rows: Mapping[str, Iterable[int]]) -> None:
        """Words with their runs, in the order of the mapping."""
        self.strings(f"{name}.keys", rows, sought=True)
        self.runs(name, rows.values())

    def content(self) -> bytes:
        """The file."""
        places, parts, at = {}, [], 0
        for name, section in sorted(self._sections.items()):
            places[name] = [at, len(section)]
            parts.append(section + b"\0" * (-len(section) % 4))
            at += len(parts[-1])
        contents = json.dumps(places, separators=(",", ":")).encode()
        contents += b" " * (-len(contents) % 4)
        if parts:  # the last section ends where the file ends
            parts[-1] = parts[-1][: len(self._sections[max(self._sections)])]
        head = MAGIC + len(contents).to_bytes(4, "little") + contents
        return head + b"".join(parts)


def _ends(lengths: Iterable[int]) -> Iterator[int]:
    """0 and the sums of lengths."""
    at = 0
    yield at
    for length in lengths:
        at += length
        yield at
