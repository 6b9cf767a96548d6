"""The calibrated judge behind `Lexicon.candidates`: which names, and how sure, from a word alone.

A `Pool` of the letters of all names, and one of the words of names of several words, say what a
surface sounds like; the second joins the first where the words of a surface agree with the words
of a name one by one. Decoys and a network make a chance of it.
"""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from repair.lexicon import calibrate, fold, letter_names
from repair.lexicon import words as language
from repair.lexicon.calibrate import TAIL, DecoyScale, Found, Looks
from repair.lexicon.channel import LONGEST, PIVOTS, Table
from repair.lexicon.entry import Candidate
from repair.lexicon.pool import NOTHING, Heard, Pool

WORDS_KEPT = 120  # readings kept for each word of a surface of several words
BEHIND = 4.0  # nats of odds that a string behind the ordered ones is less likely than its score
SHOWN = 10  # candidates given out
REMEMBERED = 20_000  # words of surfaces


@dataclass(frozen=True, slots=True)
class Match:
    """A name by number with its score in nats, before calibration."""

    name: int
    score: float
    string: int = -1  # of the joined letters it was heard by; -1: word by word


class Matcher:
    """The names of one lexicon, ready to be asked."""

    def __init__(self, names: Sequence[str], units: Table | None = None) -> None:
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
        self._exact = frozenset(folded)
        self._plain = range(len(folded))  # the strings that are names letter by letter
        for at, name in enumerate(self.names):
            for spoken in letter_names.spoken(name):
                if len(spoken) <= LONGEST:
                    folded.setdefault(spoken, []).append(at)
        self._entries = tuple(folded.values())
        self._numbers = numbers
        self._joined = Pool(folded, units)
        self._words = Pool(numbers, units)
        self._answers: dict[str, tuple[Candidate, ...]] = {}
        self._remembered: OrderedDict[str, dict[int, float]] = OrderedDict()

    def _word(self, word: str) -> dict[int, float]:
        """Scores of the words of names against one word of a surface."""
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.popitem(last=False)
            found = self._remembered[word] = dict(_best(self._words.heard(word, WORDS_KEPT)))
        return found

    def matches(self, surface: str, keep: int = 50) -> list[Match]:
        """The names by score, best first: letters joined, and word by word."""
        return self._matches(surface, keep)[0]

    def _matches(self, surface: str, keep: int) -> tuple[list[Match], Heard | None]:
        words = [w for w in map(fold.letters, surface.split()) if w]
        joined = "".join(words)
        if not 2 <= len(joined) <= LONGEST:
            return [], None
        best: dict[int, Match] = {}
        heard = self._joined.heard(joined, keep)
        for string, score in _best(heard):
            for name in self._entries[string]:
                best.setdefault(name, Match(name, score, string))
        if len(words) > 1 and self._words.strings:
            by_word = [self._word(word) for word in words]
            for first in by_word[0]:
                for ids, name in self._by_first.get(first, ()):
                    if len(ids) == len(words) and all(
                        i in scores for i, scores in zip(ids, by_word, strict=True)
                    ):
                        score = sum(s[i] for i, s in zip(ids, by_word, strict=True))
                        if name not in best or score > best[name].score:
                            best[name] = Match(name, score)
        ranked = sorted(best.values(), key=lambda match: (-match.score, match.name))
        return ranked[:keep], heard

    def own(self, match: Match) -> float:
        """The score of a name against itself, in nats."""
        words = [w for w in map(fold.letters, self.names[match.name].split()) if w]
        if match.string >= 0 and (len(words) == 1 or match.string not in self._plain):
            return float(self._joined.own[match.string])
        return sum(float(self._words.own[self._numbers[w]]) for w in words if w in self._numbers)

    @cached_property
    def scales(self) -> dict[str, DecoyScale]:
        """What strangers score in this dictionary, alone ("one") and in pairs ("many")."""
        strangers = [s for s in calibrate.decoys() if s not in self._exact]
        one = tuple(sorted(self._best_score(s) for s in strangers))
        if not self._words.strings:
            return {"one": DecoyScale(one), "many": DecoyScale(one)}
        pairs = [f"{a} {b}" for a, b in zip(strangers[::2], strangers[1::2], strict=False)]
        many = tuple(sorted(self._best_score(pair) for pair in pairs))
        return {"one": DecoyScale(one), "many": DecoyScale(many)}

    def _best_score(self, surface: str) -> float:
        found = self.matches(surface, 2)
        return found[0].score if found else NOTHING

    def features(self, surface: str) -> tuple[str, list[float], list[Match]]:
        """The model to ask ("one" or "many"), the features of the best match, and the matches."""
        found, heard = self._matches(surface, 50)
        words = tuple(w for w in map(fold.letters, surface.split()) if w)
        if not found:
            return "one", [], []
        first = found[0]
        kind = "one" if len(words) == 1 else "many"
        spread = [np.exp(max(m.score - first.score, NOTHING)) for m in found]
        evidence = Found(
            words=words,
            name=self._letters(first),
            score=first.score,
            second=max(found[1].score, NOTHING) if len(found) > 1 else NOTHING,
            density=float(np.log(sum(spread))),
            own=self.own(first),
            names=len(self.names),
        )
        looks = Looks.of(words, PIVOTS)
        row = calibrate.features(evidence, self.scales[kind], looks)
        if kind == "many":
            row += self._apart(words, first.name)
        elif heard is not None:
            row += heard.features()
        return kind, row, found

    def _letters(self, match: Match) -> str:
        """The folded letters that a name was found by: its own, or those of its letters' names."""
        if match.string >= 0:
            return self._joined.strings[match.string]
        return fold.letters(self.names[match.name])

    @cached_property
    def _holders(self) -> Counter[str]:
        """How many names hold each word."""
        return Counter(word for name in self.names for word in set(map(fold.letters, name.split())))

    def _apart(self, words: Sequence[str], number: int) -> list[float]:
        """What the words that differ say by themselves: a shared first name is shared by many."""
        name = [w for w in map(fold.letters, self.names[number].split()) if w]
        if len(name) != len(words):
            return [0.0] * 12
        pairs = [(a, b) for a, b in zip(words, name, strict=True) if a != b]
        same = [b for a, b in zip(words, name, strict=True) if a == b]
        among = min((self._holders[word] for word in same), default=len(self.names))
        scores, ratios, shares, odd, known = [0.0], [1.0], [0.0], [0.0], [0.0]
        for a, b in pairs:
            readings = self._word(a)
            value = readings.get(self._numbers.get(b, -1), NOTHING)
            scores.append(value)
            ratios.append(value / max(float(self._words.own[self._numbers[b]]), 1.0))
            best = max(readings.values(), default=NOTHING)
            every = sum(math.exp((score - best) / TAIL) for score in readings.values()) or 1.0
            shares.append((value - best) / TAIL - math.log(every))
            odd.append(value - Looks.of([a], PIVOTS).stranger)
            known.append(language.zipf(a))
        alike = min((calibrate.similarity(a, b) for a, b in pairs), default=1.0)
        above = sum(scores) - TAIL * math.log(max(among, 1))
        short = float(min((len(b) for _, b in pairs), default=0))
        return [
            float(len(same)), sum(scores), min(ratios), alike, above, math.log(among + 1),
            sum(shares), min(shares), min(odd), sum(odd), max(known), short,
        ]  # fmt: skip

    def candidates(self, surface: str) -> tuple[Candidate, ...]:
        """Best first, with calibrated confidences; remembered for the next time."""
        known = self._answers.get(surface)
        if known is None:
            if len(self._answers) >= REMEMBERED:
                self._answers.clear()
            known = self._answers[surface] = self._candidates(surface)
        return known

    def _candidates(self, surface: str) -> tuple[Candidate, ...]:
        kind, row, found = self.features(surface)
        if not found:
            return ()
        sure = calibrate.models()[kind].chance(row) * calibrate.gate(surface.split())
        name = self.names[found[0].name]
        same = fold.key(name) == fold.key(surface)
        via = "exact" if name == surface else "folded" if same else "sound"
        out = [Candidate(name, sure, found[0].score, via)]
        rest = 1.0 - sure
        for match in found[1:SHOWN]:  # the others share what is left
            share = min(rest / 2, sure * float(np.exp((match.score - found[0].score) / TAIL)))
            out.append(Candidate(self.names[match.name], share, match.score))
            rest -= share
        return tuple(out)


def _best(heard: Heard | None) -> list[tuple[int, float]]:
    """(string, score) of what was heard, the ordered ones first."""
    if heard is None:
        return []
    behind = heard.rest_scores - TAIL * BEHIND
    return [
        *zip(heard.numbers.tolist(), heard.score.tolist(), strict=True),
        *zip(heard.rest.tolist(), behind.tolist(), strict=True),
    ]
