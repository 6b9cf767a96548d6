"""Runs an order for a command: shows progress and failures, and turns trouble into one line and an
exit status.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from repair.cli.console import Console, give_up

if TYPE_CHECKING:
    from repair.batch.corpus import Order, Outcome, Progress
    from repair.batch.sources import Problem
    from repair.text.document import Repaired

INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C ended
BROKEN_PIPE = 141  # and of one whose reader went away


@contextmanager
def no_traceback() -> Iterator[None]:
    """Whatever can go wrong with a whole run becomes one line on stderr and an exit status."""
    from repair.batch.delivery import WriteError
    from repair.batch.manifest import ManifestError
    from repair.batch.sinks import RefusedError
    from repair.config import ConfigError
    from repair.lexicon.tables import DictionaryError

    signal.signal(signal.SIGTERM, _terminated)
    try:
        yield
    except (ConfigError, DictionaryError, ManifestError) as error:
        give_up(str(error))
    except (WriteError, RefusedError) as error:
        give_up(str(error), 1)
    except BrokenPipeError:
        gone()
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        give_up(f"{place}{error.strerror or error}", 1)
    except KeyboardInterrupt:
        give_up("stopped; the same command goes on from here", INTERRUPTED)


def gone() -> NoReturn:
    """Leave without a word: whoever read our output has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(BROKEN_PIPE)


def go(order: Order, console: Console, problems: tuple[Problem, ...] = ()) -> Outcome:
    """Run the order; each failure is shown as it comes. `problems` are those found beforehand."""
    from repair.batch.corpus import clean

    for problem in problems:
        console.error(str(problem))
    shown = 0

    def watch(progress: Progress) -> None:
        nonlocal shown
        for problem in progress.problems[shown:]:
            console.error(str(problem))
        shown = len(progress.problems)
        console.progress(progress)

    outcome = clean(order, watch)
    outcome.problems[:0] = problems
    outcome.tally.failed += len(problems)
    return outcome


def renderer(name: str, **options: Any) -> Any:
    """A writer of the house by its name."""
    from repair.writers import WRITERS, writer

    if name not in WRITERS:
        give_up(f"--{name}: this version has no such writer; there are {', '.join(WRITERS)}")
    return writer(name, **options)


def prefix() -> str:
    """The working folder as seen from the top of its git repository; "" outside of one, or at the
    top. `git apply` takes paths from there.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            inner = here.relative_to(folder).as_posix()
            return "" if inner == "." else inner
    return ""


def honour() -> Callable[[Repaired], Repaired] | None:
    """What applies the decisions of a review, if there are any.

    Leaves with status 2 if they cannot be read.
    """
    here = Path.cwd()
    folder = next((p for p in (here, *here.parents) if (p / ".repair").is_dir()), None)
    file = folder / ".repair" / "decisions.jsonl" if folder else None
    if folder is None or file is None or not file.is_file():
        return None
    from repair.review.decisions import DecisionError, load
    from repair.review.honour import Honour

    try:
        decisions = tuple(load(file))
    except (DecisionError, OSError) as error:
        give_up(str(error))
    return Honour(decisions, here.relative_to(folder).as_posix()) if decisions else None


def _terminated(*_: object) -> NoReturn:
    raise KeyboardInterrupt
