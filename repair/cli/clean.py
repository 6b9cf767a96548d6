"""`repair clean`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repair.cli import options
from repair.cli.console import Console, give_up

if TYPE_CHECKING:
    from repair.batch.corpus import Order, Outcome
    from repair.batch.delivery import Places
    from repair.batch.sources import Problem, Source
    from repair.batch.work import Plan, Writer

OutFolder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Clean files go here, as a mirror.")
]
InPlace = Annotated[bool, typer.Option("--in-place", help="Write over the files themselves.")]
Patch = Annotated[
    Path | None, typer.Option("--patch", metavar="FILE", help="What changed, for git apply.")
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE.jsonl", help="Every edit and why; for revert."),
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="A page that shows every edit.")
]
PatchDir = Annotated[
    Path | None,
    typer.Option("--patch-dir", metavar="DIR", help="A series of patches that apply in order."),
]
By = Annotated[
    str, typer.Option("--by", metavar="rule|stage|document", help="What a patch of it is about.")
]
Format = Annotated[
    str, typer.Option("--format", metavar="text|jsonl", help="Of stdin; else by the file name.")
]
Shard = Annotated[
    str, typer.Option("--shard", metavar="I/N", help="Only every Nth file, from the Ith on.")
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="Only the first N documents.")
]
Sample = Annotated[
    float | None,
    typer.Option("--sample", metavar="SHARE", help="Only this share, e.g. 0.01; always the same."),
]
FailFast = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")]
Errors = Annotated[
    Path | None, typer.Option("--errors", metavar="FILE.jsonl", help="What failed, and why.")
]
Summary = Annotated[
    Path | None, typer.Option("--summary", metavar="FILE.json", help="The counts of the run.")
]
Columns = Annotated[
    bool | None,
    typer.Option(
        "--columns/--no-columns",
        help="Add repair_edits and repair_version to rows. Default: Parquet yes, JSONL no.",
    ),
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Forget a killed run; begin again.")]
Seconds = Annotated[
    float, typer.Option("--max-seconds", metavar="S", help="CPU for a document (and 20 s a MiB).")
]
Size = Annotated[
    int, typer.Option("--max-size", metavar="MIB", min=1, help="The largest document.")
]


def clean(
    paths: options.Paths,
    out: OutFolder = None,
    in_place: InPlace = False,
    patch: Patch = None,
    report: Report = None,
    html: Html = None,
    patch_dir: PatchDir = None,
    by: By = "rule",
    encoding: options.Encoding = None,
    stages: options.Stages = None,
    boilerplate: options.Boilerplate = None,
    keep: options.Keep = None,
    site_table: options.SiteTable = None,
    dictionary: options.Dictionary = None,
    apply_at: options.ApplyAt = None,
    config: options.ConfigFile = None,
    text_field: options.TextField = "text",
    format: Format = "text",
    columns: Columns = None,
    workers: options.Workers = 0,
    shard: Shard = "1/1",
    limit: Limit = None,
    sample: Sample = None,
    fail_fast: FailFast = False,
    errors: Errors = None,
    summary: Summary = None,
    fresh: Fresh = False,
    max_seconds: Seconds = 30.0,
    max_size: Size = 64,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Mend text.

    One file, or - for standard input, goes to stdout; a folder needs --out, --in-place or an
    account of what would change. A killed run into --out goes on where it was.

    \b
      repair clean article.txt > mended.txt
      repair clean in --out out --patch mend.patch --report edits.jsonl
      repair clean notes --in-place --report edits.jsonl
      repair clean in --patch-dir patches --by rule
      repair clean corpus.jsonl.zst --text-field body --out clean --workers 8
      curl -s https://example.org/feed.jsonl | repair clean - --format jsonl
    """
    from repair.batch.corpus import Order
    from repair.batch.jobs import Limits
    from repair.batch.work import Plan
    from repair.cli import session

    console = Console(quiet, no_color)
    if format not in ("text", "jsonl"):
        give_up(f"--format: {format!r} is neither text nor jsonl")
    for file in (report, patch, html, errors, summary):
        if str(file) == "-":
            give_up("-: stdout is for the clean text; name a file, or /dev/stdout")
        if file is not None and not file.parent.is_dir():
            give_up(f"{file}: there is no folder {file.parent}; make it first")
    accounts = _accounts({"jsonl": report, "patch": patch})
    plan = Plan(
        options.settings(config, stages, boilerplate, dictionary, apply_at, keep, site_table),
        options.encoding_named(encoding),
        text_field,
        _renderers(accounts),
        session.honour(),
        html is not None or patch_dir is not None,
        columns,
        Limits(seconds=max_seconds, mebibytes=max_size),
    )
    if paths == ["-"] and format == "jsonl" and out is None and not accounts:
        _stream(console, plan)
    found = options.found(paths, out, format if paths == ["-"] else "")
    places = _places(paths, out, in_place, bool(accounts or html or patch_dir), found.sources)
    _series_fits(patch_dir, by, found.sources)
    cut = {"shard": _shard(shard), "limit": limit, "sample": _share(sample)}
    order = Order(
        found.sources,
        plan,
        places,
        accounts,
        workers,
        fail_fast=fail_fast,
        fresh=fresh,
        stdin=options.stdin_bytes(paths),
        **cut,  # type: ignore[arg-type]
    )
    series = (patch_dir, by) if patch_dir else None
    _run(console, order, found.problems, html, errors, summary, series)


