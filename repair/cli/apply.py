"""`repair apply`: exactly the edits that a file of decisions accepts, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from repair.cli import options, outputs
from repair.cli.console import Console, give_up

Decisions = Annotated[
    Path, typer.Argument(metavar="DECISIONS", help="Of repair review, or of a report's page.")
]


@options.cleaning
def apply(
    decisions: Decisions,
    paths: options.Paths,
    out: options.OutFolder = None,
    in_place: options.InPlace = False,
    patch: options.Patch = None,
    report: options.Report = None,
    encoding: options.Encoding = None,
    chosen: options.Chosen = options.NOTHING_CHOSEN,
    workers: options.Workers = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Make exactly the edits that were accepted, and no other.

    \b
      repair apply .repair/decisions.jsonl docs --in-place
      repair apply decisions.jsonl docs --patch accepted.patch
    """
    from repair.batch.corpus import Order
    from repair.batch.work import Plan
    from repair.cli.review import prefix
    from repair.review.decisions import DecisionError, load
    from repair.review.honour import Honour

    console = Console(quiet, no_color)
    if not decisions.is_file():
        give_up(f"{decisions}: no such file; repair review writes .repair/decisions.jsonl")
    try:
        accepted = tuple(load(decisions))
    except DecisionError as error:
        give_up(str(error))
    accounts = outputs.accounts({"jsonl": report, "patch": patch})
    plan = Plan(
        chosen.settings(),
        options.encoding_named(encoding),
        renderers=outputs.renderers(accounts),
        honour=Honour(accepted, prefix(decisions), only=True),
    )
    found = options.found(paths, out)
    places = outputs.places(paths, out, in_place, bool(accounts), found.sources)
    order = Order(found.sources, plan, places, accounts, workers)
    outputs.finish(console, order, found.problems)
