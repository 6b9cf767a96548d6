"""SARIF 2.1.0, the format in which code scanning takes findings, with the repair as a fix.

Columns are code points (`columnKind` says so), addresses are percent-encoded, and every fix is a
replacement that a program can make. One log holds one run; results are written as they come and
the rules after them, so that a corpus need not fit into memory.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO
from urllib.parse import quote

from repair.text.decode import encode_text
from repair.text.document import Repaired
from repair.text.edits import Edit, Rule
from repair.text.identity import Identity, identities
from repair.text.lines import Lines
from repair.text.records import json_text
from repair.text.visible import visible
from repair.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LONGEST = 120  # characters of a text quoted in a message
_LONE = re.compile("[\ud800-\udfff]")


def write(
    results: Iterable[Repaired],
    out: TextIO,
    *,
    prefix: str = "",
    rules: Iterable[Rule] = (),
) -> None:
    """Write one log. `prefix` is the folder the command ran in, seen from the repository root;
    `rules` give the summaries of the rules that are met.
    """
    seen: dict[str, int] = {}
    failures: list[dict[str, Any]] = []
    out.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n')
    out.write('"columnKind": "unicodeCodePoints", "newlineSequences": ["\\n"],\n"results": [')
    comma = "\n"
    for repaired in results:
        error = repaired.document.meta.get("error")
        if error:
            failures.append(_failure(repaired, str(error), prefix))
        for found in _results(repaired, prefix, seen):
            out.write(comma + json_text(found))
            comma = ",\n"
    summaries = {rule.id: rule.summary for rule in rules}
    driver = {"name": "repair", "version": __version__, "rules": [*_rules(seen, summaries)]}
    invocation: dict[str, Any] = {"executionSuccessful": not failures}
    if failures:
        invocation["toolExecutionNotifications"] = failures
    out.write('\n],\n"invocations": ' + json_text([invocation]))
    out.write(',\n"tool": ' + json_text({"driver": driver}) + "\n}]}\n")


def _results(repaired: Repaired, prefix: str, seen: dict[str, int]) -> Iterator[dict[str, Any]]:
    document = repaired.document
    lines = Lines(document.text)
    place = {"uri": address(posixpath.join(prefix, document.name))}
    both = [(edit, "warning") for edit in repaired.edits]
    both += [(edit, "note") for edit in repaired.suggestions]
    both.sort(key=lambda pair: pair[0].span)
    names = identities(document.text, [edit for edit, _ in both])
    for (edit, level), identity in zip(both, names, strict=True):
        yield _result(edit, level, identity, place, lines, seen)


def _result(
    edit: Edit,
    level: str,
    identity: Identity,
    place: dict[str, str],
    lines: Lines,
    seen: dict[str, int],
) -> dict[str, Any]:
    start, end = lines.position(edit.start), lines.position(edit.end)
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": edit.start,
        "charLength": len(edit.before),
    }
    result: dict[str, Any] = {
        "ruleId": edit.rule,
        "ruleIndex": seen.setdefault(edit.rule, len(seen)),
        "level": level,
        "rank": round(100 * edit.confidence, 2),
        "message": {"text": _message(edit)},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "partialFingerprints": {"repairEdit/v1": identity.id},
    }
    if edit.after != edit.before:
        change = {
            "artifactLocation": place,
            "replacements": [{"deletedRegion": region, "insertedContent": _content(edit.after)}],
        }
        result["fixes"] = [{"description": {"text": _message(edit)}, "artifactChanges": [change]}]
    if edit.evidence:
        result["properties"] = {"evidence": [_whole(item) for item in edit.evidence]}
    return result


def _failure(repaired: Repaired, error: str, prefix: str) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": address(posixpath.join(prefix, repaired.document.name))}}
    return {
        "level": "error",
        "message": {"text": visible(error)},
        "locations": [{"physicalLocation": place}],
    }


def address(path: str) -> str:
    """The path as a relative URI, percent-encoded; a stray byte of the name is kept."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/-._~")


def _content(text: str) -> dict[str, str]:
    """The text, or its bytes where it holds a stray one that no JSON string can."""
    if _LONE.search(text):
        return {"binary": b64encode(encode_text(text)).decode("ascii")}
    return {"text": text}


def _message(edit: Edit) -> str:
    if edit.before == edit.after:
        what = f"\u201c{_short(edit.before)}\u201d is damaged"
    elif not edit.after:
        what = f"\u201c{_short(edit.before)}\u201d is to go"
    elif not edit.before:
        what = f"\u201c{_short(edit.after)}\u201d is missing"
    else:
        what = f"\u201c{_short(edit.before)}\u201d should be \u201c{_short(edit.after)}\u201d"
    return f"{what}: {_whole(edit.reason)}" if edit.reason else what


def _short(text: str) -> str:
    return visible(text if len(text) <= _LONGEST else text[:_LONGEST] + "\u2026")


def _whole(text: str) -> str:
    return visible(text, newline="\n")


def _rules(seen: Iterable[str], summaries: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for rule in seen:
        entry: dict[str, Any] = {"id": rule, "name": rule.replace("/", "-")}
        if summaries.get(rule):
            entry["shortDescription"] = {"text": summaries[rule]}
        yield entry
