"""`repair explain`: why an edit was made, or was not."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repair.cli import options
from repair.cli.console import give_up, plain

if TYPE_CHECKING:
    from repair.pipeline import Pipeline
    from repair.stages.names.explain import Explained
    from repair.text.document import Document
    from repair.text.edits import Edit

What = Annotated[
    str, typer.Argument(metavar="[TEXT|FILE[:LINE]]", help="A text, a file, or a line of it.")
]
Format = Annotated[str, typer.Option("--format", metavar="text|json", help="For people or not.")]
Around = Annotated[
    Path | None,
    typer.Option(
        "--document",
        metavar="FILE",
        help="The document that TEXT stands in. Alone: how it was damaged, and what shows it.",
    ),
]
_PLACE = re.compile(r"(.+):([1-9]\d*)")  # "notes/a.txt:12"
NO_FILE = "-"  # the name of a text that came from no file
NAMES = "names/"  # what the ids of its rules begin with


@options.cleaning
def explain(
    what: What = "",
    document: Around = None,
    format: Format = "text",
    encoding: options.Encoding = None,
    chosen: options.Chosen = options.NOTHING_CHOSEN,
) -> None:
    """Why an edit was made, or was not.

    \b
      repair explain "the Openi views"
      repair explain "the Openi views" --document article.txt
      repair explain seeds/000-translated-openai-google-cloud.txt:3
      repair explain "Cooplot" --format json
      repair explain --document article.txt
    """
    from repair.cli import session

    if format not in ("text", "json"):
        give_up(f"--format: {format!r} is neither text nor json")
    if not what and document is None:
        give_up("name a text, a file, or a document: repair explain TEXT --document FILE")
    settings = chosen.settings()
    codec = options.encoding_named(encoding)
    around = _read(document, codec) if document else None
    with session.no_traceback():
        if not what and around:
            _damage(around, format)
            return
        asked, line = _asked(what, codec)
        pipeline = settings.pipeline()
        done = pipeline.repair(asked)
        told = [(edit, True) for edit in done.edits] + [(edit, False) for edit in done.suggestions]
        rows = [_row(asked, *pair) for pair in sorted(told, key=lambda pair: pair[0].span)]
        rows = [row for row in rows if line is None or row["line"] <= line <= row["last_line"]]
        names = _names(asked, line, pipeline, around, settings.apply_at)
    _tell(rows, names, format, settings.apply_at)


def _tell(
    rows: list[dict[str, Any]], names: list[tuple[int, Explained]], format: str, apply_at: float
) -> None:
    """Print the edits, then the names; what the names say for themselves is not said twice."""
    for row in rows:
        if format == "json":
            print(json.dumps(row))
        elif not (names and row["rule"].startswith(NAMES)):
            print(_prose(row, apply_at))
    for line, each in names:
        if format == "json":
            print(json.dumps({"type": "name", "line": line, **asdict(each)}))
        else:
            print(_reading(line, each))
    if not rows and not names and format == "text":
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
    asked: Document, line: int | None, pipeline: Pipeline, around: Document | None, apply_at: float
) -> list[tuple[int, Explained]]:
    """(line, what was made of a window) for each that may be a name, and the unknown words.

    Of a whole file only what was mended or suggested.
    """
    from repair.stages.names.explain import explain as told
    from repair.stages.names.stage import Names
    from repair.text.lines import Lines

    stage = next((stage for stage in pipeline.stages if isinstance(stage, Names)), None)
    if stage is None:
        return []
    lines = Lines(asked.text)
    context = around.text if around else ""
    whole = asked.name != NO_FILE and line is None
    found = told(asked.text, stage, context, apply_at)
    placed = ((lines.position(each.span.start).line, each) for each in found)
    return [
        (at, each)
        for at, each in placed
        if line in (None, at) and not (whole and each.outcome == "left")
    ]


def _reading(line: int, each: Explained) -> str:
    """What was made of a window: the winner and the runner-up, term by term."""
    sure = f" ({each.confidence:.2f})" if each.possible else ""
    mended = f" -> {plain(each.possible[0].canonical)}" if each.outcome != "left" else ""
    told = [f"{line}:  {plain(each.surface)}{mended}: {each.outcome}{sure}, {plain(each.why)}"]
    for place, possible in zip(("winner", "runner-up"), each.possible, strict=False):
        told.append(f"    {place} {plain(possible.canonical)}, log-odds {possible.odds:+.1f}")
        told += [f"        {plain(str(term))}" for term in possible.terms]
    return "\n".join(told)


def _read(file: Path, encoding: str | None) -> Document:
    """The document; leaves with status 2 if it cannot be read."""
    from repair.text.decode import UndecodableError, decode

    try:
        return decode(file.read_bytes(), str(file), encoding)
    except OSError as error:
        give_up(f"{file}: cannot be read ({error.strerror})")
    except UndecodableError as error:
        give_up(str(error))


def _asked(what: str, encoding: str | None) -> tuple[Document, int | None]:
    """The document, and the line that is asked about (None: all of it)."""
    from repair.text.document import Document

    place = _PLACE.fullmatch(what)
    file, line = (Path(place[1]), int(place[2])) if place else (Path(what), None)
    try:
        if not file.is_file():
            return Document(what), None
    except OSError:  # a text too long to be a path
        return Document(what), None
    document = _read(file, encoding)
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
