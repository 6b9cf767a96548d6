"""What a new dictionary or version would do otherwise: two reports of one corpus, compared.

Both are read once and side by side, so that reports of any size need little memory as long as the
documents come in the same order (which every run of `repair clean` sees to); a document that comes
late is kept until its partner turns up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple, Protocol

from repair.text.edits import Edit


class Report(Protocol):
    """What a report says of a document (`repair.writers.json_report.DocumentReport`)."""

    @property
    def document(self) -> str: ...
    @property
    def sha256(self) -> str | None: ...
    @property
    def edits(self) -> tuple[Edit, ...]: ...


class Change(NamedTuple):
    """An edit that only one of the reports has ("gained" or "lost"), or that has another outcome
    ("other"): then `before_it` is what the old report wrote.
    """

    kind: str
    document: str
    edit: Edit
    before_it: str | None = None


@dataclass(slots=True)
class Drift:
    """The differences, counted by rule: rule -> [gained, lost, other]."""

    rules: dict[str, list[int]] = field(default_factory=dict)
    documents: int = 0
    drifted: int = 0
    unmatched: list[str] = field(default_factory=list)
    other_texts: list[str] = field(default_factory=list)

    def count(self, changes: Iterable[Change]) -> None:
        """Count the changes of one document."""
        self.documents += 1
        some = False
        for change in changes:
            some = True
            row = self.rules.setdefault(change.edit.rule, [0, 0, 0])
            row[("gained", "lost", "other").index(change.kind)] += 1
        self.drifted += some


def compare(old: Iterable[Report], new: Iterable[Report], drift: Drift) -> Iterator[Change]:
    """The changes from the old report to the new one, document by document; `drift` is filled.

    A document whose original differs (another hash) is named in `drift.other_texts` and not
    compared; one that only one report has, in `drift.unmatched`.
    """
    waiting: tuple[dict[str, Report], dict[str, Report]] = {}, {}
    for pair in zip_longest(old, new):
        for side, report in enumerate(pair):
            if report is None:
                continue
            partner = waiting[1 - side].pop(report.document, None)
            if partner is None:
                waiting[side][report.document] = report
                continue
            first, second = (partner, report) if side else (report, partner)
            if first.sha256 != second.sha256:
                drift.other_texts.append(report.document)
                continue
            changes = list(_changes(first, second))
            drift.count(changes)
            yield from changes
    drift.unmatched += [*waiting[0], *waiting[1]]


def _changes(old: Report, new: Report) -> Iterator[Change]:
    before, after = ({e.span: e for e in report.edits} for report in (old, new))
    for span in sorted(before.keys() | after.keys()):
        was, now = before.get(span), after.get(span)
        if was is None and now is not None:
            yield Change("gained", new.document, now)
        elif now is None and was is not None:
            yield Change("lost", new.document, was)
        elif was is not None and now is not None and was.after != now.after:
            yield Change("other", new.document, now, was.after)
