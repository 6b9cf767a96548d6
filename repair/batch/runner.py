"""Runs jobs in this process or in several, and hands their results back in the order of the jobs.

The order in which workers finish shows nowhere, so the same jobs give the same bytes with any
number of workers. This process alone writes: workers only compute, so that one that outlives a
killed run for a moment can harm nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from repair.batch.jobs import Job, Result
from repair.batch.work import Plan, Worker

if TYPE_CHECKING:
    from repair.batch.crew import Crew, Task

T = TypeVar("T")
# Jobs that are under way or wait for an earlier one, a worker. Two keep it busy; more only hold
# memory.
AHEAD = 4


def run(
    plan: Plan, jobs: Iterable[tuple[T, Job]], workers: int = 0
) -> Iterator[tuple[T, Job, Result]]:
    """Do the jobs; each comes back with what was handed in beside it, in the same order.

    `workers` 0: in this process. Otherwise in so many processes, of which each loads the
    dictionaries once; at most `AHEAD` jobs a worker are held.
    """
    if workers <= 0:
        worker = Worker(plan)
        for label, job in jobs:
            yield label, job, worker.do(job)
        return
    from repair.batch.crew import Crew

    crew = Crew(plan, workers)
    try:
        yield from _in_order(crew, jobs, workers * AHEAD)
    finally:
        crew.dismiss()


def _in_order(
    crew: Crew, jobs: Iterable[tuple[T, Job]], window: int
) -> Iterator[tuple[T, Job, Result]]:
    waiting: deque[tuple[T, Job, Task]] = deque()
    source = iter(jobs)
    more = True
    while more or waiting:
        while more and len(waiting) < window:
            following = next(source, None)
            if following is None:
                more = False
                break
            waiting.append((*following, crew.take(following[1])))
            crew.turn(0)
        while waiting and waiting[0][2].done:
            label, job, task = waiting.popleft()
            yield label, job, task.result()
        if waiting and (len(waiting) >= window or not more) and not waiting[0][2].done:
            crew.turn(1.0)
