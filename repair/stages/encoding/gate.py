"""Which lines of a document go through the encoding steps: a few fast searches over all of it.

Nothing here decides that a line is damaged. A search may find good lines, which cost some
milliseconds each; it must not miss damaged ones, and must pass over good text at once. Each search
begins with one set of characters, so that the expression engine can skip to the next of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from repair.lexicon import tables
from repair.stages.encoding import scan
from repair.text.charset import daily
from repair.text.patterns import later

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_BEYOND = "\u0080-\U0010ffff"
# Signs that stand beside no letter in good text, or inside no word. Quotes, dashes and the ellipsis
# are left out: they stand beside letters everywhere.
_SIGN = (
    "\x80-\x9f\u00a1-\u00aa\u00ac\u00ae-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u00d7\u00f7\u02c2-\u02df"
    "\u0384\u0385\u201a\u2020-\u2022\u2030\u2039\u203a\u2044\u20a7-\u20bf\u2122-\u218f\u2200-\u22ff"
    "\u2310-\u2321\u2500-\u25ff\uf8f0-\uf8ff\ufffd"
)
_CAPITAL = (
    "\u00c0-\u00d6\u00d8-\u00de\u0102\u0104\u0106\u010c\u010e\u0110\u0118\u011a\u011e\u0122\u012a"
    "\u012e\u0130\u0136\u0139\u013d\u0141\u0143\u0145\u0147\u0150\u0152\u0154\u0158\u015a\u015e\u0160"
    "\u0162\u0164\u016a\u016e\u0170\u0172\u0178\u0179\u017b\u017d"
)
_SMALL = "a-z\u00df-\u00f6\u00f8-\u00ff"
_QUOTE = "“„‘‡†‰–—"
_ODD = later(
    # "Ð¿", "┬í", "β€™": a sign beside a letter or sign beyond ASCII
    f"[{_SIGN}{_CAPITAL}{_QUOTE}«»А-ЯЁΑ-Ωเ\ud800-\udfff](?:(?<=[{_SIGN}])(?=[{_BEYOND}])(?![«»‘’“”„–—…\u00a0])"
    f"|(?<=[{_BEYOND}][{_SIGN}])"
    # "pi├╣", "caf‚t": a sign inside a word
    f"|(?<=[a-zA-Z][{_SIGN}])(?=[a-zA-Z])"
    # "kiĂłsk", "DonÕt": a capital behind a small letter
    f"|(?<=[{_SMALL}][{_CAPITAL}])"
    # "anun»õat": a guillemet inside a word
    f"|(?<=[{_SMALL}][«»])(?=[\u00c0-\u024f])"
    # "Bogot‡", "lleg— tarde", "m“chten"
    f"|(?<=[{_SMALL}][‡†‰])|(?<=[{_SMALL}][–—])(?= [{_SMALL}])|(?<=[{_SMALL}][“„‘])(?=[{_SMALL}])"
    # "яЕЦНДМЪ": capitals behind small letters
    "|(?<=[а-яё][А-ЯЁ])|(?<=[α-ώ][Α-Ω])"
    # "เธชเธง": Thai that was read as Thai once more; and halves of characters
    "|(?<=เ)(?=[ธน].?เ[ธน])|(?<=[\ud800-\udfff]))"
)
# Letters of other scripts, from Greek to Lao; punctuation stands beside Latin letters by right.
_FOREIGN = "\u0370-\u0588\u058b-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u0eff"
# From a letter of another script up to the next Latin one; and how many letters begin that
_STRETCH = later(f"[{_FOREIGN}][^{_LATIN}]*")
_FEW = later(f"[{_FOREIGN}]{{1,4}}")
# "caf茅", "gr체n", "ﾃｩ": an ideograph in a Latin word, Hangul inside one, half-width kana
_EAST = later(
    "[\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f](?:(?<=[a-z][\u3400-\u9fff])(?![\u3040-\u9fff])"
    "|(?<=[a-z][\uac00-\ud7a3])(?![\uac00-\ud7a3])|(?<=[\uff61-\uff9f])(?=[\uff61-\uff9fa-z])"
    "|(?<=[a-z][\uff61-\uff9f]))"
)
# What good text in English does not hold: all beyond ASCII but “”‘’–—…; and those where `_ODD`
# finds them: "lleg— tarde", "m“chten"
_UNUSUAL = later(
    "[\x80-\u2018\u201a-\u201c\u201e-\u2025\u2027-\U0010ffff](?:(?<![“‘–—])"
    f"|(?<=[{_SMALL}][–—])(?= [{_SMALL}])|(?<=[{_SMALL}][“‘])(?=[{_SMALL}]))"
)
# Above this share of samples a text is looked at as a whole; how many there are, and their length.
_MOST, _PROBES, _PROBE = 0.4, 60, 100
_SHORT, _NEAR = 160, 80
# A Latin letter beyond ASCII, with what stands before it and what behind; and how much of a text is
# searched for them at a time.
_AROUND = later("(?s)[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f](?=.(?<=(...)))")
_PORTION = 8_000
_EASTERN = "[\u3400-\u9fff\uac00-\ud7a3]"
_IDEOGRAPHS = later(f"{_EASTERN}{_EASTERN}{{3,23}}")
_EASTERN_ANY = later("[\u3040-\u9fff\uac00-\ud7a3]")
# A line of which so much is East Asian, nearly all of it in daily use, may hold Latin words; how
# much of a line is looked at.
_CHINESE, _DAILY, _SAMPLE = 0.3, 0.85, 1_000
# Letters and what stands around them in some language, of those that were asked about.
_ORDINARY: set[str] = set()


def suspicious(text: str, entities: bool = True) -> Iterator[tuple[int, int]]:
    """The lines (start, end) in which some step could find something, each once, in order; those
    with nothing but entities only if `entities` are looked for.
    """
    places: list[Iterator[int]] = []
    if entities and "&" in text:
        places.append(_ampersands(text))
    if not text.isascii():
        places += _beyond_ascii(text)
    return _lines(text, places)


def swapped(line: str) -> bool:
    """Whether a line may be one charset read as another."""
    return scan.is_bad(line) or any(next(search, -1) >= 0 for search in _searches(line))


def _ampersands(text: str) -> Iterator[int]:
    """The first "&#" or "&e" in each line: to find the one character is faster than to search."""
    at = text.find("&")
    while at >= 0:
        after = text[at + 1 : at + 2]
        if after == "#" or (after.isascii() and after.isalpha()):
            yield at
            at = text.find("\n", at)
        at = text.find("&", at + 1) if at >= 0 else -1


def _lines(text: str, places: list[Iterator[int]]) -> Iterator[tuple[int, int]]:
    """The lines in which the places lie, each once, in order."""
    heads = [(at, which) for which, place in enumerate(places) if (at := next(place, -1)) >= 0]
    done = -1
    while heads:
        at, which = min(heads)
        heads.remove((at, which))
        if at >= done:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            done = end + 1 if end >= 0 else len(text) + 1
            yield start, done - 1
        following = next(places[which], -1)
        if following >= 0:
            heads.append((following, which))


def _beyond_ascii(text: str) -> list[Iterator[int]]:
    """The searches among characters beyond ASCII. In a text that is mostly plain English they are
    made in the lines that hold more than that, which are few.
    """
    if _mostly_unusual(text):
        return [scan.bad_places(text), *_searches(text)]
    if scan.is_known():  # ftfy's expression finds nothing in lines without a character of _UNUSUAL
        return [_in_unusual_lines(text, lambda part: [scan.bad_places(part), *_searches(part)])]
    return [scan.bad_places(text), _in_unusual_lines(text, _searches)]


def _in_unusual_lines(text: str, searches: Callable[[str], list[Iterator[int]]]) -> Iterator[int]:
    """The starts of lines in which something is found."""
    lines = list(_unusual_lines(text))
    part = "\n".join([text[start:end] for start, end in lines])
    behind, which = -1, -1
    for at, _ in _lines(part, searches(part)):
        while behind < at:  # the next line of the part
            which += 1
            start, end = lines[which]
            behind += end - start + 1
        yield lines[which][0]


def _mostly_unusual(text: str) -> bool:
    """Whether most of the text holds what is no plain English, by some samples of it."""
    step = max(1, len(text) // _PROBES)
    probes = range(0, len(text), step)
    found = sum(_UNUSUAL.search(text, at, at + _PROBE) is not None for at in probes)
    return found > _MOST * len(probes)


def _unusual_lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at >= 0 and (found := _UNUSUAL.search(text, at)) is not None:
        start, at = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.start())
        yield start, at if at >= 0 else len(text)


def _searches(text: str) -> list[Iterator[int]]:
    """What tells of damage apart from what ftfy's expression sees, place by place."""
    odd = _found(_ODD, text)
    return [odd, _foreign(text), _eastern(text), _strange(text), _rare(text)]


