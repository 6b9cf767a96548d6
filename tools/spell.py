"""Spells names as South Asian scripts do, by rules of our own: training pairs without any data.

`spellings.tsv` says for groups of letters how Devanagari and the Nastaliq of Urdu and Persian
write them, romanised letter by letter: (script, letters, where, spelt), the ways to spell with
their shares ("tt:6|t:4"). The rules are hand-written and under the licence of the project.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

PATH = Path(__file__).with_name("spellings.tsv")
SCRIPTS = ("devanagari", "nastaliq")
VOWELS = frozenset("aeiouy")
# The vowel a that a Devanagari consonant carries stays between consonants, and at the end behind
# two of them, as often as this; elsewhere it is lost.
INHERENT, INHERENT_END = 0.4, 0.6
LONGEST = 4

Ways = tuple[Sequence[str], Sequence[float]]


def rules(script: str) -> dict[tuple[str, str], Ways]:
    """(letters, where) -> (spellings, their shares)."""
    found = {}
    for line in PATH.read_text(encoding="utf-8").splitlines()[1:]:
        of, letters, where, spelt = line.split("\t")
        if of == script:
            ways = [way.partition(":") for way in spelt.split("|")]
            shares = [float(share or 1) for _, _, share in ways]
            found[letters, where] = [way for way, _, _ in ways], shares
    return found


def spell(name: str, of: dict[tuple[str, str], Ways], carried: bool, dice: random.Random) -> str:
    """One way to spell a folded name; `carried`: consonants carry an a."""
    out, at = "", 0
    while at < len(name):
        letters, ways = next(_fitting(name, at, of), (name[at], ([name[at]], [1.0])))
        piece = dice.choices(*ways)[0]
        at += len(letters)
        behind = name[at : at + 1]
        consonant = piece and piece[-1] not in VOWELS
        if carried and consonant and behind not in VOWELS:
            before = out[-1:] + piece[:-1]
            cluster = bool(before) and before[-1] not in VOWELS and before[-1] != piece[-1]
            chance = INHERENT if behind else INHERENT_END * cluster
            piece += "a" * (dice.random() < chance)
        out += piece
    return out


def _fitting(name: str, at: int, of: dict[tuple[str, str], Ways]) -> Iterator[tuple[str, Ways]]:
    """The rules that fit at a place, the longest and narrowest first."""
    for size in range(min(LONGEST, len(name) - at), 0, -1):
        letters, behind = name[at : at + size], name[at + size : at + size + 1]
        places = {
            "start-cluster": at == 0 and behind and behind not in VOWELS,
            "start": at == 0,
            "end": not behind,
            "soft": behind and behind in "eiy",
            "before-consonant": behind and behind not in VOWELS,
            "any": True,
        }
        for where, holds in places.items():
            if holds and (letters, where) in of:
                yield letters, of[letters, where]


def pairs(names: Sequence[str], script: str, seed: int = 3) -> list[tuple[str, str]]:
    """(name, a spelling of it) for each folded name, where there is one."""
    dice, of = random.Random(f"{script}{seed}"), rules(script)
    spelt = ((name, spell(name, of, script == "devanagari", dice)) for name in names)
    return [(name, garble) for name, garble in spelt if len(garble) > 1]
