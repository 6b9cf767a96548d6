"""What a line looks like, in numbers: the input of the context model.

One row of numbers for each unit of a page, all at once: the characters of the page become one
array of classes, and every count is one pass over it. What a line says enters as two numbers: the
sums of learned weights of its words, which are known by a hash of their letters only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
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

# Classes of characters.
_OTHER, _UPPER, _LOWER, _UNCASED, _DIGIT, _SPACE, _STOP = range(7)
_COMMA, _COLON, _QUOTE, _SEPARATOR, _BRACKET, _ADDRESS, _BREAK = range(7, 14)
_CLASSES = 14
_KNOWN = 0x3100  # code points past this count as letters without case
_SAMPLE = 320  # characters of a unit that are looked at: its beginning and its last sixty
_TAIL = 60
_BUCKETS = 1 << 15
_BULLETS = frozenset("-*•·▪►▶»›–—+|◦‣●■✓0123456789")
_DOT, _ELLIPSIS = ord("."), ord("…")
_LONGEST_WORD = 64  # letters of a word that its hash looks at


@dataclass(frozen=True, slots=True)
class Wording:
    """How much each word speaks for furniture: `hashes` are sorted, `prose` and `short` the weights
    in a unit of prose and in any other. A first word and the first two words have entries as such.
    """

    hashes: Ints
    prose: Floats
    short: Floats


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
def _factors() -> Ints:
    """The powers of an odd number, one for each place in a word: the order of letters counts."""
    return np.cumprod(np.full(_LONGEST_WORD, 0x9E3779B1, np.uint32), dtype=np.uint32)


def words_of(page: Page) -> Words:
    """The words of all units, in order; of a long unit those of its beginning and its end."""
    codes, lengths = _codes([unit.body for unit in page.units])
    line = np.repeat(np.arange(len(lengths)), lengths + 1)[: len(codes)]
    return _words(codes, line)


def features(page: Page, strong: Ints, weak: Ints, wording: Wording) -> Floats:
    """(units, len(NAMES)) numbers, most of them in [0, 1] or the logarithm of a count. `strong`
    and `weak` say for each unit whether it is a trigger.
    """
    units = page.units
    n = len(units)
    bodies = [unit.body for unit in units]
    size = np.fromiter(map(len, bodies), np.float32, n)
    codes, lengths = _codes(bodies)
    classes, _ = _tables()
    kind = classes[codes]
    ends = np.cumsum(lengths + 1) - 1
    begins = ends - lengths
    line = np.repeat(np.arange(n), lengths + 1)[: len(codes)]
    count = np.bincount(line * _CLASSES + kind, minlength=n * _CLASSES).reshape(n, _CLASSES)
    blank = (kind == _SPACE) | (kind == _BREAK)
    at = np.flatnonzero(~blank & np.concatenate(([True], blank[:-1])))
    of = line[at]
    first = np.bincount(of * _CLASSES + kind[at], minlength=n * _CLASSES).reshape(n, _CLASSES)
    words = np.maximum(first.sum(1), 1)
    letters = np.maximum(count[:, 1:4].sum(1), 1)
    spread = np.diff(np.append(at, len(codes)))
    short = np.bincount(of[(spread <= 4) & (kind[at] == _LOWER)], minlength=n)
    last = _last(kind, begins, ends)
    prose = np.array(page.prose, np.float32)
    run, place = _run(prose, words, last)
    found = _words(codes, line)
    shared, total = _shared(found, run, n)
    weights = said(found, wording, prose, n)
    starts = np.fromiter((unit.start for unit in units), np.intp, n)
    stops = np.fromiter((unit.stop for unit in units), np.intp, n)
    gap = np.concatenate(([True], starts[1:] > stops[:-1], [True]))
    tally = Counter(bodies)
    where = np.arange(n)
    anchors = np.flatnonzero(prose)
    top, bottom = (anchors[0], anchors[-1]) if len(anchors) else (n, -1)
    columns = (
        np.log1p(size) / 5,
        np.log1p(words) / 3,
        np.minimum(words, 60) / 20,
        last == _STOP,
        last == _COLON,
        _dotted(codes, begins, ends),
        np.minimum(count[:, _COMMA], 6) / 3,
        np.minimum(count[:, _STOP], 6) / 3,
        np.minimum(count[:, _QUOTE], 4) / 4,
        np.minimum(count[:, _SEPARATOR], 8) / 4,
        np.minimum(count[:, _BRACKET], 4) / 2,
        first[:, _UPPER] / words,
        count[:, _UPPER] / letters,
        count[:, _DIGIT] / np.maximum(lengths, 1),
        first[:, _DIGIT] / words,
        classes[codes[np.minimum(begins, len(codes) - 1)]] == _LOWER,
        short / words,
        np.log1p(first[:, _LOWER]) / 2,
        np.minimum(lengths / words, 15) / 10,
        prose,
        strong,
        weak,
        [body[0] in _BULLETS and BULLET.match(body) is not None for body in bodies],
        np.fromiter(map(tally.__getitem__, bodies), np.intp, n) > 1,
        gap[:-1],
        gap[1:],
        shared / np.maximum(total, 1),
        np.log1p(shared) / 2,
        count[:, _ADDRESS] > 0,
        (where >= run[0]) & (where < run[1]),
        np.log1p(np.maximum(run[0] - where, 0)) / 3,
        np.log1p(np.maximum(where - run[1] + 1, 0)) / 3,
        np.log1p(np.maximum(top - where, 0)) / 3,
        np.log1p(np.maximum(where - bottom, 0)) / 3,
        np.full(n, np.log(n) / 5),
        np.full(n, prose.mean()),
        np.full(n, place),
        count[:, _UNCASED] / letters,
        weights * prose,
        weights * (1 - prose),
    )
    out = np.empty((n, len(NAMES)), np.float32)
    for i, column in enumerate(columns):
        out[:, i] = column
    return out


def _dotted(codes: Ints, begins: Ints, ends: Ints) -> Ints:
    """Whether each unit ends in "..." or "…"."""
    at = np.maximum(ends - 1, begins)
    three = (codes[at] == _DOT) & (codes[at - 1] == _DOT) & (codes[at - 2] == _DOT)
    result: Ints = (codes[at] == _ELLIPSIS) | (three & (ends - begins > 2))
    return result


def _last(kind: Ints, begins: Ints, ends: Ints) -> Ints:
    """The class of the last character of each unit, closing quotes and brackets left out."""
    at = np.maximum(ends - 1, begins)
    for _ in range(2):
        closing = (kind[at] == _QUOTE) | (kind[at] == _OTHER)
        at = np.where(closing & (at > begins), at - 1, at)
    result: Ints = kind[at]
    return result


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
    seen = bodies
    if max(map(len, bodies)) > _SAMPLE:
        seen = [b if len(b) <= _SAMPLE else b[: _SAMPLE - _TAIL] + b[-_TAIL:] for b in bodies]
    codes = np.frombuffer("\n".join(seen).encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, _KNOWN), np.fromiter(map(len, seen), np.intp, len(seen))


def _words(codes: Ints, line: Ints) -> Words:
    low = _tables()[1][codes]
    letter = low > 0
    at = np.flatnonzero(letter & ~np.concatenate(([False], letter[:-1])))
    if not len(at):
        return Words(at, at.astype(np.uint32), at)
    size = np.diff(np.append(at, len(codes)))
    begin = np.concatenate((np.zeros(at[0], np.intp), np.repeat(at, size)))
    place = np.minimum(np.arange(len(codes)) - begin, _LONGEST_WORD - 1)
    hashes = np.add.reduceat(low * _factors()[place], at, dtype=np.uint32)
    hashes ^= hashes >> np.uint32(15)
    return Words(line[at], hashes, np.add.reduceat(letter, at, dtype=np.intp))


def _shared(words: Words, run: tuple[int, int], n: int) -> tuple[Ints, Ints]:
    """For each unit: how many of its longer words the densest run has too, and how many there
    are.
    """
    keep = words.letters > 3
    bucket, of = (words.hashes[keep] >> np.uint32(17)).astype(np.intp), words.of[keep]
    inside = (of >= run[0]) & (of < run[1])
    seen = np.bincount(bucket[inside], minlength=_BUCKETS)
    hit = seen[bucket] > inside
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
    at = np.minimum(np.searchsorted(wording.hashes, words.hashes), len(wording.hashes) - 1)
    known = wording.hashes[at] == words.hashes
    of, at = words.of[known], at[known]
    weight = np.where(prose[of] > 0, wording.prose[at], wording.short[at])
    many = np.maximum(np.bincount(of, minlength=n), 1)
    result: Floats = (np.bincount(of, weight, minlength=n) / np.sqrt(many)).astype(np.float32)
    return result