def _foreign(text: str) -> Iterator[int]:
    """Letters of another script in a Latin word: "coыte", "Zoл’s", "canciรณn", where "URLами" is
    none.
    """
    for found in _STRETCH.finditer(text):
        start, end = found.span()
        if not (text[start - 1 : start].isalpha() or text[end - 1].isalpha()):
            continue
        first = _FEW.match(text, start).end()  # type: ignore[union-attr]
        count, before, after = first - start, text[start - 1 : start], text[first : first + 1]
        if _is_latin(before) and count <= 3 and (count == 1 or before.islower()):
            # Scripts from Armenian to those of India add endings to foreign words.
            outside = not "\u0530" <= text[start] < "\u0e00"
            if outside or _is_latin(after) or (count == 1 and not after.isalpha()):
                yield start
                continue
        last = end - 1
        while last > start and end - last < 3 and _FEW.match(text, last - 1):
            last -= 1
        count = end - last if end < len(text) and _FEW.match(text, end - 1) else 0
        outside = text[last] < "\u0530" or (count == 1 and text[end].islower())
        if 0 < count <= 2 and last > start and outside:
            yield last


def _is_latin(char: str) -> bool:
    return "A" <= char <= "z" if char.isascii() else "\u00c0" <= char <= "\u024f"


def _eastern(text: str) -> Iterator[int]:
    """Ideographs, Hangul and half-width kana inside Latin words, in lines that are not Chinese."""
    for at in _found(_EAST, text):
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        line = text[start : end if end >= 0 else len(text)][:_SAMPLE]
        chars = _EASTERN_ANY.findall(line)
        if len(chars) <= _CHINESE * len(line) or sum(map(daily, chars)) < _DAILY * len(chars):
            yield at


