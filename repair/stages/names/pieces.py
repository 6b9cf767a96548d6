"""The words of a text, cut at its blanks; what a piece between two blanks holds is remembered.

Running text says the same pieces again and again, so that a text costs a split and a look into a
table, not a search for words. Where a word stands is worked out only for the words asked about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple, overload

from repair.lexicon.garbles import words_of
from repair.text.words import WORD, bare

REMEMBERED = 60_000  # pieces; beyond, the memory starts afresh
LONGEST = 60  # characters of a piece that is remembered
LONG = 1_000  # characters of a piece that is not gone through again for each of its words
MANY = 6  # one word in so many asked about: then the places of all are worked out
# Blanks that become the one blank at which texts are cut; each is one character, as that is.
_BLANKS = ("\n", "\t", "\u00a0", "\u202f", "\u3000", "\r")


class Remembered(dict[str, tuple[str, ...]]):
    """Piece -> its words."""

    def __init__(self, make: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self._make(piece)
        if len(piece) <= LONGEST:
            if len(self) >= REMEMBERED:
                self.clear()
            self[piece] = found
        return found


def _words(piece: str) -> tuple[str, ...]:
    return tuple(map(bare, WORD.findall(piece)))


def _small(piece: str) -> tuple[str, ...]:
    words = HELD[piece]
    small = tuple(word.lower() for word in words)
    return words if small == words else small


def spelt(piece: str) -> tuple[str, ...]:
    """The words of a piece, without their possessive endings."""
    return HELD[piece]


def cut(piece: str) -> tuple[str, ...]:
    """The lower-case words of a piece, cut at every sign."""
    return _PARTS[piece]


def parts(pieces: Iterable[str]) -> set[str]:
    """The lower-case words of pieces, cut at every sign."""
    return set(chain.from_iterable(map(_PARTS.__getitem__, pieces)))


_PARTS = Remembered(words_of)
HELD = Remembered(_words)  # piece -> its words, without their possessive endings
_LOWER = Remembered(_small)


class Token(NamedTuple):
    """A word of the text without its possessive ending."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()


class Tokens(Sequence[Token]):
    """The words of a text in order, without their possessive endings.

    >>> tokens = Tokens("OpenAI's new chip")
    >>> tokens[0], tokens.spelt
    (Token(text='OpenAI', start=0, end=6), ['OpenAI', 'new', 'chip'])
    """

    def __init__(self, text: str) -> None:
        self.text = text
        cut = text
        for blank in _BLANKS:
            if blank in cut:
                cut = cut.replace(blank, " ")
        self._pieces = cut.split(" ")
        self._held = list(map(HELD.__getitem__, self._pieces))
        self.spelt = list(chain.from_iterable(self._held))
        self._asked = 0

    @cached_property
    def lower(self) -> list[str]:
        """The words in small letters."""
        return list(chain.from_iterable(map(_LOWER.__getitem__, self._pieces)))

    @cached_property
    def _counts(self) -> list[int]:
        """The number of words up to the end of each piece."""
        return list(accumulate(map(len, self._held)))

    @cached_property
    def _lengths(self) -> list[int]:
        """The number of characters in the pieces up to the end of each."""
        return list(accumulate(map(len, self._pieces)))

    @cached_property
    def _starts(self) -> list[int]:
        return [match.start() for match in WORD.finditer(self.text)]

    def start(self, number: int) -> int:
        """Where a word begins in the text."""
        if self._asked * MANY > len(self.spelt):
            return self._starts[number]
        self._asked += 1
        at = bisect_right(self._counts, number)
        within = number - (self._counts[at - 1] if at else 0)
        start = (self._lengths[at - 1] if at else 0) + at  # a blank behind each piece
        piece = self._pieces[at]
        if within == 0 and piece.startswith(self.spelt[number]):
            return start
        if len(piece) > LONG:
            return self._starts[number]
        for count, match in enumerate(WORD.finditer(piece)):
            if count == within:
                return start + match.start()
        raise IndexError(number)

    def __len__(self) -> int:
        return len(self.spelt)

    @overload
    def __getitem__(self, number: int) -> Token: ...
    @overload
    def __getitem__(self, number: slice) -> list[Token]: ...
    def __getitem__(self, number: int | slice) -> Token | list[Token]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self.spelt)))]
        word = self.spelt[number]
        start = self.start(number if number >= 0 else number + len(self.spelt))
        return Token(word, start, start + len(word))

    def __iter__(self) -> Iterator[Token]:
        for word, start in zip(self.spelt, self._starts, strict=True):
            yield Token(word, start, start + len(word))
