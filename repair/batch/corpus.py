"""Cleans a corpus: reads, hands out, receives, notes how far it came; killed, it goes on.

`clean` is the whole of it for a program: give it an `Order` and it returns what the run came to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repair.batch.delivery import Delivery, Places, is_stream
from repair.batch.jobs import Job, Result
from repair.batch.manifest import Checkpoint, Manifest, forget
from repair.batch.readers import Choice, Piece, Reader, failed
from repair.batch.runner import run
from repair.batch.sinks import Sink, part_name
from repair.batch.sources import Problem, Source
from repair.batch.spool import Spool
from repair.batch.summary import Tally
from repair.batch.work import Plan
from repair.text.document import Repaired

# Seconds between two notes of how far the run has come: each costs a few writes to the disk.
NOTED_EVERY = 0.5
# Below so many bytes of input a process of its own costs more than it saves.
SMALL = 8 << 20


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: the sources, how (`plan`), whereto, and which of the documents.

    `accounts` are the files of the plan's renderers by name; `shard` is (i, n) with i from 1;
    `workers` 0 means as many as suit.
    """

    sources: tuple[Source, ...]
    plan: Plan
    places: Places = field(default_factory=Places)
    accounts: dict[str, Path] = field(default_factory=dict)
    workers: int = 0
    shard: tuple[int, int] = (1, 1)
    limit: int | None = None
    sample: float | None = None
    fail_fast: bool = False
    fresh: bool = False
    stdin: bytes | None = None


@dataclass(slots=True)
class Progress:
    """What is known while a run goes on. `read` and `total` are bytes of input files."""

    total: int
    read: int = 0
    resumed: int = 0
    tally: Tally = field(default_factory=Tally)
    problems: list[Problem] = field(default_factory=list)


Watch = Callable[[Progress], None]


@dataclass(slots=True)
class Outcome:
    """What a run came to."""

    tally: Tally
    problems: list[Problem]
    seconds: float
    resumed: int = 0
    stopped: bool = False
    kept: Iterable[Repaired] = ()


def clean(order: Order, watch: Watch = lambda progress: None) -> Outcome:
    """Do what is ordered; `watch` is called after each piece of it.

    Raises ManifestError before anything is written, and WriteError when the disk fails.
    """
    began = time.monotonic()
    order.plan.config.pipeline()  # what is wrong with a dictionary is said before anything is done
    i, n = order.shard
    sources = order.sources[i - 1 :: n]
    with ExitStack() as stack:
        manifest = _manifest(order, stack)
        start = manifest.begin(sources) if manifest else Checkpoint(0, {}, Tally())
        accounts = {
            name: stack.enter_context(_account(path, start.offsets.get(name, 0), order, start))
            for name, path in order.accounts.items()
        }
        run_ = _Run(order, sources, start, accounts, manifest)
        stack.callback(run_.delivery.close)
        run_.through(watch)
        if not run_.stopped:
            run_.finish()
    outcome = Outcome(run_.tally, run_.problems, time.monotonic() - began, start.sources)
    outcome.stopped, outcome.kept = run_.stopped, run_.kept
    return outcome


