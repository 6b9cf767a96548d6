"""What a line, or one character of it, becomes in another pair of charsets: all pairs at once.

`SHOWN` are the charsets that texts are taken for, `MEANT` those that they were written in. Whether
a reading is likely is asked elsewhere (see `swaps`); here they are made, as cheaply as can be.
"""

from __future__ import annotations

import re
from codecs import charmap_decode
from functools import cache, lru_cache

from repair.stages.encoding.letters import is_letter, script_of, sign
from repair.stages.encoding.tables import table

# What texts are taken for, the likelier first.
SHOWN = tuple(
    re.findall(
        r"\S+",
        """
    cp1252 latin-1 cp1251 cp1250 mac_roman cp437 cp850 cp1253 cp1254 koi8-r cp866 cp852
    iso8859-2 iso8859-15 iso8859-5 cp1257 mac_cyrillic cp1255 cp1256 iso8859-7 cp737 gbk cp949
    cp932 big5
        """,
    )
)
# What they were written in.
MEANT = tuple(
    re.findall(
        r"\S+",
        """
    cp1252 cp1251 cp1250 mac_roman cp437 cp850 cp1253 cp1254 koi8-r koi8-u cp866 cp852 iso8859-2
    iso8859-5 iso8859-7 iso8859-15 iso8859-16 cp1255 cp1256 cp874 cp1257 cp1258 mac_cyrillic
    mac_latin2 mac_greek mac_turkish cp737 cp775 cp855 cp857 cp862 iso8859-6 iso8859-8
    iso8859-13 iso8859-4 gb18030 cp932 cp949 big5 euc_jp
        """,
    )
)
WIDE = frozenset(("gbk", "gb18030", "cp932", "cp949", "big5", "euc_jp"))
_WIDE_MEANT = tuple(meant for meant in MEANT if meant in WIDE)


@lru_cache(30)
def beyond_ascii(line: str) -> str:
    """The words of a line that hold a character beyond ASCII: what the tests of form look at."""
    return " ".join([word for word in line.split(" ") if not word.isascii()])


def reread(line: str, shown: str, meant: str) -> str | None:
    """The whole line in another charset; None where it does not fit."""
    data = _encoded(line, set(line), shown)
    return _decoded(data, meant) if data is not None else None


def wide_readings(line: str, shown: str, several: bool) -> dict[str, str]:
    """The readings of the line in charsets of two bytes a character; with one such charset, in all.

    A blank is no half of a character, so that each word is read by itself: those beyond ASCII rule
    most charsets out.
    """
    if shown in WIDE:
        data = _encoded(line, set(line), shown)
        texts = {} if data is None else {meant: _decoded(data, meant) for meant in MEANT}
        return {meant: text for meant, text in texts.items() if text is not None}
    few = beyond_ascii(line)
    data = _encoded(few, set(few), shown) if several else None
    if data is None:
        return {}
    fitting = [meant for meant in _WIDE_MEANT if _decoded(data, meant) is not None]
    texts = {meant: reread(line, shown, meant) for meant in fitting}
    return {meant: text for meant, text in texts.items() if text is not None}


def keys_of(
    single: list[tuple[tuple[str, ...], tuple[float, ...]] | None], counts: list[int]
) -> tuple[list[str], list[float]]:
    """For each charset of `MEANT` what the characters become, and how odd that is."""
    found = [row for row in single if row is not None]
    odds = [
        row[1] if count == 1 else [odd * count for odd in row[1]]
        for row, count in zip(found, counts, strict=True)
    ]
    keys = map("".join, zip(*[row[0] for row in found], strict=True))
    return list(keys), list(map(sum, zip(*odds, strict=True)))


@lru_cache(2_000)
def images(char: str) -> tuple[tuple[tuple[str, ...], tuple[float, ...]] | None, ...]:
    """What becomes of a character: for each charset of `SHOWN` what it is in each one of `MEANT`,
    "" where that is no charset of single bytes, and how odd that is; None where the character is
    not in the first.
    """
    found: list[tuple[tuple[str, ...], tuple[float, ...]] | None] = []
    for shown in SHOWN:
        byte = -1 if shown in WIDE else table(shown).bytes_of.get(char, -1)
        row = tuple(["" if meant in WIDE else table(meant).chars[byte] for meant in MEANT])
        found.append((row, tuple(map(oddness, row))) if byte >= 0 else None)
    return tuple(found)


def _encoded(line: str, chars: set[str], shown: str) -> bytes | None:
    if shown in WIDE:
        if max(chars) < "\u2e80":
            return None
        try:
            return line.encode(shown)
        except UnicodeEncodeError:
            return None
    bytes_of = table(shown).bytes_of
    if not all(char in bytes_of for char in chars):
        return None
    return bytes([bytes_of[char] for char in line])


def _decoded(data: bytes, meant: str) -> str | None:
    if meant not in WIDE:
        return charmap_decode(data, "strict", _to(meant))[0]
    try:
        return data.decode(meant)
    except UnicodeDecodeError:
        return None


@cache
def _to(meant: str) -> str:
    return "".join(table(meant).chars)


@cache
def oddness(char: str) -> float:
    """How little a character beyond ASCII looks like text: letters of a known script 0."""
    if char < "\x80":
        return 0.0
    if is_letter(char):
        return 0.5 if script_of(char) != "other" else 8.0
    return 0.7 if sign(char) < 4.5 else sign(char)
