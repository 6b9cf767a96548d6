"""Which lines of a document go through the encoding steps: a few fast searches over all of it.

Nothing here decides that a line is damaged. A search may find good lines, which cost some
milliseconds each; it must not miss damaged ones, and must pass over good text at once. Each search
begins with one set of characters, so that the expression engine can skip to the next of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from repair.lexicon import tables
from repair.stages.encoding import scan
from repair.stages.encoding.surrogates import SURROGATE
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
    f"[{_SIGN}{_CAPITAL}{_QUOTE}«»](?:(?<=[{_SIGN}])(?=[{_BEYOND}])(?![«»‘’“”„–—…\u00a0])"
    f"|(?<=[{_BEYOND}][{_SIGN}])"
    # "pi├╣", "caf‚t": a sign inside a word
    f"|(?<=[a-zA-Z][{_SIGN}])(?=[a-zA-Z])"
    # "kiĂłsk", "DonÕt": a capital behind a small letter
    f"|(?<=[{_SMALL}][{_CAPITAL}])"
    # "anun»õat": a guillemet inside a word
    f"|(?<=[{_SMALL}][«»])(?=[\u00c0-\u024f])"
    # "Bogot‡", "lleg— tarde", "m“chten"
    f"|(?<=[{_SMALL}][‡†‰])|(?<=[{_SMALL}][–—])(?= [{_SMALL}])|(?<=[{_SMALL}][“„‘])(?=[{_SMALL}]))"
)
# "яЕЦНДМЪ": capitals behind small letters; "coыte", "Zoл’s", "canciรณn": one to three letters of
# another script in a Latin word, where "URLами" is none
_FOREIGN = "\u0370-\u0eff"
_OTHER = later(
    f"[{_FOREIGN}](?:(?<=[а-яё][А-ЯЁ])|(?<=[α-ώ][Α-Ω])"
    f"|(?<=[{_LATIN}][{_FOREIGN}])(?:(?![{_FOREIGN}])|(?=[{_FOREIGN}]{{1,2}}(?![{_FOREIGN}])))"
    f"|(?<![{_FOREIGN}][{_FOREIGN}])(?=[{_LATIN}]))"
)
# "เธชเธง": Thai that was read as Thai once more
_THAI = later("เ[ธน].?เ[ธน]")
# "caf茅", "gr체n", "ﾃｩ": an ideograph in a Latin word, Hangul inside one, half-width kana
_EAST = later(
    "[\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f](?:(?<=[a-z][\u3400-\u9fff])(?![\u3040-\u9fff])"
    "|(?<=[a-z][\uac00-\ud7a3])(?=[a-z])|(?<=[\uff61-\uff9f])(?=[\uff61-\uff9fa-z])"
    "|(?<=[a-z][\uff61-\uff9f]))"
)
_SHORT, _NEAR = 160, 80
_LETTER = later("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
_EASTERN = "[\u3400-\u9fff\uac00-\ud7a3]"
_IDEOGRAPHS = later(f"{_EASTERN}{_EASTERN}{{3,11}}")
_AMPERSAND = later("&(?:#|[A-Za-z])")


def suspicious(text: str) -> Iterator[tuple[int, int]]:
    """The lines (start, end) in which some step could find something, each once, in order."""
    places: list[Iterator[int]] = []
    if "&" in text:
        places.append(_found(_AMPERSAND, text))
    if not text.isascii():
        places.append(scan.bad_places(text))
        searches = (_ODD, _OTHER, _THAI, _EAST, SURROGATE)
        places += (_found(search, text) for search in searches if search.search(text))
        places += (_strange(text), _rare(text))
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


def swapped(line: str) -> bool:
    """Whether a line may be one charset read as another."""
    searches = (_ODD, _OTHER, _THAI, _EAST)
    if any(search.search(line) for search in searches) or scan.is_bad(line):
        return True
    return next(_strange(line), -1) >= 0 or next(_rare(line), -1) >= 0


def _strange(text: str) -> Iterator[int]:
    """Lines with a Latin letter beyond ASCII between letters where no known language has it:
    "mûsort", "továrnì". In a long line one such letter is a rare word or name; two near each other
    are not.
    """
    known: dict[str, bool] = {}
    skip, doubt = 0, -_NEAR - 1
    for found in _LETTER.finditer(text):
        at = found.start()
        if at < skip:
            continue
        around = text[at - 1 : at + 2] if at else "_" + text[:2]
        usual = known.get(around)
        if usual is None:
            usual = known[around] = _usual(around)
        if not usual:
            end = text.find("\n", at) + 1 or len(text)
            if at - doubt <= _NEAR or end - (text.rfind("\n", 0, at) + 1) <= _SHORT:
                yield at
                skip = end
            doubt = at


def _usual(around: str) -> bool:
    low = around.lower() + "__"
    before, letter, after = low[0], low[1], low[2]
    pair = (before if before.isalpha() else "_") + (after if after.isalpha() else "_")
    return pair in _contexts().get(letter, ())


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
