"""What speaks for and against a window of a transcript that sounds like a name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from repair.lexicon import fold, spoken, writing
from repair.stages.names.spoken import ON_TOPIC, edges, known_as, topics_of
from repair.stages.names.suspects import Suspect

if TYPE_CHECKING:
    from repair.stages.names.evidence import Evidence, Term

TOKENS_A_NAME = 50.0  # words of a transcript for each name that is said in it
SURROUNDED = 300  # names that are as expectable as a name whose companions are in the text
SLACK, MOST_SLACK = 0.25, 1.5  # nats for each name that was surely misheard, and all of them
CLEAR = -2.2  # nats from which a name is heard clearly, whatever stands beside it
SHARED = 1.5  # nats: a word that is right lets the rest be unclear
CUES = 2  # to the topic of a name, for words that spell it in small letters
SHORT = 5  # sounds of a name; shorter ones have to be heard to the letter


def terms_of(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    """The terms for a window that was heard."""
    from repair.stages.names.evidence import Term

    name, words = suspect.canonical, suspect.surface.split()
    yield Term(f"what is heard when somebody says {name}", suspect.heard)
    yield Term("how rarely people say these words", suspect.rare)
    base = known_as(name, evidence)
    among, why = evidence.expected(base, suspect.surface)
    if among > ON_TOPIC and set(evidence.lexicon.entry(base).topics) & set(topics_of(evidence)):
        among, why = ON_TOPIC, "words of the text belong to its topic"
    yield Term(f"what may be said here: {why}", -math.log(TOKENS_A_NAME * among))
    ends = edges(words)
    # "Ryan going" has the first name right
    shared = set(map(str.lower, words)) & set(name.lower().split())
    if len(words) > 1 and ends and not shared and not suspect.garble:
        odd = suspect.rule == "names/sound" and suspect.heard >= CLEAR
        weight = -1.0 if odd else -3.0
        yield Term(f"{ends[0]!r} belongs to what is around it", weight * len(ends))
    if suspect.rule != "names/split" and not suspect.garble:
        slack = min(MOST_SLACK, SLACK * len(evidence.confirmed))
        yield from _clear(suspect, among > SURROUNDED, slack)
    if suspect.rule == "names/split" and suspect.surface.islower():
        yield from _parted(base, evidence)
    if _a_thing(suspect, evidence):
        yield Term("an article before it and 'of' behind it: a thing, no name", -6.0)
    times = evidence.reading.text.count(suspect.surface)
    if len(words) > 1 and times > 1:
        yield Term(f"{times} times", min(1.5, times - 1.0))
    token = evidence.reading.spelt[suspect.first]
    if token[0].isupper() and not evidence.reading.starts_sentence(suspect.first):
        yield Term("a capital in mid-sentence", 1.0)


def _parted(name: str, evidence: Evidence) -> Iterator[Term]:
    """Words that spell a name and may be themselves ("the git hub of our town") need two cues to
    its topic, and parted names are no cues to one another.
    """
    from repair.stages.names.evidence import Term

    reading, lexicon = evidence.reading, evidence.lexicon
    entry, told = lexicon.entry(name), lexicon.circles.told
    whole = [n for n in evidence.confirmed if not _only_parted(n, evidence)]
    names = {*reading.attested, *whole} - {name}
    cues = {n for n in names if set(lexicon.entry(n).topics) & set(entry.topics)}
    parts = {w for surface in _parts(evidence) for w in surface.split()}
    words = {w for w in evidence.words & told.keys() if told[w] in entry.topics}
    words |= {c for c in entry.cues if c.islower() and c in evidence.words}
    if len(cues) + len(words - parts) < CUES and not reading.attested[name]:
        yield Term("hardly a word of the text belongs to its topic", -6.0)


def _a_thing(suspect: Suspect, evidence: Evidence) -> bool:
    """Whether small words stand as if they were a thing: "the git hub of our village"."""
    lower, first, last = evidence.reading.lower, suspect.first, suspect.first + suspect.count
    if not suspect.surface.islower() or first == 0 or lower[last : last + 1] != ["of"]:
        return False
    return lower[first - 1] in writing.signs("article")


def _only_parted(name: str, evidence: Evidence) -> bool:
    key = fold.key(name)
    return all(fold.key(surface) == key for surface in evidence.confirmed[name])


def _parts(evidence: Evidence) -> Iterator[str]:
    """The surfaces surely read as names."""
    for surfaces in evidence.confirmed.values():
        yield from surfaces


def _clear(suspect: Suspect, far: bool, slack: float) -> Iterator[Term]:
    """What is heard has to be clear, and the clearer the less the text points at the name; the
    more was surely misheard in the text, the less clear (`slack`, in nats).
    """
    from repair.stages.names.evidence import Term

    sounds = max(map(len, spoken.of_name(suspect.canonical)), default=0)
    several = suspect.count > 1 and suspect.rule == "names/sound"
    least = -1.5 - 0.4 * sounds if suspect.rule == "names/real" else -2.0 - 0.5 * sounds
    if far:
        least = -1.4 - 0.4 * sounds if several else -0.6 - 0.3 * sounds
        if sounds < SHORT:
            least = -0.8
    words = suspect.surface.split()
    least -= slack * far * (suspect.count > 1)
    if set(map(str.lower, words)) & set(suspect.canonical.lower().split()):
        least -= SHARED
    if suspect.heard < least:
        weight = -2.0 - 2.0 * (least - suspect.heard)
        yield Term("not heard clearly" + (", and only the topic speaks for it" * far), weight)
    if far and suspect.rule == "names/real" and sum(len(word) > 1 for word in words) > 2:
        yield Term("many ordinary words, and only the topic speaks for a name", -5.0)
