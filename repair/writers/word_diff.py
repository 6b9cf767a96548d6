"""The diff for people: one row for each edit, a few words on either side, `[-old-]{+new+}`.

A line diff of prose shows two whole paragraphs for one changed word. Here each edit has its place,
its rule and its confidence, and about forty characters of the text around it; edits whose
surroundings meet share a row. A suggestion is `[?old?]{?new?}`: the text still has the old. What
cannot be seen is named, what a terminal would obey is inert, and it reads the same without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from repair.text.document import Repaired
from repair.text.edits import Edit
from repair.text.lines import Lines
from repair.text.visible import visible

AROUND = 40  # characters shown on either side of an edit
_LONGEST = 160  # characters of a deleted or inserted text that are shown; of a longer one the ends
_RED, _GREEN, _DIM, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


class Proposal(NamedTuple):
    """An edit, and whether it was applied or is a suggestion."""

    edit: Edit
    applied: bool


def write(
    results: Iterable[Repaired],
    out: TextIO,
    *,
    style: str = "word",
    colour: bool = False,
    suggestions: bool = True,
    around: int = AROUND,
    width: int = 100,
) -> None:
    """Write the edits of each result that has any.

    `style` is "word" (one column) or "side" (old left, new right, `width` columns in all);
    `around` is the number of characters of context; `suggestions` tells whether to show what was
    not applied.
    """
    rows = _word_rows if style == "word" else _side_rows
    for repaired in results:
        proposals = [Proposal(edit, True) for edit in repaired.edits]
        if suggestions:
            proposals += (Proposal(edit, False) for edit in repaired.suggestions)
        if not proposals:
            continue
        proposals.sort(key=lambda proposal: proposal.edit.span)
        paint = _Paint(colour)
        out.write(paint(_BOLD, _no_command(visible(repaired.document.name))) + "\n")
        for row in rows(repaired.document.text, proposals, around, width, paint):
            out.write(_no_command(row) + "\n")


def _no_command(row: str) -> str:
    """The row as no workflow command: a log of GitHub Actions obeys lines that begin with "::", and
    "##[" wherever it stands.
    """
    row = row.replace("##[", "##⟨⟩[")
    inner = row.lstrip()
    if not inner.startswith("::"):
        return row
    return f"{row[: len(row) - len(inner)]}⟨⟩{inner}"


class _Paint:
    """Puts a colour around a text, or leaves it."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, shade: str, text: str) -> str:
        return f"{shade}{text}{_PLAIN}" if self._colour and text else text


def _word_rows(
    text: str, proposals: Sequence[Proposal], around: int, width: int, paint: _Paint
) -> Iterator[str]:
    lines = Lines(text)
    for group in _near(proposals, around):
        for edit, applied in group:
            yield paint(_DIM, "  " + _head(lines, edit, applied))
        yield "    " + _inline(text, group, around, paint)


def _side_rows(
    text: str, proposals: Sequence[Proposal], around: int, width: int, paint: _Paint
) -> Iterator[str]:
    """Two columns; where one side is longer than its column it runs on below."""
    lines = Lines(text)
    column = max(20, (width - 7) // 2)
    for group in _near(proposals, around):
        for edit, applied in group:
            yield paint(_DIM, "  " + _head(lines, edit, applied))
        left, right = _sides(text, group, around)
        for old, new in _columns(left, right, column):
            yield f"    {paint(_RED, old)}{' ' * (column - len(old))} | {paint(_GREEN, new)}"


def _near(proposals: Sequence[Proposal], around: int) -> Iterator[list[Proposal]]:
    """Edits in a row whose context would meet; one that lies over another has its own row."""
    group: list[Proposal] = []
    for proposal in proposals:
        if group and not 0 <= proposal.edit.start - group[-1].edit.end <= around:
            yield group
            group = []
        group.append(proposal)
    yield group


def _head(lines: Lines, edit: Edit, applied: bool) -> str:
    where = lines.position(edit.start)
    word = "" if applied else "  suggested"
    return f"{where.line}:{where.column}  {visible(edit.rule)}  {edit.confidence:.2f}{word}"


def _inline(text: str, group: Sequence[Proposal], around: int, paint: _Paint) -> str:
    """The text around the group with each edit marked in it."""
    at = _context_start(text, group[0].edit.start, around)
    parts = ["…" if at > 0 and text[at - 1] != "\n" else ""]
    for edit, applied in group:
        parts.append(visible(text[at : edit.start]))
        parts.append(marked(edit, paint, applied=applied))
        at = max(at, edit.end)
    end = _context_end(text, at, around)
    parts.append(visible(text[at:end]))
    parts.append("…" if end < len(text) and text[end] != "\n" else "")
    return "".join(parts)


def marked(edit: Edit, paint: _Paint | None = None, *, applied: bool = True) -> str:
    """The edit as `[-old-]{+new+}`, the notation of `git diff --word-diff`."""
    paint = paint or _Paint(False)
    old, new = _halves(edit, applied)
    return paint(_RED, old) + paint(_GREEN, new)


def _halves(edit: Edit, applied: bool) -> tuple[str, str]:
    """The old and the new text, marked; damage without a known repair has no new one."""
    minus, plus = ("-", "+") if applied and edit.before != edit.after else ("?", "?")
    old = f"[{minus}{_shortened(edit.before)}{minus}]" if edit.before else ""
    new = f"{{{plus}{_shortened(edit.after)}{plus}}}" if edit.after else ""
    return old, new if edit.before != edit.after else ""


def _sides(text: str, group: Sequence[Proposal], around: int) -> tuple[str, str]:
    at = _context_start(text, group[0].edit.start, around)
    left: list[str] = []
    right: list[str] = []
    for edit, applied in group:
        same = visible(text[at : edit.start])
        old, new = _halves(edit, applied)
        left += same, old
        right += same, new
        at = max(at, edit.end)
    same = visible(text[at : _context_end(text, at, around)])
    return "".join((*left, same)), "".join((*right, same))


def _columns(left: str, right: str, column: int) -> Iterator[tuple[str, str]]:
    for at in range(0, max(len(left), len(right), 1), column):
        yield left[at : at + column], right[at : at + column]


def _context_start(text: str, offset: int, around: int) -> int:
    """At most `around` characters before the offset, on its line, at the start of a word."""
    low = max(0, offset - around, text.rfind("\n", max(0, offset - around), offset) + 1)
    if low == 0 or text[low - 1] == "\n":
        return low
    blank = text.find(" ", low, offset)
    return blank + 1 if blank >= 0 else low


def _context_end(text: str, offset: int, around: int) -> int:
    """At most `around` characters behind the offset, on its line, at the end of a word."""
    high = min(len(text), offset + around)
    line_end = text.find("\n", offset, high)
    if line_end >= 0 or high == len(text):
        return line_end if line_end >= 0 else high
    blank = text.rfind(" ", offset, high)
    return blank if blank > offset else high


def _shortened(text: str) -> str:
    """The text legibly; of a long one (a menu, a footer) both ends and how much is between."""
    if len(text) <= _LONGEST:
        return visible(text)
    ends = _LONGEST // 2
    hidden = text[ends:-ends]
    lines = hidden.count("\n")
    size = f"{len(hidden):,} characters" + (f", {lines} lines" if lines > 1 else "")
    return f"{visible(text[:ends])} …({size})… {visible(text[-ends:])}"
