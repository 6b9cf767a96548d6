"""The door of the artifacts stage: slips of translation, spinning and copying, one rule each.

Every rule begins with a test that costs next to nothing and ends there on clean text. A rule sees
the text as it was handed in and proposes; no rule sees what another one proposes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from repair.stages.artifacts import blanks, doubles, footnotes, placeholders
from repair.stages.artifacts.knowledge import words
from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

PROPOSERS: tuple[Callable[[Page], Iterator[Edit]], ...] = (
    placeholders.placeholders,
    placeholders.unfilled,
    doubles.doubled_words,
    doubles.doubled_phrases,
    blanks.orphan_hyphens,
    blanks.orphan_currency,
    blanks.orphan_colons,
    blanks.orphan_scores,
    blanks.orphan_quotes,
    blanks.orphan_percents,
    blanks.orphan_marks,
    blanks.stray_marks,
    blanks.datelines,
    footnotes.footnotes,
)

RULES: tuple[Rule, ...] = (
    *placeholders.RULES,
    *doubles.RULES,
    *blanks.RULES,
    *footnotes.RULES,
)


class Artifacts:
    """Slips that the place itself proves, or that the damage of the whole text explains."""

    name = "artifacts"
    rules = RULES

    def __init__(self) -> None:
        self._words = words()

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`, in no order; they may overlap, and the policy chooses."""
        page = Page(text, self._words)
        for propose in PROPOSERS:
            yield from propose(page)
