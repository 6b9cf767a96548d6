"""What is done to one job: some documents in, their clean bytes, reports and counts out.

A `Job` is a handful of documents that travel together, to this process or to another one. Whatever
goes wrong with one of them stays with it: it comes out as it was, with an error that names it, and
the rest is done. The bounds on time and memory make that true of the documents that would never
end.
"""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, MutableSequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from repair.batch.jobs import MIB, Job, Limits, Part, Result
from repair.batch.rows import RowError, parse, text_of
from repair.batch.sources import Problem
from repair.config import Config
from repair.text.decode import UndecodableError, decode, encode_text
from repair.text.document import Document, Repaired
from repair.text.edits import EditScript

Writer = Callable[[Iterable[Repaired], TextIO], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a worker has to know; it is pickled, so it holds settings and no pipeline.

    `renderers` are the account files by name, each with the writer that renders a document for it;
    `honour` applies the decisions of a reviewer; `keep` hands the repaired documents back;
    `columns` adds the account to each row (None: to those of Parquet, not to those of JSONL).
    """

    config: Config
    encoding: str | None = None
    text_field: str = "text"
    renderers: tuple[tuple[str, Writer], ...] = ()
    honour: Callable[[Repaired], Repaired] | None = None
    keep: bool = False
    columns: bool | None = None
    limits: Limits = field(default_factory=Limits)


HALF_PAIR = "holds half a surrogate pair, which UTF-8 cannot; left as it was"


class OvertimeError(BaseException):
    """A document took longer than it may. Not an `Exception`, lest a stage swallow it."""


class Worker:
    """Does jobs by a plan; builds its pipeline once, when the first document needs it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._pipeline = plan.config.pipeline()
        self._bound: Callable[[float], object] = lambda seconds: None

    def do(self, job: Job, pulse: MutableSequence[int] | None = None) -> Result:
        """The result of a job. Nothing but KeyboardInterrupt and a lost process gets out.

        `pulse[0]` always tells the part that is being worked on.
        """
        result = Result()
        one = {
            "text": self._text,
            "jsonl": self._jsonl,
            "cells": self._cells,
            "failed": lambda part, result: _failed(part, job.why, result),
            "copied": lambda part, result: (part.data, None),
        }[job.kind]
        done: list[Repaired] = []
        with bounded() as self._bound:
            for number, part in enumerate(job):
                if pulse is not None:
                    pulse[0] = number
                output, repaired = self._safely(one, part, result)
                result.outputs.append(output)
                if repaired is not None:
                    done.append(repaired)
        if job.kind == "jsonl":  # one piece of bytes travels faster than its lines
            result.outputs = [b"".join(line for line in result.outputs if isinstance(line, bytes))]
        _render(self.plan, job.kind, done, result)
        return result

    def _safely(
        self, one: Callable[[Part, Result], tuple[Any, Repaired | None]], part: Part, result: Result
    ) -> tuple[bytes | str | None, Repaired | None]:
        try:
            output, repaired = one(part, result)
        except (OSError, UndecodableError, RowError) as error:
            message = str(error).removeprefix(f"{part.name}: ")
            if isinstance(error, OSError):
                message = f"cannot be read: {error.strerror or error}"
            output, repaired = _failed(part, message, result)
        return output, repaired

    def _text(self, part: Part, result: Result) -> tuple[bytes, Repaired]:
        data = part.data if isinstance(part.data, bytes) else _read(part, self.plan.limits)
        found = decode(data, part.name, self.plan.encoding)
        document = _document(found.text, part, found.encoding)
        done, problem = self._repaired(document, len(data))
        output = data
        if problem is None:
            try:
                output = encode_text(done.text)
            except UnicodeEncodeError:
                problem = HALF_PAIR
        if problem is not None:
            return _failed(part, problem, result, data)  # type: ignore[return-value]
        result.tally.add(done, len(data))
        return output, done

    def _jsonl(self, part: Part, result: Result) -> tuple[bytes, Repaired | None]:
        data = part.data
        assert isinstance(data, bytes)
        if not data.strip():
            return data, None
        try:
            line = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RowError(f"not UTF-8 at byte {error.start + 1} of the line") from None
        text = text_of(line, self.plan.text_field)
        done, problem = self._repaired(_document(text, part), len(data))
        if problem is not None:
            return _failed(part, problem, result)  # type: ignore[return-value]
        result.tally.add(done, len(data))
        if done.script:
            line = _exchanged(line, done, self.plan.text_field)
        elif not self.plan.columns:
            return data, done
        if self.plan.columns:
            line = with_columns(line, done)
        return line.encode(), done

    def _cells(self, part: Part, result: Result) -> tuple[str | None, Repaired | None]:
        if part.data is None:
            result.accounts.append([])
            return None, None
        assert isinstance(part.data, str)
        done, problem = self._repaired(_document(part.data, part), len(part.data))
        if problem is not None:
            return _failed(part, problem, result)  # type: ignore[return-value]
        result.tally.add(done, len(part.data))
        result.accounts.append(account(done))
        return done.text, done

    def _repaired(self, document: Document, size: int) -> tuple[Repaired, str | None]:
        """The repaired document, or the document as it was and why."""
        limits = self.plan.limits
        nothing = Repaired(document, document.text, EditScript())
        if document.encoding == "utf-8" and not _writable(document.text):
            return nothing, HALF_PAIR
        if size > limits.mebibytes * MIB:
            return nothing, too_large(limits)
        seconds = limits.seconds_for(size)
        try:
            try:
                self._bound(seconds)
                done = self._pipeline.repair(document)
                return (self.plan.honour(done) if self.plan.honour else done), None
            finally:
                self._bound(0)
        except OvertimeError:
            return nothing, f"took more than {seconds:.0f} s; left as it was"
        except MemoryError:
            return nothing, "took more memory than it may; left as it was"
        except Exception as error:
            where = _where(error)
            return nothing, f"{type(error).__name__} in {where}: {error}; left as it was"


def given_up(plan: Plan, job: Job, why: str) -> Result:
    """The result of a job whose every document ended its worker: all as they were."""
    result = Result()
    done: list[Repaired] = []
    for part in job:
        data = part.data
        try:
            if part.path is not None:
                data = _read(part, plan.limits)
        except (OSError, UndecodableError):
            pass  # then nothing is written
        output, nothing = _failed(part, why, result, data)
        result.outputs.append(output)
        done.append(nothing)
    _render(plan, job.kind, done, result)
    return result


def _render(plan: Plan, kind: str, done: list[Repaired], result: Result) -> None:
    for name, write in plan.renderers:
        if name == "patch" and kind != "text":
            continue  # a patch is of files; rows have only a report
        out = io.StringIO(newline="")
        write(done, out)
        result.rendered[name] = out.getvalue().encode("utf-8", "surrogateescape")
    if plan.keep:
        result.kept = done


def _writable(text: str) -> bool:
    """Whether UTF-8 can hold the text; stray bytes, as `decode` keeps them, it can."""
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _exchanged(line: str, done: Repaired, field: str) -> str:
    """The line with the clean text. Where the way back would escape otherwise than the line did,
    the raw string goes into the report.
    """
    row = parse(line, field)
    clean = row.with_text(done.text)
    if parse(clean, field).with_text(row.text) != line and isinstance(done.document.meta, dict):
        done.document.meta["raw"] = line[row.start : row.end]
    return clean


def _document(text: str, part: Part, encoding: str = "utf-8") -> Document:
    return Document(text, part.name, encoding, {"output": part.output})


def account(done: Repaired) -> list[dict[str, Any]]:
    """The edits as plain values, for a column of a table; offsets in code points of the
    original.
    """
    return [
        {
            "start": edit.start,
            "end": edit.end,
            "before": edit.before,
            "after": edit.after,
            "rule": edit.rule,
            "reason": edit.reason,
            "confidence": round(edit.confidence, 4),
        }
        for edit in done.edits
    ]


def with_columns(line: str, done: Repaired) -> str:
    """The row with `repair_edits` and `repair_version` behind its own fields."""
    import json

    from repair.version import __version__

    at = line.rindex("}")
    more = json.dumps({"repair_edits": account(done), "repair_version": __version__})
    return f"{line[:at].rstrip()}, {more[1:-1]}{line[at:]}"


@contextmanager
def bounded() -> Iterator[Callable[[float], object]]:
    """Gives a function that sets a bound: so many seconds of CPU from now OvertimeError is raised;
    0 takes the bound away.

    Only the main thread can be stopped so, and only where the system has such timers; elsewhere
    there is no bound here (the runner ends a worker process that does not answer).
    """
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or not hasattr(signal, "setitimer"):
        yield lambda seconds: None
        return

    def over(*_: object) -> None:
        raise OvertimeError

    before = signal.signal(signal.SIGVTALRM, over)
    try:
        yield partial(signal.setitimer, signal.ITIMER_VIRTUAL)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _read(part: Part, limits: Limits) -> bytes:
    """The bytes of a file, unless they are more than any document may have."""
    assert part.path is not None
    with part.path.open("rb") as file:
        data = file.read(limits.mebibytes * MIB + 1)
    if len(data) > limits.mebibytes * MIB:
        raise UndecodableError(too_large(limits))
    return data


def too_large(limits: Limits) -> str:
    return f"larger than {limits.mebibytes} MiB; split it or raise --max-size"


def _failed(
    part: Part, message: str, result: Result, data: bytes | str | None = None
) -> tuple[bytes | str | None, Repaired]:
    """The part as it came, and a record that says why."""
    result.problems.append(Problem(part.name, message))
    result.tally.failed += 1
    result.tally.documents += 1
    result.accounts.append([])
    meta = {"output": part.output, "error": message}
    nothing = Repaired(Document("", part.name, meta=meta), "", EditScript())
    return (part.data if data is None else data), nothing


def _where(error: BaseException) -> str:
    """The last line of ours that an unforeseen error passed through."""
    trace, place = error.__traceback__, "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "repair" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
