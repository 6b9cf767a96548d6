"""From scores to a chance of being right.

Three parts. Letter models say how much an agreement is worth ("-ing" agreeing with "-ing" is worth
nothing). A scale of decoys, looked up in the dictionary at hand, says what strangers score there,
whatever its size and density. And a logistic model, fitted once by `tools/fit_matcher.py`, joins
them with the margin to the second name; a similar linear model puts the best few in order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.align import CODE
from repair.lexicon.tables import folder, rows

TAIL = 2.2  # nats of score to one nat of odds; see repair/stages/names/evidence.py
WIDTH = len(CODE) + 1
START, END = CODE["^"], CODE["$"]
CAP = 0.998  # a few hundred accepted pairs show no more
COMMON = 3.0  # Zipf frequency from which a lone word is taken for itself
STRANGE = 0.02  # what is left of the confidence then: 50 uses of the word itself to one garble

Floats = NDArray[np.float64]


class LetterModel:
    """Letter trigrams: `table[a, b, c]` is log P(c after a b), in nats."""

    def __init__(self, table: Floats) -> None:
        self.table = table

    @classmethod
    def fit(cls, words: Iterable[str], order: int = 3) -> LetterModel:
        """Interpolated trigrams (or mere letters, with order 1) of folded words."""
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
            prob = np.broadcast_to(
                (two + 8 * plain) / (two.sum(1, keepdims=True) + 8), counts.shape
            )
            prob = (counts + 8 * prob) / (counts.sum(2, keepdims=True) + 8)
        return cls(np.log(np.maximum(prob, 1e-9)))

    def log_prob(self, word: str) -> float:
        """The log-probability of a folded word, in nats."""
        codes = _codes(word)
        table = self.table
        return float(
            sum(table[a, b, c] for a, b, c in zip(codes, codes[1:], codes[2:], strict=False))
        )


def _codes(word: str) -> list[int]:
    return [START, START, *(CODE[c] for c in word), END]


@cache
def letter_models() -> dict[str, LetterModel]:
    """The shipped letter models: "english", "garble", "name" and "flat" (letters by themselves)."""
    with np.load(folder() / "models" / "letters.npz") as data:
        return {name: LetterModel(data[name].astype(np.float64)) for name in data.files}


@cache
def decoys() -> tuple[str, ...]:
    """The shipped strangers: absent names, their garbles, and English words."""
    path = folder() / "models" / "decoys.tsv"
    return tuple(cells[0] for _, cells in rows(path, ("surface", "kind")))


@dataclass(frozen=True, slots=True)
class DecoyScale:
    """The best scores that strangers reach in a dictionary, ascending."""

    best: tuple[float, ...]

    def quantile(self, share: float) -> float:
        return float(np.quantile(self.best, share)) if self.best else 0.0


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of standardised features; the last weight is the constant."""

    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weight: tuple[float, ...]

    def value(self, row: Sequence[float]) -> float:
        total = self.weight[-1] if len(self.weight) > len(row) else 0.0
        for x, m, s, w in zip(row, self.mean, self.spread, self.weight, strict=False):
            total += w * (x - m) / s
        return total

    def chance(self, row: Sequence[float]) -> float:
        """The value as a chance in (0, CAP); squeezed, so that the order survives the cap."""
        return CAP / (1 + math.exp(-max(-30.0, min(30.0, self.value(row)))))


@cache
def models() -> dict[str, Linear]:
    """The fitted models: "order", and "one" and "many" (words) for the confidence."""
    data = json.loads((folder() / "models" / "matcher.json").read_text(encoding="utf-8"))
    return {
        name: Linear(tuple(m["mean"]), tuple(m["spread"]), tuple(m["weight"]))
        for name, m in data["models"].items()
    }


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found, for the models."""

    words: tuple[str, ...]  # of the surface, folded
    name: str  # the best name, folded
    score: float  # nats
    second: float
    density: float  # log of the sum over the names of exp(score - best score)
    own: float  # the score of the name against itself
    names: int  # size of the dictionary


def order_features(garble: str, name: str, scores: Sequence[float], own: float) -> list[float]:
    """What puts candidates in order: `scores` are the mixed one and those of the tables."""
    letters = letter_models()
    same = sum(1 for a, b in zip(garble, name, strict=False) if a == b)
    return [
        *scores,
        max(scores),
        letters["flat"].log_prob(name) - letters["name"].log_prob(name),
        own,
        similarity(garble, name),
        float(len(garble) - len(name)),
        abs(len(garble) - len(name)),
        float(garble[:1] == name[:1]),
        float(garble[-1:] == name[-1:]),
        float(garble == name),
        same / max(len(garble), len(name)),
    ]


def features(found: Found, scale: DecoyScale) -> list[float]:
    """What tells right from wrong, for the best candidate."""
    letters = letter_models()
    surface = "".join(found.words)
    margin = found.score - found.second
    relative = found.score / max(found.own, 1.0)
    often = [language.zipf(word) for word in found.words]
    low, high, of_name = min(often), max(often), language.zipf(found.name)
    flat = sum(letters["flat"].log_prob(word) for word in found.words)
    garble = sum(letters["garble"].log_prob(word) for word in found.words) - flat
    english = sum(letters["english"].log_prob(word) for word in found.words) - flat
    middle, top = scale.quantile(0.5), scale.quantile(0.95)
    return [
        found.score,
        margin,
        min(margin, 6.0),
        found.density,
        found.score / (len(surface) + 2),
        relative,
        relative * relative,
        relative * min(margin, 6.0),
        found.score * found.score / 100,
        similarity(surface, found.name),
        float(surface == found.name),
        float(len(found.name)),
        float(len(surface) - len(found.name)),
        math.log(len(surface)),
        math.log(found.names),
        found.score - middle,
        max(found.score - middle, 0.0),
        max(found.score - top, 0.0),
        garble,
        english,
        english - garble,
        found.score - max(garble, english),
        low,
        float(low > 0),
        max(low - 2.5, 0.0),
        high,
        max(high - 2.5, 0.0),
        of_name,
        of_name - low,
        float(len(found.words)),
    ]


def similarity(a: str, b: str) -> float:
    """1 - Levenshtein distance / length of the longer one; in [0, 1]."""
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_similarity(a, b))


def gate(words: Sequence[str]) -> float:
    """What a lone common word leaves of a confidence: it nearly always stands for itself."""
    if len(words) == 1 and language.zipf(fold.letters(words[0])) >= COMMON:
        return STRANGE
    return 1.0
