"""What the judge of the name look-up is fitted on: dictionaries, and the surfaces they are asked.

Garbles of names that are there, absent names, their garbles, English words, slips of the finger.
Everything is drawn with one seeded generator, so that a second run draws the same.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from repair.lexicon import words as language
from repair.lexicon.channel import PIVOTS
from repair.lexicon.matcher import Matcher
from repair.lexicon.typo import VOWELS, beside

RANDOM = random.Random(1)
# Queries without an answer for each with one: absent names, garbles of such, English words; names
# a letter or two from one that is there.
ABSENT, GARBLED, WORDS, NEAR = 0.4, 0.4, 1.0, 0.15
WORD_WEIGHT = 0.25  # there are more of them here than their number says
NEAR_WEIGHT = 0.3  # and far more of these
# The same for full names, of which the absent ones are real and often related to those there.
FULL_ABSENT, FULL_GARBLED, RELATED = 0.9, 0.6, 0.3
TYPED, TYPED_WEIGHT = 0.5, 0.1  # slips of the finger for each garble, and what they count: among
# translated texts they are rare, and a garble that looks like one is mostly none
TOLD, TOLD_RIGHT, TOLD_WEIGHT = 0.25, 0.9, 0.86  # documents whose script is told; how surely
# How often fingers slip one way or another, and twice in a long name.
WAYS = {"swapped": 25, "lost": 25, "doubled": 12, "beside": 20, "added": 10, "other": 8}
TWICE = 0.2


class Query(NamedTuple):
    """A surface, the name it stands for (None: none), what it counts, a script that was told."""

    surface: str
    answer: str | None
    weight: float
    kind: str = ""
    told: str = ""


class Asked(NamedTuple):
    """A dictionary, and what it is asked."""

    matcher: Matcher
    queries: list[Query]


class Pair(NamedTuple):
    """A name, its garble, and the way it went."""

    name: str
    garble: str
    way: tuple[str, str]  # language, kind of garble


def prior(told: str) -> dict[str, float] | None:
    """The chances of the scripts in a document of which one script was told."""
    if not told:
        return None
    rest = (1 - TOLD_WEIGHT) / (len(PIVOTS) - 1)
    return {pivot: TOLD_WEIGHT if pivot == told else rest for pivot in PIVOTS}


def told(true: str = "") -> str:
    """The script that a document tells, for a quarter of the queries; mostly the true one."""
    if RANDOM.random() >= TOLD:
        return ""
    return true if true and RANDOM.random() < TOLD_RIGHT else RANDOM.choice(PIVOTS)


def english() -> list[str]:
    """English words of four letters and more, the common ones first."""
    path = language._package("symspellpy")
    assert path is not None
    text = (path / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return [w for w in text.split()[::2] if w.isascii() and w.isalpha()]


def slipped(name: str) -> str:
    """A name with one letter, or two, that a finger slipped on."""
    for _ in range(1 + (len(name) >= 8 and RANDOM.random() < TWICE)):
        name = _slip(name)
    return name


def _slip(name: str) -> str:
    at = RANDOM.randrange(len(name)) or RANDOM.randrange(len(name))  # seldom the first
    before, letter, behind = name[:at], name[at], name[at + 1 :]
    if letter == " ":
        return name
    way = RANDOM.choices(list(WAYS), WAYS.values())[0]
    key = RANDOM.choice(sorted(beside(letter)) or ["e"])
    if way == "swapped" and behind[:1].isalpha():
        return before + behind[0] + letter + behind[1:]
    if way == "other":
        key = RANDOM.choice(sorted(VOWELS - {letter}) if letter in VOWELS else "bcdfgklmnprstvz")
    return (
        before + {"lost": "", "doubled": 2 * letter, "added": letter + key}.get(way, key) + behind
    )


def typed(inside: Sequence[str], count: int) -> list[Query]:
    """Slips of the finger in names that are there; one that makes another name is none."""
    taken = set(inside)
    chosen = [name for name in RANDOM.choices(inside, k=count) if len(name) > 3]
    made = [(slipped(name), name) for name in chosen]
    return [Query(s, name, TYPED_WEIGHT, "typed") for s, name in made if s not in taken]


def queries(pairs: Sequence[Pair], inside: set[str], count: int, words: list[str]) -> list[Query]:
    """Garbles of the names inside, and strangers of all kinds."""
    known = [pair for pair in pairs if pair.name in inside]
    absent = [pair for pair in pairs if pair.name not in inside and pair.garble not in inside]
    chosen = RANDOM.sample(known, min(count, len(known)))
    found = [Query(p.garble, p.name, 1.0, "garble", told(p.way[0])) for p in chosen]
    many = len(found)
    free = list(dict.fromkeys(pair.name for pair in absent))
    found += strangers(free, int(ABSENT * many), absent, int(GARBLED * many))
    chosen_words = [w for w in words if w not in inside]
    common = RANDOM.sample(chosen_words[:5_000], min(5_000, int(WORDS / 2 * many)))
    rarer = RANDOM.sample(chosen_words, int(WORDS * many) - len(common))
    found += typed(sorted(inside), int(TYPED * many))
    return found + [Query(w, None, WORD_WEIGHT, "word", told()) for w in (*common, *rarer)]


def strangers(free: list[str], some: int, absent: Sequence[Pair], more: int) -> list[Query]:
    """Absent names, and garbles of absent names."""
    names = RANDOM.sample(free, min(some, len(free)))
    found = [Query(a, None, 1.0, "absent", told()) for a in names]
    pairs = RANDOM.sample(list(absent), min(more, len(absent)))
    return found + [Query(p.garble, None, 1.0, "garbled", told(p.way[0])) for p in pairs]


def neighbours(names: Sequence[str], inside: Sequence[str], count: int) -> Iterator[Query]:
    """Absent names that are a letter or two from one that is there."""
    from rapidfuzz import distance, process

    free = sorted(set(names) - set(inside))
    for name in RANDOM.sample(free, min(len(free), 15 * count)):
        most = 2 if len(name) > 5 else 1
        if process.extractOne(
            name, inside, scorer=distance.Levenshtein.distance, score_cutoff=most
        ):
            yield Query(name, None, NEAR_WEIGHT, "near")
            count -= 1
            if not count:
                return


def dictionary(names: Sequence[str], size: int, must: Sequence[str]) -> list[str]:
    """`size` names, half of them (at most) of those that must be there."""
    chosen = RANDOM.sample(must, min(size // 2, len(must) // 2))
    taken = set(chosen)
    rest = [name for name in names if name not in taken]
    return chosen + RANDOM.sample(rest, min(len(rest), size - len(chosen)))


def ask(unseen: Sequence[Pair], names: list[str], words: list[str], sizes: Any) -> list[Asked]:
    """Dictionaries of random names, half of them unseen ones, with queries."""
    fresh = list(dict.fromkeys(pair.name for pair in unseen))
    found = []
    for size, count in sizes:
        matcher = Matcher(dictionary(names, size, fresh))
        asked = queries(unseen, set(matcher.names), count, words)
        near = neighbours(fresh, matcher.names, int(NEAR * count))
        found.append(Asked(matcher, [*asked, *near]))
    return found


class Crowd:
    """Full names with what their words become: names of people, and such as they might have."""

    def __init__(self, people: Path, unseen: Sequence[Pair]) -> None:
        """`people`: a file of full names, one a line."""
        self.ways: dict[str, dict[tuple[str, str], list[str]]] = {}
        for name, garble, way in unseen:
            self.ways.setdefault(name, defaultdict(list))[way].append(garble)
        lines = people.read_text(encoding="utf-8").lower().splitlines()
        self.people = sorted(line for line in lines if line.replace(" ", "").isalpha())
        self.garbled = [name for name in self.people if self.same_ways(name)]

    def same_ways(self, name: str) -> list[tuple[str, str]]:
        """The ways that all words of a name are known to have gone."""
        words = name.split()
        if not all(word in self.ways for word in words):
            return []
        return sorted(set.intersection(*(set(self.ways[word]) for word in words)))

    def pair(self, name: str) -> Pair:
        """One garble of a name: all its words went the same way."""
        way = RANDOM.choice(self.same_ways(name))
        return Pair(name, " ".join(RANDOM.choice(self.ways[w][way]) for w in name.split()), way)

    def inventions(self, count: int) -> list[str]:
        """Full names that nobody has, of words that were garbled: some of three words."""
        firsts = [name.split()[0] for name in RANDOM.choices(self.people, k=count)]
        words = sorted(self.ways)
        found = set()
        for first in firsts:
            more = RANDOM.sample(words, 1 + (RANDOM.random() < 0.15))
            found.add(" ".join([first, *more]))
        return sorted(found)


def ask_full(crowd: Crowd, singles: Sequence[Pair], words: list[str], sizes: Any) -> list[Asked]:
    """The same with names of several words, and some of one, whose garbles may fall apart."""
    found = []
    for size, count in sizes:
        people = RANDOM.sample(crowd.people, min(len(crowd.people) // 2, int(0.85 * size)))
        rest = [p.name for p in RANDOM.sample(list(singles), size // 20)]
        names = dict.fromkeys([*people, *rest, *crowd.inventions(2 * size)])
        matcher = Matcher(list(names)[:size])
        found.append(Asked(matcher, _asked_full(crowd, matcher, singles, words, count)))
    return found


def _asked_full(
    crowd: Crowd, matcher: Matcher, singles: Sequence[Pair], words: list[str], count: int
) -> list[Query]:
    inside = set(matcher.names)
    known = [name for name in matcher.names if crowd.same_ways(name)]
    absent = [name for name in crowd.garbled if name not in inside]
    pairs = [crowd.pair(name) for name in RANDOM.choices(known, k=count)]
    found = [Query(p.garble, p.name, 1.0, "garble", told(p.way[0])) for p in pairs]
    apart = [p for p in singles if p.name in inside and len(p.garble) > 5]
    for pair in RANDOM.sample(apart, min(len(apart), count // 12)):
        cut = RANDOM.randrange(2, len(pair.garble) - 2)
        surface = f"{pair.garble[:cut]} {pair.garble[cut:]}"
        found.append(Query(surface, pair.name, 1.0, "apart", told(pair.way[0])))
    free = [name for name in crowd.people if name not in inside]
    lost = [crowd.pair(name) for name in RANDOM.choices(absent, k=count)]
    found += strangers(free, int(FULL_ABSENT * count), lost, int(FULL_GARBLED * count))
    found += [q for q in typed(matcher.names, int(TYPED * count)) if " " in q.surface]
    for _ in range(int(WORDS * count)):
        found.append(Query(" ".join(RANDOM.sample(words, 2)), None, WORD_WEIGHT, "word", told()))
    return found + relatives(matcher.names, sorted(crowd.ways), int(RELATED * count))


def relatives(inside: Sequence[str], names: Sequence[str], count: int) -> list[Query]:
    """Absent people who share a name with one who is there."""
    found = []
    for name in RANDOM.sample([n for n in inside if n.count(" ") == 1], count):
        first, last = name.split()
        other = RANDOM.choice(names)
        surface = f"{first} {other}" if RANDOM.random() < 0.5 else f"{other} {last}"
        found.append(Query(surface, None, 1.0, "relative"))
    return found
