"""One line through several repairs, and one account of them all.

Each repair of a line is a step: the text so far, what the step found, and why. The steps compose
as scripts do, so that in the end every change of the line bears the rule that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from repair.text.diff import changes
from repair.text.document import as_edit
from repair.text.edits import Edit, EditScript, Span


class Line:
    """A line under repair: `text` is what it reads now, `edits` what was done to `source`."""

    __slots__ = ("_script", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = self.text = source
        self._script = EditScript()

    def apply(
        self,
        found: Iterable[tuple[Span, str]],
        rule: str,
        reason: str,
        confidence: float,
        evidence: tuple[str, ...] = (),
    ) -> bool:
        """Make these changes of `text`; whether there were any."""
        return self.make(
            Edit(span, self.text[span.start : span.end], after, rule, reason, confidence, evidence)
            for span, after in found
        )

    def make(self, edits: Iterable[Edit]) -> bool:
        """Make these edits of `text`, which must not overlap; whether there were any."""
        step = EditScript.of(edits)
        if step:
            self.text = step.apply(self.text)
            self._script = self._script.then(step)
        return bool(step)

    def become(self, text: str, rule: str, reason: str, confidence: float) -> bool:
        """Replace the text by what a fixer made of it."""
        return self.apply(changes(self.text, text), rule, reason, confidence)

    def edits(self, offset: int) -> Iterator[Edit]:
        """What was done, one edit a place, with spans in the text in which `source` stands at
        `offset`.
        """
        for hunk in self._script.hunks:
            edit = as_edit(hunk)
            yield replace(edit, span=Span(edit.start + offset, edit.end + offset))
