"""Trains the small networks of the name look-up: one layer of tanh units, by Adam, in numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from repair.lexicon import calibrate

TOGETHER = 4  # networks of which the mean is taken
Array = Any  # numpy arrays; their shapes stand in the docstrings


class Training:
    """A network of one hidden layer on standardised features, fitted by Adam."""

    def __init__(self, table: Array, units: int, decay: float, seed: int = 1) -> None:
        start = np.random.default_rng(seed)
        self.mean, self.spread = table.mean(0), table.std(0) + 1e-6
        features = table.shape[1]
        self.weights: dict[str, Array] = {
            "direct": np.zeros(features),
            "constant": np.zeros(1),
            "into": start.normal(size=(features, units)) / np.sqrt(features),
            "bias": np.zeros(units),
            "out": start.normal(size=units) * 0.1,
        }
        self.decay, self.turn = decay, 0
        self.first = {name: np.zeros_like(w) for name, w in self.weights.items()}
        self.second = {name: np.zeros_like(w) for name, w in self.weights.items()}

    def scaled(self, table: Array) -> Array:
        return np.clip((table - self.mean) / self.spread, -calibrate.CLIP, calibrate.CLIP)

    def step(self, z: Array, slope: Any, rate: float) -> None:
        """One step on rows `z`; `slope` turns their values into the slopes of the loss."""
        w = self.weights
        units = np.tanh(z @ w["into"] + w["bias"])
        d = slope(units @ w["out"] + z @ w["direct"] + w["constant"])
        inner = d[:, None] * w["out"] * (1 - units * units)
        slopes = {
            "direct": z.T @ d + self.decay * w["direct"],
            "constant": np.array([d.sum()]),
            "into": z.T @ inner + self.decay * w["into"],
            "bias": inner.sum(0),
            "out": units.T @ d + self.decay * w["out"],
        }
        self.turn += 1
        for name, g in slopes.items():
            self.first[name] += 0.1 * (g - self.first[name])
            self.second[name] += 0.001 * (g * g - self.second[name])
            moved = self.first[name] / (1 - 0.9**self.turn)
            w[name] -= rate * moved / (np.sqrt(self.second[name] / (1 - 0.999**self.turn)) + 1e-8)

    def model(self) -> dict[str, Any]:
        found = {name: w.tolist() for name, w in self.weights.items()}
        found["constant"] = float(self.weights["constant"][0])
        return {"mean": self.mean.tolist(), "spread": self.spread.tolist(), **found}


def batches(count: int, size: int, epochs: int, seed: int = 2) -> Iterator[tuple[Array, float]]:
    """Random batches, and how far through the training is, from 0 to 1."""
    shuffle = np.random.default_rng(seed)
    for epoch in range(epochs):
        order = shuffle.permutation(count)
        for start in range(0, count, size):
            yield order[start : start + size], epoch / epochs


def fit_order(lists: Sequence[tuple[Array, int]], units: int) -> dict[str, Any]:
    """The network whose softmax over the candidates of a list picks the right one."""
    training = Training(np.vstack([rows for rows, _ in lists]), units, 1e-4)
    scaled = [training.scaled(rows) for rows, _ in lists]
    for batch, done in batches(len(lists), 128, 20):
        sizes = [len(scaled[i]) for i in batch]
        start = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        right = start + np.array([lists[i][1] for i in batch])
        slope = partial(_softmax, start=start, sizes=sizes, right=right)
        training.step(np.vstack([scaled[i] for i in batch]), slope, 3e-3 if done < 0.6 else 1e-3)
    return training.model()


def _softmax(value: Array, start: Array, sizes: Sequence[int], right: Array) -> Array:
    odds = np.exp(value - np.repeat(np.maximum.reduceat(value, start), sizes))
    chance = odds / np.repeat(np.add.reduceat(odds, start), sizes)
    chance[right] -= 1
    return chance / len(start)


def fit_chance(table: Array, right: Array, weights: Array, units: int) -> dict[str, Any]:
    """The network whose logistic is the chance that the first candidate is right.

    It is the mean of several that started elsewhere, written as one with all their units: one
    alone leaves the order of the surest candidates to the draw.
    """
    models = []
    for seed in range(1, TOGETHER + 1):
        training = Training(table, units, 3e-4, seed)
        z = training.scaled(table)
        for batch, done in batches(len(z), 256, 25, seed + 1):
            slope = partial(_logistic, right=right[batch], weights=weights[batch])
            training.step(z[batch], slope, 2e-3 if done < 0.6 else 5e-4)
        models.append(training.model())
    first = models[0]
    return {
        "mean": first["mean"],
        "spread": first["spread"],
        "direct": np.mean([m["direct"] for m in models], 0).tolist(),
        "constant": float(np.mean([m["constant"] for m in models])),
        "into": np.concatenate([m["into"] for m in models], 1).tolist(),
        "bias": np.concatenate([m["bias"] for m in models]).tolist(),
        "out": (np.concatenate([m["out"] for m in models]) / TOGETHER).tolist(),
    }


def _logistic(value: Array, right: Array, weights: Array) -> Array:
    return weights * (1 / (1 + np.exp(-value)) - right) / len(right)
