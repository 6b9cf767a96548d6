"""Names in transcripts: what a speech recogniser wrote when somebody said "GitHub" or "Opus 4.7".

Every window of a few words is asked what it sounds like among the names that can be expected. It
was written because somebody said the name, or because somebody said these very words; so how well
it sounds is weighed against how often people say the words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

from repair.lexicon import fold, spoken, writing
from repair.lexicon import words as language
from repair.stages.names.reading import JOINTS
from repair.stages.names.suspects import FUNCTION, TELLING, Suspect

if TYPE_CHECKING:
    from repair.stages.names.evidence import Evidence
    from repair.stages.names.reading import Reading

MOST = 4  # words of a window; letters and figures that are said one by one may be more
SAID_ONE_BY_ONE = 6
LOOKED_UP = 40_000  # windows of one text, at most
CUE = 0.4  # of a name: what a cue says about the topic of a text
TOPICS = 3  # topics of a text whose names are listened for
ON_TOPIC = 3000.0  # names that may be said where only words tell the topic
NAMES = 6_000  # names of one topic, at most
BESIDE = 2.0  # nats that two words gain by standing side by side in what people say
UNKNOWN, A_SOUND = -7.0, -2.3  # nats: an unknown word, and each of its sounds
CHANCE = -2.6  # nats: a sound in what people say
SPARE = 5.0  # nats by which a phrase may be rarer than its sounds
LISTED = -1.0  # nats: a listed form of a name is what was heard
RARE, RARE_ODD = 15.0, 17.0  # rarity from which a window may be any name of the topic
FAR_LEAST = -7.0  # nats: nothing that is heard worse is a name of the topic
NEEDED = -1.5  # log-odds from which a reading is worth a look
PAIR = 6.0  # nats against two words that people say together
CLEARLY = -3.5  # nats: heard so well that another name among the words does not matter
THERE = 4.0  # nats: how rare a name is in a text that holds it
GAIN = 2.0  # nats by which a word like "with" has to make a name clearer
READINGS = 4  # of one window
NAMED = 20.0  # rarity of two words from which they are a name and nothing else
EXPECTED = -8.2  # nats: the least that can be said against a name


def said(evidence: Evidence) -> Iterator[Suspect]:
    """The windows of a transcript that may be names, as somebody else heard them."""
    listener = _Listener(evidence)
    reading = evidence.reading
    joined, certain = _joined(reading), _certain(reading)
    ones = list(map(_one, reading.lower))
    looked_up = 0
    for first in range(len(ones)):
        clear = True
        for count in range(1, _most(ones, first) + 1):
            looked_up += 1
            if looked_up > LOOKED_UP or (count > 1 and not joined[first + count - 2]):
                break
            clear = clear and first + count - 1 not in certain
            if clear:
                yield from listener.window(first, count)


def _joined(reading: Reading) -> list[bool]:
    """Of each token, whether the next stands in one phrase with it; the figures of a version may
    have a point.
    """
    text = reading.text
    between = (text[one.end : other.start] for one, other in pairwise(reading.tokens))
    return [
        signs in JOINTS or (signs == "." and one.isdigit() and other.isdigit())
        for signs, (one, other) in zip(between, pairwise(reading.spelt), strict=True)
    ]


def _certain(reading: Reading) -> set[int]:
    """The tokens that were not misheard: where a recogniser wrote a name or an acronym."""
    hesitation = writing.signs("hesitation")
    sure = {word for word in reading.forms if _written(word) or word.lower() in hesitation}
    return reading.covered.union(n for n, word in enumerate(reading.spelt) if word in sure)


def _written(word: str) -> bool:
    """Whether a word looks like nothing that a recogniser writes for what it does not know."""
    return (
        (any(map(str.isdigit, word)) and not word.isdigit())
        or not (word.isalnum() and word.isascii())  # can't
        or (len(word) > 1 and odd_capitals(word))
    )


def _in_small_letters(reading: Reading) -> dict[int, set[int]]:
    """The tokens of names of several words that stand here in small letters, each with all tokens
    of its name: the "lilly" of "eli lilly" is no part of anything else.
    """
    found: dict[int, set[int]] = {}
    lexicon = reading.lexicon
    for first in range(len(reading.tokens) - 1):
        pair = reading.lower[first : first + 2]
        for number in lexicon.by_key.get(fold.key("".join(pair)), ()):
            if lexicon.names[number].lower() == " ".join(pair) and rarity(pair) >= NAMED:
                found[first] = found[first + 1] = {first, first + 1}
    return found


def odd_capitals(word: str) -> bool:
    return not (word.islower() or word[1:].islower())


class _Listener:
    """The names that may be heard in one text."""

    def __init__(self, evidence: Evidence) -> None:
        from repair.stages.names.hidden import expected

        self.evidence = evidence
        near = [*expected(evidence).values(), *_shorts(evidence)]
        self.near = spoken.Said(near, figures=True)
        self.taken = _in_small_letters(evidence.reading)
        self.far = [_of_topic(evidence, topic) for topic in topics_of(evidence)]

    def window(self, first: int, count: int) -> Iterator[Suspect]:
        """What one window may stand for, the clearest first."""
        reading = self.evidence.reading
        words = reading.spelt[first : first + count]
        whole = range(first, first + count)
        if any(n in self.taken and not self.taken[n] <= set(whole) for n in whole):
            return
        rare = rarity(words)
        for number in reading.covered.intersection(range(first, first + count)):
            # a name that stands in the text is not rare there: "Amazon sues" is no Amazon SES
            rare += min(0.0, _frequency(reading.lower[number]) + THERE)
        if rare + EXPECTED < NEEDED:
            return
        found = dict(_versions(words, self.evidence.lexicon.circles.versions))
        least = -EXPECTED + NEEDED - rare
        bar = RARE if _plain(words) else RARE_ODD
        far = self.far if rare >= bar and not (edges(words) and _plain(words)) else ()
        for sounds in _sounds(words):
            for name, value in self.near.like(sounds, least, wide=rare >= RARE_ODD):
                found[name] = max(value, found.get(name, value))
            for each in far:
                for name, value in each.like(sounds, max(least, FAR_LEAST)):
                    found[name] = max(value, found.get(name, value))
        for name, value in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:READINGS]:
            if not _needs_all(words, name, value):
                continue
            if value < CLEARLY and _others(self.evidence, first, count, name):
                continue
            if suspect := _suspect(reading, first, count, name, value, rare):
                yield suspect


def edges(words: Sequence[str]) -> list[str]:
    """The words at either end of a window that are everywhere, and that it may do without."""
    ends = dict.fromkeys((words[0].lower(), words[-1].lower()))
    numbers = spoken.figures()
    return [w for w in ends if len(w) > 1 and w not in numbers and language.zipf(w) > FUNCTION]


def _shorts(evidence: Evidence) -> Iterator[str]:
    """The last words of models whose first words stand in the text: "Haiku" beside Claude."""
    for short, name in evidence.lexicon.circles.shorts.items():
        if len(short) > 3 and short.isalpha() and name.split(" ")[0] in evidence.present:
            yield short


def listed(found: Iterable[Suspect]) -> Iterator[Suspect]:
    """Forms of ordinary words that a dictionary lists as misheard, as windows that were heard."""
    for suspect in found:
        words = suspect.surface.split()
        misheard = suspect.garble is not None and suspect.garble.via == "asr"
        if misheard and _plain(words) and not suspect.variant:
            yield replace(suspect, rule="names/real", heard=LISTED, rare=rarity(words))


def _plain(words: Sequence[str]) -> bool:
    """Whether all of them are ordinary words, letters or figures."""
    return all(language.common(w.lower()) or len(w) == 1 or w.isdigit() for w in words)


def _one(word: str) -> bool:
    """Whether a lower-case word is a letter or a figure."""
    return len(word) == 1 or word in spoken.figures() or word.isdigit()


def _most(ones: Sequence[bool], first: int) -> int:
    """How many words a window from here may have: more where letters and figures (`ones`) are said
    one by one.
    """
    ahead = ones[first : first + SAID_ONE_BY_ONE]
    if sum(ahead) < 2:
        return min(len(ahead), MOST)
    count = small = 0
    for one in ahead:
        if count - small + (not one) > MOST - 1 and count >= MOST:
            break
        small += one
        count += 1
    return count if small > 1 else min(count, MOST)


@lru_cache(1 << 15)
def _frequency(word: str) -> float:
    """ln P of a lower-case word in what people say."""
    known = language.zipf(word)
    if known <= 0 and not word.isdigit():
        return UNKNOWN + A_SOUND * max(3, len(spoken.sounds(fold.letters(word))))
    return (max(known, 1.0) - 9) * math.log(10)


@lru_cache(1 << 15)
def _said(word: str) -> tuple[int, float]:
    """(how many sounds a word has, ln P of it in what people say)."""
    ways = spoken.of_word(word)
    return len(ways[0]) if ways else 3, _frequency(word.lower())


def rarity(words: list[str]) -> float:
    """-ln P of these words, side by side, in what people say; never more than their sounds."""
    each = list(map(_said, words))
    sounds = sum(count for count, _ in each)
    whole = sum(frequency for _, frequency in each) + BESIDE * (len(words) - 1)
    return -max(whole, CHANCE * sounds - SPARE)


def _sounds(words: list[str]) -> Iterator[str]:
    ways = [spoken.of_word(word)[:2] for word in words]
    if all(ways):
        for each in list(product(*ways))[:4]:
            joined = "".join(each)
            if 3 <= len(joined) <= spoken.LONGEST:
                yield joined


def _needs_all(words: list[str], name: str, value: float) -> bool:
    """Whether the first and the last word are needed to hear the name: not "with" in "with git
    hop". Words that are everywhere have to help by more.
    """
    for end, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        gain = GAIN if language.zipf(end.lower()) > FUNCTION and len(end) > 1 else 0.3
        ways = (spoken.heard(mine, s) for mine in spoken.of_name(name) for s in _sounds(rest))
        if rest and max(ways, default=-math.inf) >= value - gain:
            return False
    return True


def _others(evidence: Evidence, first: int, count: int, name: str) -> bool:
    """Whether a word of a window is a name by itself, and no word of the one that was heard."""
    reading, own = evidence.reading, set(map(fold.letters, name.split()))
    for number in range(first, first + count):
        letters = fold.letters(reading.spelt[number])
        named = len(letters) > 1 and reading.spelt[number][0].isupper()
        known = (
            (count > 1 and named)
            or number in reading.covered
            or (
                count > 1
                and letters in evidence.lexicon.by_key
                and language.zipf(letters) < TELLING
            )
        )
        if known and letters not in own:
            return True
    whole = fold.key(name)
    for at in range(first, first + count - 1):
        pair = fold.key(reading.spelt[at] + reading.spelt[at + 1])
        if count > 2 and pair in evidence.lexicon.by_key and pair != whole:
            return True  # "micro soft woke" is Microsoft and a verb
    return False


def _suspect(
    reading: Reading, first: int, count: int, name: str, value: float, rare: float
) -> Suspect | None:
    span = reading.span(first, count)
    surface = reading.text[span.start : span.end]
    same = fold.key(surface) == fold.key(name)
    if (same and count == 1) or "-" in surface or _holds(surface, name):
        return None
    letters, other = fold.letters(surface), fold.letters(name)
    if count == 1 and (letters.startswith(other) or other.startswith(letters)):
        return None
    words = surface.lower().split()
    plain = _plain(words)
    if surface.lower() == name.lower():
        return None  # a question of case
    if len(words) > 1 and plain and _together(words):
        rare -= PAIR
    rule = "names/split" if same else "names/real" if plain else "names/sound"
    return Suspect(first, count, surface, name, rule, heard=value, rare=rare)


def _holds(surface: str, name: str) -> bool:
    """Whether a window holds the name and more, or the name the window: "use cursor", "studio"."""
    if any(map(str.isdigit, name)):
        return False
    here, there = ({fold.letters(w).rstrip("s") for w in t.split()} for t in (surface, name))
    return bool(here ^ there) and (here <= there or there <= here)


def topics_of(evidence: Evidence) -> list[str]:
    """The topics that the names and the cues of a text belong to, the clearest first."""
    found = Counter(evidence.topics)
    told = evidence.lexicon.circles.told
    for word in evidence.words & told.keys():
        found[told[word]] += CUE  # type: ignore[assignment]
    return [topic for topic, worth in found.most_common(TOPICS) if worth >= 1.0]


def _of_topic(evidence: Evidence, topic: str) -> spoken.Said:
    circles = evidence.lexicon.circles
    found = circles.said.get(topic)
    if found is None:
        names = circles.topics.get(topic, ())[:NAMES]
        names = [name for name in names if name not in circles.terms]
        found = circles.said[topic] = spoken.Said(names, figures=True)
    return found


def _versions(words: list[str], versions: dict[str, str]) -> Iterator[tuple[str, float]]:
    """A listed name and the figures of a version: "opus four seven" is Opus 4.7."""
    figures = spoken.figures()
    at = len(words)
    while at and (words[at - 1].lower() in figures or words[at - 1].isdigit()):
        at -= 1
    if not 0 < at < len(words) or words[-1].lower() in ("point", "dot", "oh"):
        return
    tail = [figures.get(word.lower(), word) for word in words[at:]]
    if tail[0] == "." or len(tail) > 3 or any(len(each) > 2 for each in tail):
        return
    number = "".join(tail) if "." in tail else ".".join(tail)
    if number.count(".") < 2 and (base := versions.get(fold.key(" ".join(words[:at])))):
        if all(word[:1].isdigit() for word in words[at:]):
            return
        yield f"{base}{number}", -1.0


@cache
def _pairs() -> bytes:
    """The commonest pairs of English words, one a line; symspellpy brings the list."""
    package = find_spec("symspellpy")
    if package is None or package.origin is None:
        return b""
    path = Path(package.origin).with_name("frequency_bigramdictionary_en_243_342.txt")
    return path.read_bytes() if path.is_file() else b""


def _together(words: list[str]) -> bool:
    """Whether people say two of the words one after the other."""
    pairs = _pairs()
    return any(f"\n{a} {b} ".encode() in pairs for a, b in pairwise(words))


def known_as(name: str, evidence: Evidence) -> str:
    """The listed name behind a short one or a version."""
    if name in evidence.lexicon.number:
        return name
    base = name.rstrip("0123456789. -")
    return evidence.lexicon.circles.shorts.get(base, base)
