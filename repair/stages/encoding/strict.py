"""UTF-8 that was read in a wrong charset, nothing lost: which charset, and through which layers?

A sequence of UTF-8 hardly ever stands in good text, so the sequences themselves are strong
evidence; the letter model decides between charsets that all give sequences, and stops the rare
coincidence. Sequences are read one by one and not the line as a whole: what is good in a line
stays, and a second charset or a second layer in the same line is found by looking again at the
result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from repair.stages.encoding import scan
from repair.stages.encoding.letters import cost, credible, essence, script_of
from repair.stages.encoding.tables import (
    NAMES,
    WIDE,
    charsets,
    reading,
    sequences,
    spoken,
    table,
    wide_sequences,
)
from repair.stages.encoding.vouching import worth
from repair.text.edits import Span

# "aprÚs": the charset was a cousin of Windows-1252; and U+FFFD
_DOUBTFUL = re.compile("[a-z\u00df-\u00ff][\u00c0-\u00de\u0152\u0160\u017d]|\ufffd")
# "ÜÇÜN" as "\u06f4ÜN": a letter or figure of another alphabet beside a Latin letter
_STRAY = re.compile(
    "[A-Za-z\u00c0-\u024f][\u0370-\u1dff\u2d00-\u2dff\ua4d0-\uabff]"
    "|[\u0370-\u1dff\u2d00-\u2dff\ua4d0-\uabff][A-Za-z\u00c0-\u024f]"
)
# How many charsets and readings are followed at each layer, and how many layers there may be.
_CHARSETS, _READINGS, _LAYERS = 6, 3, 5
# A charset that is rarely mistaken for UTF-8 needs more evidence: nats for each rank of the list.
_PER_RANK, _DEAREST = 0.3, 8.0
# A second charset in one line, in nats.
_ANOTHER = 4.0
# The gain of a reading that needs no judge, in nats.
CERTAIN = 1e6
# A charset of East Asia reads UTF-8 in pairs of bytes, and most texts do not survive that.
_WIDE_PRICE = 4.0
# So many different charsets at most, Latin-1 not counted: three are no accident, but chance.
_DIFFERENT = 2
# Readings so near to the cheapest one, in nats, are judged by their words as well.
_NEAR = 8.0
# So few letters of several scripts are chance.
_FEW = 5
# Each further layer, and each further charset, is one more accident: nats.
_PER_LAYER = 3.0


class Reading(NamedTuple):
    """A way to read a line: the text, by how many nats it is likelier than the line as it stands,
    and the charsets on the way.
    """

    text: str
    gain: float
    way: tuple[str, ...]


class _Guess(NamedTuple):
    text: str
    cost: float
    way: tuple[str, ...]


def plain(line: str) -> Reading | None:
    """The reading as UTF-8 in Windows-1252, if that explains all of the damage and no other charset
    could; it needs no judge. None if there may be more to it.
    """
    found = charsets(line)
    most = max(found.values(), default=0)
    if not most or found.get(0, 0) < most:
        return None
    exact = list(sequences(line, table(NAMES[0])))
    if most == 1 and not all(char in "‘’“”„–—…•" for _, char in exact):
        return None
    text = reading(line, exact)
    if len(exact) < most or charsets(text) or scan.is_bad(text) or _DOUBTFUL.search(text):
        return None
    rest = reading(line, [(span, "") for span, _ in exact])
    return Reading(text, CERTAIN, (NAMES[0],)) if rest.isascii() else None


def best(line: str) -> Reading:
    """The likeliest reading of a line; the line itself where none is likelier.

    >>> best("La cafÃ©tÃ©ria est fermÃ©e.").text
    'La cafétéria est fermée.'
    """
    core = essence(line)
    start = _Guess(core, cost(core), ())
    wave, every = [start], [start]
    seen = {core}
    for _ in range(_LAYERS):
        following: list[_Guess] = []
        for now in wave:
            for text, charset, price in _readings(now.text):
                if text not in seen and len({*now.way, charset} - {"latin-1"}) <= _DIFFERENT:
                    seen.add(text)
                    total = cost(text) + price + _PER_LAYER * (1 + len(now.way))
                    total += _ANOTHER * (bool(now.way) and charset not in (*now.way, "latin-1"))
                    following.append(_Guess(text, total, (*now.way, charset)))
        wave = sorted(following, key=lambda guess: guess.cost)[:_READINGS]
        if not wave:
            break
        every += wave
    winner = _known(core, every)
    text = line
    for found in steps(line, winner.way):
        text = reading(text, found)
    return Reading(text, start.cost - winner.cost, winner.way)


def _known(line: str, guesses: list[_Guess]) -> _Guess:
    """The cheapest reading; among those that come near it, known words count."""
    best = min(guesses, key=lambda guess: guess.cost)
    near = [guess for guess in guesses if guess.cost < best.cost + _NEAR]
    if not best.way or len(near) < 2:
        return best
    return min(near, key=lambda guess: guess.cost - worth(line, guess.text))


def sane(line: str, reading: Reading) -> bool:
    """Whether what the sequences became is what texts hold; and more than one lone sign, where the
    charset is not the commonest.
    """
    brought: list[str] = []
    for found in steps(line, reading.way):
        brought = [char for _, char in found]
    chars = "".join(brought)
    odd = sum(not credible(char) for char in chars)
    if odd > 0.15 * len(chars):
        return False
    common = all(name in ("cp1252", "latin-1") for name in reading.way)
    scripts = [script_of(char) for char in chars if char.isalpha()]
    if not common and len(scripts) < _FEW and (len(set(scripts)) > 1 or scripts == ["cyrillic"]):
        return False  # "Π²" and "Δx" are formulas, and no Cyrillic beside Latin in Greek
    if not common and _STRAY.search(reading.text):
        told, was = len(_STRAY.findall(reading.text)), len(_STRAY.findall(line))
        if told > was and 2 * (told - was) >= len(brought):
            return False
    return common or len(brought) > 1 or any(char.isalpha() or char in "¿¡" for char in chars)


def _readings(text: str) -> Iterator[tuple[str, str, float]]:
    """The text read in each of the likeliest charsets that fit: (reading, charset, its price)."""
    found = charsets(text)
    ranked = sorted(found, key=lambda rank: (-found[rank], rank))
    for rank in ranked[:_CHARSETS]:
        name = NAMES[rank]
        yield (
            reading(text, list(sequences(text, table(name)))),
            name,
            min(_PER_RANK * rank, _DEAREST),
        )
    if max(text) > "\u2e80":
        for name in WIDE:
            yield reading(text, list(wide_sequences(text, name))), name, _WIDE_PRICE


def told(way: tuple[str, ...]) -> str:
    """The charsets on the way as a clause for a person.

    >>> told(("cp1252", "cp1252"))
    'UTF-8 read as Windows-1252, twice'
    """
    times = {1: "", 2: ", twice", 3: ", three times"}
    layers: dict[str, int] = {}
    for name in way:
        layers[spoken(name)] = layers.get(spoken(name), 0) + 1
    return "UTF-8 read as " + " and as ".join(
        name + times.get(count, f", {count} times") for name, count in layers.items()
    )


def steps(line: str, way: tuple[str, ...]) -> Iterator[list[tuple[Span, str]]]:
    """What each layer of the way changes, so that every change can be accounted for."""
    for name in way:
        found = list(wide_sequences(line, name) if name in WIDE else sequences(line, table(name)))
        yield found
        line = reading(line, found)
