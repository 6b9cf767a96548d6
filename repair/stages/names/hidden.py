"""Names behind ordinary words: only looked for in a document that is known to be damaged.

"Open" for OpenAI, "cloud code" for Claude Code, "git hop" for GitHub: each word is right by
itself. So the question is turned round: which names are expected in this text (those that stand
there or were surely repaired, their companions, the surnames of its people), and does anything
sound like one of them?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress, islice
from operator import and_

from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.heard import Heard, Near
from repair.lexicon.sounds import SkeletonIndex
from repair.stages.names.evidence import Evidence
from repair.stages.names.reading import Reading
from repair.stages.names.scan import inner_capitals
from repair.stages.names.suspects import TELLING, Suspect, fitted

EXPECTED = 600  # names looked for, at most
FREQUENT = 5.9  # Zipf frequency from which a word is never anything but itself
FEW = 12  # names that may hold a word which is to point at one of them
ALIKE = 40  # expected names compared with a window, at most
COMPARED = 1_000  # windows that are compared at once
# Words held against the surnames of a text, times these, at most: bounds a text of names.
ASKED = 200_000
COVERED = 0.45  # share of the name's own score that has to agree
LEAST = 4.0  # nats


def surnames(evidence: Evidence, heard: Heard, doubtful: set[str]) -> Iterator[Suspect]:
    """Garbled surnames of people whose full names stand in the text: "Mirkel" for Merkel."""
    reading = evidence.reading
    known = people(evidence)
    if not known:
        return
    met: dict[str, list[tuple[str, float]]] = {}
    for number, token in enumerate(reading.tokens):
        if not token.text[0].isupper():
            continue
        letters = fold.letters(token.text)
        if letters in known or len(letters) < 3:
            continue
        if number in reading.covered or (len(letters) > 3 and token.text not in doubtful):
            continue
        if fold.key(token.text) in reading.lexicon.by_key:
            continue  # "JoeBiden" is a name by itself
        if token.text not in met:
            if len(met) * len(known) > ASKED:
                continue
            met[token.text] = list(_surnames_like(token.text, letters, known, heard))
        for shown, value in met[token.text]:
            rule = "names/sound" if not language.common(token.lower) else "names/real"
            yield Suspect(number, 1, token.text, shown, rule, value, len(known) + 3)


def _surnames_like(
    word: str, letters: str, known: dict[str, str], heard: Heard
) -> Iterator[tuple[str, float]]:
    """(surname, score) of the people that a word may be."""
    for surname, shown in known.items():
        if shown != word and abs(len(surname) - len(letters)) <= 3:
            value = heard.score(surname, letters)
            if value >= max(LEAST, COVERED * heard.own(surname)):
                yield shown, value


def beside_parts(evidence: Evidence, heard: Heard) -> Iterator[Suspect]:
    """Windows with a word that few names have, and that it stands in right: "Sem Altman"."""
    reading = evidence.reading
    for number, token in enumerate(reading.tokens):
        letters = fold.letters(token.text)
        parts = heard.parts.get(letters, ())
        # "Byron Munich": the town stands there right, and the club may still be meant
        taken = number in reading.covered and token.text not in evidence.lexicon.number
        if not token.text[0].isupper() or taken or len(parts) > FEW:
            continue
        if not parts or language.zipf(letters) >= TELLING:
            continue
        for part in parts:
            if len(part.words) > 1:
                suspect = fitted(reading, number, Near(letters, 0.0, 0.0), part, heard)
                if suspect and suspect.score >= LEAST / 2:
                    yield suspect


def people(evidence: Evidence) -> dict[str, str]:
    """Folded surname -> surname of the people in the text."""
    found = {}
    for name, shown in (*((name, name) for name in evidence.present), *_unaccented(evidence)):
        if " " in name and evidence.lexicon.entry(name).kind == "person":
            surname = shown.split()[-1]
            found[fold.letters(surname)] = surname
    return found


def _unaccented(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """(name, as it stands here) of names that the text writes without their accents."""
    reading, lexicon = evidence.reading, evidence.lexicon
    for first in range(len(reading.tokens) - 1):
        pair = reading.tokens[first : first + 2]
        if pair[0].text[0].isupper() and pair[1].text[0].isupper() and reading.joined(first, 2):
            for number in lexicon.by_key.get(fold.key(pair[0].text + pair[1].text), ()):
                if not lexicon.names[number].isascii():
                    yield lexicon.names[number], f"{pair[0].text} {pair[1].text}"


def kept(evidence: Evidence, heard: Heard) -> Iterator[Suspect]:
    """Words that a dictionary lets stand, but that sound like a name: "Jemini", a pop group."""
    reading, lexicon = evidence.reading, evidence.lexicon
    for number, token in enumerate(reading.tokens):
        word = token.text
        if word not in lexicon.keep or number in reading.covered or not word[0].isupper():
            continue
        if language.common(token.lower) or len(word) < 4:
            continue
        for near in heard.near(fold.letters(word)):
            for part in heard.parts[near.letters]:
                if len(part.words) == 1:
                    yield Suspect(number, 1, word, part.name, "names/real", near.score)


def expected(evidence: Evidence) -> dict[str, str]:
    """Folded letters -> name, of the names that may well be meant in this text."""
    found: dict[str, str] = {}
    lexicon = evidence.lexicon
    names = [*evidence.present, *(name for name, _ in evidence.linked.most_common())]
    for name in (*names, *around(evidence)):
        key = fold.letters(name)
        if lexicon.entry(name).kind == "term":
            continue
        if name in lexicon.number and 3 <= len(key) <= 24 and not any(map(str.isdigit, name)):
            found.setdefault(key, name)
        if len(found) >= EXPECTED:
            break
    return found


def around(evidence: Evidence) -> Iterator[str]:
    """The names whose owner or companion stands in the text, those of small owners first."""
    circles = evidence.lexicon.circles.around
    for name in sorted(evidence.present, key=lambda name: len(circles.get(name, ()))):
        yield from circles.get(name, ())


def behind_words(evidence: Evidence, heard: Heard) -> Iterator[Suspect]:
    """Windows of one to three words that sound like an expected name."""
    names = expected(evidence)
    keys = list(names)
    index = SkeletonIndex(keys)
    found: dict[str, list[tuple[str, float]]] = {}
    windows = _windows(evidence.reading)
    while some := list(islice(windows, COMPARED)):
        new = dict.fromkeys(letters for _, _, letters, _ in some if letters not in found)
        found.update(_alike(new, keys, index, heard))
        for first, count, letters, surface in some:
            for key, value in found[letters]:
                value -= sum(heard.own(w) for w in _same(surface, names[key]))
                if value >= LEAST and not _inside(surface, names[key], evidence):
                    yield Suspect(first, count, surface, names[key], "names/real", value)


def _windows(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """The windows behind which a name may stand: (first word, number of words, folded letters,
    surface).
    """
    folded = list(map(fold.letters, reading.spelt))
    free = [
        number not in reading.covered and not inner_capitals(word)
        for number, word in enumerate(reading.spelt)
    ]
    ends = [language.zipf(word) <= FREQUENT for word in reading.lower]
    for first in compress(range(len(free)), map(and_, free, ends)):
        for count in (1, 2, 3):
            last = first + count
            if last > len(free) or not free[last - 1] or not reading.joined(first, count):
                break
            letters = "".join(folded[first:last])
            if not ends[last - 1] or not 4 <= len(letters) <= 24:
                continue
            span = reading.span(first, count)
            surface = reading.text[span.start : span.end]
            if "-" in surface or "-" in reading.text[span.start - 1 : span.start]:
                continue  # "MIT-licensed"
            yield first, count, letters, surface


def _alike(
    windows: Iterable[str], keys: list[str], index: SkeletonIndex, heard: Heard
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """For folded letters the expected names that they sound like: (folded name, score)."""
    near: dict[str, list[str]] = {}
    for letters in windows:
        every = map(keys.__getitem__, index.candidates(letters, ALIKE))
        near[letters] = [k for k in every if abs(len(k) - len(letters)) <= 3 and letters != k]
    heard.compare([(key, letters) for letters, those in near.items() for key in those])
    for letters, those in near.items():
        scores = ((key, heard.score(key, letters)) for key in those)
        likely = [(key, value) for key, value in scores if value >= LEAST]
        yield letters, [(key, v) for key, v in likely if v >= COVERED * heard.own(key)]


def _same(surface: str, name: str) -> set[str]:
    """The folded words that a surface and a name share: they earn nothing."""
    return set(map(fold.letters, surface.split())) & set(map(fold.letters, name.split()))


def _inside(surface: str, name: str, evidence: Evidence) -> bool:
    """Whether one is the other with a word more, or its plural: "Forest Service"; or whether the
    name without its last word will do, as "Mistral" for "Mistral AI".
    """
    words = name.split()
    if len(words) > len(surface.split()) and " ".join(words[:-1]) in evidence.lexicon.number:
        return True
    here, there = ({fold.letters(w).rstrip("s") for w in text.split()} for text in (surface, name))
    return here <= there or there <= here
