"""Annotations on a GitHub pull request, as workflow commands, and the summary of the step.

GitHub shows ten warnings, ten notices and ten errors of a step and drops the others without a
word. So a run with few edits gets an annotation for each, a run with many gets one for each file,
the fullest files first, and what is left is counted in a last notice; the summary has the tables.
Whatever the text holds, it can neither end a command nor begin another.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import chain
from typing import TextIO

from repair.text.document import Repaired
from repair.text.edits import Edit
from repair.text.lines import Lines
from repair.text.visible import visible

SHOWN = 10  # annotations of one kind that GitHub shows for a step
_QUOTED = 80  # characters of a text that are quoted
_LISTED = 3  # edits named in the annotation of a file
_TOP = 20  # changes and files listed in the summary
_MARKUP = {ord(character): f"&#{ord(character)};" for character in "&<>\"'|`*_[]()!#~\\$:@"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """`kind` is "error", "warning" or "notice"; `line` and columns count from 1, 0 for none."""

    kind: str
    message: str
    title: str = ""
    path: str = ""
    line: int = 0
    end_line: int = 0
    column: int = 0
    end_column: int = 0

    def command(self) -> str:
        """The workflow command, its LF included."""
        columns = self.line == self.end_line  # GitHub refuses columns over several lines
        values = (
            ("file", self.path),
            ("line", self.line),
            ("endLine", self.end_line),
            ("col", self.column if columns else 0),
            ("endColumn", self.end_column if columns else 0),
            ("title", self.title),
        )
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in values if value)
        blank = " " if properties else ""
        return f"::{self.kind}{blank}{properties}::{_escaped(self.message)}\n"


@dataclass(slots=True)
class _File:
    """What is kept of a document: enough for its annotations, however many edits it has."""

    path: str
    applied: int
    suggested: int
    first: tuple[Annotation, ...]

    @property
    def count(self) -> int:
        return self.applied + self.suggested


@dataclass(slots=True)
class _Tally:
    documents: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    files: list[_File] = field(default_factory=list)
    changed: int = 0
    failed: list[Annotation] = field(default_factory=list)

    @property
    def edits(self) -> int:
        return self.rules.total() + self.open.total()


def write(
    results: Iterable[Repaired],
    out: TextIO,
    *,
    prefix: str = "",
    shown: int = SHOWN,
    summary: TextIO | None = None,
) -> None:
    """Write the annotations of all results, at most `shown` of a kind, and the Markdown `summary`
    (the file that `$GITHUB_STEP_SUMMARY` names) if asked for.
    """
    tally = _Tally()
    for repaired in results:
        _count(tally, repaired, prefix, shown)
    for annotation in _chosen(tally, shown):
        out.write(annotation.command())
    if summary is not None:
        summary.writelines(_summary(tally))


def _count(tally: _Tally, repaired: Repaired, prefix: str, shown: int) -> None:
    tally.documents += 1
    path = visible(posixpath.join(prefix, repaired.document.name))
    error = repaired.document.meta.get("error")
    if error:
        tally.failed.append(Annotation("error", visible(str(error)), "repair failed", path))
    edits, suggestions = repaired.edits, repaired.suggestions
    tally.rules.update(edit.rule for edit in edits)
    tally.open.update(edit.rule for edit in suggestions)
    for edit in chain(edits, suggestions):
        if len(tally.changes) < 100_000:
            tally.changes[edit.before[:_QUOTED], edit.after[:_QUOTED]] += 1
    if not edits and not suggestions:
        return
    tally.changed += 1
    lines = Lines(repaired.document.text)
    best = nlargest(shown, chain(edits, suggestions), key=lambda edit: edit.confidence)
    sure = set(map(id, edits))
    first = tuple(
        _annotation(edit, "warning" if id(edit) in sure else "notice", path, lines) for edit in best
    )
    entry = _File(path, len(edits), len(suggestions), first)
    tally.files.append(entry)
    if len(tally.files) > 4 * max(shown, _TOP):
        tally.files = nlargest(max(shown, _TOP), tally.files, key=lambda file: file.count)


def _annotation(edit: Edit, kind: str, path: str, lines: Lines) -> Annotation:
    start, end = lines.position(edit.start), lines.position(edit.end)
    return Annotation(
        kind,
        _change(edit.before, edit.after) + (f"\n{visible(edit.reason)}" if edit.reason else ""),
        f"{edit.rule} ({edit.confidence:.2f})",
        path,
        start.line,
        end.line,
        start.column,
        end.column,
    )


def _chosen(tally: _Tally, shown: int) -> Iterator[Annotation]:
    """Failures, then each edit or each file, then how many are not among them."""
    yield from tally.failed[:shown]
    files = sorted(tally.files, key=lambda file: (-file.count, file.path))
    if tally.edits <= shown:
        yield from (annotation for file in files for annotation in file.first)
        return
    for file in files[: shown - 1]:
        yield _of_file(file)
    left = tally.changed - min(len(files), shown - 1)
    if left:
        yield Annotation("notice", f"{left} more files to repair; the step summary has the tables")


def _of_file(file: _File) -> Annotation:
    """One annotation for a file, at its surest edit."""
    named = [annotation.message.split("\n")[0] for annotation in file.first[:_LISTED]]
    more = file.count - len(named)
    message = "; ".join(named) + (f"; and {more} more" if more > 0 else "")
    title = f"{file.applied} to repair, {file.suggested} to look at"
    first = file.first[0]
    kind = "warning" if file.applied else "notice"
    return Annotation(kind, message, title, file.path, first.line, first.line)


def _summary(tally: _Tally) -> Iterator[str]:
    """The Markdown of the step summary."""
    yield (
        f"### repair: {_count_of(tally.rules.total(), 'edit')} and"
        f" {_count_of(tally.open.total(), 'suggestion')} in {tally.changed:,} of"
        f" {_count_of(tally.documents, 'document')}\n\n"
    )
    for failure in tally.failed[:_TOP]:
        yield f"- failed: {inert(failure.path)}: {inert(failure.message)}\n"
    if not tally.edits:
        return
    yield "\n| rule | edits | suggestions |\n|---|---:|---:|\n"
    for rule in sorted(tally.rules | tally.open):
        yield f"| {inert(rule)} | {tally.rules[rule]:,} | {tally.open[rule]:,} |\n"
    yield "\n| before | after | times |\n|---|---|---:|\n"
    for (before, after), times in tally.changes.most_common(_TOP):
        yield f"| {inert(visible(before))} | {inert(visible(after))} | {times:,} |\n"
    yield "\n| document | edits | suggestions |\n|---|---:|---:|\n"
    for file in sorted(tally.files, key=lambda file: (-file.count, file.path))[:_TOP]:
        yield f"| {inert(file.path)} | {file.applied:,} | {file.suggested:,} |\n"


def _count_of(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _change(before: str, after: str) -> str:
    old, new = (visible(t if len(t) <= _QUOTED else t[:_QUOTED] + "…") for t in (before, after))
    if before == after:
        return f"[?{old}?]"
    return (f"[-{old}-]" if before else "") + (f"{{+{new}+}}" if after else "")


def inert(text: str) -> str:
    """The text as HTML code in a cell of a Markdown table, where nothing of it is markup."""
    return f"<code>{text.translate(_MARKUP)}</code>" if text else ""


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
