"""What a fixer that only hands back text has changed, as (span, after) pairs.

ftfy and `unicodedata` return a text and no account of it. For one line this recovers the account:
go along both texts while they agree, and where they part, look for the nearest place where they
agree again. Linear in the length of the line: the search never looks further than `_FURTHEST`
characters ahead, and where it finds nothing, the rest is one change. Nothing that this project
changed itself is ever compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from repair.text.edits import Span

# How many equal characters prove that the texts agree again. Three would often be a coincidence
# inside mojibake; a common word with its blanks is four.
_PROOF = 4
# How far ahead, on either side, the search for agreement goes.
_NEAR, _FURTHEST = 48, 1_500


def changes(before: str, after: str) -> Iterator[tuple[Span, str]]:
    """Disjoint spans of `before` with what stands there in `after`, in order; nothing where the
    texts are equal.

    >>> list(changes("the cafÃ© is open", "the café is open"))
    [(Span(start=7, end=9), 'é')]
    """
    tail = _common_suffix(before, after)
    end, new_end = len(before) - tail, len(after) - tail
    at = new_at = 0
    while True:
        same = _common(before, at, after, new_at, min(end - at, new_end - new_at))
        at, new_at = at + same, new_at + same
        if at == end or new_at == new_end:
            break
        skip, new_skip = _agreement(before, Span(at, end), after, Span(new_at, new_end))
        span, text = trimmed(before[at : at + skip], after[new_at : new_at + new_skip], at)
        if span.start < span.end or text:
            yield span, text
        at, new_at = at + skip, new_at + new_skip
    if at < end or new_at < new_end:
        yield Span(at, end), after[new_at:new_end]


def trimmed(before: str, after: str, at: int) -> tuple[Span, str]:
    """The change of `before`, which stands at offset `at`, without what the two have in common at
    their ends.
    """
    head = _common(before, 0, after, 0, min(len(before), len(after)))
    tail = _common_suffix(before[head:], after[head:])
    return Span(at + head, at + len(before) - tail), after[head : len(after) - tail]


def _agreement(before: str, old: Span, after: str, new: Span) -> tuple[int, int]:
    """How many characters of the two spans to pass over until they agree for `_PROOF`."""
    for reach in (_NEAR, _FURTHEST):
        for start in range(new.start, min(new.start + reach, new.end - _PROOF + 1)):
            proof = after[start : start + _PROOF]
            found = before.find(proof, old.start, min(old.start + reach, old.end))
            if found >= 0:
                return found - old.start, start - new.start
    return old.end - old.start, new.end - new.start


def _common(before: str, at: int, after: str, new_at: int, limit: int) -> int:
    """How many characters the texts share from these offsets on, at most `limit`."""
    same, step = 0, 64
    while same < limit:
        step = min(step, limit - same)
        low, new_low = at + same, new_at + same
        if before[low : low + step] == after[new_low : new_low + step]:
            same, step = same + step, step * 2
        elif step == 1:
            break
        else:
            step = max(step // 4, 1)
    return same


def _common_suffix(before: str, after: str) -> int:
    """How many characters the texts share at their ends."""
    limit = min(len(before), len(after))
    same, step = 0, 64
    while same < limit:
        step = min(step, limit - same)
        low, new_low = len(before) - same - step, len(after) - same - step
        if before[low : low + step] == after[new_low : new_low + step]:
            same, step = same + step, step * 2
        elif step == 1:
            break
        else:
            step = max(step // 4, 1)
    return same
