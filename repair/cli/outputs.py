"""Where the answers of `clean` and `apply` go: clean text, accounts, pages, and the last word."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from repair.cli.console import Console, give_up

if TYPE_CHECKING:
    from repair.batch.corpus import Order, Outcome
    from repair.batch.delivery import Places
    from repair.batch.sources import Problem, Source
    from repair.batch.work import Writer


@dataclass(frozen=True, slots=True)
class Extras:
    """What is written when the run is over: `html` shows every edit, `errors` (JSONL) what failed,
    `summary` (JSON) the counts; `series` is a folder of patches and what each of them is about.
    """

    html: Path | None = None
    errors: Path | None = None
    summary: Path | None = None
    series: tuple[Path, str] | None = None


def accounts(files: dict[str, Path | None]) -> dict[str, Path]:
    """Writer -> file, of those that were asked for."""
    return {name: path for name, path in files.items() if path is not None}


def renderers(wanted: Iterable[str]) -> tuple[tuple[str, Writer], ...]:
    """The writers by name, with what they want to know."""
    from repair.cli import session

    options = {"patch": {"prefix": session.prefix()}}
    return tuple((name, session.renderer(name, **options.get(name, {}))) for name in wanted)


def places(
    paths: list[str], out: Path | None, in_place: bool, other: bool, sources: tuple[Source, ...]
) -> Places:
    """Where the clean text goes. Leaves with status 2 if that is not clear."""
    from repair.batch.delivery import Places

    if out is not None and in_place:
        give_up("--out and --in-place: choose one")
    if out is not None and out.exists() and not out.is_dir():
        give_up(f"{out}: is no folder; --out takes one")
    if in_place and paths == ["-"]:
        give_up("--in-place: standard input has no place; leave it out to get stdout")
    one = paths == ["-"] or (len(paths) == 1 and len(sources) <= 1 and not Path(paths[0]).is_dir())
    if out is None and not in_place and one:
        return Places(stdout=sys.stdout.buffer)
    if out is None and not in_place and not other:
        give_up("several documents do not go to stdout: add --out DIR, --in-place, or --patch FILE")
    return Places(out, in_place)


def finish(
    console: Console, order: Order, problems: tuple[Problem, ...], extras: Extras = Extras()
) -> NoReturn:
    """Run the order, say what it came to, and leave with the status; `problems` came before it."""
    from repair.batch.sources import collisions
    from repair.cli import session
    from repair.cli.console import summary

    clash = next(collisions(order.sources), None) if order.places.out else None
    if clash is not None:
        give_up(f"{clash}; nothing was written: clean them into folders of their own")
    with session.no_traceback():
        outcome = session.go(order, console, problems)
        _write(extras, outcome)
        sys.stdout.flush()
    to = order.places
    written = [f"{to.out}/"] if to.out else ["the files themselves"] * to.in_place
    written += [f"{extras.series[0]}/"] if extras.series else []
    files = (*order.accounts.values(), extras.html, extras.errors, extras.summary)
    written += [str(path) for path in files if path]
    summary(console, outcome, written)
    raise SystemExit(1 if outcome.problems else 0)


def _write(extras: Extras, outcome: Outcome) -> None:
    if extras.html is not None:
        _page(extras.html, outcome)
    if extras.series is not None:
        _series(*extras.series, outcome)
    _side_files(outcome, extras.errors, extras.summary)


def _page(html: Path, outcome: Outcome) -> None:
    """Write the page that shows every edit."""
    import io

    from repair.batch.sinks import write_whole
    from repair.cli import session

    out = io.StringIO(newline="")
    session.renderer("html")(outcome.kept, out)
    write_whole(html, out.getvalue().encode("utf-8", "backslashreplace"))


def _series(folder: Path, by: str, outcome: Outcome) -> None:
    """Write the patches of the series."""
    from repair.batch.sinks import write_whole
    from repair.cli import session
    from repair.review.series import series

    folder.mkdir(parents=True, exist_ok=True)
    for patch in series(list(outcome.kept), by, session.prefix()):
        write_whole(folder / patch.name, patch.data)


def _side_files(outcome: Outcome, errors: Path | None, counts: Path | None) -> None:
    import json

    from repair.batch.sinks import write_whole

    if errors is not None:
        lines = [json.dumps({"document": p.name, "error": p.message}) for p in outcome.problems]
        write_whole(errors, "".join(f"{line}\n" for line in lines).encode())
    if counts is not None:
        told = outcome.tally.as_json() | {
            "seconds": round(outcome.seconds, 3),
            "files_done_before": outcome.resumed,
        }
        write_whole(counts, json.dumps(told, indent=1).encode() + b"\n")