class _Run:
    """One run on its way."""

    def __init__(
        self,
        order: Order,
        sources: Sequence[Source],
        start: Checkpoint,
        accounts: dict[str, Any],
        manifest: Manifest | None,
    ) -> None:
        self._order = order
        self._sources = sources
        self._start = start
        self._manifest = manifest
        self._accounts = accounts
        self._done = start.sources
        self._noted = time.monotonic()
        self.delivery = Delivery(order.places, accounts, order.plan.columns)
        self.tally = Tally()
        self.tally.merge(start.tally)
        self.problems: list[Problem] = []
        self.kept = Spool()
        self.stopped = False

    def through(self, watch: Watch) -> None:
        """Do all that is left to do."""
        order = self._order
        left = self._sources[self._start.sources :]
        progress = Progress(sum(s.size for s in left), resumed=self._start.sources)
        progress.tally, progress.problems = self.tally, self.problems
        read_before = 0
        for piece, job, result in run(order.plan, self._jobs(left), self._workers(left)):
            self._take(result)
            self.delivery.receive(piece, job, result)
            progress.read = read_before + piece.read
            if piece.last:
                read_before += piece.read
                self._done += len(piece.sources)
                self._note()
            watch(progress)
            if order.fail_fast and self.problems:
                self.stopped = True
                return

    def finish(self) -> None:
        """Everything is done: the account files get their names, the state goes."""
        self.delivery.settle()
        self._note(finished=True)
        for sink in self._accounts.values():
            sink.commit()
        if self._manifest is not None:
            self._manifest.end()

    def _take(self, result: Result) -> None:
        self.tally.merge(result.tally)
        self.problems += result.problems
        self.kept.add(result.kept)

    def _note(self, finished: bool = False) -> None:
        if self._manifest is None:
            return
        now = time.monotonic()
        if not finished and now - self._noted < NOTED_EVERY:
            return
        self.delivery.settle()
        offsets = {name: sink.tell() for name, sink in self._accounts.items()}
        self._manifest.note(self._sources, Checkpoint(self._done, offsets, self.tally, finished))
        self._noted = time.monotonic()

    def _jobs(self, sources: Sequence[Source]) -> Iterator[tuple[Piece, Job]]:
        """The jobs; a source that cannot be written is refused in its place."""
        order = self._order
        choice = Choice(order.limit, order.sample)
        limits = order.plan.limits
        reader = Reader(
            order.plan.text_field, choice, limits.mebibytes, order.places.output, order.stdin
        )
        ready: list[Source] = []
        for source in sources:
            why = order.places.refusal(source)
            if not why:
                ready.append(source)
                continue
            yield from reader.jobs(ready)
            ready = []
            yield failed(source, why)
        yield from reader.jobs(ready)

    def _workers(self, sources: Sequence[Source]) -> int:
        """0 (this process) for little work, else as ordered or one a processor."""
        wanted = self._order.workers
        if wanted <= 1 and sum(source.size for source in sources) < SMALL:
            return 0
        if wanted:
            return wanted
        import os

        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1


def _manifest(order: Order, stack: ExitStack) -> Manifest | None:
    """The state of the run, if it writes into a folder of its own."""
    out = order.places.out
    if out is None:
        return None
    out.mkdir(parents=True, exist_ok=True)
    if order.fresh:
        forget(out)
    plan = order.plan
    settings = {
        "fingerprint": plan.config.fingerprint(),
        "decisions": getattr(plan.honour, "fingerprint", ""),
        "text_field": plan.text_field,
        "encoding": plan.encoding,
        "columns": plan.columns,
        "limit": order.limit,
        "sample": order.sample,
        "accounts": {name: str(path) for name, path in sorted(order.accounts.items())},
    }
    if order.shard[1] > 1:
        del settings["accounts"]  # each shard has its own
    manifest = Manifest(out, order.shard, settings)
    stack.callback(manifest.close)
    return manifest


@contextmanager
def _account(path: Path, offset: int, order: Order, start: Checkpoint) -> Iterator[Any]:
    """An account file on its way; one that a killed run has begun is continued."""
    if is_stream(path):
        with path.open("wb") as stream:
            yield _Stream(stream)
        return
    if start.finished and not (path.parent / part_name(path)).exists():
        yield _Stream(None)  # it has got its name already
        return
    sink = Sink(path, kept=offset if order.places.out else _whole_lines(path, order))
    done = False
    try:
        yield sink
        done = True
    finally:
        # What was killed or failed half-way is kept where a later run will look for it.
        if done and not sink.closed and not order.places.out and not order.places.in_place:
            sink.abandon()


def _whole_lines(path: Path, order: Order) -> int:
    """How much of the account of a run in place, killed half-way, is to be kept: it alone knows
    the originals of the files that were replaced already.
    """
    part = path.parent / part_name(path)
    if not order.places.in_place or not part.exists():
        return 0
    return part.read_bytes().rfind(b"\n") + 1


class _Stream:
    """An account that goes to a pipe or a device."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, data: bytes) -> None:
        if self._file is not None:
            self._file.write(data)

    def tell(self) -> int:
        return 0

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def commit(self) -> None:
        self.flush()
