"""Turns answers that repeat into rows of a dictionary, so that they need not be given again.

A garble that was mended the same way twice (or "always") becomes a row of `surfaces.tsv`, a word
that was left alone twice (or "never") one of `keep.tsv`, in a pack of the user's own. What was
answered both ways is taught to nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from repair.lexicon.tables import rows
from repair.review.decisions import Decision

SURFACES = ("surface", "canonical", "via", "origin")
KEEP = ("surface", "reason")
_ENOUGH = 2  # equal answers
# What a row can hold: words on one line, without the signs that part cells and lists
_ROW = re.compile(r"[^\t\n\r|\x00-\x1f\ud800-\udfff]{1,80}")


@dataclass(frozen=True, slots=True)
class Lessons:
    """`surfaces` are (surface, canonical), `keep` are surfaces, `torn` what was answered both
    ways; all sorted.
    """

    surfaces: tuple[tuple[str, str], ...]
    keep: tuple[str, ...]
    torn: tuple[str, ...]


def lessons(decisions: Iterable[Decision], enough: int = _ENOUGH) -> Lessons:
    """What the decisions teach. "always" and "never" count as `enough`, any other as one."""
    mended: Counter[tuple[str, str]] = Counter()
    left: Counter[str] = Counter()
    for decision in decisions:
        after = decision.after if decision.replacement is None else decision.replacement
        weight = enough if decision.reach == "everywhere" else 1
        if not _ROW.fullmatch(decision.before) or not any(map(str.isalpha, decision.before)):
            continue
        if not decision.changes:
            left[decision.before] += weight * (decision.answer != "baseline")
        elif _ROW.fullmatch(after) and _name(decision) and after != decision.before:
            mended[decision.before, after] += weight
    ways = Counter(surface for surface, _ in mended)
    torn = {s for s in ways if ways[s] > 1 or left[s]}
    surfaces = (pair for pair, n in mended.items() if n >= enough and pair[0] not in torn)
    keep = (surface for surface, n in left.items() if n >= enough and surface not in torn)
    return Lessons(tuple(sorted(surfaces)), tuple(sorted(keep)), tuple(sorted(torn)))


def teach(learned: Lessons, pack: Path) -> tuple[int, int]:
    """Add the lessons to the pack in that folder; how many rows are new in (surfaces, keep).

    Rows that stand there already stay as they are. Raises DictionaryError if a table is broken.
    """
    garbles = [(surface, canonical, "typo", "review") for surface, canonical in learned.surfaces]
    kept = [(surface, "left alone in review") for surface in learned.keep]
    return (
        _add(pack / "surfaces.tsv", SURFACES, garbles),
        _add(pack / "keep.tsv", KEEP, kept),
    )


def _add(path: Path, columns: tuple[str, ...], new: Iterable[tuple[str, ...]]) -> int:
    old = [row.cells for row in rows(path, columns)] if path.is_file() else []
    known = {cells[0] for cells in old}
    fresh = [cells for cells in new if cells[0] not in known]
    if fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ["\t".join(cells) for cells in (columns, *sorted([*old, *fresh]))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(fresh)


def _name(decision: Decision) -> bool:
    """Whether the repair is one of a word: a rule of names made it, or a person wrote it."""
    return decision.rule.startswith("names/") or decision.replacement is not None
