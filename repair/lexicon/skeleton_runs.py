"""The index of skeletons for very many names, sorted in numpy: a tenth of the memory of a mapping.

A skeleton of up to sixteen classes out of nine is a number of sixteen digits, and a skeleton that
lost a class another one. All of them are sorted, and what stands under one key lies side by side,
in the order in which `sounds.SkeletonIndex` would have put it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from repair.lexicon.shelf import Numbers

CLASSES = "PKSTLMNhw"  # those of `sounds`, and what has to do where nothing else is left
LONGEST = 16  # classes; longer skeletons have no keys
SHORTEST = 3  # classes from which one may be lost
AT_ONCE = 100_000  # words whose keys are made in one go, for which 60 MiB are taken
_DIGITS = np.full(256, -1, np.int64)
_DIGITS[[ord(c) for c in CLASSES]] = range(1, len(CLASSES) + 1)
_DIGITS[ord(" ")] = 0
_TENS = 10 ** np.arange(LONGEST, dtype=np.int64)

Ints = NDArray[np.int64]


class SkeletonRuns(Mapping[str, Numbers]):
    """Skeleton -> the numbers of the words that have it, or lose a class to have it."""

    def __init__(self, passes: Sequence[tuple[Sequence[int], Sequence[str]]]) -> None:
        """`passes` are numbers of words with their skeletons, in the order in which they go in."""
        parts = [
            _keys(numbers[first : first + AT_ONCE], skeletons[first : first + AT_ONCE])
            for numbers, skeletons in passes
            for first in range(0, len(skeletons), AT_ONCE)
        ]
        keys = np.concatenate([np.empty(0, np.int64), *(keys for keys, _ in parts)])
        numbers = np.concatenate([np.empty(0, np.uint32), *(numbers for _, numbers in parts)])
        del parts
        order = np.argsort(keys, kind="stable")
        keys, numbers = keys[order], numbers[order]
        new = np.ones(len(keys), bool)
        new[1:] = (keys[1:] != keys[:-1]) | (numbers[1:] != numbers[:-1])
        keys, numbers = keys[new], numbers[new]
        begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
        self._keys = keys[begins]
        self._ends = np.append(begins, len(keys))
        self._numbers = numbers.data

    def __getitem__(self, key: str) -> Numbers:
        code = sum((CLASSES.find(c) + 1) * 10**at for at, c in enumerate(key))
        at = int(np.searchsorted(self._keys, code)) if len(key) <= LONGEST else len(self._keys)
        if at == len(self._keys) or self._keys[at] != code:
            raise KeyError(key)
        found: Numbers = self._numbers[int(self._ends[at]) : int(self._ends[at + 1])]
        return found

    def __iter__(self) -> Iterator[str]:
        for code in self._keys.tolist():
            yield "".join(CLASSES[int(digit) - 1] for digit in reversed(str(code)))

    def __len__(self) -> int:
        return len(self._keys)


def _keys(numbers: Sequence[int], skeletons: Sequence[str]) -> tuple[Ints, NDArray[np.uint32]]:
    """(keys, numbers of the words that have them). Raises ValueError for what is no skeleton."""
    short = (s.ljust(LONGEST) if len(s) <= LONGEST else " " * LONGEST for s in skeletons)
    letters = np.frombuffer("".join(short).encode("latin-1", "replace"), np.uint8)
    digits = _DIGITS[letters].reshape(-1, LONGEST)
    if (digits < 0).any():
        raise ValueError("a skeleton of other letters")
    sums = np.zeros((len(digits), LONGEST + 1), np.int64)
    np.cumsum(digits * _TENS, axis=1, out=sums[:, 1:])
    whole, length = sums[:, -1:], np.count_nonzero(digits, axis=1)[:, None]
    keys = np.concatenate([whole, sums[:, :-1] + (whole - sums[:, 1:]) // 10], axis=1)
    held = np.arange(LONGEST + 1) <= np.where(length >= SHORTEST, length, 0)
    held &= length > 0
    which = np.repeat(np.asarray(numbers, np.uint32), held.sum(axis=1))
    return keys[held], which
