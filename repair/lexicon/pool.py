"""Folded strings, scored against a garble: skeletons propose, tables judge, a network orders.

Nobody has said through which script a garble went, so each script's table has a say, the more so
the more the letters of the garble look like that script's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repair.lexicon import align, calibrate, letters
from repair.lexicon.align import Floats, Ints
from repair.lexicon.channel import PIVOTS, Table
from repair.lexicon.skeleton import AmbiguousIndex

BRUTE = 2_000  # up to so many strings all are aligned; above, skeletons propose
PROPOSED = 1_500
APART = 7  # letters that a name and its garble may differ in length
REFINED = 40  # strings that the tables of the single scripts judge
NOTHING = -30.0
BEHIND = 4.0  # nats of odds that a string behind the ordered ones is less likely than its score
# A path score is over-confident (`calibrate.TAIL`); sums over all paths are so a little less. Of
# 1, 1.6 and 2.2 this put most names first, 10,000 unseen ones.
SOFT = 1.6
LOOKS = 0.5  # what the letters of a garble count when they tell the script; 0, .5, 1 were tried


@dataclass(frozen=True, slots=True)
class Heard:
    """The best strings for a garble, in order, with what is known of them."""

    numbers: Ints  # of the strings, (n,)
    columns: Floats  # what the network saw: (n, features of `calibrate.ORDER`)
    order: Floats  # log-odds against each other: (n,)
    tables: Floats  # nats by the table of each pivot: (pivots, n)
    looks: Floats  # log-chance of each pivot by the letters of the garble
    rest: Ints  # strings behind them, in the order of the pooled table
    rest_scores: Floats

    @property
    def score(self) -> Floats:
        """Nats; the first has the mixed score of the tables, the rest as much less as it is likely.

        (n,), falling.
        """
        top = self.columns[0, calibrate.MIXED]
        nats: Floats = np.maximum(top + calibrate.TAIL * (self.order - self.order[0]), NOTHING)
        return nats

    def ordered(self, network: str) -> Heard:
        """The same, put in order by a network."""
        order = calibrate.models()[network].values(self.columns)
        best = np.argsort(-order, kind="stable")
        return replace(
            self,
            numbers=self.numbers[best],
            columns=self.columns[best],
            order=order[best].astype(np.float32),
            tables=self.tables[:, best],
        )

    def best(self) -> list[tuple[int, float]]:
        """(number, score in nats) of what was heard, the ordered ones first."""
        behind = self.rest_scores - calibrate.TAIL * BEHIND
        return [
            *zip(self.numbers.tolist(), self.score.tolist(), strict=True),
            *zip(self.rest.tolist(), behind.tolist(), strict=True),
        ]

    def features(self) -> list[float]:
        """What tells whether the first is right: how far ahead it is, and by which tables."""
        behind = self.order - self.order[0]
        ahead = float(-behind[1]) if len(behind) > 1 else 10.0
        mixed = self.columns[:, calibrate.MIXED]
        margin = float(mixed[0] - mixed[1:].max()) if len(mixed) > 1 else -NOTHING
        first = self.tables[:, 0]
        alike = self.columns[:2, calibrate.ALIKE].tolist()
        return [
            float(self.columns[0, calibrate.POOLED]), float(self.order[0]), ahead,
            min(ahead, 4.0), float(np.log(np.exp(behind).sum())), margin, min(margin, 6.0),
            float(np.log(np.exp((mixed - mixed[0]) / 2).sum())), float(first.max()),
            float(first.min()), float(first.std()), float(self.looks[first.argmax()]),
            float(self.looks.max()), float(np.exp(self.looks) @ first),
            float(self.columns[0, calibrate.SURPRISE]), alike[-1], alike[0] - alike[-1],
        ]  # fmt: skip


class Pool:
    """Distinct folded strings, scored against a garble."""

    def __init__(self, strings: Iterable[str], units: Table | None = None) -> None:
        """`units` is a user's own table, fitted to what garbles the user's texts."""
        self.strings = tuple(strings)
        self.units = align.dense_of(units) if units else None
        self.packed = align.Packed(self.strings)
        self.index = AmbiguousIndex(self.strings) if len(self.strings) > BRUTE else None

    @property
    def _table(self) -> Floats:
        return align.dense("channel") if self.units is None else self.units

    @cached_property
    def _stack(self) -> align.Stack:
        return align.Stack([self._table])

    @cached_property
    def own(self) -> Floats:
        """The score of each string against itself, by the pooled table."""
        return self.packed.own(self._table)

    @cached_property
    def surprise(self) -> Floats:
        """How little the letters of each string are those of a name, in nats."""
        return -letters.models().of_names(self.packed).astype(np.float32)

    def heard(self, garble: str, keep: int = REFINED, prior: Floats | None = None) -> Heard | None:
        """The best strings for a folded garble; None if nothing is near.

        `prior` holds the log-chance of each pivot, if the document has told them.
        """
        found = self.judged(garble, keep, prior)
        return found and found.ordered("order")

    def judged(self, garble: str, keep: int = REFINED, prior: Floats | None = None) -> Heard | None:
        """The same, before the network put them in order."""
        which, pooled = self.proposed(garble)
        if not len(which):
            return None
        order = np.argsort(-pooled, kind="stable")[: max(keep, REFINED)]
        head, rest = order[:REFINED], order[REFINED:]
        tables = self.tables(garble, which[head])
        looks = looks_like(garble, prior)
        columns = self.aligned(garble, which[head], pooled[head], tables).columns(looks, prior)
        return Heard(which[head], columns, pooled[head], tables, looks, which[rest], pooled[rest])

    def proposed(self, garble: str) -> tuple[Ints, Floats]:
        """The strings that may be meant, and their scores by the pooled table, in nats."""
        if self.index:
            which = self.index.candidates(garble, PROPOSED)
        else:
            apart = np.abs(self.packed.length - len(garble) - 2)
            which = np.flatnonzero(apart <= APART).astype(np.int32)
        return which, self.pooled(garble, which)

    def pooled(self, garble: str, which: Ints) -> Floats:
        """The scores of some strings by the pooled table, in nats; (strings,)."""
        return np.maximum(self.packed.scores(garble, self._table, which), np.float32(NOTHING))

    def tables(self, garble: str, which: Ints) -> Floats:
        """The scores of some strings by the table of each pivot, in nats; (pivots, strings)."""
        stack = align.stack(tuple(f"channel-{pivot}" for pivot in PIVOTS))
        tables = np.maximum(stack.sums(self.packed, which, garble), np.float32(NOTHING))
        if self.units is not None:  # one more way, whichever script a text went through
            tables = np.maximum(tables, self._stack.sums(self.packed, which, garble))
        return tables

    def aligned(self, garble: str, head: Ints, pooled: Floats, tables: Floats) -> Aligned:
        """How some strings agree with a garble."""
        from rapidfuzz.distance import Levenshtein

        strings = [self.strings[n] for n in head]
        n, m = self.packed.length[head] - 2, len(garble)
        one = self.packed.one[head]
        code = align.encode(garble)
        width = min(one.shape[1], len(code)) - 1
        alike = [Levenshtein.normalized_similarity(garble, string) for string in strings]
        return Aligned(
            pooled,
            tables,
            self.surprise[head],
            np.maximum(self.own[head], np.float32(1.0)),
            np.array(alike),
            n,
            m,
            one[:, 1] == code[1],
            one[np.arange(len(n)), n] == code[-2],
            np.array([string == garble for string in strings]),
            (one[:, 1:width] == code[1:width]).sum(1),
        )


@dataclass(frozen=True, slots=True)
class Aligned:
    """How strings agree with a garble, one value for each; word by word these can be summed."""

    pooled: Floats
    tables: Floats  # (pivots, strings)
    surprise: Floats
    own: Floats
    alike: NDArray[Any]
    n: NDArray[Any]  # letters of the strings
    m: int  # letters of the garble
    first: NDArray[Any]  # whether the first letter is the same
    last: NDArray[Any]
    exact: NDArray[Any]
    same: NDArray[Any]  # letters that are the same at the same place

    def take(self, which: NDArray[Any]) -> Aligned:
        """Some of the strings, in another order or more than once."""
        every = {name: getattr(self, name) for name in self.__slots__}
        chosen = {name: value[..., which] for name, value in every.items() if name != "m"}
        return replace(self, **chosen)

    def columns(
        self, looks: Floats, prior: Floats | None = None, more: Sequence[NDArray[Any]] = ()
    ) -> Floats:
        """What tells the right string from the others: (strings, features)."""
        soft = self.tables / SOFT
        even = np.full(len(soft), -np.log(len(soft)), np.float32)
        before = even if prior is None else prior
        mixed = SOFT * np.logaddexp.reduce(soft + before[:, None])
        sharp = np.logaddexp.reduce(self.tables + looks[:, None])
        # What the document tells of its script counts in full, what the letters tell by half.
        told = LOOKS * looks + (1 - LOOKS) * (before - even)
        likely = SOFT * np.logaddexp.reduce(soft + told[:, None])
        apart = self.m - self.n
        columns = [
            mixed, sharp, likely, self.pooled, *self.tables, self.tables.max(0),
            self.tables.mean(0), *more, self.surprise, self.own, self.alike, apart, np.abs(apart),
            self.first, self.last, self.exact, self.same / np.maximum(self.m, self.n),
            self.pooled / self.own, likely / self.own, self.n,
        ]  # fmt: skip
        return np.column_stack(columns).astype(np.float32)


def looks_like(garble: str, prior: Floats | None = None) -> Floats:
    """The log-chance of each pivot by the letters of a folded garble, and what was known before;
    all equal, if that is nothing.
    """
    models = letters.models()
    values = models.log_probs(garble)[[models.names.index(pivot) for pivot in PIVOTS]]
    if prior is not None:
        values = values + prior
    chances: Floats = (values - np.logaddexp.reduce(values)).astype(np.float32)
    return chances
