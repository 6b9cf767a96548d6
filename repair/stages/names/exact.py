"""Evidence for surfaces that need no ear: listed garbles, wrong case, parted and merged names.

Here the letters are those of the name, or a person has listed the form; what is left to ask is
whether the text means something else by the same letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.garbles import words_of
from repair.stages.names.likeness import inflected, unheard
from repair.stages.names.suspects import FUNCTION, Suspect

if TYPE_CHECKING:
    from repair.stages.names.evidence import Evidence, Term


ON_TOPIC = 4  # words of a topic from which a text may be about it


def terms_of(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    """The terms for a suspect of any rule but names/sound."""
    yield from {
        "names/listed": _listed,
        "names/term": _term,
        "names/case": _case,
        "names/merged": _merged,
        "names/split": _split,
        "names/spun": _spun,
    }[suspect.rule](suspect, evidence)


def _context(suspect: Suspect, evidence: Evidence) -> Term:
    """What the rest of the text says of the name."""
    from repair.stages.names.evidence import OWN_VARIANT, Term

    among, why = evidence.expected(suspect.whole or suspect.canonical, suspect.surface)
    if suspect.variant:
        if evidence.reading.attested[suspect.canonical]:
            return Term(OWN_VARIANT, -2.0)
        listed = 2.5 if suspect.garble else 0.0  # a person has said that this spelling is wrong
        return Term(why, listed + (1.5 if among <= 100 else 0.8 if among <= 300 else 0.0))
    if among <= 10:
        return Term(why, 3.0)
    if among <= 100:
        return Term(why, 2.5)
    if among <= 300:
        return Term(why, 1.5)
    if among <= 1500:
        return Term(why, 0.5)
    return Term(why, -2.5 if " " not in suspect.surface else -1.0)


def _real(words: list[str]) -> list[str]:
    """The words that people use."""
    return [word for word in words if language.common(word)]


def _listed(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    from repair.stages.names.evidence import Term

    garble = suspect.garble
    assert garble is not None
    words = list(words_of(suspect.surface))  # "non-PIE" is two ordinary ones
    real = _real(words)
    place = f"listed as a garble of {garble.canonical} ({garble.place})"
    small = garble.surface[:1].isupper() and suspect.surface[:1].islower()
    if small and len(words) > 1 and not evidence.speech:
        yield Term("no capital where the listed form has one", -3.0)
    if len(real) < len(words):
        unknown = unheard(suspect.surface)
        yield Term(place, 5.0 if len(words) > 1 else 4.2 if unknown else 3.5)
        yield from evidence.beside(suspect)
        if len(words) == 1 and suspect.surface.islower() and garble.canonical[0].isupper():
            yield Term("no capital", -1.5 if not evidence.speech else 0.0)
    else:
        yield Term(place, 4.0 if len(words) > 1 else 0.0)
        if "-" in suspect.surface and "-" not in garble.surface:
            yield Term("words with a hyphen that the listed form has not", -5.0)  # "non-PIE"
        if suspect.surface.islower() and not garble.surface.islower():
            yield Term("all its words are words, and no capital", -7.0)
        elif len(words) == 2 and suspect.surface[:1].isupper() and words[1] in suspect.surface:
            yield Term("only the first word has a capital", -3.0)
    yield _context(suspect, evidence)


def _term(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    from repair.stages.names.evidence import Term

    assert suspect.garble is not None
    if suspect.swapped:
        pairs = ", ".join(f"{spun} for {word}" for spun, word in suspect.swapped)
        yield Term(
            f"the words of {suspect.canonical}, but {pairs}", 0.7 * (len(suspect.swapped) - 1)
        )
    place = f"listed as a distortion of {suspect.canonical} ({suspect.garble.place})"
    if suspect.garble.safe:
        yield Term(place, 4.0)
    elif not evidence.anchored and (said := _off_topic(suspect, evidence)):
        yield Term(said, -4.0)
    elif suspect.garble.plain and not evidence.spun:
        yield Term("good English, and nothing else says that the text was spun", -1.0)
    if evidence.reading.quoted(suspect.first, suspect.count):
        yield Term("a quotation: the text may be about the words", -4.0)


def _off_topic(suspect: Suspect, evidence: Evidence) -> str:
    """Why distorted terms alone prove nothing here: the text is not about the term's topic."""
    from repair.lexicon import terms

    cues = terms.shipped().cues_of(suspect.canonical) & evidence.words
    own = set(suspect.surface.lower().split())
    if len(cues - own) >= ON_TOPIC:
        return ""
    return f"the text is not about what {suspect.canonical} is about"


