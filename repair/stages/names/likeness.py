"""How a surface and a name differ: by an ending, by a slip of the finger, by a word's own stem.

Scripts and ears change letters all over a word, grammar changes endings, and a finger changes one
letter; so the kind of difference says whether a name was garbled.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from repair.lexicon import channel, fold, writing
from repair.lexicon import words as language

if TYPE_CHECKING:
    from repair.stages.names.suspects import Suspect

RARE = 8  # letters of a surname that nobody bears by chance


@cache
def own(letters: str, units: channel.Table) -> float:
    """What a folded name scores against itself, by the table of the lexicon."""
    return max(1.0, channel.score(letters, letters, units))


def unheard(surface: str) -> bool:
    """Whether no language knows any word of a surface."""
    words = surface.lower().split()
    return not any(language.zipf(word) or language.elsewhere(word) for word in words)


def nearer(one: Suspect, other: Suspect) -> bool:
    """Whether several words are a letter away from the name of one suspect and more from the
    other's: "Emily Blunte" was Emily Blunt before she is Emily Brontë. Of a single word the text
    has to tell: "Vemo" may be Waymo, not Venmo.
    """
    from rapidfuzz.distance import OSA

    if other.rule not in ("names/sound", "names/real") or other.heard or other.count == 1:
        return False
    here = fold.letters(other.surface)
    near, far = (OSA.distance(here, fold.letters(s.canonical)) for s in (one, other))
    return near <= 1 < far


def nobody_else(surface: str, name: str) -> bool:
    """Whether hardly anybody else can be called so: of several words, one that differs from the
    name is long, and no language knows it ("Khvicha Kvaratskelia", not "Kristin Lagard").
    """
    words, right = surface.split(), set(name.lower().split())
    odd = [word for word in words if word.lower() not in right]
    return len(words) > 1 and any(len(word) >= RARE and unheard(word) for word in odd)


def derived(surface: str, name: str) -> bool:
    """Whether a word of the surface has the stem of a word of the name, and another ending."""
    return bool(_of_one_stem(surface, name))


def inner(surface: str, name: str) -> bool:
    """Whether the words that share a stem with the name have nothing to do with it by grammar: no
    language knows them, and it is no ending that was added ("Starmar", "Fantaji").
    """
    pairs = _of_one_stem(surface, name)
    return all(unheard(here) and not extended(here, there) for here, there in pairs)


def known_by_stem(surface: str, name: str) -> bool:
    """Whether a surface in small letters has a word, known as such, with the stem of a word of the
    name: a "container orchestrator" is no container orchestration that was misheard.
    """
    return surface.islower() and any(language.zipf(here) for here, _ in _of_one_stem(surface, name))


def holds_acronym(words: Sequence[str], name: str) -> bool:
    """Whether one of several words is an acronym that the name, run together, begins or ends with.

    >>> holds_acronym(["Opin", "AI"], "OpenAI"), holds_acronym(["Open", "Air"], "OpenAI")
    (True, False)
    """
    if len(words) < 2 or " " in name:
        return False
    first, last = words[0], words[-1]
    begins = first.isupper() and len(first) > 1 and name.startswith(first)
    return begins or (last.isupper() and len(last) > 1 and name.endswith(last))


def _of_one_stem(surface: str, name: str) -> list[tuple[str, str]]:
    """The words of a surface, folded, with those of the name that have another ending."""
    here, there = (list(map(fold.letters, text.split())) for text in (surface, name))
    if len(here) != len(there):
        here, there = ["".join(here)], ["".join(there)]
    return [(a, b) for a, b in zip(here, there, strict=True) if a != b and stem(a, b)]


def extended(surface: str, name: str) -> bool:
    """Whether one is the other with letters behind it: "Testflights", "Eleuther"."""
    here, there = fold.letters(surface), fold.letters(name)
    if here + there[-1:] == there or here == there + there[-1:]:
        return False  # a slip: Vodafon, Mistrall
    return here.startswith(there) or there.startswith(here) or abs(len(here) - len(there)) > 1


def stem(surface: str, name: str) -> bool:
    """Whether two folded words differ by an ending only: "parallelism" and "parallels".

    Scripts and ears change letters all over a word; endings are changed by grammar.
    """
    if surface.startswith(name) or surface.rstrip("s") == name.rstrip("s"):
        return True
    same = 0
    while same < min(len(surface), len(name)) and surface[same] == name[same]:
        same += 1
    return same >= 5 and same >= 0.6 * max(len(surface), len(name))


def slip(surface: str, name: str) -> bool:
    """Whether a careful writer's finger may have slipped: one letter in five, never the first.

    Words that people use are no slips, whatever they look like.
    """
    from rapidfuzz.distance import OSA

    here, there = fold.letters(surface), fold.letters(name)
    own = set(name.lower().split())
    odd = [word for word in surface.lower().split() if word not in own]
    if here[:1] != there[:1] or any(map(language.zipf, odd)):
        return False
    return OSA.distance(here, there, score_cutoff=2) <= min(2, len(there) // 5)


def inflected(surface: str, name: str) -> bool:
    """Whether a word of the surface is a word of the name with an ending: "North Korean"."""
    here, there = surface.lower().split(), name.lower().split()
    pairs = zip(here, there, strict=False)
    endings = writing.signs("ending")
    return any(a.startswith(b) and a[len(b) :] in endings for a, b in pairs)
