"""UTF-8 that was read in a wrong charset, nothing lost: which charset, and through which layers?

A sequence of UTF-8 hardly ever stands in good text, so the sequences themselves are strong
evidence; the letter model decides between charsets that all give sequences, and stops the rare
coincidence. Sequences are read one by one and not the line as a whole: what is good in a line
stays, and a second charset or a second layer in the same line is found by looking again at the
result.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from repair.stages.encoding.letters import cost
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
from repair.text.edits import Span

# How many charsets and readings are followed at each layer, and how many layers there may be.
_CHARSETS, _READINGS, _LAYERS = 6, 3, 5
# A charset that is rarely mistaken for UTF-8 needs more evidence: nats for each rank of the list.
_PER_RANK = 0.1
# A charset of East Asia reads UTF-8 in pairs of bytes, and most texts do not survive that.
_WIDE_PRICE = 4.0
# Each further layer, and each further charset, is one more accident: nats.
_PER_LAYER = 3.0


class Reading(NamedTuple):
    """A way to read a line: the text, its cost in nats, and the charsets on the way."""

    text: str
    cost: float
    way: tuple[str, ...]


def best(line: str) -> Reading:
    """The likeliest reading of a line; the line itself where none is likelier.

    >>> best("La cafÃ©tÃ©ria est fermÃ©e.").text
    'La cafétéria est fermée.'
    """
    start = winner = Reading(line, cost(line), ())
    wave = [start]
    seen = {line}
    for _ in range(_LAYERS):
        following: list[Reading] = []
        for now in wave:
            for text, charset, price in _readings(now.text):
                if text not in seen:
                    seen.add(text)
                    following.append(
                        Reading(
                            text,
                            cost(text) + price + _PER_LAYER * (1 + len(now.way)),
                            (*now.way, charset),
                        )
                    )
        wave = sorted(following, key=lambda r: r.cost)[:_READINGS]
        if not wave:
            break
        winner = min(winner, wave[0], key=lambda r: r.cost)
    return winner


def _readings(text: str) -> Iterator[tuple[str, str, float]]:
    """The text read in each of the likeliest charsets that fit: (reading, charset, its price)."""
    found = charsets(text)
    ranked = sorted(found, key=lambda rank: (-found[rank], rank))
    for rank in ranked[:_CHARSETS]:
        name = NAMES[rank]
        yield reading(text, list(sequences(text, table(name)))), name, _PER_RANK * rank
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
