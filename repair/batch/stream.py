"""Rows through a pipe: each line is cleaned and flushed before the next one is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from repair.batch.jobs import MIB, Job, Part
from repair.batch.sources import Problem
from repair.batch.work import Plan, Worker, too_large


def filter_rows(plan: Plan, lines: IO[bytes], out: IO[bytes]) -> Iterator[Problem]:
    """Clean JSONL from one stream to another; yields what failed, as it fails.

    A line that fails goes out as it came in, so that the streams stay in step.
    """
    worker = Worker(plan)
    most = plan.limits.mebibytes * MIB
    number = 0
    while line := lines.readline(most + 1):
        number += 1
        part = Part(f"-:{number}", None, line)
        if len(line) > most:
            yield Problem(part.name, too_large(plan.limits))
            out.write(line)
            while not line.endswith(b"\n") and (line := lines.readline(MIB)):
                out.write(line)
            continue
        result = worker.do(Job("jsonl", (part,)))
        out.writelines(data for data in result.outputs if isinstance(data, bytes))
        out.flush()
        yield from result.problems
