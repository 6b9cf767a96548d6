"""`repair review`: accept or reject edit by edit, in the terminal or the browser; remembered."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repair.cli import options
from repair.cli.console import Console, colourful, give_up

if TYPE_CHECKING:
    from repair.config import Config
    from repair.review.sitting import Choice, Sitting
    from repair.text.document import Repaired

Web = Annotated[bool, typer.Option("--web", help="In the browser, on this machine alone.")]
Port = Annotated[int, typer.Option("--port", metavar="N", help="Of --web. 0: any free one.")]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Print the address, open no browser.")]
Rule = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="ID", help="Only this rule or stage; repeatable."),
]
Confidence = Annotated[
    str, typer.Option("--confidence", metavar="LOW-HIGH", help="Only so sure, e.g. 0.5-0.85.")
]
Only = Annotated[
    str, typer.Option("--only", metavar="edits|suggestions", help="Only what was, or was not, done")
]
DecisionsFile = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="FILE", help="Default: .repair/decisions.jsonl."),
]
Baseline = Annotated[
    bool, typer.Option("--baseline", help="Leave all that stands today; ask only about new edits.")
]
Take = Annotated[
    Path | None,
    typer.Option("--take", metavar="FILE", help="Take answers over that a report's page wrote."),
]
Teach = Annotated[
    bool, typer.Option("--teach", help="Turn repeated answers into rows of your own pack.")
]
Pack = Annotated[
    Path | None, typer.Option("--pack", metavar="DIR", help="Of --teach. Default: .repair/pack.")
]
Ask = Annotated[
    str | None,
    typer.Option("--ask", metavar="COMMAND", help="Let a program of yours answer what is open."),
]
Budget = Annotated[int, typer.Option("--budget", metavar="N", help="Questions --ask may put.")]
Timeout = Annotated[float, typer.Option("--timeout", metavar="S", help="For each of them.")]
Author = Annotated[str, typer.Option("--author", metavar="NAME", help="Who answers.")]


@options.cleaning
def review(
    paths: options.Paths,
    web: Web = False,
    port: Port = 0,
    no_open: NoOpen = False,
    rule: Rule = None,
    confidence: Confidence = "0-1",
    only: Only = "",
    decisions: DecisionsFile = None,
    baseline: Baseline = False,
    take: Take = None,
    teach: Teach = False,
    pack: Pack = None,
    ask: Ask = None,
    budget: Budget = 1_000,
    timeout: Timeout = 60.0,
    author: Author = "me",
    encoding: options.Encoding = None,
    chosen: options.Chosen = options.NOTHING_CHOSEN,
    workers: options.Workers = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Accept or reject edit by edit; clean, diff and check honour the answers from then on.

    Every answer is saved at once; the same command goes on where you left. Keys: y accept,
    n reject, e your own text, a always, h never here, f never in this file, v never anywhere.

    \b
      repair review docs                          in the terminal
      repair review docs --web                    in the browser
      repair review docs --only suggestions --rule names
      repair review docs --baseline               accept the state of today
      repair review docs --ask ./model.sh --budget 200
      repair review docs --teach                  answers become dictionary rows
    """
    from repair.cli import session
    from repair.review.decisions import DecisionError, found

    console = Console(quiet, no_color)
    file = decisions or found(Path.cwd())
    choice = _choice(tuple(rule or ()), confidence, only)
    settings = chosen.settings()
    results = _results(console, paths, settings, encoding, workers)
    with session.no_traceback():
        from repair.review.sitting import Sitting

        try:
            if take is not None:
                _take(console, take, file)
            sitting = Sitting(results, file, prefix=prefix(file), choice=choice, author=author)
        except DecisionError as error:
            give_up(str(error))
        if baseline:
            _baseline(console, sitting)
        elif ask is not None:
            _ask(console, sitting, ask, budget, timeout)
        elif web:
            _web(console, sitting, port, not no_open)
        elif not (teach or take):
            _terminal(sitting, no_color)
        _said(console, sitting.close(), file)
        if teach:
            _teach(console, file, pack or file.parent / "pack")


def prefix(file: Path) -> str:
    """The working folder as seen from the folder of the decisions; "" if it is that or another."""
    here, home = Path.cwd(), file.resolve().parent
    home = home.parent if home.name == ".repair" else here
    return here.relative_to(home).as_posix() if here.is_relative_to(home) else ""


