"""The charsets in which text may have been read by mistake, and UTF-8 looked at through them.

Read in a single-byte charset, each byte of UTF-8 becomes one character: a lead byte and its
continuations become a short sequence of characters that only that charset gives. So the charsets a
damaged line can come from are found by its sequences, all charsets at once: each character has, for
each place in a sequence, a set of charsets in which it stands for a byte of that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from repair.text.edits import Span

# The likelier first. Which charsets a browser or an old program takes a text for, from what is
# known of mojibake in the wild: Windows and Latin-1, then DOS and Macintosh, then the others.
NAMES: tuple[str, ...] = tuple(
    re.findall(
        r"\S+",
        """
    cp1252 latin-1 cp1251 cp1250 cp1253 cp1254 cp437 mac_roman cp850 iso8859-2 iso8859-15 cp1257
    cp1256 cp1255 cp852 cp866 koi8-r koi8-u cp874 cp858 iso8859-5 iso8859-7 iso8859-9
    mac_cyrillic cp1258 iso8859-3 iso8859-4 iso8859-6 iso8859-8 iso8859-10 iso8859-13 iso8859-14
    iso8859-16 iso8859-11 mac_latin2 mac_greek mac_turkish mac_iceland mac_croatian mac_romanian
    cp720 cp737 cp775 cp855 cp857 cp860 cp861 cp862 cp863 cp865 cp869 cp1125 koi8-t kz1048
    ptcp154 hp-roman8
        """,
    )
)
_SPOKEN = {
    "latin-1": "Latin-1",
    "mac_roman": "Mac Roman",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "cp932": "Shift-JIS",
    "gb18030": "GB 18030",
    "cp949": "EUC-KR",
    "euc_jp": "EUC-JP",
    "big5": "Big5",
}
# UTF-8 as it may stand in mojibake: characters beyond ASCII, and the two halves of one (CESU-8).
_SEQUENCE = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]"
    "|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# A word with ideographs, Hangul or half-width kana in it: "caf茅"
_WIDE_WORD = re.compile("[^ \t]*[\u2e80-\uffff][^ \t]*")
# The charsets of East Asia, in which two bytes are one character.
WIDE = ("gb18030", "cp949", "cp932", "big5", "euc_jp")
_BEYOND = re.compile("[\x80-\U0010ffff]{2,}")


class Table(NamedTuple):
    """One charset: `bytes_of` gives the byte of a character, `rank` counts from the likeliest."""

    name: str
    rank: int
    bytes_of: dict[str, int]
    chars: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """The charset as people call it."""
        return spoken(self.name)


def spoken(name: str) -> str:
    """The charset as people call it: "Windows-1252", "DOS 850", "ISO 8859-2"."""
    if name in _SPOKEN:
        return _SPOKEN[name]
    if name.startswith("cp12"):
        return "Windows-" + name[2:]
    if name.startswith("cp"):
        return "DOS " + name[2:]
    if name.startswith("mac_"):
        return "Mac " + name[4:].title()
    return name.replace("iso8859-", "ISO 8859-")


@cache
def table(name: str) -> Table:
    """A charset, read as browsers do: an undefined byte is the C1 control of its number."""
    chars: list[str] = []
    for byte in range(256):
        try:
            chars.append(bytes([byte]).decode(name))
        except UnicodeDecodeError:
            chars.append(chr(byte))
    bytes_of: dict[str, int] = {}
    for byte, char in enumerate(chars):
        bytes_of.setdefault(char, byte)
    rank = NAMES.index(name) if name in NAMES else len(NAMES)
    return Table(name, rank, bytes_of, tuple(chars))


class _Places(NamedTuple):
    """Character -> charsets (as bits by rank) in which it is a lead byte of 2, 3, 4, or any
    continuation."""

    two: dict[str, int]
    three: dict[str, int]
    four: dict[str, int]
    rest: dict[str, int]


@cache
def _places() -> _Places:
    places = _Places({}, {}, {}, {})
    for rank, name in enumerate(NAMES):
        for char, byte in table(name).bytes_of.items():
            for low, high, where in (
                (0xC2, 0xDF, places.two),
                (0xE0, 0xEF, places.three),
                (0xF0, 0xF4, places.four),
                (0x80, 0xBF, places.rest),
            ):
                if low <= byte <= high:
                    where[char] = where.get(char, 0) | 1 << rank
    return places


def charsets(text: str) -> dict[int, int]:
    """Which charsets give sequences of UTF-8 somewhere in the text: rank -> how many sequences.

    >>> table(NAMES[min(charsets("cafÃ©"))]).name
    'cp1252'
    """
    counts: dict[int, int] = {}
    masks: dict[int, int] = {}
    two, three, four, rest = _places()
    for run in _BEYOND.finditer(text):
        chars = run[0]
        bits = [rest.get(char, 0) for char in chars]
        for at in range(len(chars) - 1):
            follows = bits[at + 1]
            if not follows:
                continue
            mask = two.get(chars[at], 0) & follows
            if at + 2 < len(chars):
                mask |= three.get(chars[at], 0) & follows & bits[at + 2]
                if at + 3 < len(chars):
                    mask |= four.get(chars[at], 0) & follows & bits[at + 2] & bits[at + 3]
            if mask:
                masks[mask] = masks.get(mask, 0) + 1
    for mask, count in masks.items():
        while mask:
            low = mask & -mask
            rank = low.bit_length() - 1
            counts[rank] = counts.get(rank, 0) + count
            mask ^= low
    return counts


def sequences(text: str, charset: Table) -> Iterator[tuple[Span, str]]:
    """The sequences of UTF-8 that the text holds if it was read in this charset, and what they are.

    >>> [char for _, char in sequences("cafÃ© et thÃ©", table("cp1252"))]
    ['é', 'é']
    """
    bytes_of = charset.bytes_of
    for run in _BEYOND.finditer(text):
        start = run.start()
        mapped = "".join([chr(bytes_of.get(char, 0)) for char in run[0]])
        for found in _SEQUENCE.finditer(mapped):
            data = found[0].encode("latin-1")
            if len(data) == 6:
                char = data.decode("utf-8", "surrogatepass")
                char = char.encode("utf-16", "surrogatepass").decode("utf-16")
            else:
                char = data.decode("utf-8")
            yield Span(start + found.start(), start + found.end()), char


def wide_sequences(text: str, charset: str) -> Iterator[tuple[Span, str]]:
    """The words of the text that are UTF-8 read in a charset of two bytes a character, and what
    they are.

    >>> [word for _, word in wide_sequences("d茅j脿 vu", "gb18030")]
    ['déjà']
    """
    for found in _WIDE_WORD.finditer(text):
        try:
            word = found[0].encode(charset).decode("utf-8")
        except UnicodeError:
            continue
        if word != found[0]:
            yield Span(*found.span()), word


def reading(text: str, found: list[tuple[Span, str]]) -> str:
    """The text with the sequences read."""
    parts: list[str] = []
    at = 0
    for span, char in found:
        parts += text[at : span.start], char
        at = span.end
    parts.append(text[at:])
    return "".join(parts)
