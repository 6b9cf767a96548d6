"""The worker processes: who has which job, who has died over it, who hangs.

A worker that dies or hangs takes nothing along: its documents are done again by a new one, and the
document that ends a second worker too comes out as it was, with an error.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.context import BaseContext
from typing import Any

from repair.batch.jobs import MIB, Job, Result
from repair.batch.work import Plan, Worker, given_up
from repair.text.document import Document

# A worker is taken for hung when a document has taken three times its bound and so many seconds:
# the bound counts CPU, this one the clock of a machine that may be busy.
GRACE = 30.0


@dataclass(slots=True)
class Task:
    """A job, whole or in pieces, until all its pieces are back. Keys are offsets of parts."""

    left: int = 1
    pieces: dict[int, Result] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.left == 0

    def result(self) -> Result:
        """The pieces put together."""
        _, whole = min(self.pieces.items())
        for _, piece in sorted(self.pieces.items())[1:]:
            whole.merge(piece)
        return whole


@dataclass(slots=True)
class _Piece:
    """Some parts of a job, beginning with its part number `at`; `tries` workers died over it."""

    task: Task
    job: Job
    at: int = 0
    tries: int = 0


class Crew:
    """The processes. `turn` gives out pieces and takes results; it is called again and again."""

    def __init__(self, plan: Plan, workers: int) -> None:
        self._plan = plan
        self._context = get_context("fork" if sys.platform == "linux" else None)
        self._pieces: deque[_Piece] = deque()
        # What a pipeline builds on its first document is built here, once, and shared by the forks.
        plan.config.pipeline().repair(Document("Openi said on Monday that it would go on."))
        self._hands = [_Hand(self._context, plan) for _ in range(workers)]

    def take(self, job: Job) -> Task:
        task = Task()
        self._pieces.append(_Piece(task, job))
        return task

    def turn(self, seconds: float) -> None:
        """Give work to whoever has none, then take what comes within so many seconds."""
        for hand in self._hands:
            if hand.piece is None and self._pieces:
                hand.begin(self._pieces.popleft())
        busy = {hand.pipe: hand for hand in self._hands if hand.piece is not None}
        for pipe in connection.wait(list(busy), seconds):
            self._take(busy[pipe])  # type: ignore[index]
        for hand in busy.values():
            if hand.piece is not None and hand.hangs(self._plan):
                hand.kill()
                self._lost(hand, "took too long; left as it was")

    def _take(self, hand: _Hand) -> None:
        assert hand.piece is not None
        try:
            result = hand.pipe.recv()
        except (EOFError, OSError):
            hand.kill()
            self._lost(hand, "ended its worker (too much memory?); left as it was")
            return
        self._finish(hand.piece, result)
        hand.piece = None

    def _finish(self, piece: _Piece, result: Result) -> None:
        piece.task.pieces[piece.at] = result
        piece.task.left -= 1

    def _lost(self, hand: _Hand, why: str) -> None:
        """A worker is gone: what it had is cut around the document it was at, and done again."""
        piece, at = hand.piece, hand.part
        assert piece is not None
        self._hands[self._hands.index(hand)] = _Hand(self._context, self._plan)
        size = len(piece.job)
        if size <= 1:
            if piece.tries:
                self._finish(piece, given_up(self._plan, piece.job, why))
            else:
                self._pieces.appendleft(_Piece(piece.task, piece.job, piece.at, 1))
            return
        cuts = [(0, at, 0), (at, at + 1, 1), (at + 1, size, 0)]
        again = [
            _Piece(piece.task, piece.job.cut(a, b), piece.at + a, tries)
            for a, b, tries in cuts
            if a < b
        ]
        piece.task.left += len(again) - 1
        self._pieces.extendleft(reversed(again))

    def dismiss(self) -> None:
        for hand in self._hands:
            hand.kill()


class _Hand:
    """One process: the pipe to it, the piece it has, and its pulse: the part it is at."""

    def __init__(self, context: BaseContext, plan: Plan) -> None:
        from multiprocessing.sharedctypes import RawArray

        self.piece: _Piece | None = None
        self._pulse: Any = RawArray("q", 1)
        self._seen, self._since = -1, 0.0
        self.pipe, other = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(other, plan, self._pulse, os.getpid()), daemon=True
        )
        self._process.start()
        other.close()

    @property
    def part(self) -> int:
        """The part of the piece that the process is at, or was at when it died."""
        assert self.piece is not None
        return min(int(self._pulse[0]), max(len(self.piece.job) - 1, 0))

    def begin(self, piece: _Piece) -> None:
        self.piece = piece
        self._pulse[0] = 0
        self._seen, self._since = 0, time.monotonic()
        with suppress(OSError):  # if it is dead, reading from the pipe will tell
            self.pipe.send(piece.job)

    def hangs(self, plan: Plan) -> bool:
        """Whether it has been at one document for far longer than any document may take."""
        now = time.monotonic()
        if self._pulse[0] != self._seen:
            self._seen, self._since = self._pulse[0], now
        return now - self._since > 3 * plan.limits.seconds_for(self._size()) + GRACE

    def _size(self) -> int:
        """Bytes of the document that the process is at."""
        assert self.piece is not None
        if not len(self.piece.job):
            return 0
        part = self.piece.job.part(self.part)
        if part.path is None:
            return len(part.data or "")
        try:
            return part.path.stat().st_size
        except OSError:
            return 0

    def kill(self) -> None:
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _work(pipe: Any, plan: Plan, pulse: Any, parent: int) -> None:
    """The life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with(parent)
    _bound_memory(plan.limits.memory)
    worker = Worker(plan)
    while True:
        try:
            job = pipe.recv()
            pipe.send(worker.do(job, pulse))
        except (EOFError, OSError):
            return


def _die_with(parent: int) -> None:
    """Have the system end this process when its parent ends, however that ends."""
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _bound_memory(mebibytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    if mebibytes:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = mebibytes * MIB
        resource.setrlimit(resource.RLIMIT_AS, (most, hard if hard > 0 else most))
