"""Proposes the names that a garble may stand for: consonant skeletons, one class lost on a side.

A skeleton keeps the classes of the consonants (b p f v alike, c k q g alike ...) and drops vowels,
h, w and y. It finds the right name for 96 of 100 garbles of single names, and some hundred wrong
ones with it; the channel table judges. (Measured on held-out pairs of Wikidata names.)
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from repair.lexicon.shelf import Numbers, Shelf, Writer
from repair.text.patterns import later

# Letters of one class are confused by scripts and ears; the rest of the alphabet is dropped.
_CLASSES = {"bpfv": "P", "ckqg": "K", "szxj": "S", "td": "T", "lr": "L", "m": "M", "n": "N"}
_TO_CLASS = {ord(c): None for c in "aeiouhwy"} | {
    ord(c): mark for group, mark in _CLASSES.items() for c in group
}
# Written differently, heard alike; before the classes are taken.
_PAIRS = tuple(
    pair.split(":")
    for pair in ("ph:f", "sch:s", "tch:s", "sh:s", "ch:c", "ck:k", "th:t", "ts:s", "tz:s")
)
# "c" before e, i, y sounds as s; "g" before them as j.
_SOFT = later("[cg](?=[eiy])")
_DOUBLE = later(r"(.)\1+")


VERY_MANY = 60_000  # words; the shipped packs hold fewer of either kind
MANY = 100  # look-ups from which numpy is worth its import
LONG = 300  # numbers that are summed as quickly without it
DENSE = 50  # times as many words as are looked through, from which the others had better be left

# Where nothing else is left ("Huawei"), h and w have to do.
_VOWELS = str.maketrans("", "", "aeiouy")


def skeletons(words: Sequence[str]) -> list[str]:
    """The skeletons of folded words, one each; all at once, since one by one is ten times slower.

    >>> skeletons(["copilot", "cooplot"])
    ['KPLT', 'KPLT']
    """
    if not words:
        return []
    joined = "\n".join(words)
    for pair, single in _PAIRS:
        joined = joined.replace(pair, single)
    classes = joined.translate(_TO_CLASS)
    found = _DOUBLE.sub(lambda m: m[0] if m[1] == "\n" else m[1], classes).split("\n")
    return [whole or word.translate(_VOWELS) for whole, word in zip(found, words, strict=True)]


def _soft(word: str) -> str:
    return _SOFT.sub("s", word)


def _voiced(word: str) -> str:
    return word.replace("w", "v")


def variants(word: str) -> tuple[str, ...]:
    """The skeletons one folded word may have: hard or soft c and g, w silent or heard as v."""
    return tuple(dict.fromkeys(skeletons([word, _soft(word), _voiced(word)])))


class SkeletonIndex:
    """From a folded word to the numbers of the names it may stand for."""

    __slots__ = ("_asked", "_lists")

    def __init__(self, words: Sequence[str]) -> None:
        self._asked = 0
        passes: list[tuple[Sequence[int], Sequence[str]]]
        passes = [(range(len(words)), skeletons(words))]
        for other in (_soft, _voiced):
            changed = {n: w for n, word in enumerate(words) if (w := other(word)) != word}
            passes.append((list(changed), skeletons(list(changed.values()))))
        self._lists: Mapping[str, Numbers] = _lists(passes)

    @classmethod
    def on(cls, shelf: Shelf, name: str) -> SkeletonIndex:
        """The index that `put` wrote."""
        found = cls(())
        found._lists = shelf.table(name, lambda numbers: numbers)
        return found

    def put(self, writer: Writer, name: str) -> None:
        """Write the index."""
        writer.table(name, self._lists)

    def candidates(self, word: str, most: int) -> list[int]:
        """Up to `most` numbers, those that share the most and the rarest keys first."""
        runs: list[tuple[Numbers, float]] = []
        for whole in variants(word):
            for key in _keys(whole):
                if found := self._lists.get(key):
                    gain = (3.0 if key == whole else 1.0) + 10.0 / (10 + len(found))
                    runs.append((found, gain))
        self._asked += 1
        if self._asked > MANY and sum(len(run) for run, _ in runs) > LONG:
            return _ranked(runs, most)
        worth: dict[int, float] = {}
        known = worth.get
        for run, gain in runs:
            for number in run:
                worth[number] = known(number, 0.0) + gain
        if len(worth) <= most:
            return list(worth)
        # Sorting is stable, backwards as well: of equal worth, the lower number comes first.
        return sorted(sorted(worth), key=worth.__getitem__, reverse=True)[:most]


def _lists(passes: Sequence[tuple[Sequence[int], Sequence[str]]]) -> Mapping[str, Numbers]:
    """Key -> the numbers of the words that have it, pass by pass."""
    if len(passes[0][0]) >= VERY_MANY:
        from repair.lexicon.skeleton_runs import SkeletonRuns

        with suppress(ValueError):  # words of other letters than a to z
            return SkeletonRuns(passes)
    lists: dict[str, array[int]] = {}
    for numbers, found in passes:
        for number, whole in zip(numbers, found, strict=True):
            for key in _keys(whole):
                if not (mine := _run(lists, key)) or mine[-1] != number:
                    mine.append(number)
    return lists


def _run(lists: dict[str, array[int]], key: str) -> array[int]:
    found = lists.get(key)
    if found is None:
        found = lists[key] = array("I")
    return found


def _ranked(runs: Sequence[tuple[Numbers, float]], most: int) -> list[int]:
    """The same numbers in the same order as without numpy; the sums are made in the same order."""
    import numpy as np

    numbers = np.concatenate([np.frombuffer(run, np.uint32) for run, _ in runs])  # type: ignore[call-overload]
    gains = np.repeat([gain for _, gain in runs], [len(run) for run, _ in runs])
    if int(numbers.max()) < DENSE * len(numbers):
        worth = np.bincount(numbers, gains)
        every = np.flatnonzero(worth)
        worth = worth[every]
    else:
        every, which = np.unique(numbers, return_inverse=True)
        worth = np.bincount(which, gains)
    if len(every) <= most:
        return list(dict.fromkeys(numbers.tolist()))
    best: list[int] = every[np.argsort(-worth, kind="stable")[:most]].tolist()
    return best


def _keys(skeleton: str) -> Iterable[str]:
    """A skeleton, and with three classes or more also what is left when one of them is lost."""
    if not skeleton or len(skeleton) > 16:
        return ()
    if len(skeleton) < 3:
        return (skeleton,)
    lost = (skeleton[:i] + skeleton[i + 1 :] for i in range(len(skeleton)))
    return dict.fromkeys((skeleton, *lost))  # in order: sums of worth must not vary by run
