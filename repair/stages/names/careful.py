"""What a careful writer may well have meant: spellings that a sound text keeps, and slips it has.

Another press writes "Fazalur" for Fazlur and "Baghram" for Bagram; no ear can tell that from a
garble. A finger that slips doubles, loses, swaps or misses a letter, and that shows.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from string import ascii_lowercase
from typing import TYPE_CHECKING

from repair.lexicon import fold, skeleton, tables, writing
from repair.lexicon import words as language
from repair.stages.names.likeness import nobody_else

if TYPE_CHECKING:
    from repair.stages.names.evidence import Evidence
    from repair.stages.names.reading import Reading
    from repair.stages.names.suspects import Suspect

ABROAD = frozenset({"person", "place", "city", "country", "region", "institution"})
LONG_SLIP = 6  # letters of a word in which a single wrong one is a slip and not another word
LONG = 10  # letters of a word that may hold two slips
FAR = 3  # letters off, from which a word that is one letter off is the better reading
COMMON = 3.5  # Zipf frequency of such a word
PEOPLE = 2  # letters that a people and its country begin with
FEW = 3  # names that hold a word which then points at one of them
SURROUNDED = 300  # names as expectable as one that has a companion in the text
JUDGED = frozenset({"names/listed", "names/sound", "names/real"})
BY_EAR = frozenset({"translit", "asr", "typo"})  # what may be the name of somebody else
HABIT = 0.84  # people write "Mac OS" and "Github" themselves: in a good text only suggested
UNLIKELY = 0.3  # what is rather a word or a name of its own
SILENT = frozenset("aeiouhwy")  # letters that presses add and leave out as they like
CARELESS = 0.19  # chance of damage from which odd case and blanks are taken for damage
SOUND_TO_THE_EAR = 0.3  # the same for what sounds like a name
TALK = 60  # words around a quoted one, in which spelling is spoken of
NEAR, BESIDE = 12, 5  # words around one, in which spellings like it and talk of them are sought
LIKE = 0.8  # Jaro similarity of two spellings of one name
# The chance of damage below which a garble stands alone in a sound text. One sure garble beside it
# gives .055 to .09; the writers' own slips in 3.2 million words of clean text reached .06.
ALONE = 0.055
SURELY_SOUND = 0.001  # the same from which what others write in a long text is theirs as well


def most(suspect: Suspect, evidence: Evidence, damaged: float, confidence: float) -> float:
    """The most confidence that a suspect may have in a text as sound as this one; `confidence` is
    what speaks for it otherwise, and saves asking where it is low.
    """
    if confidence < 0.5:
        return 1.0
    if (
        another_word(suspect)
        or _a_people(suspect, evidence)
        or (damaged < ALONE and _own_name(suspect, evidence))
    ):
        return UNLIKELY
    if damaged < sound_below(suspect) and meant(suspect, evidence):
        return HABIT
    return HABIT if own_slip(suspect, evidence, damaged) else 1.0


def _a_people(suspect: Suspect, evidence: Evidence) -> bool:
    """Whether a common word with a capital begins like a country or a place, and so is rather the
    word for its people: "French" is no France.
    """
    kind = evidence.lexicon.entry(suspect.canonical).kind
    if suspect.rule != "names/real" or suspect.count > 1 or kind not in ABROAD - {"person"}:
        return False
    word, name = fold.letters(suspect.surface), fold.letters(suspect.canonical)
    begins = word[:PEOPLE] == name[:PEOPLE] and suspect.surface[:1].isupper()
    return begins and language.often(word) >= COMMON


def _own_name(suspect: Suspect, evidence: Evidence) -> bool:
    """Whether a sound text writes so again and again, and not for a letter that slipped: "Tora
    Bora" is no Bora Bora.
    """
    if suspect.rule != "names/sound" or not evidence.reading.repeats(suspect.surface):
        return False
    here, there = suspect.surface.split(), suspect.canonical.split()
    return len(here) != len(there) or not all(map(_near, here, there))


def sound_below(suspect: Suspect) -> float:
    """The chance of damage below which the text around a suspect is taken for sound."""
    return SOUND_TO_THE_EAR if suspect.rule == "names/sound" else CARELESS


def keeps(suspect: Suspect, reading: Reading) -> bool:
    """Whether a suspect is a word of its own in any text: people and languages, words listed as
    spellings of one name, words in quotation marks where the text speaks of spelling.
    """
    if suspect.rule not in JUDGED:
        return False
    if reading.quoted(suspect.first, suspect.count) and _of_spelling(suspect, reading, TALK):
        return True
    if suspect.rule != "names/sound":
        return False
    kind = reading.lexicon.entry(suspect.canonical).kind
    if kind in ABROAD and kind != "person" and of_its_people(suspect.surface, suspect.canonical):
        return True
    return _listed_spellings(suspect, reading)


def _of_spelling(suspect: Suspect, reading: Reading, far: int) -> bool:
    """Whether a word of speaking of spellings stands near a suspect, `far` words off at most."""
    near = reading.lower[max(0, suspect.first - far) : suspect.first + far + 1]
    return not writing.signs("spelling").isdisjoint(near)


def _listed_spellings(suspect: Suspect, reading: Reading) -> bool:
    """Whether near it stand two more spellings like it, or one and a word of speaking of it:
    "Albama, Alibamo, Alebama"; "also spelled Albama".
    """
    from rapidfuzz.distance import Jaro

    if suspect.count > 1:
        return False
    at, own = suspect.first, suspect.surface.lower()
    near = reading.lower[max(0, at - NEAR) : at + NEAR + 1]
    like = {w for w in near if w != own and len(w) >= LONG_SLIP and Jaro.similarity(w, own) > LIKE}
    told = _of_spelling(suspect, reading, BESIDE)
    return len(like) + told >= 2


def keep_case(suspect: Suspect, before: str, damaged: float) -> str:
    """The repair of a sound text, with the capitals it has where only these differ; "" if that
    is no question here.
    """
    words, names = before.split(), suspect.canonical.split()
    if suspect.rule != "names/sound" or suspect.heard or damaged >= SOUND_TO_THE_EAR:
        return ""
    if len(words) != len(names) or not before.isprintable():
        return ""
    pairs = zip(words, names, strict=True)
    after = " ".join(a if a.lower() == b.lower() else b for a, b in pairs)
    if suspect.canonical.islower() and before[:1].isupper():
        return after[:1].upper() + after[1:]  # a term at the head of a sentence or a title
    return after


def meant(suspect: Suspect, evidence: Evidence) -> bool:
    """Whether a sound text may well mean what it says: another case, a spelling of another press,
    a word of its own; False where it can only be a slip of the pen.
    """
    if suspect.rule != "names/sound":
        return suspect.variant or suspect.rule == "names/spun"
    here, there = suspect.surface.split(), suspect.canonical.split()
    if len(here) != len(there):
        return True
    odd = [(fold.letters(a), fold.letters(b)) for a, b in zip(here, there, strict=True)]
    odd = [(a, b) for a, b in odd if a != b]
    entry = evidence.lexicon.entry(suspect.canonical)
    rest = len(odd) < len(here)
    if rest and entry.owner and evidence.reading.attested[entry.owner]:
        return False  # "Dario Amodi of Anthropic" is nobody else
    among, _ = evidence.expected(suspect.canonical, suspect.surface)
    if entry.kind in ABROAD:
        single = rest and 0 < suspect.among <= FEW
        if single and all(any(group in b for group in writing.signs("latin")) for _, b in odd):
            return False
        return not all(_respelt_never(a, b, two=single) for a, b in odd)
    return among > SURROUNDED and not all(_slip(a, b) for a, b in odd)


def own_slip(suspect: Suspect, evidence: Evidence, damaged: float) -> bool:
    """Whether a garble that is alone in a sound text is hardly worth a word in it: a letter off in
    a long word, which every reader sees through; a name that a long text has right elsewhere; or
    somebody whom nothing in the text points at, and who may have that very name ("Kristin Lagard",
    the baker).
    """
    if damaged >= ALONE or suspect.rule not in JUDGED:
        return False
    if suspect.garble and not tables.shipped(suspect.garble.place):
        return False  # the user's own pack says so
    here, there = suspect.surface.split(), suspect.canonical.split()
    if len(here) == len(there) and all(map(_near, here, there)):
        return True
    if damaged < SURELY_SOUND and evidence.reading.attested[suspect.canonical]:
        return True
    entry = evidence.lexicon.entry(suspect.canonical)
    if entry.kind != "person" or (suspect.garble and suspect.garble.via not in BY_EAR):
        return False
    if suspect.rule == "names/real":
        return evidence.pointers(suspect.canonical) < 1  # "Tim Cooke", who grows apples
    if nobody_else(suspect.surface, suspect.canonical):
        return False
    topical = any(evidence.topics[topic] for topic in entry.topics)
    # Half a pointer, a cue that is an ordinary word, is none: every society has a president.
    return not topical and evidence.pointers(suspect.canonical) < 1


def _near(word: str, name: str) -> bool:
    """Whether a word is that of a name, or a long one with a letter off that is not its first."""
    here, there = fold.letters(word), fold.letters(name)
    if here == there:
        return True
    return len(here) >= LONG_SLIP and here[0] == there[:1] and _errors(here, there) <= 1


def another_word(suspect: Suspect) -> bool:
    """Whether an unknown word is a letter away from a common one, and far from the name: in
    "Vashington" a capital is garbled, not Wellington, whether that capital is listed or not.
    """
    if suspect.rule != "names/sound" or suspect.count > 1:
        return False
    word = fold.letters(suspect.surface)
    if len(word) <= LONG_SLIP or _errors(word, fold.letters(suspect.canonical)) < FAR:
        return False
    return _beside_a_word(word)


@lru_cache(1000)
def _beside_a_word(word: str) -> bool:
    """Whether a common word is one letter away."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = (a + b[1:] for a, b in parts if b)
    swapped = (a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1)
    other = (a + c + b[1:] for a, b in parts if b for c in ascii_lowercase)
    more = (a + c + b for a, b in parts for c in ascii_lowercase)
    return any(language.often(each) >= COMMON for each in chain(less, swapped, other, more))


