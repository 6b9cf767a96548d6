"""A list of names, asked which of them a surface form may stand for."""

from __future__ import annotations

from collections.abc import Iterable


class Lexicon:
    """Known names."""

    @classmethod
    def of(cls, names: Iterable[str]) -> Lexicon:
        """A lexicon of bare names."""
        return cls()
