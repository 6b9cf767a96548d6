"""`repair clean`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repair.cli import options, outputs
from repair.cli.console import Console, give_up

if TYPE_CHECKING:
    from repair.batch.sources import Source
    from repair.batch.work import Plan

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


@options.cleaning
def clean(
    paths: options.Paths,
    out: options.OutFolder = None,
    in_place: options.InPlace = False,
    patch: options.Patch = None,
    report: options.Report = None,
    html: Html = None,
    patch_dir: PatchDir = None,
    by: By = "rule",
    encoding: options.Encoding = None,
    chosen: options.Chosen = options.NOTHING_CHOSEN,
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
    accounts = outputs.accounts({"jsonl": report, "patch": patch})
    plan = Plan(
        chosen.settings(),
        options.encoding_named(encoding),
        text_field,
        outputs.renderers(accounts),
        session.honour(),
        html is not None or patch_dir is not None,
        columns,
        Limits(seconds=max_seconds, mebibytes=max_size),
    )
    if paths == ["-"] and format == "jsonl" and out is None and not accounts:
        _stream(console, plan)
    found = options.found(paths, out, format if paths == ["-"] else "")
    places = outputs.places(
        paths, out, in_place, bool(accounts or html or patch_dir), found.sources
    )
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
    outputs.finish(console, order, found.problems, outputs.Extras(html, errors, summary, series))


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