def _run(
    console: Console,
    order: Order,
    problems: tuple[Problem, ...],
    html: Path | None,
    errors: Path | None,
    counts: Path | None,
    series: tuple[Path, str] | None = None,
) -> None:
    """Run the order, say what it came to, and leave with the status."""
    from repair.batch.sources import collisions
    from repair.cli import session
    from repair.cli.console import summary

    clash = next(collisions(order.sources), None) if order.places.out else None
    if clash is not None:
        give_up(f"{clash}; nothing was written: clean them into folders of their own")
    with session.no_traceback():
        outcome = session.go(order, console, problems)
        if html is not None:
            _page(html, outcome)
        if series is not None:
            _series(*series, outcome)
        _side_files(outcome, errors, counts)
        sys.stdout.flush()
    places = order.places
    written = [f"{places.out}/"] if places.out else ["the files themselves"] * places.in_place
    written += [f"{series[0]}/"] if series else []
    written += [str(path) for path in (*order.accounts.values(), html, errors, counts) if path]
    summary(console, outcome, written)
    raise SystemExit(1 if outcome.problems else 0)


def _accounts(files: dict[str, Path | None]) -> dict[str, Path]:
    return {name: path for name, path in files.items() if path is not None}


def _renderers(accounts: dict[str, Path]) -> tuple[tuple[str, Writer], ...]:
    from repair.cli import session

    options = {"patch": {"prefix": session.prefix()}}
    return tuple((name, session.renderer(name, **options.get(name, {}))) for name in accounts)


def _places(
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


def _shard(text: str) -> tuple[int, int]:
    try:
        i, n = map(int, text.split("/"))
    except ValueError:
        i, n = 0, 0
    if not 1 <= i <= n:
        give_up(f"--shard: {text!r} is not I/N with 1 <= I <= N; for the second of four: 2/4")
    return i, n


def _share(sample: float | None) -> float | None:
    if sample is not None and not 0 < sample <= 1:
        give_up(f"--sample: {sample} is no share between 0 and 1; for one in a hundred: 0.01")
    return sample


def _page(html: Path, outcome: Outcome) -> None:
    """Write the page that shows every edit."""
    import io

    from repair.batch.sinks import write_whole
    from repair.cli import session

    out = io.StringIO(newline="")
    session.renderer("html")(outcome.kept, out)
    write_whole(html, out.getvalue().encode("utf-8", "backslashreplace"))


def _series_fits(folder: Path | None, by: str, sources: tuple[Source, ...]) -> None:
    """Leave with status 2 if a series of patches cannot be made."""
    if folder is None:
        return
    from repair.review.series import KINDS

    if by not in KINDS:
        give_up(f"--by: {by!r} is none of {', '.join(KINDS)}")
    if any(source.kind != "text" for source in sources):
        give_up("--patch-dir: rows of JSONL and Parquet have no patch; take --report")
    if folder.is_dir() and any(folder.glob("*.patch")):
        give_up(f"--patch-dir: {folder} holds patches already; give an empty folder")


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


def _stream(console: Console, plan: Plan) -> None:
    """Rows from stdin to stdout, each one flushed before the next is read."""
    from repair.batch.stream import filter_rows
    from repair.cli import session

    with session.no_traceback():
        failed = 0
        for problem in filter_rows(plan, sys.stdin.buffer, sys.stdout.buffer):
            console.error(str(problem))
            failed += 1
    raise SystemExit(1 if failed else 0)
