"""A pipeline of one rule, and answers to what it proposes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from repair.review.decisions import Decision
from repair.review.honour import Honour, proposals
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Span
from repair.text.identity import Identity, identities

TABLE = {"Openi": "OpenAI", "Cooplot": "Copilot", "teh": "the"}
HINTS = {"customs": "custom", "odd": "odd"}


def repaired(
    text: str,
    name: str = "a.txt",
    table: dict[str, str] = TABLE,
    hints: dict[str, str] = HINTS,
    rule: str = "names/typo",
) -> Repaired:
    """The text with the words of `table` mended and those of `hints` suggested."""

    def found(words: dict[str, str], confidence: float) -> Iterable[Edit]:
        for word in re.finditer(r"\w+", text):
            if word[0] in words:
                span = Span(*word.span())
                yield Edit(span, word[0], words[word[0]], rule, "known garble", confidence)

    script = EditScript.of(found(table, 0.9))
    return Repaired(Document(text, name), script.apply(text), script, tuple(found(hints, 0.6)))


def known(done: Repaired) -> list[Identity]:
    return list(identities(done.document.text, [edit for edit, _ in proposals(done)]))


def answer(
    done: Repaired, number: int, what: str, replacement: str | None = None, **more: str
) -> Decision:
    """The answer to the edit of that number, edits and suggestions counted together."""
    return Decision.of(known(done)[number], done.document.name, what, replacement, **more)


def honoured(done: Repaired, *decisions: Decision, only: bool = False) -> Repaired:
    return Honour(decisions, only=only)(done)
