"""Which charset do these bytes come from, when nothing says so?

Three questions that a detector of legacy charsets cannot answer stand here: whether the bytes are
UTF-16 without a mark, whether they are UTF-8 with a few stray bytes, and whether two programs
wrote the file, one line in UTF-8 and another in a legacy charset. For the rest there is chardet.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from repair.text.patterns import later

# Bytes that no text holds: "\0", "\x01", but neither tab and line ends nor escape sequences.
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\b\x1a\x1b")
# "\x1b$B" and "\x1b(J" switch charsets in ISO-2022, "~{" and "~}" in HZ. A colour, "\x1b[31m", is
# something else.
_SWITCH = re.compile(rb"\x1b[$(]|~\{[!-~]{2,}~\}")
# A control character, letters of two scripts in a word, "½" or "°" inside a word, a capital after a
# small letter ("Zo\u017ds"), and U+FFFD: what a wrong charset makes of a text.
_LETTER = "[^\\W\\d_]"
_ODD = later(
    rf"""[\x80-\x9f\ufffd\u00a4]
    | [a-zA-Z\u00c0-\u024f][\u0370-\u052f] | [\u0370-\u052f][a-zA-Z\u00c0-\u024f]
    | {_LETTER}[\u00a1-\u00b6\u00b8-\u00bf\u00d7\u00f7\u02c6-\u02dd]{_LETTER}
    | {_LETTER}[\u2020-\u2122\u2190-\u25ff]{_LETTER}
    | [a-z\u00df-\u00f6][\u00c0-\u00d6\u0106\u010c\u0141\u015a\u0160\u017d\u017b]""",
    re.VERBOSE,
)
_OTHER_SCRIPT = later("[\u0370-\u052f]")
# Among ties, what people have in their files: Windows before ISO, DOS and Macintosh.
_PRIOR = {"cp1252": 1.04, "cp1250": 1.01}
# How close a guess has to be to chardet's best to be considered.
_CLOSE = 0.67
# Enough to judge a file by.
_SAMPLE = 1 << 16
# A file is UTF-8 with stray bytes as long as these are few. Measured: a legacy charset hardly ever
# holds even two sequences of UTF-8, and has stray bytes everywhere.
_STRAYS_PER_SEQUENCE = 0.05


def controls(data: bytes) -> float:
    """The share of NULs and other control characters in the first 64 kB, in [0, 1]."""
    part = data[:_SAMPLE]
    return 1 - len(part.translate(None, _CONTROLS)) / len(part) if part else 0.0


def switches(data: bytes) -> bool:
    """Whether ASCII bytes may hold another charset: ISO-2022 or HZ."""
    return (b"\x1b" in data or b"~{" in data) and _SWITCH.search(data) is not None


def stray_bytes(text: str) -> tuple[int, int]:
    """Of UTF-8 read with `surrogateescape`: (bytes that were no UTF-8, characters beyond ASCII)."""
    stray = len(re.findall("[\udc80-\udcff]", text))
    return stray, len(re.findall("[^\0-\x7f]", text)) - stray


def mostly_utf8(text: str) -> bool:
    """Whether text read with `surrogateescape` is UTF-8 in which a few bytes went astray."""
    stray, good = stray_bytes(text)
    return good > 0 and stray <= _STRAYS_PER_SEQUENCE * good + 1


def wide(data: bytes) -> str | None:
    """The codec, if this is UTF-16 (or UTF-32) without a mark; else None.

    A text in UTF-16 reads as one: its letters are of one script, or common ones of East Asia. Bytes
    of another charset make a wild mixture. Where there is no NUL, the reading has to be better than
    that of the detector: Shift-JIS looks much like UTF-16.
    """
    part = data[:_SAMPLE]
    rows: list[tuple[float, str]] = []
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        width = 4 if "32" in codec else 2
        if len(data) < 2 * width or len(data) % width:
            continue
        try:
            text = part[: len(part) // width * width].decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(part) - 4:
                continue
            text = part[: error.start].decode(codec)
        rows.append((coherence(text) + (width == 4) * 0.01, codec))
    if not rows:
        return None
    best, codec = max(rows)
    if best < 0.8:
        return None
    if b"\0" not in part:
        other = part.decode(detected(part) or "cp1252", "replace")
        if controls(part) == 0 and coherence(other) > best - 0.15:
            return None
    return codec


def detected(data: bytes) -> str | None:
    """The codec that gives the most sensible text, of those that chardet finds likely; None where
    it has no idea.

    For short texts chardet's first guesses lie close together, and the best of them may read
    "co\u044bte" or leave control characters. So guesses that are nearly as likely as the first
    compete by the number of such oddities.
    """
    import chardet

    part = data[: 4 * _SAMPLE]
    rows: list[tuple[float, int, str]] = []
    best = 0.0
    for place, guess in enumerate(chardet.detect_all(part)):
        best = best or guess["confidence"]
        if guess["encoding"] is None or guess["confidence"] < _CLOSE * best:
            continue
        try:
            codec = codecs.lookup(guess["encoding"]).name
            text = part[:_SAMPLE].decode(codec, "replace")
        except (LookupError, UnicodeError):
            continue
        rows.append((guess["confidence"] * _PRIOR.get(codec, 1.0) * _sense(text), -place, codec))
    return max(rows)[2] if rows else None


def _sense(text: str) -> float:
    """1 for a text without oddities, 1/2 where every character beyond ASCII is one."""
    beyond = sum(char > "\x7f" for char in text) or 1
    odd = len(_ODD.findall(text))
    strangers = len(_OTHER_SCRIPT.findall(text))
    if 4 * strangers < sum("a" <= char <= "z" for char in text):
        odd += strangers
    return 1 - min(1.0, odd / beyond) / 2


def coherence(text: str) -> float:
    """How much like one language the characters of a text are, in [0, 1].

    ASCII, the two most frequent blocks of 128 characters, and the common characters of East Asia
    count; controls, strangers and rare ideographs do not.
    """
    if not text:
        return 0.0
    blocks: dict[int, int] = {}
    good = 0
    for char in text[:4_000]:
        code = ord(char)
        if code < 0x80:
            good += char.isprintable() or char in "\t\n\r"
        elif daily(char) or 0x2010 <= code < 0x2040:
            good += 1
        elif char.isprintable() and not 0x2E80 <= code < 0xD800:
            blocks[code >> 7] = blocks.get(code >> 7, 0) + 1
    good += sum(sorted(blocks.values())[-2:])
    return good / min(len(text), 4_000)


# The rows of the old national standards that hold the characters in daily use: GB 2312 level 1,
# Big5 level 1, JIS X 0208 kana and level 1, the Hangul of KS X 1001.
_DAILY = (
    ("gb2312", 0xA1, 0xD7),
    ("big5", 0xA1, 0xC6),
    ("euc_jp", 0xA1, 0xCF),
    ("euc_kr", 0xB0, 0xC8),
)


@lru_cache(8_192)
def daily(char: str) -> bool:
    """Whether a character of East Asia is in daily use, by the old national standards."""
    if not "\u2e80" <= char < "\uffef":
        return False
    for codec, low, high in _DAILY:
        try:
            if low <= char.encode(codec)[0] <= high:
                return True
        except UnicodeEncodeError:
            pass
    return False
