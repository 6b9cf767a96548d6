"""Lone words that a spinner put for a name: "the Extremely" behind a "Galaxy S22 Extremely".

Only looked for in a text that was spun, and never more than suggested: a single word has too many
meanings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repair.lexicon.spun import Spun
from repair.stages.names.evidence import Evidence
from repair.stages.names.suspects import Suspect

LINKS = 1.4  # companions in the text that a name of one word needs
SHORTEST = 3  # letters


def lone(evidence: Evidence, spun: Spun, sure: Iterable[Suspect]) -> Iterator[Suspect]:
    """Single words with a capital, in mid-sentence, outside of the windows that are `sure`."""
    reading = evidence.reading
    swaps: dict[str, str] = {}
    taken: set[int] = set()
    for suspect in sure:
        taken.update(suspect.tokens())
        swaps.update(_swaps(suspect, spun))
    for number, word in enumerate(reading.spelt):
        if not word[0].isupper() or number in taken or number in reading.covered:
            continue
        low = reading.lower[number]
        if len(low) < SHORTEST or reading.starts_sentence(number) or reading.titled(number):
            continue
        for name in (swaps.get(low), _name(low, spun, evidence)):
            if name and name != word:
                swap = ((low, name.lower()),)
                yield Suspect(number, 1, word, name, "names/spun", swapped=swap)
                break


def _swaps(suspect: Suspect, spun: Spun) -> Iterator[tuple[str, str]]:
    """Spun word -> the word of the name, in its spelling."""
    words, parts = suspect.surface.split(), suspect.canonical.split()
    if suspect.rule in ("names/spun", "names/listed") and len(words) == len(parts):
        for word, part in zip(words, parts, strict=True):
            if part.lower() in spun.originals.get(word.lower(), ()):
                yield word.lower(), part


def _name(low: str, spun: Spun, evidence: Evidence) -> str:
    """The listed name of one word that a word may stand for, if the text points at it."""
    lexicon = evidence.lexicon
    for word in spun.originals.get(low, ()):
        for name in lexicon.folded(word):
            if " " not in name and evidence.pointers(name) >= LINKS:
                return name
    return ""
