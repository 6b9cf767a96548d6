"""`repair explain`: why an edit was made, or was not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repair.cli import options
from repair.cli.console import give_up, plain

if TYPE_CHECKING:
    from repair.text.document import Document
    from repair.text.edits import Edit

What = Annotated[str, typer.Argument(metavar="TEXT|FILE:LINE", help="A text, or a line of a file.")]
Format = Annotated[str, typer.Option("--format", metavar="text|json", help="For people or not.")]
Whole = Annotated[
    bool, typer.Option("--document", help="How the whole text was damaged, and what shows it.")
]
Within = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="The document that TEXT stands in: every name, term by term."
    ),
]
_PLACE = re.compile(r"(.+):([1-9]\d*)")  # "notes/a.txt:12"


def explain(
    what: What,
    format: Format = "text",
    encoding: options.Encoding = None,
    stages: options.Stages = None,
    boilerplate: options.Boilerplate = None,
    dictionary: options.Dictionary = None,
    apply_at: options.ApplyAt = None,
    config: options.ConfigFile = None,
    document: Whole = False,
    within: Within = None,
) -> None:
    """Why an edit was made, or was not.

    \b
      repair explain "Openi and Microsft agreed"
      repair explain seeds/000-translated-openai-google-cloud.txt:3
      repair explain "Cooplot" --format json
      repair explain "the Openi views" --within article.txt
      repair explain article.txt --document
    """
    from repair.cli import session

    if format not in ("text", "json"):
        give_up(f"--format: {format!r} is neither text nor json")
    settings = options.settings(config, stages, boilerplate, dictionary, apply_at)
    with session.no_traceback():
        asked, line = _asked(what, options.encoding_named(encoding))
        if document:
            _damage(asked, format)
            return
        done = settings.pipeline().repair(asked)
    told = [(edit, True) for edit in done.edits] + [(edit, False) for edit in done.suggestions]
    rows = [_row(asked, *pair) for pair in sorted(told, key=lambda pair: pair[0].span)]
    rows = [row for row in rows if line is None or row["line"] <= line <= row["last_line"]]
    if within is not None:
        try:
            around = within.read_text("utf-8", "replace")
        except OSError as error:
            give_up(f"--within: {within} cannot be read ({error.strerror})")
        _names(asked.text, settings.dictionaries, around, format, settings.apply_at)
        return
    if format == "json":
        for row in rows:
            print(json.dumps(row))
        return
    for row in rows:
        print(_prose(row, settings.apply_at))
    if not rows:
        print("Nothing to mend here: no rule proposed anything this text carries.")


def _damage(document: Document, format: str) -> None:
    """Print the channels of a document with their scores, and the tells."""
    from repair.damage import Damage

    damage = Damage.of(document.text)
    if format == "json":
        tells = [{"tell": t.tell, "channel": t.channel, "weight": t.weight} for t in damage.tells]
        told = {"type": "damage", "document": document.name, "channel": damage.channel}
        scores = {channel: round(score, 3) for channel, score in damage.scores.items()}
        print(json.dumps({**told, "scores": scores, "language": damage.language, "tells": tells}))
        return
    source = f" (from {damage.language})" if damage.language else ""
    print(f"{plain(document.name)}: {damage.channel}{source}")
    for channel, score in damage.scores.items():
        shown = [f"{t.tell} {t.weight:g}" for t in damage.tells if t.channel == channel]
        print(f"  {channel:<16}{score:.2f}  {plain(', '.join(shown))}".rstrip())


def _names(
    text: str, dictionaries: tuple[str, ...], around: str, format: str, apply_at: float
) -> None:
    """The readings of each window that may be a name, term by term, and the words left alone."""
    from dataclasses import asdict

    from repair.stages.names.explain import explain as told
    from repair.stages.names.stage import Names

    for each in told(text, Names(dictionaries), around, apply_at):
        if format == "json":
            print(json.dumps({"type": "name", **asdict(each)}))
            continue
        print(f"name {plain(each.surface)!r}: {each.outcome}, {plain(each.why)}")
        for possible in each.possible[:2]:
            terms = "; ".join(plain(str(term)) for term in possible.terms)
            print(f"    {plain(possible.canonical)} ({possible.odds:+.1f}): {terms}")


def _asked(what: str, encoding: str | None) -> tuple[Document, int | None]:
    """The document, and the line that is asked about (None: all of it)."""
    from repair.text.decode import UndecodableError, decode
    from repair.text.document import Document

    place = _PLACE.fullmatch(what)
    file, line = (Path(place[1]), int(place[2])) if place else (Path(what), None)
    try:
        if not file.is_file():
            return Document(what), None
    except OSError:  # a text too long to be a path
        return Document(what), None
    try:
        document = decode(file.read_bytes(), str(file), encoding)
    except UndecodableError as error:
        give_up(str(error))
    lines = document.text.count("\n") + 1
    if line is not None and line > lines:
        give_up(f"{what}: the file has {lines} lines")
    return document, line


def _row(document: Document, edit: Edit, applied: bool) -> dict[str, Any]:
    from repair.text.lines import Lines

    lines = Lines(document.text)
    where = lines.position(edit.start)
    return {
        "line": where.line,
        "column": where.column,
        "last_line": lines.number(max(edit.start, edit.end - 1)),
        "before": edit.before,
        "after": edit.after,
        "rule": edit.rule,
        "reason": edit.reason,
        "confidence": round(edit.confidence, 4),
        "applied": applied,
        "evidence": list(edit.evidence),
    }


def _prose(row: dict[str, Any], apply_at: float) -> str:
    from repair.text.visible import visible

    done = "applied" if row["applied"] else "suggested only"
    before, after = visible(row["before"]), visible(row["after"])
    change = f"{_marked(before)} -> {_marked(after)}"
    if row["before"] == row["after"]:
        change = f"{_marked(before)}: damaged, no repair known"
    elif not row["after"]:
        change = f"{_marked(before)}: removed"
    elif not row["before"]:
        change = f"{_marked(after)}: added"
    told = [
        f"{row['line']}:{row['column']}  {change}",
        f"    {done} by {row['rule']}, confidence {row['confidence']:.2f}"
        + ("" if row["applied"] else f" (below {apply_at:.2f}, where edits are applied)"),
        f"    because {plain(row['reason'])}",
    ]
    told += [f"    evidence: {plain(evidence)}" for evidence in row["evidence"]]
    return "\n".join(told)


def _marked(text: str) -> str:
    """The text, in quotes where its blanks would not be seen."""
    return f"“{text}”" if text != text.strip() or not text else text
