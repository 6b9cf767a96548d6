"""Names of several words that lost their blanks: "SamAltman", "MicrosoftAzure".

One of them is a tag, a handle or an identifier. Several, each in the midst of prose in which
nothing else is written so, are a text that lost its blanks, if half of them are people or places:
classes and modules are called after products.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from repair.stages.names.careful import ABROAD
from repair.stages.names.scan import inner_capitals
from repair.stages.names.suspects import Suspect

if TYPE_CHECKING:
    from repair.stages.names.evidence import Evidence

SEVERAL = 3  # different merges of one text, from which they speak for each other
VOICE = 2.5  # nats that each of them says then
PEOPLE = 2  # different people or places among them, at least
CODE = ("`", "()", "{", "::", "->", "</")  # signs of code, and so of identifiers
TAG = ("#", "@", "/", ".", "_")  # what stands before a tag, a handle or a part of a path


def humped(suspect: Suspect) -> bool:
    """Whether nothing but the blanks is missing between words that have capitals."""
    name = suspect.canonical
    if suspect.rule != "names/merged" or suspect.surface != name.replace(" ", ""):
        return False
    return inner_capitals(suspect.surface) and all(w[0].isupper() for w in name.split())


def together(suspects: Iterable[Suspect], evidence: Evidence | None) -> frozenset[str]:
    """The surfaces, in small letters, of merges that stand in a text for want of blanks; without
    `evidence` all that may.
    """
    found = [suspect for suspect in suspects if humped(suspect)]
    if len({suspect.canonical for suspect in found}) < SEVERAL:
        return frozenset()
    if evidence is not None:
        own = {suspect.surface for suspect in found}
        if _written_so(own, evidence):
            return frozenset()
        found = [suspect for suspect in found if _in_prose(suspect, evidence)]
        names = {suspect.canonical for suspect in found}
        people = sum(evidence.lexicon.entry(name).kind in ABROAD for name in names)
        if len(names) < SEVERAL or people < max(PEOPLE, len(names) / 2):
            return frozenset()
    return frozenset(suspect.surface.lower() for suspect in found)


def _written_so(own: set[str], evidence: Evidence) -> bool:
    """Whether a text has code, tags of the same letters, or other words written so, which no pack
    knows: its author writes identifiers.
    """
    reading = evidence.reading
    if any(sign in reading.text for sign in CODE):
        return True
    if any(f"{sign}{word}" in reading.text for word in own for sign in TAG):
        return True
    others = {word for word in reading.forms if inner_capitals(word)} - own
    return not all(map(evidence.lexicon.holds, others))


def _in_prose(suspect: Suspect, evidence: Evidence) -> bool:
    """Whether a word in small letters stands right beside a merge, in one phrase."""
    reading, at = evidence.reading, suspect.first
    before = at > 0 and reading.joined(at - 1, 2) and reading.spelt[at - 1].islower()
    behind = at + 1 < len(reading.spelt) and reading.joined(at, 2)
    return before or (behind and reading.spelt[at + 1].islower())
