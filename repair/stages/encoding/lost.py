"""Mojibake that lost bytes on the way: every way to read what is left, and how sure the best is.

Strict Windows-1252 leaves five bytes undefined, and programs replace them by U+FFFD, by "?", by a
blank, or drop them; no-break spaces become blanks, soft hyphens vanish, somebody straightens the
quotes or puts the text in small letters. Each damaged word is read in every such way; the letter
model finds the likeliest readings, the words of the language choose among them, and by how much
the best one beats the next says how sure it is.

A guess is a letter where a visible mark of damage stood: it is worth applying only with a margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from repair.stages.encoding.lattice import LOSSES, SMALL, Lattice, Loss, Option
from repair.stages.encoding.letters import (
    STEP,
    Language,
    is_letter,
    languages,
    likeliest,
    script_of,
    sign,
)
from repair.stages.encoding.tables import Table, reading, sequences
from repair.stages.encoding.wording import Wording, wording
from repair.text.edits import Span

# How many readings of a word are followed, and how many are weighed by their words.
_BEAM = 24
# A lead byte that stays as it is, although the line is known to be mojibake.
_LEFT = 6.0
# A capital in the middle of a sentence; behind a small letter.
_CAPITAL, _HUMP = 4.5, 4.0
# How many of a line's damaged words choose the language and the way in which the bytes were lost.
_TRIED = 30
# That a text was put in small letters besides needs more to show for it.
_SMALLER = 8.0
# Languages weighed by their words, of those whose letters fit best; how many of the line's words.
_WEIGHED, _FOLLOWED, _SAMPLE = 6, 2, 20
# By how many nats the second language may be the worse one.
_NEAR = 40.0
# A sentence begins here: a capital is no surprise.
_OPENS = re.compile(r"(?:^|[.!?:…] )[^\w\s]*$")
# How far back that is looked for.
_BACK = 8
_FIRST = re.compile(r"\W*([^\W\d_])")
_WORDS = re.compile(r"[^\W\d_]+")


class Guess(NamedTuple):
    """A damaged word and its likeliest reading. `margin` says by how many nats it beats the next
    one, `gain` by how many it beats leaving the word alone; `known`, whether a list has its words.
    """

    span: Span
    after: str
    margin: float
    gain: float
    known: bool = False


class _State(NamedTuple):
    cost: float  # by the letters
    out: str
    a: str
    b: str
    price: float  # of the losses and capitals alone


def guesses(line: str, charset: Table) -> tuple[Loss, list[Guess]]:
    """The damaged words of a line that was read in this charset, each with its best reading, and
    how the bytes were lost.
    """
    small = line == line.lower() and line != line.upper() and len(line.upper()) == len(line)
    strict = list(sequences(line, charset))
    if small and not strict:
        strict = list(sequences(line.upper(), charset))
    known: Sequence[Wording] | None = None
    most, loss, best = 0.0, LOSSES[0], None
    for way in (*LOSSES, SMALL) if small else LOSSES:
        if (way.marked and "\ufffd" not in line) or (way.question and "?" not in line):
            continue
        lattice = Lattice(line, charset, way)
        places = lattice.places()
        first = list(islice(places, _TRIED))
        if first and known is None:
            known = _languages(reading(line, strict))
        for words in (known or ()) if first else ():
            rows = _guessed(lattice, first, words)
            total = sum(max(0.0, guess.gain) for guess in rows) - _SMALLER * (way is SMALL)
            if total > most:
                most, loss, best = total, way, (lattice, places, words, rows)
    if best is None:
        return loss, []
    lattice, rest, words, rows = best
    return loss, rows + _guessed(lattice, rest, words)


def _guessed(lattice: Lattice, places: Iterable[Span], words: Wording) -> list[Guess]:
    """The places that have a likelier reading; words that come again are read once."""
    text, rows = lattice.text, []
    known: dict[tuple[str, str, bool], Guess | None] = {}
    for span in places:
        opens = _OPENS.search(
            " " * (span.start > _BACK) + text[max(0, span.start - _BACK) : span.start]
        )
        key = text[span.start : span.end], text[span.start - 1 : span.end + 1], opens is not None
        if key not in known:
            known[key] = _best(lattice, span, words, opens is not None)
        guess = known[key]
        if guess is not None:
            rows.append(guess._replace(span=span))
    return rows


def anything(line: str, charset: Table) -> bool:
    """Whether any lead byte stands outside the exact sequences: a quick look before the search."""
    rest = reading(line, [(span, "") for span, _ in sequences(line, charset)])
    if rest.isascii():
        return False
    bytes_of = charset.bytes_of
    if any(0xC2 <= bytes_of.get(char, 0) <= 0xF4 for char in rest if char > "\x7f"):
        return True
    return line == line.lower()


def begun(line: str, charset: Table) -> bool:
    """Whether a sequence of three or four begins exactly and then breaks off: "â€" and no more."""
    bytes_of = charset.bytes_of
    return any(
        0xE0 <= bytes_of.get(lead, 0) <= 0xF4 and 0x80 <= bytes_of.get(following, 0) < 0xC0
        for lead, following in pairwise(line)
        if lead > "\x7f" and following > "\x7f"
    )


def _languages(draft: str) -> Sequence[Wording]:
    """The languages that the line may be in, by its letters and then by its whole words."""
    words = [word.lower() for word in _WORDS.findall(draft)]
    scripts: dict[str, int] = {}
    for word in words:
        script = script_of(word[0])
        scripts[script] = scripts.get(script, 0) + len(word)
    main = max(scripts, key=lambda script: scripts[script]) if scripts else "latin"
    own = [word for word in words if all(script_of(char) == main for char in word)]
    found = likeliest(main, own, _WEIGHED) or languages("latin")[:1]
    sample = own[:_SAMPLE]
    judges = [wording(language) for language in found]
    costs = {judge: sum(map(judge.word, sample)) for judge in judges}
    best = min(costs.values())
    near = sorted((judge for judge in judges if costs[judge] < best + _NEAR), key=costs.__getitem__)
    return near[:_FOLLOWED]


def _best(lattice: Lattice, span: Span, words: Wording, opens: bool) -> Guess | None:
    """The likeliest reading of the text at `span`; None where it is best left alone."""
    text = lattice.text
    kept = text[span.start : span.end]
    before, after = text[span.start - 1 : span.start] or " ", text[span.end : span.end + 1] or " "
    weighed = sorted(
        (state.price - _CAPITAL * (opens and _capitalised(state.out)), state.out)
        for state in _readings(lattice, span, words.language)
    )
    ends = sorted((price + words.cost(out, before, after), out) for price, out in weighed)
    if not ends or ends[0][1] == kept:
        return None
    margin = ends[1][0] - ends[0][0] if len(ends) > 1 else 20.0
    left = _left(lattice, span, words.language)
    gain = left.price + words.cost(left.out, before, after) - ends[0][0]
    known = all(words.knows(word.lower()) for word in _WORDS.findall(ends[0][1]))
    return Guess(span, ends[0][1], margin, gain, known)


def _capitalised(text: str) -> bool:
    first = _FIRST.match(text)
    return first is not None and first[1].isupper()


def _readings(lattice: Lattice, span: Span, language: Language) -> list[_State]:
    """The readings of a span whose letters are the likeliest, each text once."""
    text = lattice.text
    waves: dict[int, list[_State]] = {span.start: [_State(0.0, "", "_", "_", 0.0)]}
    for at in range(span.start, span.end):
        states = sorted(waves.pop(at, ()))[:_BEAM]
        if not states:
            continue
        choices = lattice.options(at) if text[at] > "\x7f" else []
        if not any(option.exact for option in choices):
            lead = bool(lattice.leads(text[at])) or text[at] == "\ufffd"
            choices = [*choices, Option(text[at], at + 1, _LEFT * lead, True)]
        for state in states:
            for option in choices:
                if option.end <= span.end:
                    waves.setdefault(option.end, []).append(_next(state, option, language))
    ends = {state.out: state for state in sorted(waves.get(span.end, ()), reverse=True)}
    return sorted(ends.values())[:_BEAM]


def _left(lattice: Lattice, span: Span, language: Language) -> _State:
    """The span with its exact sequences read and the rest left as it stands."""
    state, at = _State(0.0, "", "_", "_", 0.0), span.start
    while at < span.end:
        char = lattice.text[at]
        option = lattice.exact.get(at)
        if option is None:
            lead = char > "\x7f" and bool(lattice.leads(char))
            option = Option(char, at + 1, _LEFT * lead, True)
        state, at = _next(state, option, language), option.end
    return state


def _next(state: _State, option: Option, language: Language) -> _State:
    char, price = option.char, state.price + option.cost
    if is_letter(char):
        letter = char.lower()[:1]
        cost = language.step(state.a, state.b, letter) * STEP
        if char.isupper():
            high = _CAPITAL * (state.b == "_") or _HUMP * state.out[-1:].islower()
            cost, price = cost + high, price + high
        return _State(state.cost + cost + option.cost, state.out + char, state.b, letter, price)
    cost = sign(char) if char > "\x7f" else 1.0
    if state.b != "_":
        cost += language.step(state.a, state.b, "_") * STEP
    return _State(state.cost + cost + option.cost, state.out + char, "_", "_", price)
