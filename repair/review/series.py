"""A patch for each rule, so that a reviewer can take the encodings whole and read the names.

The patches form a series: each applies where the ones before it have been applied. A document in
another encoding is first recoded in a patch of its own, so that the others show only words.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Span
from repair.writers.unified_diff import write

RECODED = "recoded-as-utf-8"
KINDS = ("rule", "stage", "document")


@dataclass(frozen=True, slots=True)
class Patch:
    """One patch of a series. `name` is its file name, `data` its bytes."""

    name: str
    data: bytes
    edits: int


def series(results: Sequence[Repaired], by: str = "rule", prefix: str = "") -> Iterator[Patch]:
    """The patches, in the order in which they apply; `by` is one of KINDS.

    Rules come in the order of their stages, as they first occur; documents by name.
    """
    order = _order(results, by)
    number = 0
    recoded = [r for r in results if r.document.encoding != "utf-8"]
    data = _patch([Repaired(r.document, r.document.text, EditScript()) for r in recoded], prefix)
    if data:
        number += 1
        yield Patch(f"{number:04}-{RECODED}.patch", data, 0)
    for place, group in enumerate(order):
        steps = [_step(repaired, order, place, by) for repaired in results]
        steps = [step for step in steps if step.script]
        number += 1
        count = sum(len(step.script.hunks) for step in steps)
        yield Patch(f"{number:04}-{_slug(group)}.patch", _patch(steps, prefix), count)


def _order(results: Sequence[Repaired], by: str) -> list[str]:
    found: Counter[str] = Counter()
    for repaired in results:
        found.update(_group(repaired, edit, by) for edit in repaired.edits)
    if by == "document":
        return sorted(found)
    stages = {name: n for n, name in enumerate(_stages())}
    first = list(found)
    return sorted(
        found, key=lambda group: (stages.get(group.split("/")[0], 99), first.index(group))
    )


def _stages() -> tuple[str, ...]:
    from repair.config import STAGES

    return tuple(name for name, _ in STAGES)


def _group(repaired: Repaired, edit: Edit, by: str) -> str:
    if by == "document":
        return repaired.document.name
    return edit.rule if by == "rule" else edit.rule.split("/")[0]


def _step(repaired: Repaired, order: Sequence[str], place: int, by: str) -> Repaired:
    """From the document as the groups before `place` leave it to what this group makes of it."""
    rank = {group: number for number, group in enumerate(order)}
    source = repaired.document.text
    before: list[Edit] = []
    now: list[Edit] = []
    shift = 0
    for edit in repaired.edits:
        when = rank[_group(repaired, edit, by)]
        if when < place:
            before.append(edit)
            shift += len(edit.after) - len(edit.before)
        elif when == place:
            now.append(replace(edit, span=Span(edit.start + shift, edit.end + shift)))
    text = EditScript.of(before).apply(source) if before else source
    script = EditScript.of(now)
    document = Document(text, repaired.document.name, "utf-8", repaired.document.meta)
    return Repaired(document, script.apply(text), script)


def _patch(results: Sequence[Repaired], prefix: str) -> bytes:
    out = io.StringIO(newline="")
    write(results, out, prefix=prefix)
    return out.getvalue().encode("utf-8", "surrogateescape")


def _slug(group: str) -> str:
    """A file name out of a rule id or a path: "names/typo" -> "names-typo"."""
    return re.sub(r"[^\w.-]+", "-", group, flags=re.ASCII).strip("-.")[:80] or "patch"
