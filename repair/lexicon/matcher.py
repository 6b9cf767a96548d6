"""The calibrated judge behind `Lexicon.candidates`: which names, and how sure, from a word alone.

A `Pool` of the letters of all names, and one of the words of names of several words, say what a
surface sounds like; the second joins the first where the words of a surface agree with the words
of a name one by one. Decoys and a network make a chance of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from repair.lexicon import calibrate, fold, full_names, letter_names, typo
from repair.lexicon import letters as letter_models
from repair.lexicon import words as language
from repair.lexicon.align import Floats
from repair.lexicon.calibrate import TAIL, DecoyScale, Found, Looks
from repair.lexicon.channel import LONGEST, PIVOTS, Table
from repair.lexicon.entry import Candidate
from repair.lexicon.full_names import FullNames
from repair.lexicon.pool import NOTHING, Heard, Pool
from repair.lexicon.typo import Slip, TypoIndex

SHOWN = 10  # candidates given out
REMEMBERED = 20_000  # surfaces
EITHER = 0.05  # confidence that slips have to add to the sound, to be called slips
FIGURES = 12.0  # nats against a name with other figures: another model, another year
LOGIT = -5  # place of the log-odds by sound among the features of a slip
LEAST = 0.005  # chance that every script keeps, whatever the document says


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
        long: dict[str, list[int]] = {}
        several: list[int] = []  # how many words the name of a string has
        spelt: list[tuple[int, tuple[str, ...]]] = []
        for at, name in enumerate(self.names):
            words = fold.words(name)
            joined = "".join(words)
            if len(words) > 1 and max(map(len, words)) <= LONGEST:
                spelt.append((at, words))
            if words and len(joined) <= LONGEST:
                if joined not in folded:
                    several.append(len(words))
                folded.setdefault(joined, []).append(at)
            elif words and len(joined) <= typo.LONGEST:
                long.setdefault(joined, []).append(at)
        self._exact = frozenset(folded)
        for at, name in enumerate(self.names):
            for spoken in letter_names.spoken(name):
                if len(spoken) <= LONGEST:
                    folded.setdefault(spoken, []).append(at)
        self._entries = tuple(folded.values())
        # Names read letter by letter have no words.
        self._several_of = several + [0] * (len(folded) - len(several))
        self._counts = frozenset(self._several_of)
        self._joined = Pool(folded, units)
        self._typos = TypoIndex((*list(folded)[: len(several)], *long))
        self._slipped = (*self._entries[: len(several)], *long.values())
        self._full = FullNames(spelt, units)
        self._scales: dict[str, DecoyScale] = {}
        self._answers: dict[tuple[str, bytes], tuple[Candidate, ...]] = {}

    def matches(self, surface: str, keep: int = 50) -> list[Match]:
        """The names by score, best first: letters joined, and word by word."""
        return self._matches(surface, keep)[0]

    def _matches(
        self, surface: str, keep: int, prior: Floats | None = None
    ) -> tuple[list[Match], Heard | None]:
        words = fold.words(surface)
        if not words or len("".join(words)) < 2 or max(map(len, words)) > LONGEST:
            return [], None
        found, heard = self._several(words, prior) if len(words) > 1 else self._one(words[0], prior)
        if any(map(str.isdigit, surface)):  # iPhone 15 sounds like iPhone 14
            found = [
                match if _same_figures(surface, self.names[match.name])
                else replace(match, score=match.score - FIGURES)
                for match in found
            ]  # fmt: skip
        best = {match.name: match for match in reversed(found)}
        ranked = sorted(best.values(), key=lambda match: (-match.score, match.name))
        return ranked[:keep], heard

    def _one(self, word: str, prior: Floats | None) -> tuple[list[Match], Heard | None]:
        """Names by their letters joined, for a surface of one word."""
        heard = self._joined.heard(word, prior=prior)
        if heard is None:
            return [], None
        found = heard.best()
        return [Match(n, score, s) for s, score in found for n in self._entries[s]], heard

    def one(self, word: str, prior: Floats | None = None) -> Heard | None:
        """Names for a surface of one word, not yet in order; `Heard.numbers` are of strings."""
        return self._joined.judged(word, prior=prior)

    def called(self, number: int, words: int) -> list[str]:
        """The names behind a number that `one` or `several` has given out."""
        if words > 1 and number >= 0:
            return [self.names[number]]
        string = number if words == 1 else -1 - number
        return [self.names[name] for name in self._entries[string]]

    def several(self, words: Sequence[str], prior: Floats | None = None) -> Heard | None:
        """Names for a surface of several words, not yet in order: word by word those of as many,
        the others by their letters joined. `Heard.numbers` are of names, or -1 - those of strings.
        """
        joint = self._full.judged(words, prior)
        whole = "".join(words)
        if len(whole) > LONGEST or self._counts <= {len(words)}:
            return joint
        heard = self._joined.judged(whole, prior=prior)
        if heard is None:
            return joint
        others = [at for at, s in enumerate(heard.numbers) if self._several_of[s] != len(words)]
        if not others:
            return joint
        apart = full_names.joined(heard, others)
        apart = replace(apart, numbers=-1 - apart.numbers)
        return full_names.both(joint, apart) if joint else apart

    def _several(
        self, words: Sequence[str], prior: Floats | None
    ) -> tuple[list[Match], Heard | None]:
        judged = self.several(words, prior)
        if judged is None:
            return [], None
        heard, found = judged.ordered("order-several"), []
        for number, score in zip(heard.numbers.tolist(), heard.score.tolist(), strict=True):
            if number >= 0:
                found.append(Match(number, score))
            else:
                string = -1 - number
                found += [Match(name, score, string) for name in self._entries[string]]
        return found, heard

    def scale(self, kind: str) -> DecoyScale:
        """What strangers score in this dictionary, alone ("one") and in pairs ("many")."""
        if kind not in self._scales:
            self._scales[kind] = self._scale(kind)
        return self._scales[kind]

    def _scale(self, kind: str) -> DecoyScale:
        strangers = [s for s in calibrate.decoys() if s not in self._exact]
        if kind == "many" and self._full.counts():
            pairs = zip(strangers[::2], strangers[1::2], strict=False)
            strangers = [f"{a} {b}" for a, b in pairs]
        return DecoyScale(tuple(sorted(self._best_score(s) for s in strangers)))

    def _best_score(self, surface: str) -> float:
        found = self.matches(surface, 2)
        return found[0].score if found else NOTHING

    def features(
        self, surface: str, prior: Floats | None = None
    ) -> tuple[str, list[float], list[Match]]:
        """The model to ask ("one" or "many"), the features of the best match, and the matches."""
        words = fold.words(surface)
        found, heard = self._matches(surface, 50, prior)
        if not found or heard is None:
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
            own=float(heard.columns[0, calibrate.OWN]),
            names=len(self.names),
        )
        looks = Looks.of(words, PIVOTS)
        row = calibrate.features(evidence, self.scale(kind), looks)
        if kind == "many":
            row += self._apart(words, first.name, prior)
        return kind, row + heard.features(), found

    def _letters(self, match: Match) -> str:
        """The folded letters that a name was found by: its own, or those of its letters' names."""
        if match.string >= 0:
            return self._joined.strings[match.string]
        return fold.letters(self.names[match.name])

    @cached_property
    def _holders(self) -> Counter[str]:
        """How many names hold each word."""
        return Counter(word for name in self.names for word in set(fold.words(name)))

    def _apart(self, words: Sequence[str], number: int, prior: Floats | None) -> list[float]:
        """What the words that differ say by themselves: a shared first name is shared by many."""
        name = fold.words(self.names[number])
        if len(name) != len(words) or not set(name) <= self._full.numbers.keys():
            return [0.0] * 12
        pairs = [(a, b) for a, b in zip(words, name, strict=True) if a != b]
        same = [b for a, b in zip(words, name, strict=True) if a == b]
        among = min((self._holders[word] for word in same), default=len(self.names))
        scores, ratios, shares, odd, known = [0.0], [1.0], [0.0], [0.0], [0.0]
        for a, b in pairs:
            best, number = self._full.reading(a, prior).best, self._full.numbers[b]
            value = best.get(number, NOTHING)
            scores.append(value)
            ratios.append(value / max(float(self._full.words.own[number]), 1.0))
            top = max(best.values(), default=NOTHING)
            every = sum(math.exp((score - top) / TAIL) for score in best.values()) or 1.0
            shares.append((value - top) / TAIL - math.log(every))
            odd.append(value - Looks.of([a], PIVOTS).stranger)
            known.append(language.zipf(a))
        alike = min((calibrate.similarity(a, b) for a, b in pairs), default=1.0)
        above = sum(scores) - TAIL * math.log(max(among, 1))
        short = float(min((len(b) for _, b in pairs), default=0))
        return [
            float(len(same)), sum(scores), min(ratios), alike, above, math.log(among + 1),
            sum(shares), min(shares), min(odd), sum(odd), max(known), short,
        ]  # fmt: skip

    @staticmethod
    def prior(pivots: Mapping[str, float] | None) -> Floats | None:
        """The log-chances of the pivots, in their order; one that is not named has next to none."""
        if not pivots:
            return None
        chances = np.array([max(pivots.get(pivot, 0.0), LEAST) for pivot in PIVOTS])
        logs: Floats = np.log(chances / chances.sum()).astype(np.float32)
        return logs

    def candidates(
        self, surface: str, pivots: Mapping[str, float] | None = None
    ) -> tuple[Candidate, ...]:
        """Best first, with calibrated confidences; remembered for the next time.

        `pivots`: the chance of each script that the document went through, as `pivots.weigh` tells.
        """
        prior = self.prior(pivots)
        key = surface, b"" if prior is None else prior.tobytes()
        known = self._answers.get(key)
        if known is None:
            if len(self._answers) >= REMEMBERED:
                self._answers.clear()
            known = self._answers[key] = self._candidates(surface, prior)
        return known

    def _candidates(self, surface: str, prior: Floats | None) -> tuple[Candidate, ...]:
        kind, row, found = self.features(surface, prior)
        gate = calibrate.gate(surface.split())
        logit = (
            float(calibrate.models()[kind].values(np.array([row]))[0]) if found else calibrate.NEVER
        )
        sounds = calibrate.chance(logit) * gate if found else 0.0
        typed = self.typed(surface, found, logit)
        if typed is None:
            return self._listed(surface, [(m, sounds, "sound") for m in found[:1]], found[1:])
        slip, row = typed
        typo = calibrate.models()["typo"].chance(row) * gate
        if found and found[0].name == slip.name:
            # A finger swaps what no ear does; what either explains is put down to the ear.
            via = "typo" if "swapped" in slip.kinds or typo - sounds > EITHER else "sound"
            return self._listed(surface, [(found[0], typo, via)], found[1:])
        whole = max(1.0, sounds + typo)
        first = [(m, sounds / whole, "sound") for m in found[:1]]
        first.append((Match(slip.name, slip.nats), typo / whole, "typo"))
        others = [match for match in found[1:] if match.name != slip.name]
        return self._listed(surface, sorted(first, key=lambda each: -each[1]), others)

    def _listed(
        self, surface: str, first: Sequence[tuple[Match, float, str]], others: Sequence[Match]
    ) -> tuple[Candidate, ...]:
        """The candidates that were judged, and those that share what is left."""
        out, key, words = [], fold.key(surface), fold.words(surface)
        for match, sure, via in first:
            name = self.names[match.name]
            if fold.key(name) == key:
                via = "exact" if name == surface else "folded"
            if not _same_figures(surface, name) or calibrate.another(words, fold.words(name)):
                sure *= calibrate.STRANGE
            out.append(Candidate(name, sure, match.score, via))
        rest = max(0.0, 1.0 - sum(each.confidence for each in out))
        least = min((each.confidence for each in out), default=0.0)
        for match in others[: SHOWN - len(out)]:
            behind = float(np.exp(min(0.0, match.score - first[0][0].score) / TAIL))
            share = min(rest / 2, least * behind)
            out.append(Candidate(self.names[match.name], share, match.score))
            rest, least = rest - share, min(least, share)
        return tuple(out)

    def typed(
        self, surface: str, found: Sequence[Match], logit: float
    ) -> tuple[Slip, list[float]] | None:
        """The name that a finger slipped on, if any, and what tells whether it is right.

        `found` are the names by sound, `logit` the log-odds of the first of them.
        """
        words = fold.words(surface)
        letters = "".join(words)
        slips = self._typos.near(letters)
        if not slips or letters in self._exact:
            return None
        holders = self._slipped[slips[0].name]
        same = bool(found) and found[0].name in holders
        best = replace(slips[0], name=found[0].name if same else holders[0])
        name = self._typos.strings[slips[0].name]
        second = slips[1].nats if len(slips) > 1 else -12.0
        return best, [
            *best.features(), best.nats - second, float(len(slips)),
            *typo_looks(name, letters, words), float(len(letters) - len(name)),
            math.log(len(self.names)), float(name[0] == letters[0]), float(name[-1] == letters[-1]),
            logit, float(same), logit * same, float(len(words)), float(len(holders) > 1),
        ]  # fmt: skip


def _same_figures(surface: str, name: str) -> bool:
    """Whether the figures of a surface, if it has any, are those of a name."""
    here, there = ("".join(filter(str.isdigit, text)) for text in (surface, name))
    return here in ("", there)


def typo_looks(name: str, letters: str, words: Sequence[str]) -> list[float]:
    """How odd the letters of a surface are beside those of the name: a finger spells as no language
    does, while another name or word is spelt as well as this one.
    """
    models = letter_models.models()
    odds = models.log_probs(name) - models.log_probs(letters)
    by = dict(zip(models.names, odds.tolist(), strict=True))
    often = [language.zipf(word) for word in words]
    looks = Looks.of(words, PIVOTS)
    return [
        by["name"], by["english"], by["garble"], looks.stranger, looks.english, looks.name,
        min(often), max(often), language.zipf(name), float(len(name)), math.log(len(name)),
    ]  # fmt: skip
