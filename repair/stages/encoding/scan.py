"""Which lines could need anything? An exact scan in front of ftfy, which is slow on good text.

ftfy repairs a line only if its badness expression finds something in it. Every alternative of that
expression holds a C1 control, one of Œ œ Ã Â, or a suspicious character beside another one beyond
ASCII. The scan looks for just that, over the whole document at once, and then asks the expression
itself about a few characters around each find. Equal to asking ftfy about every line (tested on
tens of thousands of texts), at 20 to 100 times the speed.

That holds for one version of the expression, which `PINNED` names by its hash. With another
version of ftfy, every line beyond ASCII goes to it.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from repair.text.patterns import later

PINNED = "9dcc0f2ac90d9ae3"  # ftfy 6.3.1: sha256 of BADNESS_RE.pattern, the first 16 digits
_FILES = {PINNED: 0x8C30DD97}  # and the CRC-32 of the file that holds it

# The characters of ftfy's categories, "common" and the letters of Greek and Cyrillic left out, and
# those that its last alternatives name.
_SUSPECT = (
    "\u00a1-\u00ac\u00ae-\u00b3\u00b5\u00b6\u00b8-\u00dd\u00df-\u00fc\u0100-\u0107\u010c-\u0113"
    "\u0116-\u011b\u011e\u011f\u0122\u0123\u012a\u012b\u012f\u0130\u0136\u0137\u0139-\u013e"
    "\u0141-\u0143\u0145\u0147\u014c\u0150\u0152\u0153\u0155\u0158\u015a\u015b\u015e-\u0162\u0164"
    "\u0165\u016a\u016e\u0170\u0172\u0178-\u017e\u0192\u02c6\u02c7\u02d8\u02db-\u02dd\u0384\u0385"
    "\u03b2\u0402\u0490\u0491\u2018\u201a\u201c-\u201e\u2020-\u2022\u2030\u2039\u203a\u2044\u20a7"
    "\u20ac\u2116\u2122\u2202\u2206\u220f\u2211\u221a\u221e\u2229\u222b\u2248\u2260\u2261\u2264"
    "\u2265\u2310\u2502\u250c\u2510\u2518\u251c\u2524\u252c\u253c\u2550-\u256c\u2580\u2584\u2588"
    "\u258c\u2590-\u2593\u25ca\uf8ff\ufb01\ufb02\ufffd"
)
# Bad in themselves, or beside ASCII.
_ALWAYS = "\x80-\x9fŒœÃÂ"
_BEYOND = "\x80-\U0010ffff"
# Small Latin letters that no alternative holds side by side ("çã", "đư"): those of ftfy's category
# "lower accented", apart from ü and œ, and those of no category.
_QUIET = (
    "\u00df-\u00f1\u00fd-\u00ff\u0101\u0103\u0105\u0107-\u010b\u010d\u010f\u0111\u0113-\u0115"
    "\u0117\u0119\u011b-\u011d\u011f-\u0121\u0123-\u0129\u012b-\u012f\u0131-\u0135\u0137\u0138"
    "\u013a\u013c\u013e-\u0140\u0142\u0144\u0146\u0148-\u014b\u014d-\u014f\u0151\u0155-\u0157"
    "\u0159\u015b-\u015d\u015f\u0161\u0163\u0165-\u0169\u016b-\u016d\u016f\u0171\u0173-\u0177"
    "\u017a\u017c\u017e-\u0191\u0193-\u024f\u1e00-\u1eff"
)
# "Ã", "é”", "’™". The set comes first, so that the engine can skip to it fast.
_SCAN = later(
    f"[{_ALWAYS}{_SUSPECT}]"
    f"(?:(?<=[{_ALWAYS}])|(?=[{_BEYOND}])(?!(?<=[{_QUIET}])[{_QUIET}])"
    f"|(?<=[{_BEYOND}][{_ALWAYS}{_SUSPECT}])(?<![{_QUIET}][{_QUIET}]))"
)
# No alternative of the badness expression is longer than six characters.
_WINDOW = 6
# How far finds that are near each other may reach.
_CLUSTER = 60


@cache
def badness() -> re.Pattern[str] | None:
    """ftfy's badness expression, without ftfy, which takes 50 ms longer to import; None where it
    is not the one that the scan was made for.
    """
    from hashlib import sha256

    path = _path()
    spec = importlib.util.spec_from_file_location("repair_ftfy_badness", path) if path else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        pattern = module.BADNESS_RE
    except (OSError, AttributeError, ImportError):
        return None
    known = sha256(pattern.pattern.encode()).hexdigest().startswith(PINNED)
    return pattern if known else None


def is_known() -> bool:
    """Whether ftfy's expression is surely the one that the scan was made for; asked without loading
    it, which takes some milliseconds.
    """
    return _file() == _FILES.get(PINNED, -1)


@cache
def _file() -> int:
    """The CRC-32 of the file with ftfy's expression; -2 where there is none."""
    from zlib import crc32

    try:
        return crc32(path.read_bytes()) if (path := _path()) else -2
    except OSError:
        return -2


def _path() -> Path | None:
    package = importlib.util.find_spec("ftfy")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).with_name("badness.py")


def is_bad(text: str) -> bool:
    """What ftfy says of the text: whether it looks like mojibake."""
    if not _SCAN.search(text):
        return False
    pattern = badness()
    return pattern is None or pattern.search(text) is not None


def bad_places(text: str) -> Iterator[int]:
    """Offsets that lie in lines in which ftfy would see mojibake; after each find, the caller's
    next one is asked for beyond the end of that line.
    """
    pattern: re.Pattern[str] | None = None
    at = 0
    while (found := _SCAN.search(text, at)) is not None:
        at = last = found.start()
        pattern = pattern or badness()
        # Finds near each other are asked about at once.
        while last - at < _CLUSTER and (found := _SCAN.search(text, last + 1, last + _WINDOW)):
            if text.find("\n", last, found.start()) >= 0:
                break
            last = found.start()
        # `pos` hides nothing from a look-behind, but "^" matches there: ask from the line's start
        # where that is nearer than the window.
        if pattern is None or _bad_window(pattern, text, at, last):
            yield at
            end = text.find("\n", at)
            if end < 0:
                return
            at = end + 1
        else:
            at = last + 1


def _bad_window(pattern: re.Pattern[str], text: str, at: int, last: int) -> bool:
    start = max(0, at - _WINDOW)
    line = text.rfind("\n", start, at) + 1
    return pattern.search(text[max(start, line) : last + _WINDOW + 1]) is not None
