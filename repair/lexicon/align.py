"""One garble against many names at once: the channel's best paths in numpy.

The scores are those of `channel.score`, but without its band; the tests hold the two against each
other. This module is for the calibrated look-ups of `Lexicon.candidates`, which compare a surface
with hundreds of names; the names stage, which compares a handful, does without numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from repair.lexicon import channel

LETTERS = "^$abcdefghijklmnopqrstuvwxyz"  # ^ and $ mark the ends of a word
BASE = len(LETTERS) + 1
CODE = {letter: number for number, letter in enumerate(LETTERS, 1)}
SIZE = BASE * BASE + 1
IMPOSSIBLE = np.float32(channel.IMPOSSIBLE)

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


def encode(word: str) -> Ints:
    """The codes of a folded word between its marks."""
    return np.array([CODE[c] for c in f"^{word}$"], np.int32)


@cache
def dense(name: str) -> Floats:
    """A shipped table as weights[code of the name's segment, code of the garble's], in nats."""
    return dense_of(channel.table(name))


def dense_of(units: channel.Table) -> Floats:
    """A table as an array."""
    array = np.full((SIZE, SIZE), IMPOSSIBLE, np.float32)
    for (a, b), weight in units.weights.items():
        array[_code(a), _code(b)] = weight
    return array


def _code(segment: str) -> int:
    code = 0
    for letter in segment:
        code = code * BASE + CODE[letter]
    return code


class Packed:
    """Folded names as arrays of codes, ready to be scored together."""

    def __init__(self, names: Sequence[str]) -> None:
        codes = [encode(name) for name in names]
        self.length = np.array([len(c) for c in codes], np.int64)
        width = int(self.length.max()) if codes else 0
        self.one = np.zeros((len(codes), width), np.int32)
        self.two = np.zeros((len(codes), width), np.int32)
        for row, code in enumerate(codes):
            self.one[row, : len(code)] = code
            self.two[row, : len(code) - 1] = code[:-1] * BASE + code[1:]

    def scores(self, garble: str, table: Floats, which: Ints | None = None) -> Floats:
        """The score of each name, or of those in `which`, against a folded garble; (names,)."""
        one, two, length = self.one, self.two, self.length
        if which is not None:
            one, two, length = one[which], two[which], length[which]
        if not len(length):
            return np.empty(0, np.float32)
        width = int(length.max())
        g1 = encode(garble)
        g2 = g1[:-1] * BASE + g1[1:]
        m = len(g1)
        by_one = np.ascontiguousarray(table[:, g1].T)
        by_two = np.ascontiguousarray(table[:, g2].T)
        insert, delete = table[0, g1], table[:, 0]
        best = np.full((width + 3, m + 3, len(length)), IMPOSSIBLE, np.float32)
        best[0, 0] = 0.0
        for i in range(width + 1):
            row = best[i]
            for j in range(m):
                np.maximum(row[j + 1], row[j] + insert[j], out=row[j + 1])
            if i == width:
                break
            s1, s2, next_, after = one[:, i], two[:, i], best[i + 1], best[i + 2]
            np.maximum(next_[: m + 1], row[: m + 1] + delete[s1], out=next_[: m + 1])
            np.maximum(next_[1 : m + 1], row[:m] + by_one[:, s1], out=next_[1 : m + 1])
            np.maximum(next_[2 : m + 1], row[: m - 1] + by_two[:, s1], out=next_[2 : m + 1])
            np.maximum(after[1 : m + 1], row[:m] + by_one[:, s2], out=after[1 : m + 1])
            np.maximum(after[2 : m + 1], row[: m - 1] + by_two[:, s2], out=after[2 : m + 1])
        reached: Floats = best[length, m, np.arange(len(length))]
        return reached
