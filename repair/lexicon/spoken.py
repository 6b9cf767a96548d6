"""How names sound when they are said: what a speech recogniser heard instead of "GitHub" or "MCP".

A recogniser writes the words it knows: "git hop", "empty see pee", "hi coup". Spelling does not
help there, so that names and words are turned into sounds, by a few letter-to-sound rules for
English (`dictionaries/spoken`, written for this), with acronyms read letter by letter and digits
as figures. One letter stands for one sound: "hYku" is Haiku, and hi coup as well.

The numbers are nats: how likely one sound is heard as another. They were set by hand, on made-up
transcripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from repair.lexicon import fold
from repair.lexicon.tables import folder, rows
from repair.text.patterns import later

LONGEST = 28  # letters of a word that is spoken
SAME, VOICED, NEAR_CONSONANT, NEAR_VOWEL, OTHER_VOWEL = -0.15, -1.5, -2.4, -0.8, -2.0
ALIKE = 0.55  # Jaro similarity of sounds below which nothing is lined up
UNLIKE = -7.0  # one consonant heard as a quite different one
LOST = {"@": -1.0, "h": -1.5, "w": -2.0, "y": -1.5, "r": -1.8, "I": -2.2, "e": -2.2, "N": -2.5}
LOST |= {"t": -2.5, "d": -2.5, "s": -2.8, "z": -2.5, "n": -3.0, ".": -0.7, "A": -2.8, "a": -2.8}
LOST |= {"p": -2.6, "i": -3.0}
LOST_ELSE = -3.8
# Nats that a name may lose, and each of its sounds; what is lost beyond counts twice.
SPARE, SPARE_A_SOUND = 2.5, 0.55
VOWELS = frozenset("iIeAaouYEWQ@")
FIGURES = frozenset("0123456789.")
# Vowels and consonants that are taken for each other.
_ALIKE: tuple[str, ...] = (
    "iI",
    "Ie",
    "ie",
    "eA",
    "Aa",
    "ao",
    "ou",
    "eE",
    "EA",
    "YI",
    "aW",
    "oQ",
    "iE",
    "YQ",
    "Ia",
)
_ALIKE += ("pb", "td", "kg", "fv", "sz", "SJ", "SC", "CJ", "sS", "zJ", "tT", "dT", "fT", "sT")
_ALIKE += ("mn", "nN", "zs", "tC", "wv", "dJ", "lr", "bv", "pf", "kh", "Cs")
_NEAR = frozenset(pair for alike in _ALIKE for pair in (alike, alike[::-1]))
_VOICES = frozenset(["pb", "bp", "td", "dt", "kg", "gk", "fv", "vf", "sz", "zs", "CJ", "JC"])
_CLASSES = {"bpfv": "P", "kg": "K", "szSJC": "S", "tdT": "T", "l": "L", "m": "M", "nN": "N"}
_TO_CLASS = {ord(c): None for c in "iIeAaouYEWQ@hwyr."} | {
    ord(c): mark for group, mark in _CLASSES.items() for c in group
}
_DOUBLE = later(r"([A-Z])\1+")
# OpenAI -> Open, AI; GPT-4o -> GPT, 4, o; nginx -> nginx
_PARTS = later(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\.(?=\d)")


class Rule(NamedTuple):
    """Letters, what has to stand behind them ("^": before them nothing), and their sounds."""

    letters: str
    behind: re.Pattern[str] | None
    first: bool
    sounds: str

    @property
    def weight(self) -> int:
        """How much a rule asks for: the more special one goes first."""
        return len(self.behind.pattern) if self.behind else int(self.first)


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    """First letter -> the rules, the longest and most special first."""
    found: dict[str, list[Rule]] = {}
    for _, (letters, behind, sounds) in rows(
        folder() / "spoken" / "sounds.tsv", ("letters", "behind", "sounds")
    ):
        first = behind == "^"
        pattern = re.compile(behind) if behind and not first else None
        found.setdefault(letters[0], []).append(Rule(letters, pattern, first, sounds))
    for mine in found.values():
        mine.sort(key=lambda rule: (-len(rule.letters), -rule.weight))
    return {letter: tuple(mine) for letter, mine in found.items()}


@cache
def _said(table: str, column: str) -> dict[str, str]:
    return {said: cell for _, (said, cell) in rows(folder() / "spoken" / table, ("said", column))}


def figures() -> dict[str, str]:
    """Words for numbers -> their figures: "four" -> "4", "point" -> "."."""
    return _said("numbers.tsv", "written")


@lru_cache(1 << 15)
def sounds(word: str) -> str:
    """The sounds of a folded word, read by the rules of English.

    >>> sounds("haiku"), sounds("coup")
    ('hYku', 'ku')
    """
    found, at, table = [], 0, _rules()
    while at < len(word):
        for rule in table.get(word[at], ()):
            end = at + len(rule.letters)
            if not word.startswith(rule.letters, at) or (rule.first and at):
                continue
            if rule.behind is None or rule.behind.match(word, end):
                found.append(rule.sounds)
                at = end
                break
        else:
            at += 1
    said = "".join(found)
    if word.endswith("e") and VOWELS.isdisjoint(said):
        said += "i"  # "me", "she"
    return said


def letter_by_letter(word: str) -> str:
    """The sounds of the names of letters: "MCP" -> "emsipi"."""
    table = _said("letters.tsv", "sounds")
    return "".join(table.get(letter, "") for letter in word.lower())


@lru_cache(1 << 14)
def of_word(word: str) -> tuple[str, ...]:
    """The ways a word of a transcript may be said: figures, letter by letter, by the rules."""
    low = word.lower()
    if low.isdigit():
        return (low,)
    if low in figures():
        return (figures()[low], sounds(low))
    letters = fold.letters(low)
    if not letters or len(letters) > LONGEST:
        return ()
    if len(letters) == 1 or (len(letters) <= 5 and not set(letters) & set("aeiouy")):
        return (letter_by_letter(letters),)
    if word.isupper() and len(letters) <= 4:
        return (letter_by_letter(letters), sounds(letters))
    return (sounds(letters),)


@lru_cache(1 << 14)
def of_name(name: str) -> tuple[str, ...]:
    """The ways a name may be said, at most six."""
    found = [""]
    for part in _PARTS.findall(name if name.isascii() else fold.plain(name)):
        found = [said + more for said in found for more in _part(part)][:6]
    whole = fold.letters(name)
    capitals = any(map(str.isupper, name[1:])) and any(map(str.isupper, name[-2:]))
    if " " not in name and not capitals and not any(map(str.isdigit, name)):
        found.append(sounds(whole))
    return tuple(dict.fromkeys(said for said in found if said))


def _part(part: str) -> tuple[str, ...]:
    if part.isdigit() or part == ".":
        return (part,)
    low = part.lower()
    unsaid = len(low) <= 5 and not set(low) & set("aeiouy")
    if len(low) == 1 or unsaid or (part.isupper() and len(low) == 2):
        return (letter_by_letter(low),)
    if part.isupper() and len(low) <= 5:
        return letter_by_letter(low), sounds(low)
    return (sounds(low),)


def skeleton(said: str) -> str:
    """Classes of consonants, and figures: what candidates are looked up by."""
    return str(_DOUBLE.sub(r"\1", said.translate(_TO_CLASS)))


@lru_cache(1 << 15)
def heard(name: str, surface: str) -> float:
    """ln P(`surface` is heard | `name` is said), both in sounds: the best way to line them up."""
    above = [0.0]
    for sound in surface:
        above.append(above[-1] + _lost(sound))
    for mine in name:
        gone = _lost(mine)
        row = [above[0] + gone]
        for at, other in enumerate(surface, 1):
            row.append(
                max(above[at - 1] + _pair(mine, other), above[at] + gone, row[-1] + _lost(other))
            )
        above = row
    over = above[-1] + SPARE + SPARE_A_SOUND * len(name)
    return above[-1] + min(0.0, over)


@cache
def _pair(a: str, b: str) -> float:
    if a == b:
        return SAME
    if a in FIGURES or b in FIGURES:
        return 2 * UNLIKE
    if a in VOWELS and b in VOWELS:
        return NEAR_VOWEL if "@" in (a, b) or a + b in _NEAR else OTHER_VOWEL
    if a in VOWELS or b in VOWELS:
        return UNLIKE
    if a + b in _VOICES:
        return VOICED
    return NEAR_CONSONANT if a + b in _NEAR else UNLIKE


@cache
def _lost(sound: str) -> float:
    if sound in FIGURES and sound != ".":
        return 2 * UNLIKE
    return LOST.get(sound, LOST_ELSE)


def _without_one(key: str) -> list[str]:
    return [key[:n] + key[n + 1 :] for n in range(len(key))]


class Said:
    """Names by their sounds."""

    def __init__(self, names: Iterable[str], *, figures: bool = False) -> None:
        """`figures`: also names with digits."""
        self._by: dict[str, list[tuple[str, str]]] = {}
        for name in dict.fromkeys(names):
            if not figures and any(map(str.isdigit, name)):
                continue
            for said in of_name(name):
                if 2 < len(said) <= LONGEST:
                    self._by.setdefault(skeleton(said), []).append((name, said))

    def like(self, said: str, least: float, *, wide: bool = False) -> Iterator[tuple[str, float]]:
        """(name, ln P(heard so | said)) of the names that sound alike, `least` or better; `wide`:
        also those with two consonants less.
        """
        from rapidfuzz.distance import Jaro

        whole = skeleton(said)
        keys = [whole]
        if len(whole) > 2:
            keys += _without_one(whole)
        if wide and 3 < len(whole) < 7:  # "empty see pee" has two consonants more than MCP
            keys += [less for key in keys[1:] for less in _without_one(key)]
        for key in dict.fromkeys(keys):
            for name, mine in self._by.get(key, ()):
                if abs(len(mine) - len(said)) <= 3 and Jaro.similarity(mine, said) >= ALIKE:
                    value = heard(mine, said)
                    if value >= least:
                        yield name, value
