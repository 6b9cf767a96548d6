"""Which names the shipped packs list at all: enough to see where a name begins or ends.

This is no lexicon: it knows neither garbles nor cues and is read only when a text shows a glued
name. Candidates for a surface come from the lexicon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from repair.lexicon.tables import folder, rows


@dataclass(frozen=True, slots=True)
class Listed:
    """All listed names, and those of several words by their first and by their last word."""

    names: frozenset[str]
    by_first: Mapping[str, tuple[str, ...]]
    by_last: Mapping[str, tuple[str, ...]]

    def beginning(self, text: str, at: int) -> str:
        """The longest listed name that stands in `text` at an offset, or ""."""
        end = at
        while end < len(text) and end - at < 40 and text[end].isalnum():
            end += 1
        word = text[at:end]
        for name in self.by_first.get(word, ()):
            after = text[at + len(name) : at + len(name) + 1]
            if text.startswith(name, at) and not after.isalnum():
                return name
        return word if word in self.names else ""

    def ending(self, text: str, at: int, word: str) -> str:
        """The longest listed name of several words that ends in `text` with `word` at an offset,
        or "".
        """
        for name in self.by_last.get(word, ()):
            start = at - len(name)
            if start >= 0 and text.startswith(name, start) and not text[:start][-1:].isalnum():
                return name
        return ""


@cache
def listed() -> Listed:
    """The names of all shipped packs. Raises DictionaryError if a table is broken."""
    paths = sorted(folder().glob("*/names.tsv"))
    names = [cells[0] for path in paths for _, cells in rows(path, ("canonical",))]
    first: dict[str, list[str]] = {}
    last: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        words = name.split(" ")
        if len(words) > 1:
            first.setdefault(words[0], []).append(name)
            last.setdefault(words[-1], []).append(name)
    return Listed(
        frozenset(names),
        {word: tuple(found) for word, found in first.items()},
        {word: tuple(found) for word, found in last.items()},
    )
