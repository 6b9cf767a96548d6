"""The encoding stage."""

from __future__ import annotations

from collections.abc import Iterable

from repair.text.edits import Edit, Rule

RULES: tuple[Rule, ...] = ()


class Encoding:
    """Proposes nothing yet."""

    name = "encoding"
    rules = RULES

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`."""
        return ()
