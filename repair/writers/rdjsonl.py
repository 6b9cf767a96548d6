"""Diagnostics for reviewdog (rdjsonl): one JSON object a line, each with its suggestion.

Columns are bytes of UTF-8, counted from 1, and the end is exclusive: that is how reviewdog counts,
and no other writer of ours does.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from repair.text.document import Repaired
from repair.text.edits import Edit
from repair.text.lines import Lines, Position
from repair.text.records import json_line
from repair.text.visible import visible

_LONE = re.compile("[\ud800-\udfff]")


def write(results: Iterable[Repaired], out: TextIO, *, prefix: str = "") -> None:
    """Write a diagnostic for each edit (WARNING) and suggestion (INFO) of each result.

    `prefix` is the folder the command ran in, seen from the repository root.
    """
    for repaired in results:
        for diagnostic in diagnostics(repaired, prefix):
            out.write(json_line(diagnostic))


def diagnostics(repaired: Repaired, prefix: str = "") -> Iterator[dict[str, Any]]:
    """The diagnostics of one document, sorted by place."""
    document = repaired.document
    path = visible(posixpath.join(prefix, document.name))
    error = document.meta.get("error")
    if error:
        yield {
            "message": visible(str(error)),
            "location": {"path": path},
            "severity": "ERROR",
            "source": {"name": "repair"},
        }
    both = [(edit, "WARNING") for edit in repaired.edits]
    both += [(edit, "INFO") for edit in repaired.suggestions]
    both.sort(key=lambda pair: pair[0].span)
    places = Lines(document.text).positions_utf8(offset for edit, _ in both for offset in edit.span)
    for edit, severity in both:
        yield _diagnostic(edit, severity, path, next(places), next(places))


def _diagnostic(
    edit: Edit, severity: str, path: str, start: Position, end: Position
) -> dict[str, Any]:
    extent = {
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
    }
    entry: dict[str, Any] = {
        "message": visible(edit.reason or edit.rule, newline=" "),
        "location": {"path": path, "range": extent},
        "severity": severity,
        "source": {"name": "repair"},
        "code": {"value": edit.rule},
    }
    if edit.after != edit.before and not _LONE.search(edit.after):
        entry["suggestions"] = [{"range": extent, "text": edit.after}]
    return entry
