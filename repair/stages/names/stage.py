"""The names stage."""

from __future__ import annotations

from collections.abc import Iterable

from repair.text.edits import Edit, Rule

RULES: tuple[Rule, ...] = ()


class Names:
    """Proposes nothing yet."""

    name = "names"
    rules = RULES

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`."""
        return ()
