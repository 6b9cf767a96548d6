"""Applies the decisions of a review to what the pipeline proposes.

It is a pure function from a result to a result: a rejected edit is taken out (and is no suggestion
either), an accepted suggestion is applied, a replacement is written. An answer given "here" finds
its edit again in a text that has changed meanwhile: by its place where the words around still
stand, else by what is left of them, one answer for one edit.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from repair.review.decisions import Decision
from repair.text.document import Repaired
from repair.text.edits import Edit, EditScript
from repair.text.identity import Identity, identities, whole_words

# Words of context (of at most six) that a place must have left for an answer to hold there in a
# document of another name; in its own document half of them do.
_ELSEWHERE = 2 / 3
# Answers that share a word of context with an edit, looked at for each word of it.
_LOOKED_AT = 50


@dataclass(frozen=True)
class Honour:
    """The decisions, as something a worker process can be sent and can call.

    `prefix` is the working folder seen from the folder of the decisions. With `only`, edits that
    nobody answered are not made: exactly the accepted ones are.
    """

    decisions: tuple[Decision, ...]
    prefix: str = ""
    only: bool = False

    @cached_property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change with any decision: part of what a run depends on."""
        return sha256(repr((self.decisions, self.prefix, self.only)).encode()).hexdigest()[:16]

    def __call__(self, repaired: Repaired) -> Repaired:
        """The result with the decisions applied to it."""
        pairs = list(proposals(repaired))
        if not pairs:
            return repaired
        text = repaired.document.text
        known = list(identities(text, (edit for edit, _ in pairs)))
        settled = self.settled(known, repaired.document.name)
        if not settled and not self.only:
            return repaired
        firm: list[Edit] = []
        loose: list[Edit] = []
        left: list[Edit] = []
        for at, (edit, applied) in enumerate(pairs):
            decision = settled.get(at)
            if decision is None:
                (loose if applied and not self.only else left).append(edit)
            elif decision.changes and _knows(edit, decision):
                firm.append(_answered(text, edit, decision))
            elif decision.changes:
                left.append(edit)  # accepted, and no repair is known: still to be seen
        return _result(repaired, firm, loose, left)

    def settled(self, known: Sequence[Identity], name: str) -> dict[int, Decision]:
        """The decision for each of a document's identities that has one, by its number.

        `name` is the document's, seen from the working folder.
        """
        document = posixpath.normpath(posixpath.join(self.prefix, name))
        settled: dict[int, Decision] = {}
        for at, identity in enumerate(known):
            exact = self._exact(identity, document)
            if exact is not None:
                settled[at] = exact
        open_ = [at for at in range(len(known)) if at not in settled]
        places = {identity.place for identity in known}
        settled |= self._moved(known, open_, document, places)
        for at in open_:
            if at not in settled:
                wide = self._wide(known[at], document)
                if wide is not None:
                    settled[at] = wide
        return settled

    @cached_property
    def _at(self) -> dict[str, list[Decision]]:
        """The answers given "here", by place."""
        return _by(self.decisions, lambda d: d.place if d.reach == "here" else "")

    @cached_property
    def _of(self) -> dict[str, list[Decision]]:
        """The answers that reach further than "here", by the words changed."""
        return _by(self.decisions, lambda d: d.before if d.reach != "here" else "")

    def _exact(self, identity: Identity, document: str) -> Decision | None:
        named = len(identity.left) + len(identity.right) > 1  # else too little to go by
        fitting = [
            decision
            for decision in self._at.get(identity.place, ())
            if (decision.document == document or named) and _means(decision, identity)
        ]
        return max(fitting, key=lambda d: (d.document == document, d.at), default=None)

    def _moved(
        self, known: Sequence[Identity], open_: Sequence[int], document: str, places: set[str]
    ) -> dict[int, Decision]:
        """Answers whose place is gone, for the edits that stand in what is left of it."""
        pairs: list[tuple[float, int, int, Decision]] = []
        for at in open_:
            for decision in self._near(known[at]):
                if decision.place in places or not _means(decision, known[at]):
                    continue
                share = _alike(decision, known[at])
                own = decision.document == document
                if share >= (0.5 if own else _ELSEWHERE) and (own or not decision.changes):
                    pairs.append((share + own, -at, len(pairs), decision))
        settled: dict[int, Decision] = {}
        used: set[int] = set()
        for _, at, _, decision in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
            if -at not in settled and id(decision) not in used:
                settled[-at] = decision
                used.add(id(decision))
        return settled

    def _near(self, identity: Identity) -> Iterable[Decision]:
        """The answers given "here" to these words that share a word of context, the rare ones of
        it first; enough of them, and never so many that a long file of decisions costs more than
        its size.
        """
        found: dict[int, Decision] = {}
        for posting in sorted((self._words.get(key, []) for key in _keys(identity)), key=len):
            for decision in posting[:_LOOKED_AT]:
                found[id(decision)] = decision
        return found.values()

    @cached_property
    def _words(self) -> dict[tuple[str, ...], list[Decision]]:
        """The answers given "here" by the words changed and a word of their context."""
        index: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
        for decision in self.decisions:
            if decision.reach == "here":
                for key in _keys(decision):
                    index[key].append(decision)
        return dict(index)

    def _wide(self, identity: Identity, document: str) -> Decision | None:
        """An answer for the document, else one for everywhere; the later one where two disagree."""
        fitting = [
            decision
            for decision in self._of.get(identity.before, ())
            if decision.reach == "everywhere"
            or (decision.reach == "file" and decision.document == document)
        ]
        fitting = [d for d in fitting if not d.changes or d.after == identity.after]
        return max(fitting, key=lambda d: (d.reach == "file", d.at), default=None)


