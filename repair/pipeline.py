"""The pipeline: stages propose, the pipeline disposes.

It knows what a stage looks like and no stage by name. It carries one structure, the script from
the original text to the present one, and composes each step onto it, so that whatever happens
every character that differs can be traced to the rule that changed it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import Any, Protocol

from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Rule, Span
from repair.text.quotations import quotations

# How often the stages may go round before a text counts as one that never settles. Two rounds are
# the rule for a damaged text (the second finds nothing); the third and fourth are for chains such
# as a name inside twofold mojibake inside entities.
ROUNDS = 6


class Stage(Protocol):
    """One kind of repair. `propose` opens no file, prints nothing, and changes nothing."""

    @property
    def name(self) -> str: ...

    @property
    def rules(self) -> tuple[Rule, ...]: ...

    def propose(self, text: str) -> Iterable[Edit]: ...


@dataclass(frozen=True, slots=True)
class Sparing:
    """A stage that leaves quotations alone: what it proposes inside of one is not proposed."""

    stage: Stage

    @property
    def name(self) -> str:
        return self.stage.name

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self.stage.rules

    def propose(self, text: str) -> Iterator[Edit]:
        """The edits of `text` that touch no quotation."""
        quoted = sorted(quotations(text))
        return (e for e in self.stage.propose(text) if not _meets(e.span, quoted))


@dataclass(frozen=True, slots=True)
class Policy:
    """Which proposals are applied, which are only suggested, and which are dropped.

    Confidences are in [0, 1]. `off` holds rule ids ("names/typo") and stage names ("names").
    """

    apply_at: float = 0.85
    suggest_at: float = 0.50
    off: frozenset[str] = frozenset()

    def select(self, edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
        """(applied, suggested), each sorted and disjoint; no suggestion touches an applied edit.

        Where proposals overlap, the most confident wins, then the longest, then the leftmost.
        """
        wanted = [e for e in edits if e.confidence >= self.suggest_at and not self._is_off(e.rule)]
        sure = [e for e in wanted if e.confidence >= self.apply_at and e.after != e.before]
        applied = list(_best(sure, []))
        if len(sure) == len(wanted):
            return applied, []
        chosen = set(map(id, sure))
        return applied, list(_best([e for e in wanted if id(e) not in chosen], applied))

    def _is_off(self, rule: str) -> bool:
        return bool(self.off) and (rule in self.off or rule.partition("/")[0] in self.off)


def _best(edits: Sequence[Edit], settled: Sequence[Edit]) -> Iterator[Edit]:
    """The edits that neither touch a settled one nor a better one of their own, sorted."""
    if not settled:  # as a rule none touches another
        in_order = sorted(edits, key=attrgetter("span"))
        if not any(a.span.touches(b.span) for a, b in pairwise(in_order)):
            return iter(in_order)
    taken: list[Span] = [edit.span for edit in settled]
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (-e.confidence, e.start - e.end, e.start)):
        if not _meets(edit.span, taken):
            insort(taken, edit.span)
            chosen.append(edit)
    return iter(sorted(chosen, key=lambda e: e.span))


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stages in the order in which they run, and the policy that decides on what they propose.

    `rebuild` gives the same pipeline in another process: a pipeline is pickled as that call, never
    as its compiled dictionaries.
    """

    stages: tuple[Stage, ...]
    policy: Policy = Policy()
    rebuild: Callable[[], Pipeline] | None = None

    def repair(self, document: Document) -> Repaired:
        """Run the stages, round after round, until none has anything more to apply.

        A second run over the result therefore changes nothing. A text that still changes after
        `ROUNDS` rounds comes back as it was, with everything that was proposed as suggestions.
        """
        text, script = document.text, EditScript()
        suggestions: dict[int, list[Edit]] = {}
        earlier: list[Edit] = []  # what was suggested in rounds before the last
        quiet = 0  # stages in a row that had nothing to apply to the present text
        for turn in range(ROUNDS * len(self.stages)):
            which = turn % len(self.stages)
            applied, suggested = self.policy.select(self.stages[which].propose(text))
            step = EditScript.of(applied)
            earlier += suggestions.get(which, ())
            suggestions[which] = [_in_source(e, document.text, text, script) for e in suggested]
            quiet = 0 if step else quiet + 1
            if step:
                text, script = step.apply(text), script.then(step)
            if quiet == len(self.stages):
                break
        else:
            return _unsettled(Repaired(document, text, script))
        left = [e for s in suggestions.values() for e in s]
        left += _still_open(earlier, left, script)
        return Repaired(document, text, script, tuple(sorted(left, key=lambda e: e.span)))

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        if self.rebuild is None:
            return Pipeline, (self.stages, self.policy)
        return self.rebuild, ()


def _in_source(edit: Edit, source: str, text: str, script: EditScript) -> Edit:
    """The proposal, made of the present text, as a proposal for the source: `before` is what
    stands there.
    """
    span = script.to_source(edit.span)
    if source[span.start : span.end] == edit.before:
        return edit.at(span)
    around = script.to_target(span)
    after = text[around.start : edit.start] + edit.after + text[edit.end : around.end]
    return replace(edit, span=span, before=source[span.start : span.end], after=after)


def _still_open(earlier: list[Edit], left: list[Edit], script: EditScript) -> list[Edit]:
    """The suggestions of earlier rounds at places of which nothing was said or done since.

    Damage that is mended was evidence for the damage that is left: after the round that mends
    "Openi", nothing in the text says any more that "Open" beside it is OpenAI.
    """
    settled = sorted({e.span for e in left} | {hunk.source for hunk in script.hunks})
    found: list[Edit] = []
    for edit in reversed(earlier):
        if not _meets(edit.span, settled):
            insort(settled, edit.span)
            found.append(edit)
    return found


def _meets(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span touches one of others, which are sorted and disjoint."""
    # An empty span may stand beside a longer one at the same start: look at two to the right.
    at = bisect_left(others, span)
    return any(span.touches(other) for other in others[max(at - 1, 0) : at + 2])


def _unsettled(repaired: Repaired) -> Repaired:
    """A text on which the rules contradict each other: nothing is applied, everything is said."""
    document = repaired.document
    edits = tuple(replace(e, confidence=min(e.confidence, 0.5)) for e in repaired.edits)
    return Repaired(document, document.text, EditScript(), edits)
