"""What a line looks like, in numbers: the input of the context model.

One row of numbers for each unit of a page, all at once: the characters of the page become one
array of classes, and every count is one pass over it. No word list, no language. A page of 9 kB
takes about 0.3 ms.
"""

from __future__ import annotations

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
    *("run_share", "uncased"),
)

# Classes of characters.
_OTHER, _UPPER, _LOWER, _UNCASED, _DIGIT, _SPACE, _STOP = range(7)
_COMMA, _COLON, _QUOTE, _SEPARATOR, _BRACKET, _ADDRESS, _BREAK = range(7, 14)
_CLASSES = 14
_KNOWN = 0x3100  # code points past this count as letters without case
_SAMPLE = 320  # characters of a unit that are looked at: its beginning and its last sixty
_TAIL = 60
_BUCKETS = 1 << 15


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


def features(page: Page, strong: Ints, weak: Ints) -> Floats:
    """(units, len(NAMES)) numbers, most of them in [0, 1] or the logarithm of a count. `strong`
    and `weak` say for each unit whether it is a trigger.
    """
    units = page.units
    n = len(units)
    bodies = [unit.body for unit in units]
    size = np.array([len(body) for body in bodies], np.float32)
    seen = [b if len(b) <= _SAMPLE else b[: _SAMPLE - _TAIL] + b[-_TAIL:] for b in bodies]
    codes = np.frombuffer("\n".join(seen).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.minimum(codes, _KNOWN)
    classes, lower = _tables()
    kind = classes[codes]
    lengths = np.array([len(body) for body in seen])
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
    shared, total = _shared(codes, lower, at, of, run, n)
    gap = np.array(
        [units[i].start > units[i - 1].stop if i else True for i in range(n)] + [True], np.float32
    )
    tally: dict[str, int] = {}
    for body in bodies:
        tally[body] = tally.get(body, 0) + 1
    where = np.arange(n)
    anchors = np.flatnonzero(prose)
    top, bottom = (anchors[0], anchors[-1]) if len(anchors) else (n, -1)
    columns = (
        np.log1p(size) / 5,
        np.log1p(words) / 3,
        np.minimum(words, 60) / 20,
        last == _STOP,
        last == _COLON,
        [body.endswith(("...", "…")) for body in bodies],
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
        [BULLET.match(body) is not None for body in bodies],
        [tally[body] > 1 for body in bodies],
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
    )
    out = np.empty((n, len(NAMES)), np.float32)
    for i, column in enumerate(columns):
        out[:, i] = column
    return out


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


def _shared(
    codes: Ints, lower: Ints, at: Ints, of: Ints, run: tuple[int, int], n: int
) -> tuple[Ints, Ints]:
    """For each unit: how many of its longer words the densest run has too, and how many there
    are. Words are compared by a hash of their letters.
    """
    number = np.zeros(len(codes), np.intp)
    number[at] = 1
    number = np.cumsum(number) - 1
    offset = np.arange(len(codes)) - at[np.maximum(number, 0)]
    code = lower[codes] * (2 * offset.astype(np.uint32) + 1) * np.uint32(2654435761)
    hashed = np.add.reduceat(code, at, dtype=np.uint32)
    lettered = np.add.reduceat((lower[codes] > 0).astype(np.intp), at)
    keep = lettered > 3
    bucket, of = (hashed[keep] >> np.uint32(17)).astype(np.intp), of[keep]
    inside = (of >= run[0]) & (of < run[1])
    seen = np.bincount(bucket[inside], minlength=_BUCKETS)
    hit = seen[bucket] > inside
    return np.bincount(of[hit], minlength=n), np.bincount(of, minlength=n)
