"""What a line looks like, in numbers: the input of the context model.

One row of numbers for each unit of a page, all at once: the characters of the page become one
array of classes, and every count is one pass over it. What a line says enters as two numbers: the
sums of learned weights of its words, which are known by a hash of their letters only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repair.stages.boilerplate.page import BULLET, Page

Floats = NDArray[np.float32]
Ints = NDArray[Any]

NAMES = (
    *("chars", "words", "long", "ended", "colon", "dots", "commas", "stops", "quotes"),
    *("separators", "brackets", "capitals", "upper", "digits", "numbers", "starts_low"),
    *("short_words", "low_words", "word_length", "prose", "trigger", "weak", "bullet"),
    *("repeated", "blank_above", "blank_below", "shared", "shared_count", "address", "in_run"),
    *("before_run", "after_run", "before_text", "after_text", "lines", "prose_share"),
    *("run_share", "uncased", "prose_wording", "short_wording"),
)

_MARKS = ("commas", "stops", "quotes", "separators", "brackets")

# Classes of characters.
_OTHER, _UPPER, _LOWER, _UNCASED, _DIGIT, _COLON, _ADDRESS = range(7)
_COMMA, _STOP, _QUOTE, _SEPARATOR, _BRACKET, _SPACE, _BREAK = range(7, 14)
_CLASSES = 14
# Commas to brackets: the most that are counted, and what the counts are divided by.
_MOST, _PARTS = (6, 6, 4, 8, 4), (3, 3, 4, 4, 2)
_KNOWN = 0x3100  # code points past this count as letters without case
_SAMPLE = 320  # characters of a unit that are looked at: its beginning and its last sixty
_TAIL = 60
_BUCKETS = 1 << 15
_BULLETS = frozenset("-*•·▪►▶»›–—+|◦‣●■✓0123456789")
_DOTS = ("...", "…")
_LONGEST_WORD = 64  # letters of a word whose places its hash tells apart
_FACTOR = 0x9E3779B1  # odd, so that it has an inverse
_TABLED = 1 << 16  # characters of a page, and logarithms, up to which tables are kept
_TOP = 17  # what is left of a hash when it is shifted so is a bucket of the wording


@dataclass(frozen=True)
class Wording:
    """How much each word speaks for furniture: `hashes` are sorted, `prose` and `short` the weights
    in a unit of prose and in any other. A first word and the first two words have entries as such.
    """

    hashes: Ints
    prose: Floats
    short: Floats

    @cached_property
    def weights(self) -> Floats:
        """For each entry its weight in any other unit, then that in prose; zeros for no entry."""
        pairs: Floats = np.zeros((len(self.hashes) + 1, 2), np.float32)
        pairs[:-1, 0], pairs[:-1, 1] = self.short, self.prose
        return pairs.ravel()

    @cached_property
    def _buckets(self) -> tuple[Ints, Ints, int]:
        """The hashes with one behind that no other is above, where those of each bucket begin, and
        the most that one bucket has.
        """
        sizes = np.bincount(self.hashes >> np.uint32(_TOP), minlength=1 << (32 - _TOP))
        begins = np.cumsum(sizes) - sizes
        return np.append(self.hashes, np.uint32(0xFFFFFFFF)), begins, int(sizes.max())

    def places(self, hashes: Ints) -> tuple[Ints, Ints]:
        """Where each hash stands among the entries, and whether it does."""
        entries, begins, most = self._buckets
        at = begins[hashes >> np.uint32(_TOP)]
        for _ in range(most):
            at += entries[at] < hashes
        return at, entries[at] == hashes


@dataclass(frozen=True, slots=True)
class Words:
    """The runs of letters of a page: the unit of each, its hash, and how many letters it has."""

    of: Ints
    hashes: Ints
    letters: Ints


@cache
def _tables() -> tuple[Ints, Ints]:
    """For each code point below `_KNOWN` its class, and its lower-case form for hashing (0 for
    what is no letter).
    """
    classes = np.zeros(_KNOWN + 1, np.uint8)
    lower = np.zeros(_KNOWN + 1, np.uint32)
    for code in range(_KNOWN):
        char = chr(code)
        if char.isalpha():
            classes[code] = _UPPER if char.isupper() else _LOWER if char.islower() else _UNCASED
            lower[code] = ord(char.lower()[0])
        elif char.isdigit():
            classes[code] = _DIGIT
        elif char.isspace():
            classes[code] = _SPACE
    for chars, number in (
        (".!?…。।؟۔", _STOP),
        (",;、،", _COMMA),
        (":", _COLON),
        ("\"“”„«»‘’'‹›", _QUOTE),
        ("|›»·•/>►▪→+=*", _SEPARATOR),
        ("([{", _BRACKET),
        ("@©®™&#%$€£", _ADDRESS),
        ("\n", _BREAK),
    ):
        classes[[ord(char) for char in chars]] = number
    classes[_KNOWN] = _UNCASED
    return classes, lower


@cache
def _powers() -> tuple[Ints, Ints]:
    """The powers of an odd number and their inverses, so that the order of letters counts."""
    inverse = np.full(_TABLED, pow(_FACTOR, -1, 1 << 32), np.uint32)
    inverse[0] = 1
    powers = np.full(_TABLED, _FACTOR, np.uint32)
    return np.cumprod(powers, dtype=np.uint32), np.cumprod(inverse, dtype=np.uint32)


@cache
def _logs() -> Ints:
    """The logarithm of one more than each number, over 3."""
    logs: Ints = np.log1p(np.arange(_TABLED)) / 3
    return logs


def words_of(page: Page) -> Words:
    """The words of all units, in order; of a long unit those of its beginning and its end."""
    codes, lengths = _codes(page.bodies)
    cells = np.repeat(np.arange(len(lengths)) * _CLASSES, lengths + 1)[:-1]
    return _words(codes, cells)


def features(page: Page, strong: Ints, weak: Ints, wording: Wording) -> Floats:
    """(units, len(NAMES)) numbers, most of them in [0, 1] or the logarithm of a count. `strong`
    and `weak` say for each unit whether it is a trigger.
    """
    n = len(page)
    out = np.zeros((n, len(NAMES)), np.float32)
    put = dict(zip(NAMES, out.T, strict=True))
    prose = np.frombuffer(bytes(page.prose), np.bool_).astype(np.float32)
    put["prose"][:], put["trigger"][:], put["weak"][:] = prose, strong, weak
    put["lines"][:], put["prose_share"][:] = np.log(n) / 5, len(page.anchors) / n
    codes, lengths = _codes(page.bodies)
    found, words, last = _shapes(put, codes, lengths)
    run, put["run_share"][:] = _run(prose, words, last)
    _marks(put, page)
    _place(put, page, run)
    shared, total = _shared(found, run, n)
    put["shared"][:] = shared / np.maximum(total, 1)
    put["shared_count"][:] = np.log1p(shared) / 2
    weights = said(found, wording, prose, n)
    put["prose_wording"][:] = weights * prose
    put["short_wording"][:] = weights * (1 - prose)
    return out


def _shapes(put: Mapping[str, Floats], codes: Ints, lengths: Ints) -> tuple[Words, Ints, Ints]:
    """What the characters of each unit are, counted; its words, their number, its last class."""
    n = len(lengths)
    kind = _tables()[0][codes]
    ends = np.cumsum(lengths + 1) - 1
    begins = ends - lengths
    cells = np.repeat(np.arange(n) * _CLASSES, lengths + 1)[:-1]
    found = _words(codes, cells)
    cells += kind
    count = np.bincount(cells, minlength=n * _CLASSES).reshape(n, _CLASSES)
    blank = kind >= _SPACE
    at = np.concatenate(([0], np.flatnonzero(blank[:-1] > blank[1:]) + 1))
    head = cells[at]
    first = np.bincount(head, minlength=n * _CLASSES).reshape(n, _CLASSES)
    words = first.sum(1)
    letters = np.maximum(count[:, _UPPER] + count[:, _LOWER] + count[:, _UNCASED], 1)
    spread = np.append(at[1:], len(codes)) - at
    short = head[(spread <= 4) & (kind[at] == _LOWER)] // _CLASSES
    last = _last(kind, begins, ends)
    put["words"][:] = np.log1p(words) / 3
    put["long"][:] = np.minimum(words, 60) / 20
    put["ended"][:], put["colon"][:] = last == _STOP, last == _COLON
    marks = np.minimum(count[:, _COMMA : _BRACKET + 1], _MOST) / _PARTS
    for name, column in zip(_MARKS, marks.T, strict=True):
        put[name][:] = column
    put["capitals"][:] = first[:, _UPPER] / words
    put["upper"][:] = count[:, _UPPER] / letters
    put["digits"][:] = count[:, _DIGIT] / lengths
    put["numbers"][:] = first[:, _DIGIT] / words
    put["starts_low"][:] = kind[begins] == _LOWER
    put["short_words"][:] = np.bincount(short, minlength=n) / words
    put["low_words"][:] = np.log1p(first[:, _LOWER]) / 2
    put["word_length"][:] = np.minimum(lengths / words, 15) / 10
    put["address"][:] = count[:, _ADDRESS] > 0
    put["uncased"][:] = count[:, _UNCASED] / letters
    return found, words, last


def _marks(put: Mapping[str, Floats], page: Page) -> None:
    """What is told faster by the lines themselves."""
    bodies = page.bodies
    put["chars"][:] = np.log1p(np.array(list(map(len, bodies)), np.float32)) / 5
    dotted = [i for i, body in enumerate(bodies) if body.endswith(_DOTS)]
    put["dots"][dotted] = 1
    bullets = [i for i, b in enumerate(bodies) if b[0] in _BULLETS and BULLET.match(b)]
    put["bullet"][bullets] = 1
    if len(set(bodies)) < len(bodies):
        tally = Counter(bodies)
        put["repeated"][[i for i, body in enumerate(bodies) if tally[body] > 1]] = 1
    gaps = (True, *(above.stop < below.start for above, below in pairwise(page.units)), True)
    put["blank_above"][:], put["blank_below"][:] = gaps[:-1], gaps[1:]


def _place(put: Mapping[str, Floats], page: Page, run: tuple[int, int]) -> None:
    """Where each unit stands, seen from the densest run and from all prose."""
    n = len(page)
    top, bottom = (page.anchors[0], page.anchors[-1]) if page.anchors else (n, -1)
    logs = _logs() if n < _TABLED else np.log1p(np.arange(n + 1)) / 3
    start, stop = run
    put["in_run"][start:stop] = 1
    put["before_run"][:start] = logs[start:0:-1]
    put["after_run"][stop:] = logs[1 : n - stop + 1]
    put["before_text"][:top] = logs[top:0:-1]
    put["after_text"][bottom + 1 :] = logs[1 : n - bottom]


def _last(kind: Ints, begins: Ints, ends: Ints) -> Ints:
    """The class of the last character of each unit, closing quotes and brackets left out."""
    at = ends - 1
    last: Ints = kind[at]
    for _ in range(2):
        at = at - (((last == _QUOTE) | (last == _OTHER)) & (at > begins))
        last = kind[at]
    return last


def _run(prose: Ints, words: Ints, last: Ints) -> tuple[tuple[int, int], float]:
    """The densest run of prose, half-open, and its share of the words; the run with the greatest
    sum, where a short line costs 14 words (the costs of a published density rule).
    """
    ended = (last == _STOP) | (prose > 0)
    worth = np.where(ended, np.minimum(words, 60) - 12, np.minimum(words, 20) - 14)
    sums = np.concatenate(([0], np.cumsum(worth)))
    lowest = np.minimum.accumulate(sums)
    stop = int(np.argmax(sums - lowest))
    start = int(np.argmax(sums[: stop + 1] == lowest[stop]))
    if sums[stop] <= lowest[stop]:
        return (0, 0), 0.0
    return (start, stop), float(words[start:stop].sum() / words.sum())


def _codes(bodies: list[str]) -> tuple[Ints, Ints]:
    """The code points of the sampled bodies, joined by line breaks, and their lengths."""
    lengths = np.array(list(map(len, bodies)))
    if lengths.max() > _SAMPLE:
        bodies = [b if len(b) <= _SAMPLE else b[: _SAMPLE - _TAIL] + b[-_TAIL:] for b in bodies]
        lengths = np.minimum(lengths, _SAMPLE)
    codes = np.frombuffer("\n".join(bodies).encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, _KNOWN), lengths


def _words(codes: Ints, cells: Ints) -> Words:
    """The words; `cells` tells the unit of each character, times the number of classes."""
    low = _tables()[1][codes]
    letter = np.concatenate(([False], low > 0, [False]))
    edges = np.flatnonzero(letter[1:] != letter[:-1])
    at, letters = edges[::2], edges[1::2] - edges[::2]
    if not len(at):
        return Words(at, at.astype(np.uint32), at)
    if len(codes) <= _TABLED and letters.max() <= _LONGEST_WORD:
        powers, inverses = _powers()
        hashes = np.add.reduceat(low * powers[: len(low)], at, dtype=np.uint32) * inverses[at]
    else:
        size = np.diff(at, append=len(codes))
        begin = np.concatenate((np.zeros(at[0], np.intp), np.repeat(at, size)))
        place = np.minimum(np.arange(len(codes)) - begin, _LONGEST_WORD - 1)
        hashes = np.add.reduceat(low * _powers()[0][place], at, dtype=np.uint32)
    hashes ^= hashes >> np.uint32(15)
    return Words(cells[at] // _CLASSES, hashes, letters)


def _shared(words: Words, run: tuple[int, int], n: int) -> tuple[Ints, Ints]:
    """For each unit: how many of its longer words the densest run has too, and how many there
    are.
    """
    keep = np.flatnonzero(words.letters > 3)
    bucket, of = words.hashes[keep] >> np.uint32(17), words.of[keep]
    inside = (of >= run[0]) & (of < run[1])
    once, twice = np.zeros(_BUCKETS, np.bool_), np.zeros(_BUCKETS, np.bool_)
    own = np.sort(bucket[inside])
    once[own] = True
    twice[own[1:][own[1:] == own[:-1]]] = True
    hit = np.where(inside, twice[bucket], once[bucket])
    return np.bincount(of[hit], minlength=n), np.bincount(of, minlength=n)


def openings(words: Words) -> Words:
    """The words together with the first word and the first two words of each unit, which hash to
    numbers of their own.
    """
    of, hashes = words.of, words.hashes
    first = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1]))) if len(of) else of
    second = first[first + 1 < len(of)]
    second = second[of[second + 1] == of[second]]
    alone = hashes[first] * np.uint32(0x9E3779B1) + np.uint32(1)
    pair = hashes[second] * np.uint32(0x85EBCA6B) + hashes[second + 1] * np.uint32(3)
    every = np.concatenate((hashes, alone, pair))
    return Words(np.concatenate((of, of[first], of[second])), every, words.letters)


def said(words: Words, wording: Wording, prose: Floats, n: int) -> Floats:
    """For each unit the sum of the weights of its words over the root of their number."""
    words = openings(words)
    at, known = wording.places(words.hashes)
    of, at = words.of[known], at[known]
    weight = wording.weights[2 * at + (prose > 0)[of]]
    many = np.maximum(np.bincount(of, minlength=n), 1)
    result: Floats = (np.bincount(of, weight, minlength=n) / np.sqrt(many)).astype(np.float32)
    return result
