"""`repair github-suggestions`: a report and a pull request's diff into review comments."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from repair.cli.console import give_up

Report = Annotated[
    Path, typer.Option("--report", metavar="FILE.jsonl", help="Of repair check --format json.")
]
Diff = Annotated[
    Path, typer.Option("--diff", metavar="FILE", help="The pull request's diff; - for stdin.")
]
Prefix = Annotated[
    str, typer.Option("--prefix", metavar="DIR", help="Folder of the report's paths in the repo.")
]
Most = Annotated[int, typer.Option("--most", metavar="N", min=0, help="Comments, at most.")]


def github_suggestions(report: Report, diff: Diff, prefix: Prefix = "", most: Most = 30) -> None:
    """Write review comments with suggestions, as JSON for GitHub's API.

    Only lines inside the diff's hunks are commented on, one suggestion a line; the rest is in the
    summary.

    \b
      git diff origin/main... > pr.diff
      repair check docs --format json > edits.jsonl
      repair github-suggestions --report edits.jsonl --diff pr.diff > review.json
      gh api repos/OWNER/REPO/pulls/7/reviews --input review.json
    """
    from repair.review.suggestions import review
    from repair.text.records import json_line
    from repair.writers.json_report import ReportError

    try:
        data = sys.stdin.buffer.read() if str(diff) == "-" else diff.read_bytes()
        made = review(_placed(report), data, prefix, most)
    except OSError as error:
        give_up(f"{error.filename}: {error.strerror}")
    except ReportError as error:
        give_up(str(error))
    sys.stdout.write(json_line(made))


def _placed(report: Path) -> Iterator[Any]:
    """The documents of a report, each with its applied edits in place."""
    from repair.review.suggestions import Placed
    from repair.writers.json_report import read

    with report.open(encoding="utf-8", newline="\n") as file:
        for document in read(file, str(report)):
            places = document.places[: len(document.edits)]
            yield (
                document,
                [
                    Placed(edit, line, column)
                    for edit, (line, column) in zip(document.edits, places, strict=True)
                ],
            )
