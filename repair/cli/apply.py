"""`repair apply`: exactly the edits that a file of decisions accepts, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from repair.cli import clean as cleaning
from repair.cli import options
from repair.cli.console import Console, give_up

Decisions = Annotated[
    Path, typer.Argument(metavar="DECISIONS", help="Of repair review, or of a report's page.")
]


def apply(
    decisions: Decisions,
    paths: options.Paths,
    out: cleaning.OutFolder = None,
    in_place: cleaning.InPlace = False,
    patch: cleaning.Patch = None,
    report: cleaning.Report = None,
    encoding: options.Encoding = None,
    stages: options.Stages = None,
    boilerplate: options.Boilerplate = None,
    dictionary: options.Dictionary = None,
    apply_at: options.ApplyAt = None,
    config: options.ConfigFile = None,
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
    accounts = cleaning._accounts({"jsonl": report, "patch": patch})
    plan = Plan(
        options.settings(config, stages, boilerplate, dictionary, apply_at),
        options.encoding_named(encoding),
        renderers=cleaning._renderers(accounts),
        honour=Honour(accepted, prefix(decisions), only=True),
    )
    found = options.found(paths, out)
    places = cleaning._places(paths, out, in_place, bool(accounts), found.sources)
    order = Order(found.sources, plan, places, accounts, workers)
    cleaning._run(console, order, found.problems, None, None, None)