def _strange(text: str) -> Iterator[int]:
    """Lines with a Latin letter beyond ASCII between letters where no known language has it:
    "mûsort", "továrnì". In a long line one such letter is a rare word or name; two near each other
    are not.
    """
    ended = text if text.endswith("\n") else f"{text}\n"
    odd: set[str] = set()
    low, skip, doubt = 0, 0, -_NEAR - 1
    while low < len(ended):
        high = ended.find("\n", low + _PORTION) + 1 or len(ended)
        around = set(_AROUND.findall(ended, low, high))
        odd.update([found for found in around - _ORDINARY if not _usual(found)])
        if not odd.isdisjoint(around):
            for found in _AROUND.finditer(ended, low, high):
                at = found.start()
                if found[1] not in odd:
                    continue
                if at >= skip:
                    end = text.find("\n", at) + 1 or len(text)
                    if at - doubt <= _NEAR or end - (text.rfind("\n", 0, at) + 1) <= _SHORT:
                        yield at
                        skip = end
                doubt = at
        low = high


def _usual(found: str) -> bool:
    before, letter, after = found[0].lower()[:1], found[1].lower(), found[2].lower()[:1]
    pair = (before if before.isalpha() else "_") + (after if after.isalpha() else "_")
    # "İ" is two characters in small letters.
    if usual := letter == "i\u0307" or pair in _contexts().get(letter, ()):
        if len(_ORDINARY) > 20_000:
            _ORDINARY.clear()
        _ORDINARY.add(found)
    return usual


@cache
def _contexts() -> dict[str, frozenset[str]]:
    """Latin letter beyond ASCII -> the pairs of letters that stand around it in some language."""
    path = tables.folder() / "models" / "contexts.tsv"
    rows = (row.cells for row in tables.rows(path, ("letter", "pairs")))
    return {
        letter: frozenset(pairs[at : at + 2] for at in range(0, len(pairs), 2))
        for letter, pairs in rows
    }


def _rare(text: str) -> Iterator[int]:
    """Lines of East Asian characters most of which nobody uses: "覑邪薪芯泻"."""
    runs = set(_IDEOGRAPHS.findall(text))
    unknown = {char for char in set("".join(runs)) if not daily(char)}
    if not any(2 * sum(map(daily, run)) < len(run) for run in runs if not unknown.isdisjoint(run)):
        return
    skip = 0
    for found in _IDEOGRAPHS.finditer(text):
        if found.start() < skip:
            continue
        chars = found[0]
        if 2 * sum(map(daily, chars)) < len(chars):
            yield found.start()
            skip = text.find("\n", found.end()) + 1 or len(text)


def _found(search: re.Pattern[str], text: str) -> Iterator[int]:
    """The first place in each line that the search finds."""
    at = 0
    while (found := search.search(text, at)) is not None:
        yield found.start()
        at = text.find("\n", found.start()) + 1
        if not at:
            return
