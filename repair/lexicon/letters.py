"""How probable a row of letters is: trigram models of names, of English, and of garbles.

An agreement is worth what it surprises: "-ing" agreeing with "-ing" is worth nothing. And the
letters of a garble tell through which script it came, before any name is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from repair.lexicon.align import CODE, Packed
from repair.lexicon.tables import folder

WIDTH = len(CODE) + 1
START, END = CODE["^"], CODE["$"]
STEP = 0.08  # nats; the shipped models are kept in a byte a trigram
SMOOTHING = 8.0  # uses of a pair of letters that the shorter context is worth

Floats = NDArray[np.float64]


def fit(words: Iterable[str], order: int = 3) -> Floats:
    """log P(third letter after two), in nats: (code, code, code), interpolated.

    With order 1 the letters by themselves.
    """
    counts = np.zeros((WIDTH, WIDTH, WIDTH))
    for word in words:
        codes = _codes(word)
        for a, b, c in zip(codes, codes[1:], codes[2:], strict=False):
            counts[a, b, c] += 1
    one = counts.sum((0, 1))
    plain = (one + 2 / WIDTH) / (one.sum() + 2)
    prob = np.broadcast_to(plain, counts.shape)
    if order > 1:
        two = counts.sum(0)
        shorter = (two + SMOOTHING * plain) / (two.sum(1, keepdims=True) + SMOOTHING)
        shorter = np.broadcast_to(shorter, counts.shape)
        prob = (counts + SMOOTHING * shorter) / (counts.sum(2, keepdims=True) + SMOOTHING)
    logs: Floats = np.log(np.maximum(prob, 1e-8))
    return logs


def _codes(word: str) -> list[int]:
    return [START, START, *(CODE[c] for c in word), END]


@dataclass(frozen=True, slots=True)
class LetterModels:
    """Several models, asked together; `names` in the order of `tables` (model, a, b, c)."""

    names: tuple[str, ...]
    tables: Floats

    def log_probs(self, word: str) -> Floats:
        """The log-probability of a folded word under each model, in nats."""
        codes = np.array(_codes(word))
        found: Floats = self.tables[:, codes[:-2], codes[1:-1], codes[2:]].sum(1)
        return found

    def of_names(self, packed: Packed) -> Floats:
        """How much likelier each name is by the letters of names than letter by letter, in nats."""
        odds = self.tables[self.names.index("name")] - self.tables[self.names.index("flat")]
        one = packed.one
        total = np.zeros(len(one))
        before = np.full(len(one), START)
        for i in range(1, one.shape[1]):
            inside = i < packed.length
            total += np.where(inside, odds[before, one[:, i - 1], one[:, i]], 0.0)
            before = one[:, i - 1]
        return total


def packed_bytes(tables: dict[str, Floats]) -> dict[str, NDArray[np.uint8]]:
    """The models as they are shipped: a byte for each trigram, in steps of `STEP` nats."""
    return {
        name: np.clip(np.rint(-table / STEP), 0, 255).astype(np.uint8)
        for name, table in tables.items()
    }


def of_tables(tables: dict[str, Floats]) -> LetterModels:
    return LetterModels(tuple(tables), np.stack(list(tables.values())))


@cache
def models() -> LetterModels:
    """The shipped models: "flat", "name", "english", "plain" and "back" (kinds of garbles),
    "garble" (all of them), and one for the garbles through each pivot.
    """
    with np.load(folder() / "models" / "letters.npz") as data:
        return of_tables({name: data[name] * -STEP for name in data.files})


def best_of(values: Sequence[float] | Floats) -> float:
    """log of the mean of exp(values): the odds when any of them may hold."""
    found = np.asarray(values)
    return float(np.logaddexp.reduce(found) - np.log(len(found)))
