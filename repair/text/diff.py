"""What a fixer that only hands back text has changed, as (span, after) pairs.

ftfy and `unicodedata` return a text and no account of it. For one line this recovers the account:
align the two on their runs of non-blank characters, join neighbours, trim what is common at both
ends. It is for lines (a few hundred characters): nothing that this project changed itself is ever
compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from repair.text.edits import Span

# "a  b" -> "a", "  ", "b"
_RUNS = re.compile(r"\s+|\S+")
# Above this many runs on a side the alignment would be slow; the whole middle is then one change.
_LONGEST = 2_000


def changes(before: str, after: str) -> Iterator[tuple[Span, str]]:
    """Disjoint spans of `before` with what stands there in `after`, in order; nothing where the
    texts are equal.

    >>> list(changes("the cafÃ© is open", "the café is open"))
    [(Span(start=7, end=9), 'é')]
    """
    if before == after:
        return
    old, new = _RUNS.findall(before), _RUNS.findall(after)
    if max(len(old), len(new)) > _LONGEST:
        yield trimmed(before, after, 0)
        return
    old_at, new_at = _offsets(old), _offsets(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            start, end = old_at[a], old_at[b]
            yield trimmed(before[start:end], after[new_at[c] : new_at[d]], start)


def trimmed(before: str, after: str, at: int) -> tuple[Span, str]:
    """The change of `before`, which stands at offset `at`, without what the two have in common at
    their ends.
    """
    limit = min(len(before), len(after))
    head = 0
    while head < limit and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < limit - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return Span(at + head, at + len(before) - tail), after[head : len(after) - tail]


def _offsets(runs: list[str]) -> list[int]:
    at = [0]
    for run in runs:
        at.append(at[-1] + len(run))
    return at
