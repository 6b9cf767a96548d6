"""`repair drift`: which edits a new dictionary or version gains and loses on a corpus."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repair.cli.console import give_up, plain

if TYPE_CHECKING:
    from repair.batch.drift import Change, Drift
    from repair.writers.json_report import DocumentReport

Old = Annotated[Path, typer.Argument(metavar="OLD", help="The report of the run as it was.")]
New = Annotated[Path, typer.Argument(metavar="NEW", help="The report of the run as it would be.")]
Format = Annotated[str, typer.Option("--format", metavar="text|json", help="For people or not.")]
Examples = Annotated[int, typer.Option("--examples", metavar="N", min=0, help="Shown a rule.")]


def drift(old: Old, new: New, format: Format = "text", examples: Examples = 10) -> None:
    """Compare two reports of one corpus: which edits are gained, lost, or come out otherwise.

    Exit status: 0 no drift, 1 drift, 2 a failure.

    \b
      repair clean corpus --report old.jsonl --quiet
      pip install --upgrade repair-text
      repair clean corpus --report new.jsonl --quiet
      repair drift old.jsonl new.jsonl
    """
    from repair.batch.drift import Drift, compare
    from repair.writers.json_report import ReportError

    if format not in ("text", "json"):
        give_up(f"--format: {format!r} is neither text nor json")
    total = Drift()
    seen: dict[tuple[str, str], Counter[str]] = {}
    try:
        for change in compare(_read(old), _read(new), total):
            if format == "json":
                print(json.dumps(_told(change)))
            shown = seen.setdefault((change.edit.rule, change.kind), Counter())
            if (line := _line(change)) in shown or len(shown) < examples:
                shown[line] += 1
    except (OSError, UnicodeDecodeError) as error:
        give_up(f"{getattr(error, 'filename', None) or old}: cannot be read: {error}")
    except ReportError as error:
        give_up(str(error))
    if format == "text":
        _print(total, seen)
    raise SystemExit(1 if total.drifted or total.unmatched or total.other_texts else 0)


def _read(report: Path) -> Iterator[DocumentReport]:
    from repair.writers.json_report import read

    with report.open(encoding="utf-8", newline="\n") as file:
        yield from read(file, str(report))


def _told(change: Change) -> dict[str, object]:
    edit = change.edit
    return {
        "change": change.kind,
        "document": change.document,
        "start": edit.start,
        "end": edit.end,
        "before": edit.before,
        "after": edit.after,
        "was": change.before_it,
        "rule": edit.rule,
        "confidence": edit.confidence,
    }


def _line(change: Change) -> str:
    from repair.text.visible import visible

    edit = change.edit
    was = f" (was {visible(change.before_it)})" if change.before_it is not None else ""
    return plain(f"{visible(edit.before)[:60]} -> {visible(edit.after)[:60]}{was}")


def _print(total: Drift, seen: dict[tuple[str, str], Counter[str]]) -> None:
    print(f"{total.documents:,} documents compared, {total.drifted:,} come out otherwise")
    for rule, (gained, lost, other) in sorted(total.rules.items()):
        print(f"\n{rule}: {gained:,} gained, {lost:,} lost, {other:,} otherwise")
        for sign, kind in (("+", "gained"), ("-", "lost"), ("~", "other")):
            for line, times in seen.get((rule, kind), Counter()).most_common():
                print(f"  {sign} {line}" + (f"  x{times}" if times > 1 else ""))
    for what, names in (
        ("in one report only", total.unmatched),
        ("another original", total.other_texts),
    ):
        if names:
            few = ", ".join(map(plain, names[:3])) + (" ..." if len(names) > 3 else "")
            print(f"\n{what}: {len(names):,} ({few})")
