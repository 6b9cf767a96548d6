"""One garble against many names at once: the channel's best paths in numpy.

`Packed.scores` gives the scores of `channel.score`, but without its band; the tests hold the two
against each other. `Stack` asks several tables in one go. This module is for the calibrated
look-ups of `Lexicon.candidates`, which compare a surface with hundreds of names; the names stage,
which compares a handful, does without numpy.
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
OF_BYTE = np.zeros(256, np.int16)
OF_BYTE[[ord(letter) for letter in LETTERS]] = list(CODE.values())
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
        width = max(map(len, names)) + 2 if names else 0
        marked = np.array([f"^{name}$" for name in names], f"S{max(width, 1)}")
        # A code stays below a thousand, so that two bytes will do.
        self.one = OF_BYTE[marked.view(np.uint8).reshape(len(names), max(width, 1))[:, :width]]
        self.two = np.zeros_like(self.one)
        self.two[:, :-1] = np.where(
            self.one[:, 1:] > 0, self.one[:, :-1] * BASE + self.one[:, 1:], 0
        )
        self.length = (self.one > 0).sum(1)

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
        best = np.full((width + 3, m + 1, len(length)), IMPOSSIBLE, np.float32)
        best[0, 0] = 0.0
        for i in range(width + 1):
            row = best[i]
            for j in range(m):
                np.maximum(row[j + 1], row[j] + insert[j], out=row[j + 1])
            if i == width:
                break
            s1, s2, next_, after = one[:, i], two[:, i], best[i + 1], best[i + 2]
            np.maximum(next_, row + delete[s1], out=next_)
            np.maximum(next_[1:], row[:-1] + by_one[:, s1], out=next_[1:])
            np.maximum(next_[2:], row[:-2] + by_two[:, s1], out=next_[2:])
            np.maximum(after[1:], row[:-1] + by_one[:, s2], out=after[1:])
            np.maximum(after[2:], row[:-2] + by_two[:, s2], out=after[2:])
        reached: Floats = best[length, m, np.arange(len(length))]
        return reached

    def own(self, table: Floats) -> Floats:
        """The score of each name against itself, cut alike on both sides; (names,)."""
        diagonal = np.ascontiguousarray(np.diagonal(table))
        best = np.full((self.one.shape[1] + 3, len(self.length)), IMPOSSIBLE, np.float32)
        best[0] = 0.0
        for i in range(self.one.shape[1]):
            np.maximum(best[i + 1], best[i] + diagonal[self.one[:, i]], out=best[i + 1])
            np.maximum(best[i + 2], best[i] + diagonal[self.two[:, i]], out=best[i + 2])
        reached: Floats = best[self.length, np.arange(len(self.length))]
        return reached


class Stack:
    """Several tables at once, and all ways to cut a pair instead of the best one."""

    def __init__(self, tables: Sequence[Floats]) -> None:
        # odds[garble's segment, table, name's segment]: the odds of a unit.
        odds = np.exp(np.maximum(np.stack(tables), -100.0)).transpose(2, 0, 1)
        self.odds = np.ascontiguousarray(odds, np.float32)

    def sums(self, packed: Packed, which: Ints, garble: str) -> Floats:
        """The log of the summed odds of all cuttings, in nats; (tables, names of `which`)."""
        length = packed.length[which]
        width = int(length.max())
        g1 = encode(garble)
        g2 = g1[:-1] * BASE + g1[1:]
        m, tables, names = len(g1), self.odds.shape[1], len(which)
        one, two = packed.one[which, :width].T, packed.two[which, :width].T
        # Units by place of the name: (letters of the name, tables, letters of the garble, names).
        by = {
            (k, h): self.odds[g][:, :, segments].transpose(2, 1, 0, 3)
            for k, segments in ((1, one), (2, two))
            for h, g in ((1, g1), (2, g2))
        }
        lost = self.odds[0][:, one].transpose(1, 0, 2)[:, :, None, :]
        added = self._added(g1)
        best = np.zeros((width + 3, tables, m + 1, names))
        best[0, :, 0] = 1.0
        for i in range(width + 1):
            row = best[i] = added @ best[i]
            if i == width:
                break
            next_, after = best[i + 1], best[i + 2]
            next_ += row * lost[i]
            next_[:, 1:] += row[:, :-1] * by[1, 1][i]
            next_[:, 2:] += row[:, :-2] * by[1, 2][i]
            after[:, 1:] += row[:, :-1] * by[2, 1][i]
            after[:, 2:] += row[:, :-2] * by[2, 2][i]
        reached = best[length, :, m, np.arange(names)]
        logs: Floats = np.log(np.maximum(reached, 1e-30)).T.astype(np.float32)
        return logs

    def _added(self, codes: Ints) -> NDArray[np.float64]:
        """What letters that the garble adds do to a row: (tables, letters + 1, letters + 1)."""
        each = np.log(np.maximum(self.odds[codes, :, 0], 1e-12)).astype(np.float64)
        runs = np.concatenate([np.zeros((1, each.shape[1])), np.cumsum(each, 0)]).T
        found: NDArray[np.float64] = np.tril(np.exp(runs[:, :, None] - runs[:, None, :]))
        return found


@cache
def stack(names: tuple[str, ...]) -> Stack:
    """Shipped tables, stacked."""
    return Stack([dense(name) for name in names])