def _respelt_never(word: str, name: str, *, two: bool) -> bool:
    """Whether a word is the part of a person's or a place's name that it resembles, and yet no
    press would spell it so: two neighbours have changed places, or a consonant is another.
    """
    if len(word) < LONG_SLIP or word[0] != name[0]:
        return False
    errors = _errors(word, name)
    if errors == 1 and sorted(word) == sorted(name):
        return True
    most = 2 if two and len(name) >= LONG else 1
    heard = set(skeleton.variants(word)) & set(skeleton.variants(name))
    return 0 < errors <= most and not heard


def _slip(word: str, name: str) -> bool:
    """Whether one word is another with a letter doubled, lost, swapped, or a key beside it hit."""
    if len(word) < LONG_SLIP or word[0] != name[0] or _errors(word, name) != 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), len(name))
    if len(word) < len(name) or sorted(word) == sorted(name):
        return True
    if len(word) == len(name):
        return _neighbours(word[at], name[at])
    around = word[max(0, at - 1) : at] + word[at + 1 : at + 2]
    return word[at] not in SILENT or any(_neighbours(word[at], each) for each in around)


def _errors(word: str, name: str) -> int:
    from rapidfuzz.distance import OSA

    return OSA.distance(word, name, score_cutoff=3)


def _neighbours(letter: str, other: str) -> bool:
    """Whether two letters lie side by side on a keyboard, or are the same."""
    if letter == other:
        return True
    (row, at), (below, under) = _key(letter), _key(other)
    return abs(row - below) <= 1 and abs((at + row / 2) - (under + below / 2)) <= 1


def _key(letter: str) -> tuple[int, int]:
    rows = enumerate(sorted(writing.signs("keys"), key=len, reverse=True))
    return next(((n, row.index(letter)) for n, row in rows if letter in row), (9, 0))


def of_its_people(surface: str, name: str) -> bool:
    """Whether a word has the ending of a people or a language, and the name has not:
    "Azarbaijani" is no Azerbaijan.
    """
    words, names = surface.split(), name.split()
    if len(words) != len(names):
        return False
    pairs = ((fold.letters(a), fold.letters(b)) for a, b in zip(words, names, strict=True))
    return any(a != b and _ended(a, b) for a, b in pairs)


def _ended(word: str, name: str) -> bool:
    endings = [e for e in writing.signs("people") if word.endswith(e) and not name.endswith(e)]
    return len(word) > LONG_SLIP and any(
        _errors(word.removesuffix(e), name.rstrip("aeiouy")) <= 1
        or _errors(word.removesuffix(e), name) <= 1
        for e in endings
        if language.zipf(name) > 0 or len(name) >= LONG_SLIP
    )
