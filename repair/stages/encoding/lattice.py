"""Mojibake that lost bytes: the ways in which each piece of a line may be read.

The lead byte of a damaged sequence still stands there, and each lost continuation can only have
been one of a few. A lattice holds, for each place of the line, the characters that may begin there,
where they end, and what it costs to believe in the loss.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from repair.stages.encoding.letters import script_of
from repair.stages.encoding.tables import Table, sequences
from repair.text.edits import Span
from repair.text.patterns import later

# How many characters, from a lead byte on, tell what may begin there: three more bytes, and whether
# a blank follows.
_REACH = 5
# A longer stretch without blanks is no sentence of any script.
_LONGEST = 300
# What a quote that was straightened costs, and a letter in small letters, in nats.
_QUOTE, _CASE = 1.0, 0.7
# Taking the only blank between two words for a lost byte.
_JOINS = 1.5
# A no-break space and the blank behind it became one blank.
_MERGED = 1.5
_BEYOND = later("[\x80-\U0010ffff]")
# Scripts written without blanks, and how many whole characters part two stretches of them.
_UNSPACED = frozenset(("han", "thai", "lao", "khmer", "myanmar"))
_CONTEXT = 4
_STRAIGHT = {'"': (0x93, 0x94, 0x84), "'": (0x91, 0x92, 0x82)}
# Blanks of all widths; selectors of variants but that of emoji, and what stands beside them.
_ODD = later("[\u2000-\u200a\ufe00-\ufe0e\ufe10-\ufe1f]")
_GOOD = frozenset(("Lu", "Ll", "Lo", "Lm", "Lt", "Mn", "Mc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"))
_GOOD |= {"Sc", "Nd", "No", "Zs", "So", "Cf", "Sm"}


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
SMALL = Loss("was put in small letters")


class Option(NamedTuple):
    """A character that may begin at some place: where it ends, what the loss costs, and whether
    nothing was lost."""

    char: str
    end: int
    cost: float
    exact: bool


class Lattice:
    """The ways to read one line in one charset."""

    def __init__(self, text: str, charset: Table, loss: Loss) -> None:
        self.text, self._loss, self._lower = text, loss, loss is SMALL
        self._bytes = charset.bytes_of
        self._lost = _lost(charset.name)
        self.exact: dict[int, Option] = {}
        for span, char in sequences(text, charset):
            self.exact[span.start] = Option(char, span.end, 0.0, True)
        self._memo: dict[int, list[Option]] = {}
        self._alike: dict[str, list[Option]] = {}  # of places with the same characters behind them

    def places(self) -> Iterator[Span]:
        """The words in which a lead byte has no exact sequence; with the word behind the blank
        where the blank may be what is left of a byte.
        """
        text = self.text
        done = 0
        for at in self._broken():
            if at < done:
                continue
            start = max(text.rfind(" ", 0, at) + 1, text.rfind("\t", 0, at) + 1, done)
            start, end = self._near(start, at), at + 1
            whole = 0
            while end < len(text) and whole < _CONTEXT:
                if text[end] in " \t" and not self._open_at(end):
                    break
                whole, end = self._passed(whole, end)
            done = end
            if end - start <= _LONGEST:
                yield Span(start, end)

    def _near(self, start: int, at: int) -> int:
        """Where the stretch around `at` begins: a few characters before it, in a script that is
        written without blanks."""
        starts = [
            place for place in range(max(start, at - 4 * _CONTEXT), at) if place in self.exact
        ]
        if len(starts) < _CONTEXT or not all(map(self._unspaced, starts[-_CONTEXT:])):
            return start
        return starts[-_CONTEXT]

    def _passed(self, whole: int, at: int) -> tuple[int, int]:
        """How many whole characters of such a script stand in a row when `at` is passed, and what
        comes behind it."""
        exact = self.exact.get(at)
        if exact is None:
            return 0 if self.text[at] > "\x7f" and self.options(at) else whole, at + 1
        return (whole + 1 if self._unspaced(at) else whole), exact.end

    def _unspaced(self, at: int) -> bool:
        return script_of(self.exact[at].char) in _UNSPACED

    def _broken(self) -> Iterator[int]:
        """Where lead bytes stand that begin no exact sequence but may begin a damaged one."""
        done = 0
        for found in _BEYOND.finditer(self.text):
            at = found.start()
            exact = self.exact.get(at)
            if exact is not None and not self._lower:
                done = exact.end
            elif at >= done and self.options(at):
                yield at

    def _open_at(self, at: int) -> bool:
        """Whether the blank at `at` may be a continuation: a lead byte stands shortly before it."""
        return any(
            option.end > at
            for back in range(max(0, at - 3), at)
            if self.text[back] > "\x7f"
            for option in self.options(back)
        )

    def leads(self, char: str) -> list[tuple[int, float]]:
        """The lead bytes that a character may stand for, and what each costs."""
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

    def _missing(self, at: int) -> list[tuple[int, float]]:
        """The continuation bytes that may be gone without a trace in front of `at`."""
        loss = self._loss
        found = [(lost, loss.dropped) for lost in self._lost if loss.dropped is not None]
        merged = self.text[at : at + 1] == " " and self.text[at + 1 : at + 2] != " "
        if loss.nbsp is not None and merged:
            found.append((0xA0, _MERGED))
        return found + [(byte, loss.gone) for byte in (0xA0, 0xAD) if loss.gone is not None]

    def options(self, at: int) -> list[Option]:
        """The characters that may begin at `at`, if a lead byte stands there; exact ones alone, if
        there are any.
        """
        known = self._memo.get(at)
        if known is None:
            known = self._memo[at] = self._options(at)
        return known

    def _options(self, at: int) -> list[Option]:
        exact = self.exact.get(at)
        if exact is not None and not self._lower:
            return [exact]
        around = self.text[at : at + _REACH]
        alike = self._alike.get(around)
        if alike is not None:
            return [option._replace(end=option.end + at) for option in alike]
        found: dict[tuple[str, int], Option] = {}
        for lead, cost in self.leads(self.text[at]):
            for option in self._sequences(lead, at + 1, cost):
                key = option.char, option.end
                if key not in found or found[key].cost > option.cost:
                    found[key] = option
        self._alike[around] = [option._replace(end=option.end - at) for option in found.values()]
        return list(found.values())

    def _sequences(self, lead: int, at: int, cost: float) -> Iterator[Option]:
        states: list[tuple[bytes, int, float, bool]] = [(bytes([lead]), at, cost, False)]
        for _ in range(1 if lead < 0xE0 else 2 if lead < 0xF0 else 3):
            following = []
            for data, end, so_far, dropped in states:
                if end < len(self.text):
                    for byte, extra in self._continuations(end):
                        following.append((data + bytes([byte]), end + 1, so_far + extra, dropped))
                if not dropped:
                    for byte, extra in self._missing(end):
                        following.append((data + bytes([byte]), end, so_far + extra, True))
            states = following
        for data, end, total, _ in states:
            char = _sensible(data)
            # A no-break space leaves no blank behind it; and a soft hyphen is nothing to restore.
            if char is not None and not (
                char == "\xad" or (char == "\xa0" and self.text[end : end + 1] == " ")
            ):
                yield Option(char.lower() if self._lower else char, end, total, total == 0)


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
    if unicodedata.category(char) not in _GOOD or _ODD.match(char):
        return None
    return char