def proposals(repaired: Repaired) -> Iterator[tuple[Edit, bool]]:
    """Each edit and suggestion with whether it was applied, sorted by place."""
    pairs = [(edit, True) for edit in repaired.edits]
    pairs += [(edit, False) for edit in repaired.suggestions]
    return iter(sorted(pairs, key=lambda pair: pair[0].span))


def _means(decision: Decision, identity: Identity) -> bool:
    """Whether the decision is about this change; some are about whatever is written there."""
    if decision.before != identity.before:
        return False
    return decision.answer in ("never-here", "replace") or decision.after == identity.after


def _keys(about: Decision | Identity) -> set[tuple[str, ...]]:
    words: set[tuple[str, ...]] = {(about.before, w) for w in (*about.left, *about.right)}
    return words or {(about.before,)}


def _alike(decision: Decision, identity: Identity) -> float:
    """The share of the decision's context that still stands, in [0, 1]."""
    words = len(decision.left) + len(decision.right)
    same = len({*decision.left} & {*identity.left}) + len({*decision.right} & {*identity.right})
    return min(1.0, same / words) if words else float(not identity.left and not identity.right)


def _knows(edit: Edit, decision: Decision) -> bool:
    """Whether there is something to write there."""
    return edit.after != edit.before or decision.replacement is not None


def _answered(text: str, edit: Edit, decision: Decision) -> Edit:
    """The edit as it was decided: certain, and saying by whom."""
    who = f"{decision.answer} by {decision.author or 'a reviewer'}"
    evidence = (*edit.evidence, f"{who}, {decision.at}" if decision.at else who)
    if decision.replacement is None:
        return replace(edit, confidence=1.0, evidence=evidence)
    span, before, _ = whole_words(text, edit)
    return Edit(span, before, decision.replacement, edit.rule, edit.reason, 1.0, evidence)


def _result(
    repaired: Repaired, firm: list[Edit], loose: list[Edit], left: Iterable[Edit]
) -> Repaired:
    """The result of the edits that were decided, and of the others where they do not touch them."""
    taken: list[Edit] = []
    for group in (firm, loose):
        standing = sorted(taken, key=lambda edit: edit.span)
        fresh = _apart(sorted(group, key=lambda edit: edit.span), standing)
        taken += fresh
    taken.sort(key=lambda edit: edit.span)
    script = EditScript.of(taken)
    suggestions = tuple(_apart(sorted(left, key=lambda edit: edit.span), taken))
    return Repaired(repaired.document, script.apply(repaired.document.text), script, suggestions)


def _apart(edits: Sequence[Edit], standing: Sequence[Edit]) -> list[Edit]:
    """The edits, sorted, that touch neither a standing one nor one before them."""
    kept: list[Edit] = []
    at = 0
    for edit in edits:
        while at < len(standing) and standing[at].end < edit.start:
            at += 1
        near = standing[at : at + 1]
        ahead = at + 1
        while ahead < len(standing) and standing[ahead].start <= edit.end:
            near = (*near, standing[ahead])
            ahead += 1
        if any(edit.span.touches(other.span) for other in near):
            continue
        if kept and kept[-1].span.touches(edit.span):
            continue
        kept.append(edit)
    return kept


def _by(decisions: Iterable[Decision], key: Callable[[Decision], str]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if key(decision):
            found[key(decision)].append(decision)
    return dict(found)
