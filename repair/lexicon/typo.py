"""Names that a finger slipped on: "Goolge" and "Anhtropic", one letter in five at most.

A script or an ear keeps the consonants in their order; a finger swaps two, loses one, doubles one,
or meets the key beside it. So slips have an index of their own: the first and the last six letters
of each name with any one of them left out, as numbers in a sorted array (28 of them for a name, 112
bytes). What is found is lined up letter by letter, and `calibrate` makes a chance of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

ENDS = 6  # letters at either end that are indexed
TWO, THREE = 8, 16  # letters from which two slips, three slips are thought of
LONGEST = 100  # letters
MOST = 20_000  # names that are compared letter by letter
KEPT = 5  # names that are lined up
VOWELS = frozenset("aeiouy")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# What a slip costs, in nats, against writing on without one: how often fingers do it, roughly; a
# network weighs the kinds again. Set by hand.
SLIPS = {
    "swapped": -2.0, "doubled": -1.8, "single": -1.8, "lost": -2.5, "beside": -2.6, "added": -3.2,
    "vowel": -3.2, "other": -5.0, "more": -5.0,
}  # fmt: skip
FIRST = -2.0  # more for the first letter, which people look at

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Slip:
    """A name by number, and how a surface came from it by slips of the finger."""

    name: int
    nats: float
    kinds: tuple[str, ...]  # of `SLIPS`

    def features(self) -> list[float]:
        """How many slips there are of each kind, and in all."""
        found = Counter(self.kinds)
        return [float(found[kind]) for kind in SLIPS] + [float(len(self.kinds)), self.nats]


def most(letters: int) -> int:
    """How many slips are thought of in a word of so many letters."""
    return 1 + (letters >= TWO) + (letters >= THREE)


class TypoIndex:
    """From folded letters to the names they may be a slip of."""

    def __init__(self, strings: Sequence[str]) -> None:
        """`strings`: the folded letters of names; the numbers given out are their places."""
        self.strings = strings

    @cached_property
    def _lengths(self) -> Numbers:
        return np.fromiter(map(len, self.strings), np.int32, len(self.strings))

    @cached_property
    def _index(self) -> tuple[NDArray[np.uint32], Numbers]:
        """Keys in order, and the strings that they belong to."""
        long = np.flatnonzero(self._lengths >= TWO).astype(np.int32)
        keys = np.concatenate(
            [_keys(self.strings), _keys([self.strings[int(n)][::-1] for n in long], behind=True)]
        )
        every = np.arange(len(self.strings), dtype=np.int32)
        owners = np.concatenate([np.repeat(every, ENDS + 1), np.repeat(long, ENDS + 1)])
        order = np.argsort(keys, kind="stable")
        return keys[order], owners[order]

    def near(self, letters: str) -> list[Slip]:
        """The strings that folded letters may be a slip of, likeliest first; not themselves."""
        if not 3 <= len(letters) <= LONGEST or not self.strings:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = most(len(letters))
        keys, owners = self._index
        asked = np.concatenate([_keys([letters]), _keys([letters[::-1]], behind=True)])
        starts, ends = (np.searchsorted(keys, asked, side) for side in ("left", "right"))
        found = [owners[start:end] for start, end in zip(starts, ends, strict=True)]
        numbers = np.unique(np.concatenate(found))
        numbers = numbers[np.abs(self._lengths[numbers] - len(letters)) <= slips][:MOST]
        strings = [self.strings[int(n)] for n in numbers]
        close = process.extract(
            letters, strings, scorer=OSA.distance, score_cutoff=slips, limit=KEPT + 1
        )
        lined = [
            Slip(int(numbers[at]), *lined_up(string, letters))
            for string, _, at in close
            if string != letters and most(len(string)) >= slips - 1
        ]
        return sorted(lined, key=lambda slip: (-slip.nats, slip.name))[:KEPT]


def _keys(strings: Sequence[str], behind: bool = False) -> NDArray[np.uint32]:
    """The beginnings of strings, whole and with a letter left out, as numbers; row by row."""
    start = [string[:ENDS].encode() for string in strings]
    codes = np.array(start, f"S{ENDS}").view(np.uint8).reshape(len(start), ENDS).astype(np.uint32)
    codes = np.where(codes > 96, codes - 96, 0).astype(np.uint32)
    places = 27 ** np.arange(ENDS, dtype=np.uint32)
    found = np.empty((len(start), ENDS + 1), np.uint32)
    found[:, ENDS] = codes @ places
    for gone in range(ENDS):
        found[:, gone] = np.delete(codes, gone, 1) @ places[:-1]
    if behind:
        found += np.uint32(27**ENDS)
    return found.ravel()


@cache
def beside(key: str) -> frozenset[str]:
    """The keys that touch a key.

    >>> sorted(beside("g"))
    ['b', 'f', 'h', 't', 'v', 'y']
    """
    at = {
        c: (row, column + 0.5 * row)
        for row, keys in enumerate(ROWS)
        for column, c in enumerate(keys)
    }
    if key not in at:
        return frozenset()
    row, column = at[key]
    return frozenset(
        c for c, (r, k) in at.items() if c != key and abs(r - row) <= 1 and abs(k - column) <= 1
    ) - {c for c, (r, k) in at.items() if r != row and abs(k - column) > 0.5}


def lined_up(name: str, surface: str) -> tuple[float, tuple[str, ...]]:
    """The cheapest way from a name to a surface: its nats, and the kinds of slips."""
    n, m = len(name), len(surface)
    best: list[list[tuple[float, tuple[str, ...]]]] = [
        [(-99.0, ())] * (m + 1) for _ in range(n + 1)
    ]
    best[0][0] = 0.0, ()
    for i in range(n + 1):
        for j in range(max(0, i - 3), min(m, i + 3) + 1):
            nats, kinds = best[i][j]
            if nats <= -99.0:
                continue
            for k, h, kind in _steps(name, surface, i, j):
                cost = (SLIPS[kind] + FIRST * (i == 0)) if kind else 0.0
                value = nats + cost, (*kinds, kind) if kind else kinds
                if value[0] > best[i + k][j + h][0]:
                    best[i + k][j + h] = value
    return best[n][m]


def _steps(name: str, surface: str, i: int, j: int) -> list[tuple[int, int, str]]:
    """What may come next: letters taken from the name and the surface, and the kind of slip."""
    a, b = name[i : i + 2], surface[j : j + 2]
    found: list[tuple[int, int, str]] = []
    if a and b:
        if a[0] == b[0]:
            found.append((1, 1, ""))
        elif b[0] in beside(a[0]):
            found.append((1, 1, "beside"))
        else:
            found.append((1, 1, "vowel" if {a[0], b[0]} <= VOWELS else "other"))
        if len(a) == len(b) == 2 and a[0] == b[1] != b[0] == a[1]:
            found.append((2, 2, "swapped"))
    if a:
        found.append((1, 0, "single" if i and name[i - 1] == a[0] else "lost"))
    if b:
        around = {name[i - 1 : i], a[:1]} - {""}
        near = any(b[0] in beside(c) for c in around)
        found.append((0, 1, "doubled" if b[0] in around else "added" if near else "more"))
    return found
