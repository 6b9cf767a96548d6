"""From scores to a chance of being right.

Three parts. Letter models say how much an agreement is worth. A scale of decoys, looked up in the
dictionary at hand, says what strangers score there, whatever its size and density. And small
networks, fitted once by `tools/fit_matcher.py`, put the best few in order and join what was found
for the first to a chance.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from repair.lexicon import fold, letters
from repair.lexicon import words as language
from repair.lexicon.letters import best_of
from repair.lexicon.tables import folder, rows

TAIL = 2.2  # nats of score to one nat of odds; see repair/stages/names/evidence.py
CAP = 0.998  # a few hundred accepted pairs show no more
COMMON = 3.0  # Zipf frequency from which a lone word is taken for itself
STRANGE = 0.02  # what is left of the confidence then: 50 uses of the word itself to one garble
NEVER = -8.0  # log-odds of a sound where none was found
SHARED = 2  # words that a surface and a name have in common, when a third one tells them apart
CLIP = 4.0  # standard deviations; what lies further out says no more
# Places in the columns that `pool` gives out for each candidate.
MIXED, POOLED = 2, 3
SURPRISE, OWN, ALIKE = -12, -11, -10
NAME, WORD = 0.9, 1.6  # what it costs, in nats, to take a stranger for a name, for a word

Floats = NDArray[np.float64]


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
class Network:
    """A weighted sum of standardised features, and of one layer of tanh units over them."""

    mean: Floats
    spread: Floats
    direct: Floats  # (features,)
    constant: float
    into: Floats  # (features, units)
    bias: Floats
    out: Floats

    @classmethod
    def read(cls, data: dict[str, list[float] | float]) -> Network:
        """From the form in `matcher.json`."""
        arrays = {name: np.array(data[name], float) for name in cls.__slots__}
        constant = float(arrays.pop("constant"))
        return cls(constant=constant, **arrays)

    def values(self, table: NDArray[np.floating]) -> Floats:
        """The log-odds of each row: (rows, features) -> (rows,)."""
        z = np.clip((table - self.mean) / self.spread, -CLIP, CLIP)
        found: Floats = z @ self.direct + self.constant
        if len(self.out):
            found = found + np.tanh(z @ self.into + self.bias) @ self.out
        return found

    def chance(self, row: Sequence[float]) -> float:
        """The value as a chance in (0, CAP); squeezed, so that the order survives the cap."""
        return chance(float(self.values(np.array([row]))[0]))


def chance(value: float) -> float:
    """Log-odds as a chance in (0, CAP)."""
    return CAP / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def models() -> dict[str, Network]:
    """The fitted models: "order", and "one" and "many" (words) for the confidence."""
    data = json.loads((folder() / "models" / "matcher.json").read_text(encoding="utf-8"))
    return {name: Network.read(model) for name, model in data["models"].items()}


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


@dataclass(frozen=True, slots=True)
class Looks:
    """What the letters of a surface say, in nats against letters by themselves."""

    pivots: Floats
    garble: float
    name: float
    english: float
    plain: float
    back: float

    @classmethod
    def of(cls, words: Sequence[str], pivots: Sequence[str]) -> Looks:
        models = letters.models()
        total = np.sum([models.log_probs(word) for word in words], 0)
        by = dict(
            zip(models.names, (total - total[models.names.index("flat")]).tolist(), strict=True)
        )
        return cls(
            np.array([by[pivot] for pivot in pivots]),
            by["garble"], by["name"], by["english"], by["plain"], by["back"],
        )  # fmt: skip

    @property
    def stranger(self) -> float:
        """As what the surface can be explained without any of the names at hand."""
        ways = (best_of(self.pivots) - NAME, self.name - NAME, self.english - WORD)
        return float(np.logaddexp.reduce(ways))


def features(found: Found, scale: DecoyScale, looks: Looks) -> list[float]:
    """What tells right from wrong, for the best candidate; of one word or of several."""
    surface = "".join(found.words)
    margin = found.score - found.second
    relative = found.score / max(found.own, 1.0)
    often = [language.zipf(word) for word in found.words]
    low, high, of_name = min(often), max(often), language.zipf(found.name)
    middle, upper, top = (scale.quantile(share) for share in (0.5, 0.8, 0.95))
    stranger = looks.stranger
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
        found.score - upper,
        found.score - top,
        max(found.score - middle, 0.0),
        max(found.score - top, 0.0),
        looks.garble,
        looks.name,
        looks.english,
        looks.english - looks.garble,
        looks.name - looks.garble,
        looks.plain - looks.back,
        stranger,
        found.score - stranger,
        found.score - looks.name,
        found.score - TAIL * math.log(found.names),
        low,
        float(low > 0),
        max(low - 2.5, 0.0),
        high,
        max(high - 2.5, 0.0),
        of_name,
        of_name - low,
        found.own,
        float(surface[:1] == found.name[:1]),
        float(surface[-1:] == found.name[-1:]),
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


def another(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether folded words are those of a name but for a common word, which stands for itself: the
    British Medical Association is not the British Dental Association.
    """
    odd = [word for word in words if word not in name]
    shared = len(words) - len(odd)
    return shared >= SHARED and any(language.zipf(word) >= COMMON for word in odd)
