"""What a run came to: counts that add up in any order of workers, for people and for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from repair.text.document import Repaired
from repair.text.edits import Edit

# Kept for the summary, a rule: what it changed into what. More would grow with the corpus.
EXAMPLES = 64
_LONGEST = 40
_SHORT = 3  # a change of so few characters is shown with its words


@dataclass(slots=True)
class Tally:
    """Counts over documents; `size` is in bytes. `rules` counts the applied edits by rule,
    `suggested` the others; `examples` a bounded number of short changes, by rule.
    """

    documents: int = 0
    changed: int = 0
    failed: int = 0
    size: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    examples: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    hints: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    def add(self, done: Repaired, size: int) -> None:
        """Count one document of so many bytes."""
        self.documents += 1
        self.size += size
        if done.script:
            self.changed += 1
            for edit in done.edits:
                self.rules[edit.rule] += 1
                _remember(self.examples, edit.rule, _example(edit, done))
        for edit in done.suggestions:
            self.suggested[edit.rule] += 1
            _remember(self.hints, edit.rule, _example(edit, done))

    def merge(self, other: Tally) -> None:
        """Take in the counts of later documents."""
        self.documents += other.documents
        self.changed += other.changed
        self.failed += other.failed
        self.size += other.size
        self.rules += other.rules
        self.suggested += other.suggested
        for mine, theirs in ((self.examples, other.examples), (self.hints, other.hints)):
            for rule, pairs in theirs.items():
                for pair, number in pairs.items():
                    _remember(mine, rule, pair, number)

    @property
    def edits(self) -> int:
        return self.rules.total()

    @property
    def suggestions(self) -> int:
        return self.suggested.total()

    def as_json(self, whole: bool = False) -> dict[str, Any]:
        """For machines: plain values, the same for any number of workers. `whole` adds what
        `from_json` needs besides.
        """
        more = {"examples": _listed(self.examples), "hints": _listed(self.hints)} if whole else {}
        return {
            "documents": self.documents,
            "changed": self.changed,
            "failed": self.failed,
            "bytes": self.size,
            "edits": self.edits,
            "suggestions": self.suggestions,
            "edits_by_rule": dict(sorted(self.rules.items())),
            "suggestions_by_rule": dict(sorted(self.suggested.items())),
            **more,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Tally:
        """The tally that `as_json(whole=True)` told of."""
        return cls(
            told["documents"],
            told["changed"],
            told["failed"],
            told["bytes"],
            Counter(told["edits_by_rule"]),
            Counter(told["suggestions_by_rule"]),
            _unlisted(told["examples"]),
            _unlisted(told["hints"]),
        )


def _example(edit: Edit, done: Repaired) -> tuple[str, str]:
    """The change with the words that it stands in: of a lone blank nobody can tell what it was.

    >>> import repair
    >>> text = "a multi -billion deal"
    >>> edit = repair.Edit(repair.Span(7, 8), " ", "", "artifacts/orphan-hyphen", "", 1.0)
    >>> _example(edit, repair.clean(text, repair.Config(stages=())))
    ('multi -billion', 'multi-billion')
    """
    if len(edit.before) > _SHORT or len(edit.after) > _SHORT:
        return edit.before, edit.after
    text = done.document.text
    around = max(edit.start - _LONGEST, 0), edit.end + _LONGEST
    left = text[around[0] : edit.start].split(" ")[-1].rpartition("\n")[2]
    right = text[edit.end : around[1]].split(" ")[0].partition("\n")[0]
    return left + edit.before + right, left + edit.after + right


def _listed(known: dict[str, Counter[tuple[str, str]]]) -> dict[str, list[list[Any]]]:
    return {rule: [[*pair, n] for pair, n in pairs.items()] for rule, pairs in known.items()}


def _unlisted(told: dict[str, list[list[Any]]]) -> dict[str, Counter[tuple[str, str]]]:
    return {rule: Counter({(a, b): n for a, b, n in rows}) for rule, rows in told.items()}


def _remember(
    known: dict[str, Counter[tuple[str, str]]], rule: str, pair: tuple[str, str], number: int = 1
) -> None:
    if max(map(len, pair)) > _LONGEST:
        pair = (cut(pair[0]), cut(pair[1]))
    pairs = known.setdefault(rule, Counter())
    if pair in pairs or len(pairs) < EXAMPLES:
        pairs[pair] += number


def cut(text: str, longest: int = _LONGEST) -> str:
    """The text, shortened in its middle to about `longest` characters."""
    if len(text) <= longest:
        return text
    half = (longest - 3) // 2
    return f"{text[:half]}...{text[-half:]}"