def _case(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    from repair.stages.names.evidence import Term

    known = language.zipf(suspect.surface.lower())
    yield Term(f"the letters of {suspect.canonical}", 3.5)
    if suspect.surface.islower():
        yield Term("no capital: may be a command, a tag or a word", -2.5 - max(0.0, known - 2.5))
        yield from evidence.company(suspect)
        if evidence.reading.unpunctuated:
            yield Term("a transcript without capitals", -4.0)
    elif suspect.surface.isupper():
        yield Term("all capitals: may be style or another name", -4.0)
    inner = any(map(str.isupper, suspect.canonical[1:])) and not suspect.canonical.isupper()
    if inner and suspect.surface[:1].isupper():
        yield Term("the name has an inner capital", 1.5)
    elif suspect.surface[:1].isupper():
        yield Term("the name is written otherwise, but may be another's", -3.0)
    if suspect.surface in evidence.lexicon.keep and suspect.surface[:1].isupper():
        yield Term("a dictionary says that it may stand as it is", -3.0)  # Goldeneye: a duck
    yield _context(suspect, evidence)


def _merged(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    from repair.stages.names.evidence import Term

    yield Term(f"the letters of {suspect.canonical}, run together", 3.0)
    if suspect.surface.islower():
        yield Term("no capital", -3.0)
    yield _context(suspect, evidence)


def _split(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    from repair.stages.names.evidence import Term

    words = suspect.surface.split()
    yield Term(f"the letters of {suspect.canonical}, parted", 3.3)
    if evidence.speech:
        yield Term("a transcript knows no names", 1.0)
    if all(word[:1].isupper() for word in words):
        yield Term("each part has a capital", 1.0)
        if len(_real([w.lower() for w in words])) == len(words) and evidence.reading.longer(
            suspect.first, suspect.count
        ):
            yield Term("words between words with capitals", -2.5)
        if evidence.reading.titled(suspect.first):
            yield Term("so have all words around it", -1.0)
    elif not evidence.speech:
        yield Term("not each part has a capital", -4.0)
    odd = [word for word in words if not word.isdigit() and not language.common(word.lower())]
    if odd:
        yield Term(f"{odd[0]!r} by itself is no word", 1.2)
    bounds = _humps(suspect.canonical)
    if [fold.key(word) for word in words] == bounds:
        yield Term("parted where the name has an inner capital", 1.5)
    elif len(_real([w.lower() for w in words])) == len(words):
        yield Term("all parts are words", -0.8)
    if any(language.zipf(word) > FUNCTION for word in words if word.islower()):
        yield Term("one of them is hardly ever anything but itself", -5.0)  # "up cloud"
    yield _context(suspect, evidence)


def _spun(suspect: Suspect, evidence: Evidence) -> Iterator[Term]:
    from repair.stages.names.evidence import Term

    pairs = ", ".join(f"{spun} for {word}" for spun, word in suspect.swapped)
    yield Term(f"the words of {suspect.canonical}, but {pairs}", 2.0 + 3.0 * len(suspect.swapped))
    rare = [w for w in suspect.kept if not language.common(w) and w.isalpha()]
    if rare:
        yield Term(f"{rare[0]!r} belongs to the name and to little else", min(2.0, len(rare)))
    if evidence.reading.longer(suspect.first, suspect.count):
        yield Term("part of a longer name", -2.0)
    if inflected(suspect.surface, suspect.canonical):
        yield Term("the name itself, with an ending", -6.0)
    begins = " ".join(suspect.surface.split()[:2])
    if evidence.lexicon.beginnings[begins] >= 3:
        yield Term(f"other names begin with {begins!r}", -2.0)
    if evidence.reading.titled(suspect.first):
        yield Term("all words around it have capitals", -1.0)
    if suspect.surface in evidence.lexicon.keep:
        yield Term("a dictionary says that it may stand as it is", -2.0)
    context = _context(suspect, evidence)
    if suspect.whole and context.weight < 0.5:
        yield Term(f"only a part of {suspect.whole}", -2.0)
    if " " not in suspect.canonical and "-" not in suspect.canonical and context.weight < 1.5:
        yield Term("a name of one word, and nothing in the text points to it", -6.0)
    yield Term(context.what, min(context.weight, 1.0))


def _humps(name: str) -> list[str]:
    """ "ChatGPT" -> ["chat", "gpt"]: the parts that inner capitals show."""
    parts: list[str] = []
    for at, letter in enumerate(name):
        if letter.isupper() and (at == 0 or not name[at - 1].isupper()):
            parts.append("")
        if not parts:
            parts.append("")
        parts[-1] += letter.lower()
    return parts
