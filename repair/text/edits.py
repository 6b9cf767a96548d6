"""The algebra of edits: what a rule proposes, and what became of the text.

An `Edit` is a proposal: this rule would write `after` over `before`. A `Hunk` is a fact: this
slice of the source became that slice of the target. An `EditScript` is all the hunks between two
texts; it can be applied, inverted, composed with the next one, and asked where a span came from or
went to. Every other part of the house that speaks of changes (diffs, reports, reviews, reversal)
is a rendering of a script.

All offsets are code points of a Python `str`, half-open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple


class Span(NamedTuple):
    """The slice `text[start:end]`; empty where something is to be inserted."""

    start: int
    end: int

    @property
    def empty(self) -> bool:
        return self.start == self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share a character; two empty spans: whether they are the same point.

        Neighbours do not touch, and an empty span touches a longer one only strictly inside it.

        >>> word = Span(0, 4)
        >>> word.touches(Span(4, 6)), word.touches(Span(3, 6)), word.touches(Span(0, 0))
        (False, True, False)
        """
        if self.start == self.end and other.start == other.end:
            return self.start == other.start
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Rule:
    """What `repair rules` says of a rule.

    `tier` is "safe" (the place itself proves the damage), "evidence" (the document has to carry
    it) or "soft" (good text may look so: a matter of taste). `on` tells whether it runs unless
    asked otherwise.
    """

    id: str
    summary: str
    on: bool = True
    tier: str = "safe"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a rule proposes: `after` in the place of `before`, with rule, reason and confidence.

    `rule` is "stage/rule" and stable for ever; `reason` is one clause for a person; `confidence`
    is in [0, 1] and comparable across rules; `evidence` says where the knowledge came from, for
    example `"ai/surfaces.tsv:812"`. An edit with `after == before` reports damage for which no
    repair is known.
    """

    span: Span
    before: str
    after: str
    rule: str
    reason: str
    confidence: float
    evidence: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end

    def at(self, span: Span) -> Edit:
        """The same edit, told of another text in which it stands at `span`."""
        return Edit(
            span, self.before, self.after, self.rule, self.reason, self.confidence, self.evidence
        )


@dataclass(frozen=True, slots=True)
class Hunk:
    """What became of the text: `before` at `source` is now `after` at `target`.

    `edits` are the reasons, in the order of the stages, with spans in the source.
    """

    source: Span
    target: Span
    before: str
    after: str
    edits: tuple[Edit, ...] = ()

    @property
    def growth(self) -> int:
        """How many characters the text gained here; negative where it lost some."""
        return len(self.after) - len(self.before)


@dataclass(frozen=True, slots=True)
class EditScript:
    """Sorted, disjoint hunks that turn one text, the source, into another, the target."""

    hunks: tuple[Hunk, ...] = ()

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> EditScript:
        """The script that makes all these edits of one text at once; edits that change nothing are
        left out.

        Raises ValueError where two edits touch.

        >>> edit = Edit(Span(0, 3), "teh", "the", "typo/swap", "letters swapped", 0.9)
        >>> EditScript.of([edit]).apply("teh end")
        'the end'
        """
        hunks: list[Hunk] = []
        last, shift = Span(-1, -1), 0
        for edit in sorted([e for e in edits if e.before != e.after], key=_SPAN):
            span, before, after = edit.span, edit.before, edit.after
            start, end = span
            if start < last[1] or span == last:
                raise ValueError(
                    f"{edit.rule} at {start}-{end} overlaps the edit at {last.start}-{last.end}"
                )
            target = Span(start + shift, start + shift + len(after))
            hunks.append(Hunk(span, target, before, after, (edit,)))
            last, shift = span, shift + len(after) - len(before)
        return cls(tuple(hunks))

    def __bool__(self) -> bool:
        return bool(self.hunks)

    def apply(self, source: str) -> str:
        """The target. Raises ValueError if `source` does not read as the hunks say it does."""
        parts: list[str] = []
        at = 0
        for hunk in self.hunks:
            start, end = hunk.source
            if source[start:end] != hunk.before:
                raise ValueError(
                    f"not the source of this script: {hunk.before!r} is not at {start}-{end}"
                )
            parts += source[at:start], hunk.after
            at = end
        parts.append(source[at:])
        return "".join(parts)

    def inverse(self) -> EditScript:
        """The script that leads back; its hunks keep their reasons as they were."""
        return EditScript(
            tuple(Hunk(h.target, h.source, h.after, h.before, h.edits) for h in self.hunks)
        )

    def then(self, later: EditScript) -> EditScript:
        """The one script that does what this one does and then what `later` does.

        Linear in the number of hunks. Hunks of the two that touch in the text between become one;
        a hunk that ends where it began is dropped, reasons and all.
        """
        if not self.hunks:
            return later
        hunks: list[Hunk] = []
        # What the hunks so far added: middle = source + gained, target = middle + gained_later.
        gained = gained_later = 0
        for first, second in _groups(self.hunks, later.hunks):
            if not second:
                made = _moved(first[0], 0, gained_later)
            elif not first:
                made = _moved(second[0], -gained, 0)
            else:
                made = _merged(first, second, gained, gained_later)
            gained += sum(hunk.growth for hunk in first)
            gained_later += sum(hunk.growth for hunk in second)
            if hunks and hunks[-1].source == made.source:  # two insertions at one point are one
                made = _joined(hunks.pop(), made)
            if made.before != made.after:
                hunks.append(made)
        return EditScript(tuple(hunks))

    def to_source(self, span: Span) -> Span:
        """The smallest span of the source that accounts for `span` of the target.

        An end in unchanged text shifts exactly; an end inside a hunk widens to the end of that
        hunk.
        """
        return _carry(span, self.hunks, "target", "source")

    def to_target(self, span: Span) -> Span:
        """The smallest span of the target that accounts for `span` of the source."""
        return _carry(span, self.hunks, "source", "target")


_SPAN = attrgetter("span")


def _moved(hunk: Hunk, in_source: int, in_target: int) -> Hunk:
    """The hunk with its two sides (and the spans of its edits, which lie in the source) shifted."""
    target = Span(hunk.target.start + in_target, hunk.target.end + in_target)
    if not in_source:
        return Hunk(hunk.source, target, hunk.before, hunk.after, hunk.edits)
    source = Span(hunk.source.start + in_source, hunk.source.end + in_source)
    edits = [e.at(Span(e.start + in_source, e.end + in_source)) for e in hunk.edits]
    return Hunk(source, target, hunk.before, hunk.after, tuple(edits))


def _merged(first: Sequence[Hunk], second: Sequence[Hunk], gained: int, gained_later: int) -> Hunk:
    """One hunk for a group that touches. Its ends lie in unchanged text or on the end of a hunk,
    and there the offset is a plain shift: nothing is guessed.
    """
    start = min(first[0].target.start, second[0].source.start)
    end = max(first[-1].target.end, second[-1].source.end)
    was = [(h.target, h.before) for h in first], [(h.source, h.before) for h in second]
    now = [(h.source, h.after) for h in second], [(h.target, h.after) for h in first]
    before, after = _weave(Span(start, end), *was), _weave(Span(start, end), *now)
    source, target = start - gained, start + gained_later
    edits = [edit for hunk in first for edit in hunk.edits]
    for edit in (edit for hunk in second for edit in hunk.edits):
        edits.append(edit.at(_carry(edit.span, first, "target", "source", -gained)))
    return Hunk(
        Span(source, source + len(before)),
        Span(target, target + len(after)),
        before,
        after,
        tuple(edits),
    )


def _joined(hunk: Hunk, other: Hunk) -> Hunk:
    """Two insertions at the same point of the source as one."""
    return Hunk(
        hunk.source,
        Span(hunk.target.start, other.target.end),
        "",
        hunk.after + other.after,
        hunk.edits + other.edits,
    )


def _carry(span: Span, hunks: Sequence[Hunk], here: str, there: str, shift: int = 0) -> Span:
    """Move `span` from one side of the hunks to the other; `here` and `there` name the sides.

    `shift` is what lies between the two sides in front of the first hunk.
    """

    def at(hunk: Hunk) -> Span:
        return getattr(hunk, here)  # type: ignore[no-any-return]

    def past(hunk: Hunk) -> bool:  # the hunk lies wholly before the span
        return at(hunk).end <= span.start and not at(hunk).touches(span)

    def reached(hunk: Hunk) -> bool:  # the hunk lies wholly after the span
        return at(hunk).start >= span.end and not at(hunk).touches(span)

    low = bisect_left(hunks, True, key=lambda h: not past(h))
    high = max(low, bisect_left(hunks, True, key=reached))
    start, end = span
    start += getattr(hunks[low - 1], there).end - at(hunks[low - 1]).end if low else shift
    end += getattr(hunks[high - 1], there).end - at(hunks[high - 1]).end if high else shift
    if low < high:
        start = min(start, getattr(hunks[low], there).start)
        end = max(end, getattr(hunks[high - 1], there).end)
    return Span(start, end)


def _groups(
    first: Sequence[Hunk], second: Sequence[Hunk]
) -> Iterator[tuple[Sequence[Hunk], Sequence[Hunk]]]:
    """Sweep both scripts by their spans in the text between; hunks that touch come together."""
    i = j = 0
    while i < len(first) or j < len(second):
        i0, j0 = i, j
        if j == len(second) or (i < len(first) and first[i].target <= second[j].source):
            i += 1
        else:
            j += 1
        while True:
            if i < len(first) and j > j0 and first[i].target.touches(second[j - 1].source):
                i += 1
            elif j < len(second) and i > i0 and second[j].source.touches(first[i - 1].target):
                j += 1
            else:
                break
        yield first[i0:i], second[j0:j]


def _weave(middle: Span, own: list[tuple[Span, str]], other: list[tuple[Span, str]]) -> str:
    """The text over `middle`: where `own` speaks, its words; elsewhere the slices of `other`.

    Within a group there is no third kind of place: what neither covers would have parted the group.
    """
    parts: list[str] = []
    at, k = middle.start, 0
    for span, text in (*own, (Span(middle.end, middle.end), "")):
        while k < len(other):
            covered, content = other[k]
            low, high = max(at, covered.start), min(span.start, covered.end)
            if low < high:
                parts.append(content[low - covered.start : high - covered.start])
            if covered.end > span.start:
                break  # the rest of it may be needed behind this span
            k += 1
        parts.append(text)
        at = span.end
    return "".join(parts)
