"""Many names against many garbles at once, pair by pair: the sums of `channel.score`, in numpy.

All pairs go through the same cells of their tables in step, within the same band and in the same
order of additions, so that the numbers are those of `channel.score` to the last bit; the tests hold
the two against each other. One pair costs as much as ten there, a hundred pairs hardly more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from repair.lexicon.channel import BAND, IMPOSSIBLE, LONGEST, Table

LEAST = -60.0  # nats; `channel.score` follows up nothing below
BASE = 32

Codes = NDArray[np.int64]


class Units:
    """A channel table as an array: weights[segment of the name, segment of the garble]."""

    def __init__(self, table: Table) -> None:
        names = {name: number for number, name in enumerate(dict.fromkeys(("", *table.rows)))}
        garbles = {g: n for n, g in enumerate(dict.fromkeys(("", *(g for _, g in table.weights))))}
        # The last row and column are those of segments that the table does not know.
        self.weights = np.full((len(names) + 1, len(garbles) + 1), IMPOSSIBLE)
        for (name, garble), weight in table.weights.items():
            self.weights[names[name], garbles[garble]] = weight
        self.of_names = _numbers(names)
        self.of_garbles = _numbers(garbles)
        # A letter that the garble adds must not earn anything, or `scores` followed up too little.
        self.falls = bool((self.weights[0] <= 0).all())


def _numbers(segments: dict[str, int]) -> Codes:
    """Code of a segment -> its number; that behind the last one for a segment not known."""
    found = np.full(BASE * BASE, len(segments), np.int64)
    for segment, number in segments.items():
        if segment:
            code = 0
            for letter in segment:
                code = code * BASE + _CODES[ord(letter)]
            found[code] = number
    return found


# "a" is 1, "z" 26, the marks 27 and 28; 0 is behind the end, 31 any other character.
_CODES = np.full(128, 31, np.int64)
_CODES[[*range(ord("a"), ord("z") + 1)]] = range(1, 27)
_CODES[[ord("^"), ord("$"), ord(" ")]] = 27, 28, 0


def _encoded(words: Sequence[str]) -> tuple[Codes, Codes, Codes]:
    """(lengths, codes of letters, codes of pairs) of words between their marks; (places, words)."""
    marked = [f"^{word[:LONGEST]}$" for word in words]
    length = np.array([len(word) for word in marked], np.int64)
    width = int(length.max()) + 1
    letters = "".join(word.ljust(width) for word in marked).encode("ascii", "replace")
    one = _CODES[np.frombuffer(letters, np.uint8)].reshape(len(words), width).T
    two = one[:-1] * BASE + one[1:]
    two[one[1:] == 0] = 0  # the last letter begins no pair
    return length, one[:-1], two


def scores(names: Sequence[str], garbles: Sequence[str], units: Units) -> list[float]:
    """`channel.score` of each pair of folded words, in nats; at least one pair."""
    n, one, two = _encoded(names)
    m, g1, g2 = _encoded(garbles)
    s1, s2 = units.of_names[one], units.of_names[two]
    t1, t2 = units.of_garbles[g1], units.of_garbles[g2]
    weights, width, height = units.weights, len(t1), len(s1)
    inserted = weights[0][t1]
    best = np.full((height + 3, width + 3, len(n)), IMPOSSIBLE)
    best[0, 0] = 0.0
    for i in range(height + 1):
        row = best[i]
        row[row < LEAST] = IMPOSSIBLE
        low, high = max(0, i - BAND), min(width, i + BAND + 1)  # of the letters that are read
        for j in range(low, high):
            np.maximum(row[j + 1], row[j] + inserted[j], out=row[j + 1])
        row[row < LEAST] = IMPOSSIBLE
        if i == height:
            break
        here, next_, after = row[low:high], best[i + 1], best[i + 2]
        ends = row[low : min(width, i + BAND) + 1]
        dropped = next_[low : low + len(ends)]
        np.maximum(dropped, ends + weights[s1[i], 0], out=dropped)
        for to, name in ((next_, s1[i]), (after, s2[i])):
            for step, garble in ((1, t1), (2, t2)):
                cells = to[low + step : high + step]
                np.maximum(cells, here + weights[name, garble[low:high]], out=cells)
    reached = best[n, m, np.arange(len(n))]
    reached[np.abs(n - m) > BAND + 2] = IMPOSSIBLE
    found: list[float] = reached.tolist()
    return found
