"""Names of several words, heard word by word: all words went through the same script.

"Kelisi Kekelan" is Chris Kirkland for somebody who knows that both words came through Chinese.
So the tables of the scripts are added up over the words of a name before they are weighed, and a
word that is heard badly is helped by one that is heard well.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from repair.lexicon import calibrate
from repair.lexicon.align import Floats, Ints
from repair.lexicon.channel import Table
from repair.lexicon.pool import NOTHING, REFINED, Aligned, Heard, Pool, looks_like

UNHEARD = -3.0  # nats for a word that no skeleton proposed, until it is looked at
LOOKED_AT = 150  # names of which every word is compared
RATIO = -3  # place of the column: what agrees, as a share of all that could
KEPT = 120  # readings kept for a word
REMEMBERED = 5_000  # words of surfaces


@dataclass(frozen=True, slots=True)
class Reading:
    """What one word of a surface may be among the words of names."""

    which: Ints  # words that may be meant, by number
    pooled: Floats  # their scores by the pooled table, in nats
    best: dict[int, float]  # the best of them in order, with what they are worth, in nats


class FullNames:
    """Names of several words: asked with the words of a surface, of as many words."""

    def __init__(self, spelt: Iterable[tuple[int, Sequence[str]]], units: Table | None) -> None:
        """`spelt`: names by number, and their folded words."""
        numbers: dict[str, int] = {}
        rows: dict[int, tuple[list[int], list[list[int]]]] = {}
        for name, words in spelt:
            names, ids = rows.setdefault(len(words), ([], []))
            names.append(name)
            ids.append([numbers.setdefault(word, len(numbers)) for word in words])
        self.numbers = numbers
        self.words = Pool(numbers, units)
        self._rows = {
            count: (np.array(names, np.int32), np.array(ids, np.int32))
            for count, (names, ids) in rows.items()
        }
        self._remembered: OrderedDict[tuple[str, bytes], Reading] = OrderedDict()

    def counts(self) -> frozenset[int]:
        """How many words the names have."""
        return frozenset(self._rows)

    def reading(self, word: str, prior: Floats | None = None) -> Reading:
        """What a word of a surface may be; remembered for the next time."""
        key = word, b"" if prior is None else prior.tobytes()
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.popitem(last=False)
            which, pooled = self.words.proposed(word)
            heard = self.words.heard(word, KEPT, prior)
            best = dict(heard.best()) if heard else {}
            found = self._remembered[key] = Reading(which, pooled, best)
        return found

    def judged(self, words: Sequence[str], prior: Floats | None = None) -> Heard | None:
        """The best names of as many words, not yet in order; None if there are none.

        `Heard.numbers` are those of the names.
        """
        if len(words) not in self._rows:
            return None
        names, ids = self._rows[len(words)]
        pooled = np.zeros((len(words), len(ids)), np.float32)
        for at, word in enumerate(words):
            reading = self.reading(word, prior)
            scores = np.full(len(self.words.strings), UNHEARD, np.float32)
            scores[reading.which] = reading.pooled
            pooled[at] = scores[ids[:, at]]
        chosen = _best(pooled.sum(0), LOOKED_AT)
        pooled = pooled[:, chosen]
        for at, word in enumerate(words):
            unheard = pooled[at] == np.float32(UNHEARD)
            if unheard.any():
                distinct, where = np.unique(ids[chosen[unheard], at], return_inverse=True)
                pooled[at, unheard] = self.words.pooled(word, distinct)[where]
        head = _best(pooled.sum(0), REFINED)
        pooled, head = pooled[:, head], chosen[head]
        apart = [self._aligned(word, ids[head, at], pooled[at]) for at, word in enumerate(words)]
        looks = _together([looks_like(word, prior) for word in words], prior)
        joint = _added(apart)
        columns = joint.columns(looks, prior, _odd(apart))
        none = np.empty(0, np.int32)
        return Heard(
            names[head], columns, joint.pooled, joint.tables, looks, none, joint.pooled[:0]
        )

    def _aligned(self, word: str, ids: Ints, pooled: Floats) -> Aligned:
        """How the words of names at one place agree with a word of a surface."""
        distinct, first, where = np.unique(ids, return_index=True, return_inverse=True)
        tables = self.words.tables(word, distinct)
        return self.words.aligned(word, distinct, pooled[first], tables).take(where)


def _best(values: Floats, most: int) -> Ints:
    """The places of the highest values."""
    if len(values) > most:
        near = np.argpartition(-values, most - 1)[:most]
    else:
        near = np.arange(len(values))
    best: Ints = near[np.argsort(-values[near], kind="stable")].astype(np.int32)
    return best


def _together(looks: Sequence[Floats], prior: Floats | None) -> Floats:
    """The log-chance of each pivot by the letters of all words; the prior counts once."""
    total = np.sum(looks, 0)
    if prior is not None:
        total = total - (len(looks) - 1) * prior
    chances: Floats = (total - np.logaddexp.reduce(total)).astype(np.float32)
    return chances


def _added(apart: Sequence[Aligned]) -> Aligned:
    """How whole names agree with a surface: the sums over their words."""
    n = np.sum([each.n for each in apart], 0)
    return Aligned(
        pooled=np.sum([each.pooled for each in apart], 0),
        tables=np.maximum(np.sum([each.tables for each in apart], 0), 2 * NOTHING),
        surprise=np.sum([each.surprise for each in apart], 0),
        own=np.sum([each.own for each in apart], 0),
        alike=np.sum([each.alike * each.n for each in apart], 0) / np.maximum(n, 1),
        n=n,
        m=sum(each.m for each in apart),
        first=np.mean([each.first for each in apart], 0),
        last=np.mean([each.last for each in apart], 0),
        exact=np.mean([each.exact for each in apart], 0),
        same=np.sum([each.same for each in apart], 0),
    )


def _odd(apart: Sequence[Aligned]) -> list[Floats]:
    """What the worst word of a name says."""
    ratios = np.min([each.pooled / each.own for each in apart], 0)
    scores = np.min([each.pooled for each in apart], 0)
    return [
        np.zeros(len(scores), np.float32), scores, ratios, np.min([each.alike for each in apart], 0)
    ]  # fmt: skip


def joined(heard: Heard, chosen: Sequence[int]) -> Heard:
    """Some of the names heard with their letters joined, with the columns that names heard word by
    word have; the words are of no say.
    """
    columns = heard.columns[list(chosen)]
    alike = columns[:, calibrate.ALIKE]
    marks = np.ones(len(chosen), np.float32)
    more = np.column_stack([marks, columns[:, calibrate.POOLED], columns[:, RATIO], alike])
    before, behind = columns[:, : calibrate.SURPRISE], columns[:, calibrate.SURPRISE :]
    return replace(
        heard,
        numbers=heard.numbers[list(chosen)],
        columns=np.concatenate([before, more, behind], 1),
        order=heard.order[list(chosen)],
        tables=heard.tables[:, list(chosen)],
    )


def both(one: Heard, other: Heard) -> Heard:
    """Two answers of the same columns as one, by the letters of the first."""
    none = one.numbers[:0]
    return Heard(
        np.concatenate([one.numbers, other.numbers]),
        np.concatenate([one.columns, other.columns]),
        np.concatenate([one.order, other.order]),
        np.concatenate([one.tables, other.tables], 1),
        one.looks,
        none,
        one.order[:0],
    )