def _results(
    console: Console, paths: list[str], settings: Config, encoding: str | None, workers: int
) -> list[Repaired]:
    """What the pipeline makes of the documents, before any decision."""
    from repair.batch.corpus import Order
    from repair.batch.delivery import Places
    from repair.batch.work import Plan
    from repair.cli import session

    if paths == ["-"]:
        give_up("-: decisions are kept by the name of a document; name files or folders")
    found = options.found(paths)
    plan = Plan(settings, options.encoding_named(encoding), keep=True)
    order = Order(found.sources, plan, Places(), workers=workers)
    with session.no_traceback():
        return list(session.go(order, console, found.problems).kept)


def _choice(rules: tuple[str, ...], confidence: str, only: str) -> Choice:
    from repair.review.sitting import Choice

    if only not in ("", "edits", "suggestions"):
        give_up(f"--only: {only!r} is neither edits nor suggestions")
    try:
        low, high = (float(part) for part in confidence.split("-"))
    except ValueError:
        give_up(f"--confidence: {confidence!r} is no LOW-HIGH; for the unsure ones: 0.5-0.85")
    return Choice(rules, low, high, only != "suggestions", only != "edits")


def _terminal(sitting: Sitting, no_color: bool) -> None:
    from repair.review.terminal import Terminal, keyboard

    with keyboard(sys.stdin, sys.stdout) as (key, line):
        colour = colourful(sys.stdout.isatty(), no_color)
        Terminal(sitting, sys.stdout, key, line, colour).run()


def _web(console: Console, sitting: Sitting, port: int, opened: bool) -> None:
    from repair.review.web import Server

    try:
        server = Server(sitting, port, f"Review of {len(sitting.questions):,} edits")
    except OSError as error:
        give_up(f"--port {port}: {error.strerror or error}")
    print(f"{server.address}   (Ctrl-C when done)", flush=True)
    if opened:
        import webbrowser

        webbrowser.open(server.address)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        console.say("")
    finally:
        server.server_close()


def _baseline(console: Console, sitting: Sitting) -> None:
    left = [q for q in sitting.questions if q.number not in sitting.answers]
    if left:
        sitting.give_all([(question, "baseline", None) for question in left])
    console.say(f"baseline: {len(left):,} edits left as they stand; new ones will be asked about")


def _ask(console: Console, sitting: Sitting, command: str, budget: int, timeout: float) -> None:
    from repair.review.opinion import Bounds, OpinionError, ask

    cache = sitting.path.parent / "opinions.jsonl"
    bounds = Bounds(questions=budget, seconds=budget * timeout, timeout=timeout)
    try:
        tally = ask(sitting, command, bounds, cache)
    except OpinionError as error:
        give_up(str(error))
    console.say(
        f"{command}: {tally.accept} accepted, {tally.reject} rejected, {tally.leave} left to you"
        + (f", {tally.failed} without a usable answer" if tally.failed else "")
        + (f", {tally.cached} from memory" if tally.cached else "")
        + (f", {tally.unasked} beyond the budget" if tally.unasked else "")
    )


def _take(console: Console, source: Path, file: Path) -> None:
    from repair.review.decisions import append, load

    if not source.is_file():
        give_up(f"{source}: no such file; the report's page writes decisions.jsonl (key w)")
    taken = load(source)
    append(file, taken)
    console.say(f"{len(taken):,} answers taken over from {source}")


def _teach(console: Console, file: Path, pack: Path) -> None:
    from repair.review.decisions import load
    from repair.review.teach import lessons, teach

    learned = lessons(load(file))
    surfaces, keep = teach(learned, pack)
    console.say(f"{pack}: {surfaces} new garbles in surfaces.tsv, {keep} new words in keep.tsv")
    for surface in learned.torn[:10]:
        console.say(f"  answered both ways, so not taught: {surface}")
    if surfaces or keep:
        console.say(
            f'use it: --dictionary auto --dictionary {pack}, or dictionaries = ["auto",'
            f' "{pack}"] in repair.toml'
        )


def _said(console: Console, answers: Counter[str], file: Path) -> None:
    if answers:
        listed = ", ".join(f"{n:,} {answer}" for answer, n in answers.most_common())
        console.say(f"{file}: {listed}")
