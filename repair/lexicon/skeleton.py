"""Consonant skeletons with their ambiguities, for the calibrated look-ups among many names.

`sounds` gives a word one skeleton or two, quickly; here a word has up to eight, since "ch" may be
a hiss or a k and an h may be silent. That finds 4 in 100 garbles more and takes ten times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from repair.text.patterns import later

# Letters -> the classes they may stand for; "" where they may be lost. Longer letters go first.
GROUPS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("sch", "tch", "tsh", "sh", "zh", "cz", "ts", "tz", "dz", "dj"), ("S",)),
    **dict.fromkeys(("s", "z"), ("S",)),
    **dict.fromkeys(("ph", "b", "p", "f"), ("P",)),
    **dict.fromkeys(("th", "t", "d"), ("T",)),
    **dict.fromkeys(("ck", "qu", "kh", "k", "q"), ("K",)),
    **dict.fromkeys(("wr", "l", "r"), ("L",)),
    **dict.fromkeys(("gn", "kn"), ("N", "KN")),
    **dict.fromkeys(tuple("aeiouy"), ("",)),
    "gh": ("K", ""), "ch": ("S", "K"), "ng": ("N", "NK"), "v": ("P", ""), "w": ("", "P"),
    "x": ("KS", "S"), "m": ("M",), "n": ("N",), "j": ("S", ""), "h": ("", "K"),
}  # fmt: skip
# Before e, i and y; elsewhere hard.
SOFT = {"c": ("S", "K"), "g": ("K", "S")}
PIECES = later("|".join(sorted(GROUPS, key=len, reverse=True)) + "|[cg]")
MOST = 8
_DOUBLE = later(r"(.)\1+")


def variants(word: str) -> tuple[str, ...]:
    """The skeletons a folded word may have.

    >>> variants("copilot")
    ('KPLT',)
    """
    found = [""]
    for piece in PIECES.finditer(word):
        text = piece.group()
        if text in SOFT:
            options: tuple[str, ...] = (
                SOFT[text] if word[piece.end() : piece.end() + 1] in set("eiy") else ("K",)
            )
        else:
            options = GROUPS[text]
        if options == ("",):
            continue
        found = [start + option for start in found for option in options][:MOST]
    return tuple(dict.fromkeys(_DOUBLE.sub(r"\1", skeleton) for skeleton in found))


def keys(word: str) -> dict[str, float]:
    """Index keys with their worth: 3 for a whole skeleton, 1 for one that lost a class."""
    found: dict[str, float] = {}
    for skeleton in variants(word):
        found[skeleton] = 3.0
        if len(skeleton) >= 3:
            for at in range(len(skeleton)):
                found.setdefault(skeleton[:at] + skeleton[at + 1 :], 1.0)
    return found


class AmbiguousIndex:
    """From a folded word to the numbers of the names it may stand for."""

    def __init__(self, names: Sequence[str]) -> None:
        lists: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for key in keys(name):
                lists[key].append(number)
        self._lists = {key: np.array(numbers, np.int32) for key, numbers in lists.items()}

    def candidates(self, word: str, most: int) -> NDArray[np.int32]:
        """Up to `most` numbers, those that share the most and the rarest keys first."""
        hits = [(self._lists[k], w) for k, w in keys(word).items() if k in self._lists]
        if not hits:
            return np.empty(0, np.int32)
        numbers = np.concatenate([found for found, _ in hits])
        worth = np.concatenate(
            [np.full(len(found), w + 10.0 / (10 + len(found)), np.float32) for found, w in hits]
        )
        unique, where = np.unique(numbers, return_inverse=True)
        if len(unique) <= most:
            return unique
        total = np.bincount(where, worth)
        best: NDArray[np.int32] = unique[np.argpartition(-total, most)[:most]]
        return best
