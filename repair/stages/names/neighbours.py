"""Who a lone word belongs to by the word before it: an owner, a first name, a title.

"OpenAI's Sorra" is Sora, "Anna Clode" is a woman, and "Dr. Pfyzer" a doctor.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from repair.lexicon import fold, writing
from repair.lexicon import words as language
from repair.stages.names.suspects import Suspect

if TYPE_CHECKING:
    from repair.stages.names.evidence import Evidence, Term

OFTEN = 5.3  # Zipf frequency from which a word at the head of a sentence is no first name


def before(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    """What stands before a lone word."""
    from repair.stages.names.evidence import Term

    reading, first = evidence.reading, suspect.first
    if suspect.count > 1 or first == 0:
        return
    entry = evidence.lexicon.entry(suspect.canonical)
    if entry.kind != "person" and _addressed(first, evidence):
        yield Term("a title before it makes it somebody's name", -6.0)
    if not reading.joined(first - 1, 2):
        return
    word = reading.tokens[first - 1].text
    if entry.owner and fold.key(entry.owner).endswith(fold.key(word)):
        yield Term(f"{entry.owner} stands before it", 2.5)
    elif _forename(first, evidence):
        yield Term(f"{word!r} before it makes it another's name", -4.0)
    elif others := _elsewhere(suspect, evidence):
        yield Term(f"{others!r} before it makes it another's name elsewhere", -2.5)


def _addressed(number: int, evidence: Evidence) -> bool:
    """Whether a title stands before a token: "Dr. Pfyzer", "Mr Ezor"."""
    reading = evidence.reading
    if reading.lower[number - 1] not in writing.signs("title"):
        return False
    end, begins = reading.tokens[number - 1].end, reading.tokens[number].start
    return reading.text[end:begins] in (" ", ". ")


def _forename(number: int, evidence: Evidence) -> bool:
    """Whether the word before a token looks like the first name of an unlisted person."""
    reading = evidence.reading
    if number == 0 or not reading.joined(number - 1, 2) or reading.titled(number):
        return False
    word = reading.tokens[number - 1].text
    often = language.zipf(word.lower()) > OFTEN and reading.starts_sentence(number - 1)
    if not word[0].isupper() or word.isupper() or often:
        return False
    return not evidence.lexicon.holds(word)


def _elsewhere(suspect: Suspect, evidence: Evidence) -> str:
    """The first name that stands before the same word at another place of the text."""
    if evidence.lexicon.entry(suspect.canonical).kind == "person":
        return ""
    word = suspect.surface.lower()
    known = evidence.forenames.get(word)  # a text that says a word 10,000 times asks as often
    if known is None:
        known = evidence.forenames[word] = _anywhere(word, evidence)
    return known


def _anywhere(small: str, evidence: Evidence) -> str:
    reading, lexicon = evidence.reading, evidence.lexicon
    for number in reading.places.get(small, ()):
        if number == 0 or not reading.tokens[number].text[0].isupper():
            continue
        word = reading.tokens[number - 1].text
        if _forename(number, evidence) or (
            reading.joined(number - 1, 2)
            and word in lexicon.circles.forenames
            and word not in lexicon.number
        ):
            return word
    return ""
