"""Who vouches for whom: people whose names are nearly those of famous ones.

Two garbled statesmen bear each other out; a statesman, an actor and a singer who sit on one
committee are three people who have such names. So people vouch only for those of their circle, less
what speaks for circles that have nothing to do with it, and hardly where the text itself speaks
of nothing that belongs to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from repair.stages.names import likeness

if TYPE_CHECKING:
    from repair.stages.names.evidence import Evidence, Weighed

BY_EAR = frozenset({"translit", "asr", "typo"})  # what may be the name of somebody else
LINKS = 2  # companions in the text, from which a name is no mere likeness
LONG = 40  # words of a text that would speak of what its people are known for, by a word at least

Circle = tuple[str, ...]  # the topics of a person


def unborne(
    weighed: list[Weighed], voices: Mapping[str, float], evidence: Evidence
) -> dict[str, float]:
    """What is to be taken off the voices that speak for each surface, in nats, never negative;
    `voices` are what the surfaces say of their text. "" stands for surfaces that are nobody's.
    """
    circles = _people(weighed, voices, evidence)
    if not circles:
        return {}
    loud: dict[Circle, float] = {}
    for surface, circle in circles.items():
        loud[circle] = loud.get(circle, 0.0) + max(0.0, voices[surface])
    every = sum(loud.values())
    near = {a: sum(loud[b] for b in loud if not set(a).isdisjoint(b)) for a in loud}
    known = {circle: _spoken_of(circle, evidence) for circle in loud}
    found = {}
    most = 0.0
    for surface, circle in circles.items():
        own = max(0.0, voices[surface])
        mine, others = near[circle] - own, every - near[circle]
        left = max(0.0, mine - others) * known[circle]
        found[surface] = every - own - left
    for circle, mine in near.items():
        alone = max((max(0.0, voices[s]) for s, c in circles.items() if c == circle), default=0.0)
        worth = mine - (every - mine)
        most = max(most, worth if known[circle] else min(worth, alone))
    found[""] = every - most
    return found


def _people(
    weighed: list[Weighed], voices: Mapping[str, float], evidence: Evidence
) -> dict[str, Circle]:
    """The surfaces that nothing but their likeness makes somebody famous, with their circles."""
    best: dict[str, Weighed] = {}
    for each in weighed:
        surface = each.suspect.surface.lower()
        if voices[surface] > 0 and (surface not in best or each.odds > best[surface].odds):
            best[surface] = each
    # A garbled owner bears its people out as well: Googal and Sunder Pichai.
    present = evidence.reading.attested.keys() | {e.suspect.canonical for e in best.values()}
    found = {}
    for surface, each in best.items():
        suspect, entry = each.suspect, evidence.lexicon.entry(each.suspect.canonical)
        heard = suspect.garble is None or suspect.garble.via in BY_EAR
        if entry.kind != "person" or not heard or not entry.topics or suspect.heard:
            continue
        if likeness.nobody_else(suspect.surface, suspect.canonical):
            continue
        owned = bool(entry.owner) and entry.owner in present
        there = entry.canonical in evidence.reading.attested
        if not owned and not there and evidence.pointers(entry.canonical) < LINKS:
            found[surface] = entry.topics
    return found


def _spoken_of(circle: Circle, evidence: Evidence) -> bool:
    """Whether a text speaks of anything that belongs to a circle; a short one need not."""
    if len(evidence.reading.lower) < LONG or any(evidence.topics[topic] for topic in circle):
        return True
    told = evidence.lexicon.circles.told
    return any(told[word] in circle for word in evidence.words & told.keys())
