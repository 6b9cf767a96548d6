"""`repair diff`: what clean would change, and nothing is changed."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from repair.cli import options
from repair.cli.console import Console, colourful, give_up

STYLES = ("unified", "word", "side")
Style = Annotated[
    str, typer.Option("--style", metavar="unified|word|side", help="word and side are for people.")
]


@options.cleaning
def diff(
    paths: options.Paths,
    style: Style = "unified",
    encoding: options.Encoding = None,
    chosen: options.Chosen = options.NOTHING_CHOSEN,
    workers: options.Workers = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Show what clean would change.

    \b
      repair diff article.txt                  a patch
      repair diff in > mend.patch && git apply mend.patch
      repair diff article.txt --style word     for reading: [-old-]{+new+}
    """
    from repair.batch.corpus import Order
    from repair.batch.delivery import Places
    from repair.batch.work import Plan
    from repair.cli import session

    if style not in STYLES:
        give_up(f"--style: {style!r} is none of {', '.join(STYLES)}")
    console = Console(quiet, no_color)
    found = options.found(paths)
    if style == "unified" and any(source.kind != "text" for source in found.sources):
        give_up("rows of JSONL and Parquet have no patch: add --style word")
    plan = Plan(
        chosen.settings(),
        options.encoding_named(encoding),
        renderers=(("shown", _renderer(style, no_color)),),
        honour=session.honour(),
    )
    order = Order(
        found.sources,
        plan,
        Places(shown=sys.stdout.buffer),
        workers=workers,
        stdin=options.stdin_bytes(paths),
    )
    with session.no_traceback():
        outcome = session.go(order, console, found.problems)
        sys.stdout.flush()
    raise SystemExit(1 if outcome.problems else 0)


def _renderer(style: str, no_color: bool) -> Any:
    """The writer; on a terminal with colour, and with everything made harmless."""
    from repair.cli import session

    terminal = sys.stdout.isatty()
    colour = colourful(terminal, no_color)
    if style == "unified":
        shown = {"colour": colour, "inert": True} if terminal else {}
        return session.renderer("patch", prefix=session.prefix(), **shown)
    more = {"width": os.get_terminal_size().columns} if style == "side" and terminal else {}
    return session.renderer(style, colour=colour, **more)
