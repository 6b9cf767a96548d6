"""The artifacts stage."""

from __future__ import annotations

from collections.abc import Iterable

from repair.text.edits import Edit, Rule

RULES: tuple[Rule, ...] = ()


class Artifacts:
    """Proposes nothing yet."""

    name = "artifacts"
    rules = RULES

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`."""
        return ()
