"""Turns a report and the diff of a pull request into review comments with suggestions.

GitHub takes a suggestion only for lines inside a hunk of the diff, all of them in the same hunk,
and one comment that does not fit makes it refuse the whole review. So the lines are taken from the
diff itself, every edit of a line goes into one suggestion, and whatever cannot be said that way is
listed in the summary. What this makes is the body of `POST /repos/OWNER/REPO/pulls/N/reviews`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from repair.review.changed import DiffFile, parse
from repair.text.edits import Edit
from repair.text.visible import visible
from repair.writers.github import inert
from repair.writers.json_report import DocumentReport

COMMENTS = 30  # reviewdog's bound, under which GitHub's secondary rate limit stays quiet
_LARGEST = 65_000  # characters of a comment; GitHub takes 65,536
_LISTED = 50  # lines of the summary
_QUOTED = 80


@dataclass(frozen=True, slots=True)
class Placed:
    """An edit where it stands: `line` and `column` from 1, in code points."""

    edit: Edit
    line: int
    column: int

    @property
    def last(self) -> int:
        """The last line that the edit takes from; an LF belongs to the line it ends."""
        return self.line + max(0, self.edit.before.removesuffix("\n").count("\n"))


@dataclass(slots=True)
class _Left:
    """What no comment says, by reason."""

    reasons: Counter[str] = field(default_factory=Counter)
    listed: list[tuple[str, Placed]] = field(default_factory=list)

    def add(self, path: str, group: Iterable[Placed], reason: str) -> None:
        for placed in group:
            self.reasons[reason] += 1
            self.listed.append((path, placed))


def review(
    reports: Iterable[tuple[DocumentReport, Sequence[Placed]]],
    diff: bytes,
    prefix: str = "",
    most: int = COMMENTS,
) -> dict[str, Any]:
    """The review as GitHub's API takes it: `body`, `event`, `comments`.

    `reports` are documents with their edits in place; `prefix` is the folder of their names, seen
    from the repository root. At most `most` comments are made, the surest edits first.
    """
    files = {file.path: file for file in parse(diff)}
    left = _Left()
    made: list[tuple[float, dict[str, Any], str, list[Placed]]] = []
    total = 0
    for report, edits in reports:
        path = f"{prefix.rstrip('/')}/{report.document}" if prefix else report.document
        total += len(edits)
        file = files.get(path)
        if file is None:
            left.add(path, edits, "in a file that this pull request does not change")
            continue
        for sure, comment, group in _comments(file, path, edits, left):
            made.append((sure, comment, path, group))
    made.sort(key=lambda entry: -entry[0])
    for _, _, path, group in made[most:]:
        left.add(path, group, f"beyond the first {most} comments")
    chosen = [comment for _, comment, _, _ in made[:most]]
    chosen.sort(key=lambda comment: (comment["path"], comment["line"]))
    body = "".join(_summary(total, len(chosen), left))
    return {"event": "COMMENT", "body": body, "comments": chosen}


def _comments(
    file: DiffFile, path: str, edits: Sequence[Placed], left: _Left
) -> Iterator[tuple[float, dict[str, Any], list[Placed]]]:
    """A comment for each group of lines with edits on them, and how sure its edits are."""
    for group in _groups(edits):
        first, last = group[0].line, max(placed.last for placed in group)
        lines = _lines(file, first, last)
        if lines is None:
            left.add(path, group, "on lines that the diff does not show")
            continue
        text = _mended(lines, first, group)
        if text is None:
            left.add(path, group, "on lines that have changed since the report")
            continue
        if text and not text.endswith("\n") and lines[-1].endswith("\n"):
            after = _lines(file, first, last + 1)
            if after is None:
                left.add(path, group, "that join a line with one the diff does not show")
                continue
            text, last, lines = text + after[-1], last + 1, after
        if "\r" in text or (text and text.endswith("\n") != lines[-1].endswith("\n")):
            left.add(path, group, "about line ends, which a suggestion cannot express")
            continue
        comment = _comment(path, first, last, text, group)
        if len(comment["body"]) > _LARGEST:
            left.add(path, group, "too long for a comment")
            continue
        yield max(placed.edit.confidence for placed in group), comment, group


def _groups(edits: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Edits that share a line."""
    group: list[Placed] = []
    last = 0
    for placed in sorted(edits, key=lambda placed: placed.edit.span):
        if group and placed.line > last:
            yield group
            group = []
        last = max(last if group else 0, placed.last)
        group.append(placed)
    if group:
        yield group


def _lines(file: DiffFile, first: int, last: int) -> list[str] | None:
    """The lines, if they all stand in one hunk."""
    for hunk in file.hunks:
        if hunk and hunk[0][0] <= first and last <= hunk[-1][0]:
            start = hunk[0][0]
            return [text for _, text in hunk[first - start : last - start + 1]]
    return None


def _mended(lines: Sequence[str], first: int, group: Iterable[Placed]) -> str | None:
    """The lines with the edits made; None if they do not read as the edits say."""
    source = "".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    parts: list[str] = []
    at = 0
    for placed in group:
        start = starts[placed.line - first] + placed.column - 1
        end = start + len(placed.edit.before)
        if start < at or source[start:end] != placed.edit.before:
            return None
        parts += source[at:start], placed.edit.after
        at = end
    return "".join(parts) + source[at:]


def _comment(
    path: str, first: int, last: int, text: str, group: Sequence[Placed]
) -> dict[str, Any]:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    content = text if not text or text.endswith("\n") else text + "\n"
    said = "\n".join(f"- {_change(placed.edit)}" for placed in group[:20])
    more = f"\n- and {len(group) - 20} more" if len(group) > 20 else ""
    comment: dict[str, Any] = {
        "path": path,
        "line": last,
        "side": "RIGHT",
        "body": f"{said}{more}\n\n{fence}suggestion\n{content}{fence}\n",
    }
    if last > first:
        comment |= {"start_line": first, "start_side": "RIGHT"}
    return comment


def _change(edit: Edit) -> str:
    """The edit in one line of Markdown: what, by which rule, how sure, why."""
    old, new = (inert(visible(_short(text))) for text in (edit.before, edit.after))
    change = f"{old} → {new}" if old and new else (f"remove {old}" if old else f"insert {new}")
    why = f": {inert(visible(edit.reason))}" if edit.reason else ""
    return f"{change} ({inert(edit.rule)}, {edit.confidence:.2f}){why}"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _summary(total: int, comments: int, left: _Left) -> Iterator[str]:
    told = total - left.reasons.total()
    made, given = _count(total, "edit"), _count(comments, "suggestion")
    yield f"**repair** would make {made} here; {told:,} of them in {given}.\n"
    if not left.listed:
        return
    yield "\nNot suggested line by line:\n"
    for reason, count in left.reasons.most_common():
        yield f"- {count:,} {reason}\n"
    yield "\n<details><summary>The first of them</summary>\n\n"
    for path, placed in left.listed[:_LISTED]:
        yield f"- {inert(visible(path))}:{placed.line}: {_change(placed.edit)}\n"
    yield "\n</details>\n"
