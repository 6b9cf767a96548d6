"""The door of the artifacts stage: slips of translation, spinning and copying, one rule each.

Every rule begins with a test that costs next to nothing and ends there on clean text. A rule sees
the text as it was handed in and proposes; no rule sees what another one proposes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from repair.stages.artifacts import (
    blanks,
    doubles,
    footnotes,
    homoglyphs,
    joins,
    line_ends,
    marks,
    numbers,
    placeholders,
)
from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

# In the order of docs/artifacts.md; no order matters, since all see the same text.
PROPOSERS: tuple[Callable[[Page], Iterator[Edit]], ...] = (
    homoglyphs.homoglyphs,
    placeholders.placeholders,
    placeholders.unfilled,
    doubles.doubled,
    blanks.orphan_hyphens,
    blanks.orphan_currency,
    blanks.orphan_colons,
    blanks.orphan_scores,
    blanks.mixed_percents,
    blanks.datelines,
    marks.orphan_quotes,
    marks.orphan_apostrophes,
    marks.orphan_marks,
    marks.stray_marks,
    footnotes.footnotes,
    joins.glued_names,
    joins.glued_sentences,
    numbers.percents,
    numbers.thousand_millions,
    numbers.spelled_decimals,
    line_ends.line_hyphens,
)
# A rule may make so many edits in a short text, and one in so many characters of a long one.
FEW, SPARSE = 200, 100
# Rules that are off unless asked for and cost something: rule -> what proposes.
ON_REQUEST: tuple[tuple[str, Callable[[Page], Iterator[Edit]]], ...] = (
    ("artifacts/hard-wrap", line_ends.hard_wraps),
    ("artifacts/orphan-percent", blanks.orphan_percents),
)

RULES: tuple[Rule, ...] = (
    *homoglyphs.RULES,
    *placeholders.RULES,
    *doubles.RULES,
    *blanks.RULES,
    *marks.RULES,
    *footnotes.RULES,
    *joins.RULES,
    *numbers.RULES,
    *line_ends.RULES,
)


class Artifacts:
    """Slips that the place itself proves, or that the damage of the whole text explains."""

    name = "artifacts"
    rules = RULES

    def __init__(self, on: Collection[str] = ()) -> None:
        """`on` holds the ids of rules that are off by default and shall run."""
        self._proposers = (*PROPOSERS, *(propose for rule, propose in ON_REQUEST if rule in on))

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`, in no order; they may overlap, and the policy chooses.

        A rule that finds a slip every hundred characters has met no damaged prose but test data, a
        table or a game with letters: nothing of it is proposed.
        """
        page = Page(text)
        most = max(FEW, len(text) // SPARSE)
        for propose in self._proposers:
            edits = list(islice(propose(page), most + 1))
            if len(edits) <= most:
                yield from edits
