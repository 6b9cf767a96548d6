"""What travels to a worker and back: some documents as a job, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from repair.batch.sources import Problem
from repair.batch.summary import Tally
from repair.text.document import Repaired

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    `seconds` of CPU, to which `seconds_per_mib` are added for its size; `mebibytes` of text; and
    `memory`, the MiB of address space of a worker process (0: no bound).

    The slowest text of the hostile benchmark needs some 2 s a megabyte; these leave tenfold room.
    """

    seconds: float = 30.0
    seconds_per_mib: float = 20.0
    mebibytes: int = 64
    memory: int = 8192

    def seconds_for(self, size: int) -> float:
        """Seconds of CPU for a document of so many bytes."""
        return self.seconds + self.seconds_per_mib * size / MIB


class Part(NamedTuple):
    """One document on its way in: `data` is the text of a file, the line of a row, or the string
    of a cell; None if it is to be read from `path`.
    """

    name: str
    output: str | None
    data: bytes | str | None = None
    path: Path | None = None


class Rows(NamedTuple):
    """Rows of one file, as they travel best: the names of the file and of its output, the numbers
    of the rows and their data.
    """

    name: str
    output: str | None
    numbers: tuple[int, ...]
    data: tuple[bytes | str | None, ...]

    def part(self, at: int) -> Part:
        """Row `at` of these, by its own name: "corpus.jsonl:17"."""
        number = self.numbers[at]
        output = self.output and f"{self.output}:{number}"
        return Part(f"{self.name}:{number}", output, self.data[at])


@dataclass(frozen=True, slots=True)
class Job:
    """Documents that travel together: `parts`, or `rows` of one file.

    `kind` is "text" (files), "jsonl" (lines), "cells" (of a column; None for an empty one),
    "failed" (said to have failed, for the reason `why`, and copied) or "copied" (nothing is said).
    """

    kind: str
    parts: tuple[Part, ...] = ()
    why: str = ""
    rows: Rows | None = None

    def __len__(self) -> int:
        return len(self.parts) if self.rows is None else len(self.rows.numbers)

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts) if self.rows is None else map(self.rows.part, range(len(self)))

    def part(self, at: int) -> Part:
        """Document number `at` of the job, from 0."""
        return self.parts[at] if self.rows is None else self.rows.part(at)

    def cut(self, start: int, end: int) -> Job:
        """The job of only these documents."""
        if self.rows is None:
            return replace(self, parts=self.parts[start:end])
        name, output, numbers, data = self.rows
        return replace(self, rows=Rows(name, output, numbers[start:end], data[start:end]))


@dataclass(slots=True)
class Result:
    """What became of a job: one entry of `outputs` a part (None where nothing is to be written; of
    lines only one, of them all), and what the account files are to gain.
    """

    outputs: list[bytes | str | None] = field(default_factory=list)
    rendered: dict[str, bytes] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    problems: list[Problem] = field(default_factory=list)
    kept: list[Repaired] = field(default_factory=list)
    accounts: list[list[dict[str, Any]]] = field(default_factory=list)

    def merge(self, other: Result) -> None:
        """Take in the result of the parts that follow."""
        self.outputs += other.outputs
        for name, data in other.rendered.items():
            self.rendered[name] = self.rendered.get(name, b"") + data
        self.tally.merge(other.tally)
        self.problems += other.problems
        self.kept += other.kept
        self.accounts += other.accounts
