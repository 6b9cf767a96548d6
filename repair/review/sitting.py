"""One sitting of a review: the edits to answer, the answers given, and the way back.

The terminal and the browser are two faces of this: both take the open edits in order, and each
answer is on the disk before the next question.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from repair.review.decisions import UNDO, Decision, append, load, save
from repair.review.honour import Honour, proposals
from repair.text.document import Repaired
from repair.text.edits import Edit
from repair.text.identity import Identity, identities


@dataclass(frozen=True, slots=True)
class Question:
    """An edit to answer. `number` counts all edits of the sitting from 0."""

    number: int
    repaired: Repaired
    edit: Edit
    applied: bool
    identity: Identity

    @property
    def document(self) -> str:
        return self.repaired.document.name


@dataclass(frozen=True, slots=True)
class Choice:
    """Which edits to ask about: rule ids or stage names, confidences in [0, 1], kinds."""

    rules: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    applied: bool = True
    suggested: bool = True

    def takes(self, edit: Edit, applied: bool) -> bool:
        named = not self.rules or any(
            edit.rule == rule or edit.rule.startswith(f"{rule}/") for rule in self.rules
        )
        kind = self.applied if applied else self.suggested
        return named and kind and self.low <= edit.confidence <= self.high


class Sitting:
    """The questions of some documents, and the file in which the answers are kept.

    `prefix` is the working folder seen from the folder of the decisions; `now` gives the time of an
    answer.
    """

    def __init__(
        self,
        results: Iterable[Repaired],
        path: Path,
        *,
        prefix: str = "",
        choice: Choice | None = None,
        author: str = "me",
        now: Callable[[], str] | None = None,
    ) -> None:
        self.path = path
        self.prefix = prefix
        self.author = author
        self.results = [r for r in results if r.edits or r.suggestions]
        self._now = now or _time
        self._history: list[tuple[list[Decision], dict[int, Decision | None]]] = []
        self._decisions = load(path)
        self.questions: list[Question] = []
        self.answers: dict[int, Decision] = {}
        choice = choice or Choice()
        honour = Honour(tuple(self._decisions), prefix)
        for repaired in self.results:
            self._take(repaired, honour, choice)

    def _take(self, repaired: Repaired, honour: Honour, choice: Choice) -> None:
        pairs = list(proposals(repaired))
        known = list(identities(repaired.document.text, (edit for edit, _ in pairs)))
        settled = honour.settled(known, repaired.document.name)
        for at, (edit, applied) in enumerate(pairs):
            if not choice.takes(edit, applied):
                continue
            question = Question(len(self.questions), repaired, edit, applied, known[at])
            self.questions.append(question)
            if at in settled:
                self.answers[question.number] = settled[at]

    def next(self, after: int = -1) -> Question | None:
        """The next open question behind that number, then from the start again."""
        ahead = self.questions[after + 1 :] + self.questions[: after + 1]
        return next((q for q in ahead if q.number not in self.answers), None)

    @property
    def open(self) -> int:
        return len(self.questions) - len(self.answers)

    def give(
        self,
        question: Question,
        answer: str,
        replacement: str | None = None,
        *,
        author: str | None = None,
        note: str = "",
    ) -> int:
        """Record an answer, and give it to every open question it settles; how many that were."""
        return self.give_all([(question, answer, replacement)], author=author, note=note)

    def give_all(
        self,
        given: Sequence[tuple[Question, str, str | None]],
        *,
        author: str | None = None,
        note: str = "",
    ) -> int:
        """Record many answers as one step, which `undo` takes back whole."""
        decisions: list[Decision] = []
        before: dict[int, Decision | None] = {}
        for question, answer, replacement in given:
            decision = Decision.of(
                question.identity,
                self.document(question),
                answer,
                replacement,
                author=author or self.author,
                at=self._now(),
                note=note,
            )
            decisions.append(decision)
            for other in self._settled_by(question, decision):
                before.setdefault(other.number, self.answers.get(other.number))
                self.answers[other.number] = decision
        append(self.path, decisions)
        self._history.append((decisions, before))
        return len(before)

    def undo(self) -> Question | None:
        """Take the last step back; the first of its questions, or None if there was no step."""
        if not self._history:
            return None
        decisions, before = self._history.pop()
        append(self.path, [replace(d, answer=UNDO, at=self._now()) for d in decisions])
        for number, earlier in before.items():
            if earlier is None:
                self.answers.pop(number, None)
            else:
                self.answers[number] = earlier
                append(self.path, [replace(earlier, at=self._now())])
        return self.questions[min(before)]

    def close(self) -> Counter[str]:
        """Sort the file of answers; what was answered, by answer."""
        if self._history:
            save(self.path, load(self.path))
        return Counter(d.answer for decisions, _ in self._history for d in decisions)

    def document(self, question: Question) -> str:
        """The document's name as decisions have it."""
        return posixpath.normpath(posixpath.join(self.prefix, question.document))

    def _settled_by(self, question: Question, decision: Decision) -> list[Question]:
        if decision.reach == "here":
            return [question]
        document = self.document(question)
        return [
            other
            for other in self.questions
            if other is question
            or (
                other.number not in self.answers
                and other.identity.before == decision.before
                and (decision.reach == "everywhere" or self.document(other) == document)
                and (not decision.changes or other.identity.after == decision.after)
            )
        ]


def _time() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
