"""The report: JSON lines, one for each document and then one for each of its edits.

It is the machine's account of a run and holds enough to take every edit back: with the clean file
and these lines the original comes back byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TextIO

from repair.text.decode import encode, encode_text
from repair.text.document import Repaired
from repair.text.edits import Edit, EditScript, Span
from repair.text.identity import identities
from repair.text.lines import Lines
from repair.text.records import json_line


class ReportError(ValueError):
    """A report that cannot be read; the message names the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What a report says of one document.

    `edits` were applied, `suggestions` were not; all spans are in the original. `ids` and `places`
    (line and column) are of each edit, then of each suggestion. `raw` is there for a row of JSONL
    whose string was escaped in a way of its own.
    """

    document: str
    output: str | None
    encoding: str
    bom: bool
    sha256: str | None
    clean_sha256: str | None
    error: str | None = None
    edits: tuple[Edit, ...] = ()
    suggestions: tuple[Edit, ...] = ()
    ids: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    raw: str | None = None

    def script(self) -> EditScript:
        """The script from the original to the clean text; its inverse leads back."""
        return EditScript.of(self.edits)


def write(results: Iterable[Repaired], out: TextIO) -> None:
    """Write the records of each result; of `document.meta`, `output` and `error` are taken over."""
    for repaired in results:
        for record in records(repaired):
            out.write(json_line(record))


def records(repaired: Repaired) -> Iterator[dict[str, Any]]:
    """The document's record, then one for each edit and suggestion, sorted by place."""
    document = repaired.document
    error = document.meta.get("error")
    edits, suggestions = repaired.edits, repaired.suggestions
    yield {
        "type": "document",
        "document": document.name,
        "output": document.meta.get("output"),
        "encoding": document.encoding,
        "bom": document.text.startswith("\ufeff"),
        "sha256": None if error else sha256(encode(document)).hexdigest(),
        "clean_sha256": None if error else sha256(encode_text(repaired.text)).hexdigest(),
        "edits": len(edits),
        "suggestions": len(suggestions),
        "error": error,
    } | ({"raw": document.meta["raw"]} if "raw" in document.meta else {})
    lines = Lines(document.text)
    both = [(edit, True) for edit in edits] + [(edit, False) for edit in suggestions]
    both.sort(key=lambda pair: pair[0].span)
    names = identities(document.text, [edit for edit, _ in both])
    for (edit, applied), identity in zip(both, names, strict=True):
        where = lines.position(edit.start)
        yield {
            "type": "edit",
            "id": identity.id,
            "document": document.name,
            "start": edit.start,
            "end": edit.end,
            "line": where.line,
            "column": where.column,
            "before": edit.before,
            "after": edit.after,
            "rule": edit.rule,
            "reason": edit.reason,
            "confidence": round(edit.confidence, 4),
            "applied": applied,
            "evidence": list(edit.evidence),
        }


def read(lines: Iterable[str], name: str = "report") -> Iterator[DocumentReport]:
    """What `write` wrote, document by document.

    Raises ReportError, with `name` and the line, for anything else.
    """
    head: dict[str, Any] | None = None
    edits: list[dict[str, Any]] = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        record = _record(text, f"{name}:{number}")
        if record["type"] == "document":
            if head is not None:
                yield _report(head, edits)
            head, edits = record, []
        elif head is None or record["document"] != head["document"]:
            raise ReportError(f"{name}:{number}: an edit before the record of its document")
        else:
            edits.append(record)
    if head is not None:
        yield _report(head, edits)


_NEEDED = {
    "document": {"document", "output", "encoding", "sha256", "clean_sha256"},
    "edit": {"document", "start", "end", "before", "after", "rule", "confidence", "applied"},
}


def _record(text: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise ReportError(f"{place}: not a line of JSON ({error})") from error
    kind = record.get("type") if isinstance(record, dict) else None
    if kind not in _NEEDED:
        raise ReportError(f"{place}: neither a document nor an edit; is this a report of repair?")
    missing = sorted(_NEEDED[kind] - record.keys())
    if missing:
        raise ReportError(f"{place}: the record lacks {missing[0]!r}")
    assert isinstance(record, dict)
    return record


def _report(head: dict[str, Any], edits: list[dict[str, Any]]) -> DocumentReport:
    applied = [record for record in edits if record["applied"]]
    others = [record for record in edits if not record["applied"]]
    return DocumentReport(
        head["document"],
        head["output"],
        head["encoding"],
        bool(head.get("bom")),
        head["sha256"],
        head["clean_sha256"],
        head.get("error"),
        tuple(map(_edit, applied)),
        tuple(map(_edit, others)),
        tuple(record.get("id", "") for record in (*applied, *others)),
        tuple((record.get("line", 0), record.get("column", 0)) for record in (*applied, *others)),
        head.get("raw"),
    )


def _edit(record: dict[str, Any]) -> Edit:
    return Edit(
        Span(record["start"], record["end"]),
        record["before"],
        record["after"],
        record["rule"],
        record.get("reason", ""),
        record["confidence"],
        tuple(record.get("evidence", ())),
    )
