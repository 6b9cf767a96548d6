"""Mojibake that lost bytes on the way: every way to read what is left, and how sure the best is.

Strict Windows-1252 leaves five bytes undefined, and programs replace them by U+FFFD, by "?", by a
blank, or drop them; no-break spaces become blanks, soft hyphens vanish, somebody straightens the
quotes or puts the text in small letters. The lead byte of each sequence still stands there, and the
lost continuation can only have been one of a few. Each damaged word is read in every such way; the
letter model finds the likeliest, and by how much it beats the next one.

A guess is a letter where a visible mark of damage stood: it is worth applying only with a margin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

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
from repair.text.edits import Span

# A longer stretch without blanks is no sentence of any script.
_LONGEST = 300
_BEAM = 24
# What a quote that was straightened costs, and a letter in small letters, in nats.
_QUOTE, _CASE = 1.0, 0.7
# A lead byte that stays as it is, although the line is known to be mojibake.
_LEFT = 6.0
# Taking the only blank between two words for a lost byte.
_JOINS = 1.5
# A capital in the middle of a sentence.
_CAPITAL = 4.5
_STRAIGHT = {'"': (0x93, 0x94, 0x84), "'": (0x91, 0x92, 0x82)}
_GOOD = frozenset(("Lu", "Ll", "Lo", "Lm", "Lt", "Mn", "Mc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"))
_GOOD |= {"Sc", "Nd", "No", "Zs", "So", "Cf", "Sm"}
# Which dash stands between words, by the custom of the language; elsewhere both are at home.
_EN_DASH = frozenset("de nl sv da nb nn fi et is cs sk sl hr lt lv hu he".split())  # noqa: SIM905
_EM_DASH = frozenset("ru uk be bg es".split())  # noqa: SIM905
_DASH = 3.5
# A sentence begins here: a capital is no surprise.
_OPENS = re.compile(r"(?:^|[.!?:…] )[^\w\s]*$")
_CAPITALISED = re.compile(r"\W*[A-ZÀ-ÞЀ-ЯΑ-Ω]")
_WORDS = re.compile(r"[^\W\d_]+")


class Loss(NamedTuple):
    """One way in which a program loses bytes; it treats the whole line alike. Costs are in nats,
    None where this program does no such thing.
    """

    name: str
    marked: float | None = None  # an undefined byte became U+FFFD
    question: float | None = None  # or "?"
    blank: float | None = None  # or a blank
    dropped: float | None = None  # or nothing
    nbsp: float | None = 1.0  # byte A0, a no-break space, became a blank
    gone: float | None = None  # bytes A0 and AD, a soft hyphen, became nothing


# The likelier ways first. A byte lost without a trace leaves more ways to read the rest, and
# costs more.
LOSSES = (
    Loss("became blanks"),
    Loss("were replaced by U+FFFD", marked=0.5),
    Loss("were replaced by ?", question=1.5),
    Loss("vanished", nbsp=None, gone=1.5),
    Loss("became blanks", blank=3.0),
    Loss("vanished", dropped=4.0, nbsp=None, gone=4.0),
)
SMALL = Loss("was put in small letters", nbsp=None)


class Guess(NamedTuple):
    """A damaged word and its likeliest reading. `margin` says by how many nats it beats the next
    one, `gain` by how many it beats leaving the word alone.
    """

    span: Span
    after: str
    margin: float
    gain: float


class _Option(NamedTuple):
    char: str
    end: int
    cost: float
    exact: bool


class _State(NamedTuple):
    cost: float
    out: str
    a: str
    b: str


def guesses(line: str, charset: Table) -> tuple[Loss, list[Guess]]:
    """The damaged words of a line that was read in this charset, each with its best reading, and
    how the bytes were lost.
    """
    small = line == line.lower() and line != line.upper() and len(line.upper()) == len(line)
    strict = list(sequences(line, charset))
    if small and not strict:
        strict = list(sequences(line.upper(), charset))
    draft = reading(line, strict)
    known = _languages(draft)
    best: tuple[float, Loss, list[Guess]] = (0.0, LOSSES[0], [])
    for loss in (*LOSSES, SMALL) if small else LOSSES:
        if (loss.marked and "\ufffd" not in line) or (loss.question and "?" not in line):
            continue
        found = _Lattice(line, charset, loss)
        places = list(_places(found))
        for language in known if places else ():
            rows = [guess for span in places if (guess := found.best(span, language)) is not None]
            total = sum(guess.gain for guess in rows)
            if total > best[0]:
                best = total, loss, rows
    return best[1], best[2]


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


def _languages(draft: str) -> Sequence[Language]:
    words = [word.lower() for word in _WORDS.findall(draft)]
    scripts: dict[str, int] = {}
    for word in words:
        script = script_of(word[0])
        scripts[script] = scripts.get(script, 0) + len(word)
    main = max(scripts, key=lambda script: scripts[script]) if scripts else "latin"
    own = [word for word in words if script_of(word[0]) == main]
    return likeliest(main, own, 3) or languages("latin")[:1]


def _places(lattice: _Lattice) -> Iterator[Span]:
    """The words in which a lead byte has no exact sequence; with the word behind the blank where
    the blank may be what is left of a byte.
    """
    text = lattice.text
    done = 0
    for at in lattice.broken():
        if at < done:
            continue
        start = max(text.rfind(" ", 0, at) + 1, text.rfind("\t", 0, at) + 1, done)
        end = at + 1
        while end < len(text):
            if text[end] in " \t" and not lattice.open_at(end):
                break
            end += 1
        done = end
        if end - start <= _LONGEST:
            yield Span(start, end)


class _Lattice:
    """The ways to read one line in one charset."""

    def __init__(self, text: str, charset: Table, loss: Loss) -> None:
        self.text, self._loss, self._lower = text, loss, loss is SMALL
        self._bytes = charset.bytes_of
        self._lost = _lost(charset.name)
        self._exact: dict[int, _Option] = {}
        for span, char in sequences(text, charset):
            self._exact[span.start] = _Option(char, span.end, 0.0, True)
        self._memo: dict[int, list[_Option]] = {}

    def broken(self) -> Iterator[int]:
        """Where lead bytes stand that begin no exact sequence but may begin a damaged one."""
        at = 0
        while at < len(self.text):
            exact = self._exact.get(at)
            if exact is not None and not self._lower:
                at = exact.end
                continue
            if self.text[at] > "\x7f" and self.options(at):
                yield at
            at += 1

    def open_at(self, at: int) -> bool:
        """Whether the blank at `at` may be a continuation: a lead byte stands shortly before it."""
        return any(
            option.end > at
            for back in range(max(0, at - 3), at)
            if self.text[back] > "\x7f"
            for option in self.options(back)
        )

    def _leads(self, char: str) -> list[tuple[int, float]]:
        found = [(byte, 0.0)] if (byte := self._bytes.get(char, 0)) else []
        if self._lower and (upper := char.upper()) != char and len(upper) == 1:
            found.append((self._bytes.get(upper, 0), _CASE))
        return [(byte, cost) for byte, cost in found if 0xC2 <= byte <= 0xF4]

    def _continuations(self, at: int) -> Iterator[tuple[int, float]]:
        """The continuation bytes that a character may stand for, and what each costs."""
        loss, char = self._loss, self.text[at]
        byte = self._bytes.get(char, 0)
        if 0x80 <= byte < 0xC0:
            yield byte, 0.0
        upper = self._bytes.get(char.upper(), 0) if self._lower else 0
        if 0x80 <= upper < 0xC0 and upper != byte:
            yield upper, _CASE
        if char == "\ufffd" and loss.marked is not None:
            yield from ((lost, loss.marked) for lost in self._lost)
        elif char == "?" and loss.question is not None:
            yield from ((lost, loss.question) for lost in self._lost)
        elif char == " ":
            joins = 0.0 if self.text[at + 1 : at + 2] in ("", " ") else _JOINS
            if loss.nbsp is not None:
                yield 0xA0, loss.nbsp + joins
            if loss.blank is not None:
                yield from ((lost, loss.blank + joins) for lost in self._lost)
        yield from ((byte, _QUOTE) for byte in _STRAIGHT.get(char, ()))

    def _missing(self) -> list[tuple[int, float]]:
        """The continuation bytes that may be gone without a trace."""
        loss = self._loss
        found = [(lost, loss.dropped) for lost in self._lost if loss.dropped is not None]
        return found + [(byte, loss.gone) for byte in (0xA0, 0xAD) if loss.gone is not None]

    def options(self, at: int) -> list[_Option]:
        """The characters that may begin at `at`, if a lead byte stands there; exact ones alone, if
        there are any.
        """
        known = self._memo.get(at)
        if known is None:
            known = self._memo[at] = self._options(at)
        return known

    def _options(self, at: int) -> list[_Option]:
        exact = self._exact.get(at)
        if exact is not None and not self._lower:
            return [exact]
        found: dict[tuple[str, int], _Option] = {}
        for lead, cost in self._leads(self.text[at]):
            for option in self._sequences(lead, at + 1, cost):
                key = option.char, option.end
                if key not in found or found[key].cost > option.cost:
                    found[key] = option
        return list(found.values())

    def _sequences(self, lead: int, at: int, cost: float) -> Iterator[_Option]:
        states: list[tuple[bytes, int, float, bool]] = [(bytes([lead]), at, cost, False)]
        missing = self._missing()
        for _ in range(1 if lead < 0xE0 else 2 if lead < 0xF0 else 3):
            following = []
            for data, end, so_far, dropped in states:
                if end < len(self.text):
                    for byte, extra in self._continuations(end):
                        following.append((data + bytes([byte]), end + 1, so_far + extra, dropped))
                if not dropped:
                    for byte, extra in missing:
                        following.append((data + bytes([byte]), end, so_far + extra, True))
            states = following
        for data, end, total, _ in states:
            char = _sensible(data)
            if char is not None:
                yield _Option(char.lower() if self._lower else char, end, total, total == 0)

    def best(self, span: Span, language: Language) -> Guess | None:
        """The likeliest reading of the text at `span`; None where it is best left alone."""
        waves: dict[int, list[_State]] = {span.start: [_State(0.0, "", "_", "_")]}
        for at in range(span.start, span.end):
            states = sorted(waves.pop(at, ()))[:_BEAM]
            if not states:
                continue
            choices = self.options(at) if self.text[at] > "\x7f" else []
            if not any(option.exact for option in choices):
                lead = bool(self._leads(self.text[at])) or self.text[at] == "\ufffd"
                choices = [*choices, _Option(self.text[at], at + 1, _LEFT * lead, True)]
            for state in states:
                for option in choices:
                    if option.end <= span.end:
                        waves.setdefault(option.end, []).append(_next(state, option, language))
        ends = sorted(
            {state.out: state for state in sorted(waves.get(span.end, ()), reverse=True)}.values()
        )
        kept = self.text[span.start : span.end]
        if not ends or ends[0].out == kept:
            return None
        ends = sorted(_ended(state, language) for state in ends[:8])
        if _OPENS.search(self.text, 0, span.start):
            ends = sorted(
                state._replace(cost=state.cost - _CAPITAL * bool(_CAPITALISED.match(state.out)))
                for state in ends
            )
        if ends[0].out == kept:
            return None
        margin = ends[1].cost - ends[0].cost if len(ends) > 1 else 20.0
        return Guess(span, ends[0].out, margin, self._left(span, language) - ends[0].cost)

    def _left(self, span: Span, language: Language) -> float:
        """The cost of the span with its exact sequences read and the rest left as it stands."""
        state, at = _State(0.0, "", "_", "_"), span.start
        while at < span.end:
            option = self._exact.get(at)
            if option is None:
                lead = self.text[at] > "\x7f" and bool(self._leads(self.text[at]))
                option = _Option(self.text[at], at + 1, _LEFT * lead, True)
            state, at = _next(state, option, language), option.end
        return _ended(state, language).cost


def _next(state: _State, option: _Option, language: Language) -> _State:
    char = option.char
    if is_letter(char):
        letter = char.lower()[:1]
        cost = language.step(state.a, state.b, letter) * STEP
        if char.isupper():
            cost += _CAPITAL * (state.b == "_") or 4.0 * state.out[-1:].islower()
        return _State(state.cost + cost + option.cost, state.out + char, state.b, letter)
    cost = sign(char) if char > "\x7f" else 1.0
    if char in "–—":
        cost += _DASH * (language.name in (_EM_DASH if char == "–" else _EN_DASH))
    if state.b != "_":
        cost += language.step(state.a, state.b, "_") * STEP
    return _State(state.cost + cost + option.cost, state.out + char, "_", "_")


def _ended(state: _State, language: Language) -> _State:
    extra = language.step(state.a, state.b, "_") * STEP if state.b != "_" else 0.0
    return state._replace(cost=state.cost + extra)


@cache
def _lost(charset: str) -> tuple[int, ...]:
    """The bytes that a charset leaves undefined among the continuations."""
    lost = []
    for byte in range(0x80, 0xC0):
        try:
            if "\x80" <= bytes([byte]).decode(charset) <= "\x9f":
                continue
        except UnicodeDecodeError:
            lost.append(byte)
    return tuple(lost)


@cache
def _sensible(data: bytes) -> str | None:
    """The character, if it is one that texts hold."""
    try:
        char = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if unicodedata.category(char) not in _GOOD or "\u2000" <= char <= "\u200a":
        return None
    return char
