"""Which line breaks a hard-wrapped text has within its paragraphs.

A wrapped line is one onto which the first word of the next line would not have fitted. The width is
read off the breaks within sentences, where small letters go on; a text that has many lines wider
than that is not wrapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

_NARROWEST, _WIDEST = 40, 120
# So many breaks within sentences, four in five of them at one width, make a wrapped text.
_LEAST_BREAKS = 3
_AT_ONE_WIDTH = 0.8
# For each of them at most so many lines may be wider; a long address may not be broken.
_WIDER = 0.1
_STOPS = frozenset(".!?:;。！？…।؟۔")


def continued(lines: Sequence[str], bodies: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that continue the line above, none where the text is not wrapped.
    `bodies` are the stripped lines.
    """
    breaks = [
        (i, len(lines[i - 1].rstrip()))
        for i, (above, body) in enumerate(pairwise(bodies), 1)
        if body
        and not body[0].isupper()
        and len(above) >= _NARROWEST // 2
        and _goes_on(body)
        and above[-1] not in _STOPS
        and " " in above
    ]
    if len(breaks) < _LEAST_BREAKS:
        return frozenset()
    width = _width([(size, size + _first(bodies[i])) for i, size in breaks])
    if not width:
        return frozenset()
    sizes = [len(line) if len(line) <= width else len(line.rstrip()) for line in lines]
    wider = sum(1 for i, size in enumerate(sizes) if size > width and " " in bodies[i])
    if wider > len(breaks) * _WIDER:
        return frozenset()
    return frozenset(
        i
        for i, body in enumerate(bodies)
        if i
        and body
        and bodies[i - 1]
        and width // 2 <= sizes[i - 1] <= width < len(lines[i - 1].rstrip()) + 1 + _first(body)
    )


def _goes_on(body: str) -> bool:
    """Whether a sentence may go on so: with a small letter, or one of a script that has none; in
    "o Sport" the letter is a bullet.
    """
    if not body[0].isalpha() or body[0].isupper():
        return False
    return body[1:2] != " " or not body[2:3].isupper()


def _first(body: str) -> int:
    """The length of the first word."""
    at = body.find(" ")
    return len(body) if at < 0 else at


def _width(spans: Sequence[tuple[int, int]]) -> int:
    """The least width at which most of the breaks had to come, given for each break the lengths of
    its line without and with the next word; 0 where there is no such width.
    """
    steps = [0] * (_WIDEST + 2)
    for low, high in spans:
        if low <= _WIDEST:
            steps[max(low, _NARROWEST)] += 1
            steps[min(high, _WIDEST) + 1] -= 1
    counts = list(accumulate(steps))
    best = max(counts)
    return counts.index(best) if best >= len(spans) * _AT_ONE_WIDTH else 0
