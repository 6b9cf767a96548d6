"""Learns how names change on their way through another script or ear: the tables of the channel.

Expectation-maximisation over all ways to cut a name and its garble into units of up to two letters
(forward-backward in numpy). `tools/learn_channel.py` learns the shipped tables so, from a great
many pairs; `refit` moves a shipped table towards the few pairs that a user has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from repair.lexicon.align import BASE, CODE, LETTERS

Pairs = Sequence[tuple[str, str]]
Weights = dict[tuple[str, str], float]
Array = Any  # numpy arrays; their shapes stand in the docstrings

DEAD = BASE * BASE  # stands for a segment that would run past the end
SIZE = DEAD + 1
SHAPES = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (2, 2))  # letters of the name, of the garble
ROUNDS = 8
BATCH = 4096
DISCOUNT = 0.3  # taken from every count each round, which keeps the table sparse
FLOOR = 2e-6  # probability of a change of one letter that was never seen
PRUNE = 5e-6  # units rarer than this are dropped: halves the table, costs no accuracy
# What a shipped table counts beside a user's pairs, in units seen: 3,000 are some 400 names.
SHIPPED = 3_000.0
REFITS = 4  # rounds


def code_of(segment: str) -> int:
    """0 for nothing, 1 to 28 for a letter, from 30 on for two."""
    code = 0
    for letter in segment:
        code = code * BASE + CODE[letter]
    return code


def batches(pairs: Pairs) -> Iterator[tuple[Array, Array, Array, Array]]:
    """Letter codes of names and of garbles as (position, pair), padded with 0, and the lengths."""
    marked = sorted(((f"^{a}$", f"^{b}$") for a, b in pairs), key=lambda p: (len(p[0]), len(p[1])))
    for start in range(0, len(marked), BATCH):
        part = marked[start : start + BATCH]
        sides = []
        for side in (0, 1):
            codes = np.zeros((max(len(p[side]) for p in part), len(part)), np.int64)
            for column, pair in enumerate(part):
                codes[: len(pair[side]), column] = [CODE[c] for c in pair[side]]
            sides.append(codes)
        yield sides[0], sides[1], (sides[0] > 0).sum(0), (sides[1] > 0).sum(0)


def segments(codes: Array) -> dict[int, Array]:
    """Codes of the one- and two-letter segments starting at each position; DEAD past the end."""
    after = np.vstack([codes[1:], np.zeros((1, codes.shape[1]), np.int64)])
    return {
        0: np.zeros((1, codes.shape[1]), np.int64),
        1: np.where(codes > 0, codes, DEAD),
        2: np.where(after > 0, codes * BASE + after, DEAD),
    }


class Lattice:
    """All ways to cut the pairs of one batch into units, with the units' probabilities."""

    def __init__(self, names: Array, garbles: Array, prob: Array) -> None:
        self.width, self.height, self.pairs = len(names), len(garbles), names.shape[1]
        of_name, of_garble = segments(names), segments(garbles)
        self.codes = {
            (k, h): of_name[k][:, None, :] * SIZE + of_garble[h][None, :, :] for k, h in SHAPES
        }
        self.units = {shape: prob.ravel()[codes] for shape, codes in self.codes.items()}

    def forward(self) -> Array:
        """Sums over all cuttings of the beginnings: (letters of name, of garble, pair)."""
        unit, height = self.units, self.height
        sums = np.zeros((self.width + 3, height + 3, self.pairs))
        sums[0, 0] = 1.0
        for i in range(self.width + 1):
            for j in range(height):
                sums[i, j + 1] += sums[i, j] * unit[0, 1][0, j]
            if i < self.width:
                for k, h in ((1, 0), (1, 1), (1, 2), (2, 1), (2, 2)):
                    rows = height + 1 if h == 0 else height
                    weight = unit[k, h][i] if h else unit[k, h][i, 0]
                    sums[i + k, h : h + rows] += sums[i, :rows] * weight
        return sums

    def backward(self, end: Array) -> Array:
        """Sums over all cuttings of the rests; `end` holds what stands at the ends."""
        unit, height = self.units, self.height
        sums = end
        for i in range(self.width, -1, -1):
            if i < self.width:
                for k, h in ((1, 0), (1, 1), (1, 2), (2, 1), (2, 2)):
                    rows = height + 1 if h == 0 else height
                    weight = unit[k, h][i] if h else unit[k, h][i, 0]
                    sums[i, :rows] += weight * sums[i + k, h : h + rows]
            for j in range(height - 1, -1, -1):
                sums[i, j] += unit[0, 1][0, j] * sums[i, j + 1]
        return sums

    def add_counts(self, forward: Array, backward: Array, counts: Array) -> None:
        """Adds the expected number of each unit."""
        for k, h in SHAPES:
            rows, columns = self.width + (not k), self.height + (not h)
            after = backward[k : k + rows, h : h + columns]
            weight = forward[:rows, :columns] * self.units[k, h] * after
            codes = np.broadcast_to(self.codes[k, h], weight.shape)
            counts += np.bincount(codes.ravel(), weight.ravel(), counts.size)


