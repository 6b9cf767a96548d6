"""A document in, a repaired document out: the two values that everything else is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from repair.text.edits import Edit, EditScript, Hunk

EMPTY: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Document:
    """Text decoded without loss: byte order mark, line ends and stray bytes (as lone surrogates)
    are kept.

    `name` is a path or the id of a row; `encoding` the Python codec that gives the bytes back
    (`repair.text.decode.encode`); `meta` is whatever the reader wants to find again.
    """

    text: str
    name: str = "-"
    encoding: str = "utf-8"
    meta: Mapping[str, object] = field(default_factory=lambda: EMPTY, compare=False)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired text, and the script that leads from `document.text` to it.

    `suggestions` were not applied; their spans are in `document.text`.
    """

    document: Document
    text: str
    script: EditScript
    suggestions: tuple[Edit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was applied, one edit a hunk: sorted, disjoint, `before ==
        document.text[start:end]`.

        Where several rules worked on one place, the edit bears the last rule's name, the lowest
        confidence, and each step in its evidence; the steps themselves are in `script.hunks`.
        """
        return tuple(as_edit(hunk) for hunk in self.script.hunks)


def as_edit(hunk: Hunk) -> Edit:
    """The hunk as one edit of the source."""
    last = hunk.edits[-1]
    if len(hunk.edits) == 1:
        return replace(last, span=hunk.source, before=hunk.before, after=hunk.after)
    reasons = dict.fromkeys(edit.reason for edit in hunk.edits)
    return Edit(
        hunk.source,
        hunk.before,
        hunk.after,
        last.rule,
        "; then ".join(reasons),
        min(edit.confidence for edit in hunk.edits),
        tuple(_steps(hunk)),
    )


def _steps(hunk: Hunk) -> Iterator[str]:
    for edit in hunk.edits:
        yield f"{edit.rule}: {edit.before!r} -> {edit.after!r}"
        yield from edit.evidence
