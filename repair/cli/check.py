"""`repair check`: is there anything to mend? For hooks and pipelines: the exit status is the
answer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repair.cli import options
from repair.cli.console import Console, give_up

if TYPE_CHECKING:
    from repair.batch.sources import Source
    from repair.config import Config
    from repair.text.document import Repaired

    Honours = Callable[[Repaired], Repaired]

# What --format says -> the writer of the house; "text" is the word diff, a line an edit.
FORMATS = {
    "text": "word",
    "json": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "rdjsonl": "rdjsonl",
}
WHOLE = ("sarif", "github")  # one paper for the whole run, not a piece a document
Format = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMATS), help="Of what goes to stdout.")
]

Since = Annotated[
    str | None,
    typer.Option("--changed-since", metavar="REF", help="Only lines that are new since then."),
]


@options.cleaning
def check(
    paths: options.Paths,
    format: Format = "text",
    changed_since: Since = None,
    encoding: options.Encoding = None,
    chosen: options.Chosen = options.NOTHING_CHOSEN,
    workers: options.Workers = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Is there anything to mend?

    Exit status: 0 nothing, 1 something, 2 a failure. Suggestions alone do not count.

    \b
      repair check docs && echo clean
      repair check docs --format json > edits.jsonl
      repair check docs --format sarif > repair.sarif
      repair check docs --changed-since origin/main
    """
    from repair.batch.corpus import Order
    from repair.batch.delivery import Places
    from repair.batch.work import Plan
    from repair.cli import session
    from repair.cli.console import colourful, summary

    if format not in FORMATS:
        give_up(f"--format: {format!r} is none of {', '.join(FORMATS)}")
    console = Console(quiet, no_color)
    found = options.found(paths)
    settings = chosen.settings()
    render = _renderer(format, settings, colourful(sys.stdout.isatty(), no_color))
    honour, sources = session.honour(), found.sources
    if changed_since is not None:
        honour, sources = _changed(changed_since, honour, sources)
    plan = Plan(
        settings,
        options.encoding_named(encoding),
        renderers=() if format in WHOLE else (("shown", render),),
        honour=honour,
        keep=format in WHOLE,
    )
    places = Places(shown=sys.stdout.buffer)
    stdin = options.stdin_bytes(paths)
    order = Order(sources, plan, places, workers=workers, stdin=stdin)
    with session.no_traceback():
        outcome = session.go(order, console, found.problems)
        if format in WHOLE:
            render(outcome.kept, sys.stdout)
        sys.stdout.flush()
    summary(console, outcome, [])
    raise SystemExit(2 if outcome.problems else min(outcome.tally.edits, 1))


def _renderer(format: str, settings: Config, colour: bool) -> Any:
    """The writer of the format, with what it wants to know."""
    from repair.cli import session

    wanted: dict[str, Any] = {}
    if format == "text":
        wanted["colour"] = colour
    elif format != "json":
        wanted["prefix"] = session.prefix()
    if format == "sarif":
        with session.no_traceback():
            stages = settings.pipeline().stages
        wanted["rules"] = tuple(rule for stage in stages for rule in stage.rules)
    step_summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if format == "github" and step_summary:
        wanted["summary"] = open(step_summary, "a", encoding="utf-8")  # noqa: PTH123, SIM115
    return session.renderer(FORMATS[format], **wanted)


def _changed(
    reference: str, honour: Honours | None, sources: tuple[Source, ...]
) -> tuple[Honours, tuple[Source, ...]]:
    """Only what is new since the reference: the sources that have new lines, and what leaves the
    edits on old ones out.
    """
    from repair.review.changed import Both, GitError, OnChanged, new_lines

    try:
        lines = new_lines(reference, Path.cwd())
    except GitError as error:
        give_up(f"--changed-since: {error}")
    steps = (*(step for step in (honour,) if step), OnChanged(lines))
    kept = tuple(s for s in sources if s.kind == "text" and s.name in lines)
    return Both(steps), kept