def expected(packed: Sequence[tuple[Array, Array, Array, Array]], prob: Array) -> Array:
    """How often each unit is used in the pairs, on average over all cuttings: (SIZE, SIZE)."""
    counts = np.zeros(SIZE * SIZE)
    for names, garbles, n, m in packed:
        lattice = Lattice(names, garbles, prob)
        forward = lattice.forward()
        here = np.arange(lattice.pairs)
        total = forward[n, m, here]
        end = np.zeros_like(forward)
        end[n, m, here] = np.divide(1.0, total, out=np.zeros_like(total), where=total > 1e-280)
        lattice.add_counts(forward, lattice.backward(end), counts)
    return counts.reshape(SIZE, SIZE)


def learn(pairs: Pairs, rounds: int = ROUNDS) -> Array:
    """The joint probability of every unit: [code of the name's segment, of the garble's]."""
    prob = np.full((SIZE, SIZE), 1e-3)
    prob[DEAD, :] = prob[:, DEAD] = 0.0
    packed = list(batches(pairs))
    for turn in range(rounds):
        counts = expected(packed, prob)
        if turn < rounds - 1:
            counts = np.maximum(counts - DISCOUNT, 0.0)
        prob = counts / counts.sum()
        prob[prob < 1e-9] = 0.0
    return prob


class Chance(NamedTuple):
    """The log-probability of letters, marks of the ends included, in names and in garbles."""

    names: Mapping[str, float]
    garbles: Mapping[str, float]

    @classmethod
    def measured(cls, pairs: Pairs) -> Chance:
        return cls(letter_logs(a for a, _ in pairs), letter_logs(b for _, b in pairs))

    def of(self, a: str, b: str) -> float:
        """That these letters stand in a name and a garble that have nothing to do with another."""
        return sum(self.names[c] for c in a) + sum(self.garbles[c] for c in b)


def letter_logs(words: Iterable[str]) -> dict[str, float]:
    """Log-probability of each letter in marked words."""
    counts = Counter("".join(f"^{word}$" for word in words))
    total = sum(counts.values())
    return {c: float(np.log((counts[c] + 0.5) / total)) for c in LETTERS}


def weights(prob: Array, chance: Chance) -> Weights:
    """Log-odds of the units against letters that meet by chance."""
    all_segments = ["", *LETTERS, *(a + b for a in LETTERS for b in LETTERS)]
    found = {}
    for a in all_segments:
        for b in all_segments:
            single = len(a) <= 1 and len(b) <= 1 and bool(a or b)
            p = prob[code_of(a), code_of(b)]
            if single and not set(a + b) & set("^$"):
                p = max(p, FLOOR)
            if p > 0 and (single or p >= PRUNE):
                found[a, b] = float(np.log(p)) - chance.of(a, b)
    return found


def refit(shipped: Mapping[tuple[str, str], float], chance: Chance, pairs: Pairs) -> Weights:
    """The weights of a shipped table, moved towards a user's (folded name, folded garble) pairs.

    The table counts as `SHIPPED` units that were seen before; units that only the pairs show are
    new. Letter by letter `chance` holds what the shipped weights were measured against.
    """
    before = np.zeros((SIZE, SIZE))
    for (a, b), weight in shipped.items():
        before[code_of(a), code_of(b)] = np.exp(weight + chance.of(a, b))
    before /= before.sum()
    packed = list(batches(pairs))
    # A change of one letter is always possible, or a pair that shows a new one has no cutting.
    prob = before.copy()
    for _ in range(REFITS):
        counts = np.maximum(expected(packed, np.maximum(prob, _possible())) - DISCOUNT, 0.0)
        prob = (counts + SHIPPED * before) / (counts.sum() + SHIPPED)
    found = dict(shipped)
    segments = ["", *LETTERS, *(a + b for a in LETTERS for b in LETTERS)]
    by_code = {code_of(segment): segment for segment in segments}
    for x, y in np.argwhere(prob > PRUNE).tolist():
        if x in by_code and y in by_code and x + y:
            a, b = by_code[x], by_code[y]
            found[a, b] = float(np.log(prob[x, y])) - chance.of(a, b)
    return found


@cache
def _possible() -> Array:
    """The least probability of each unit while a table is fitted again."""
    least = np.zeros((SIZE, SIZE))
    inner = [0, *(CODE[c] for c in LETTERS if c not in "^$")]
    least[np.ix_(inner, inner)] = FLOOR
    least[0, 0] = 0.0
    return least
