"""Through which script a text went: told by its sure garbles, used for its doubtful ones.

One document went one way. "Kwalkwm" for Qualcomm may be Arabic or Urdu, "Reiter" for Reuters is
Russian; three such pairs tell most scripts apart, and then that script's table may judge alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from repair.lexicon import channel, fold
from repair.lexicon.channel import PIVOTS

# A path score is over-confident: it rises by so many nats for one nat of odds (see `calibrate`).
TAIL = 2.2
LEAST = 4.0  # nats by the best table below which a pair says nothing: it was not sound
ENOUGH = 3  # sure garbles from which their scripts are asked at all
FLOOR = 0.02  # weight that each script keeps: a text may have been put together from several
# Where the pivot is known, a garble gains: right names 0.7 nats on average, wrong ones that sound
# best among 150 only 0.1 (five sure pairs, unseen names). What lies between is no evidence.
USUAL = 0.4
MOST = 1.5  # nats of odds that the script may say for or against a garble


def weigh(matches: Iterable[tuple[str, str]]) -> dict[str, float]:
    """The chance of each pivot, from sure (garble, name) pairs; empty while they are too few.

    The same pair counts once, and a change of case or blanks not at all.
    """
    pairs = sorted({pair for garble, name in matches for pair in _words(garble, name)})
    heard = [{pivot: _score(*pair, pivot) for pivot in PIVOTS} for pair in pairs]
    heard = [scores for scores in heard if max(scores.values()) >= LEAST]
    if len(heard) < ENOUGH:
        return {}
    sums = dict.fromkeys(PIVOTS, 0.0)
    for scores in heard:
        # One odd pair does not decide: behind the best by no more than eight nats.
        best = max(scores.values())
        for pivot, score in scores.items():
            sums[pivot] += max(score - best, -8.0) / TAIL
    top = max(sums.values())
    odds = {pivot: math.exp(value - top) for pivot, value in sums.items()}
    whole = sum(odds.values())
    rest = 1 - FLOOR * len(PIVOTS)
    return {pivot: FLOOR + rest * value / whole for pivot, value in odds.items()}


def likeliest(weights: Mapping[str, float]) -> str:
    """The pivot with the most weight."""
    return max(sorted(weights), key=weights.__getitem__)


def shift(weights: Mapping[str, float], garble: str, name: str) -> float:
    """What knowing the pivots adds to a garble, in nats of odds: in [-MOST, MOST].

    It is the weighted mean of the tables' odds against their plain mean, less the `USUAL`.
    """
    known = plain = 0.0
    for first, second in _words(garble, name):
        scores = {pivot: _score(first, second, pivot) / TAIL for pivot in PIVOTS}
        top = max(scores.values())
        odds = {pivot: math.exp(max(value - top, -30.0)) for pivot, value in scores.items()}
        known += math.log(sum(weights[pivot] * odds[pivot] for pivot in PIVOTS))
        plain += math.log(sum(odds.values()) / len(PIVOTS))
    return max(-MOST, min(MOST, known - plain - USUAL))


@lru_cache(8_192)  # each garble of a text is weighed with all the others
def _score(name: str, garble: str, pivot: str) -> float:
    return max(channel.score(name, garble, channel.table(f"channel-{pivot}")), -30.0)


def _words(garble: str, name: str) -> list[tuple[str, str]]:
    """(name, garble), folded, word by word where both have as many words; those that differ."""
    names = [word for word in map(fold.letters, name.split()) if word]
    garbles = [word for word in map(fold.letters, garble.split()) if word]
    if len(names) != len(garbles):
        names, garbles = ["".join(names)], ["".join(garbles)]
    pairs = zip(names, garbles, strict=True)
    return [(a, b) for a, b in pairs if a != b and a and b]
