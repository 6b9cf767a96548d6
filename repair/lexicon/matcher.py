"""The calibrated judge behind `Lexicon.candidates`: which names, and how sure, from a word alone.

Skeletons propose, the pooled channel table ranks, and the tables of the single scripts judge the
best few: nobody has said through which script the name went, so their readings are mixed. Names of
several words are found word by word and through their joined letters.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from repair.lexicon import align, fold
from repair.lexicon.channel import LONGEST
from repair.lexicon.entry import Candidate
from repair.lexicon.sounds import SkeletonIndex

PIVOTS = ("arabic", "chinese", "hebrew", "katakana", "korean", "russian")
TAIL = 2.2  # nats of score to one nat of odds; see stages/names/evidence.py
BRUTE = 2_000  # up to so many strings all are aligned; above, skeletons propose
PROPOSED = 1_000
REFINED = 40  # strings that the tables of the single scripts judge
WORDS_KEPT = 120  # readings kept for each word of a surface of several words
NOTHING = -30.0
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Match:
    """A name by number with its score in nats, before calibration."""

    name: int
    score: float


class Pool:
    """Distinct folded strings, scored against a garble."""

    def __init__(self, strings: Iterable[str]) -> None:
        self.strings = tuple(strings)
        self.packed = align.Packed(self.strings)
        self.index = SkeletonIndex(self.strings) if len(self.strings) > BRUTE else None

    def best(self, garble: str, keep: int) -> list[tuple[int, float]]:
        """(number, score) of the best strings, best first; the mixed score of all tables."""
        if self.index:
            which = np.array(self.index.candidates(garble, PROPOSED), np.int32)
        else:
            which = np.arange(len(self.strings), dtype=np.int32)
        if not len(which):
            return []
        scores = self.packed.scores(garble, align.dense("channel"), which)
        order = np.argsort(-scores, kind="stable")[: max(keep, REFINED)]
        head = which[order[:REFINED]]
        tables = [self.packed.scores(garble, align.dense(f"channel-{p}"), head) for p in PIVOTS]
        stacked = np.stack([scores[order[:REFINED]], *tables]).astype(np.float64) / TAIL
        top = stacked.max(0)
        mixed = (top + np.log(np.exp(stacked - top).mean(0))) * TAIL
        found = [(int(n), float(s)) for n, s in zip(head, mixed, strict=True)]
        rest = [(int(which[k]), float(scores[k])) for k in order[REFINED:]]
        return sorted(found, key=lambda pair: -pair[1])[:keep] + rest[: max(0, keep - len(found))]


class Matcher:
    """The names of one lexicon, ready to be asked."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        folded: dict[str, list[int]] = {}
        numbers: dict[str, int] = {}
        self._by_first: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        for at, name in enumerate(self.names):
            words = [w for w in map(fold.letters, name.split()) if w]
            joined = "".join(words)
            if not words or len(joined) > LONGEST:
                continue
            folded.setdefault(joined, []).append(at)
            if len(words) > 1:
                ids = tuple(numbers.setdefault(w, len(numbers)) for w in words)
                self._by_first.setdefault(ids[0], []).append((ids, at))
        self._entries = tuple(folded.values())
        self._exact = {string: number for number, string in enumerate(folded)}
        self._joined = Pool(folded)
        self._words = Pool(numbers)
        self._remembered: OrderedDict[str, dict[int, float]] = OrderedDict()

    def _word(self, word: str) -> dict[int, float]:
        """Scores of the words of names against one word of a surface."""
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.popitem(last=False)
            found = self._remembered[word] = dict(self._words.best(word, WORDS_KEPT))
        return found

    def matches(self, surface: str, keep: int = 50) -> list[Match]:
        """The names by score, best first: letters joined, and word by word."""
        words = [w for w in map(fold.letters, surface.split()) if w]
        joined = "".join(words)
        if not 2 <= len(joined) <= LONGEST:
            return []
        best: dict[int, float] = {}
        for string, score in self._joined.best(joined, keep):
            for name in self._entries[string]:
                best[name] = score
        if len(words) > 1 and self._words.strings:
            by_word = [self._word(word) for word in words]
            for first in by_word[0]:
                for ids, name in self._by_first.get(first, ()):
                    if len(ids) == len(words) and all(
                        i in scores for i, scores in zip(ids, by_word, strict=True)
                    ):
                        score = sum(s[i] for i, s in zip(ids, by_word, strict=True))
                        best[name] = max(score, best.get(name, NOTHING))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return [Match(name, score) for name, score in ranked[:keep]]

    def candidates(self, surface: str) -> tuple[Candidate, ...]:
        """Best first, with calibrated confidences."""
        found = self.matches(surface)
        if not found:
            return ()
        sure = 1 / (1 + np.exp(-(found[0].score - 16) / TAIL))
        return tuple(
            Candidate(self.names[m.name], float(sure if at == 0 else 0.0), m.score)
            for at, m in enumerate(found[:10])
        )
