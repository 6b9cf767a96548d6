"""Files on which patches break: their bytes, and what a repair does to their text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from repair.text.decode import decode
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Span


class Nasty(NamedTuple):
    """`changes` are (before, after) pairs, each at the first place it is found."""

    label: str
    path: str
    data: bytes
    changes: tuple[tuple[str, str], ...]
    encoding: str | None = None


FIX = (("teh", "the"),)
LONG = ("so it went on and on, " * 2_000).encode()

NASTY = (
    Nasty("CRLF line ends", "crlf.txt", b"one\r\nteh two\r\nthree\r\n", FIX),
    Nasty("CR is text", "cr.txt", b"old\rmac\rteh\rend\nlast\n", FIX),
    Nasty("no line end but LF", "ends.txt", "a\fb\vc\x85d\u2028teh\u2029e\nz\n".encode(), FIX),
    Nasty("no final newline", "open.txt", b"one\nteh end", FIX),
    Nasty("no final newline, changed above", "above.txt", b"teh\ntwo\nthree\nend", FIX),
    Nasty("final newline added", "added.txt", b"one\nend", (("end", "end\n"),)),
    Nasty("final newline removed", "removed.txt", b"one\nend\n", (("end\n", "end"),)),
    Nasty("stray bytes", "stray.txt", "caf\u00e9 ok\n".encode() + b"it\x92s teh\n\x80\xff\n", FIX),
    Nasty("Windows-1252", "cp1252.txt", b"caf\xe9\nplain\nteh \x93x\x94\nz\n", FIX, "cp1252"),
    Nasty("UTF-16 with its mark", "utf16.txt", "\ufeffone\nteh\u0a0a\n".encode("utf-16-le"), FIX),
    Nasty("byte order mark", "bom.txt", "\ufeffteh\none\n".encode(), (("\ufeff", ""), *FIX)),
    Nasty("one long line", "long.txt", LONG + b"teh " + LONG, FIX),
    Nasty("NUL", "nul.txt", b"a\0b\nteh\n", FIX, "utf-8"),
    Nasty("becomes empty", "empty.txt", b"cookies\nbanner\n", (("cookies\nbanner\n", ""),)),
    Nasty("tab, quote, backslash, control", 'q\t"\\\x01\x7f.txt', b"teh\n", FIX),
    Nasty("newline in the path", "sub/new\nline.txt", b"teh\n", FIX),
    Nasty("blanks, minus, UTF-8 in the path", "-a b/ \u00e4 c .txt ", b"teh\n", FIX),
    Nasty("stray byte in the path", "sub/\udcff.txt", b"teh\n", FIX),
    Nasty(
        "lines joined and parted", "joined.txt", b"a\nb\nc\nd\n", (("a\nb", "ab"), ("c", "c\nc"))
    ),
    Nasty("neighbouring edits", "near.txt", b"a\nbc\nd", (("a\n", "a"), ("bc\n", ""), ("d", "e"))),
    Nasty("first line in, last line out", "rim.txt", b"a\nb\nc", (("a", "x\na"), ("\nc", ""))),
    Nasty("minus and plus signs", "signs.txt", b"--- a\n+++ b\n@@ teh\n\\ x\n", FIX),
)


def mended(case: Nasty) -> Repaired:
    """The case as a repair result."""
    document = decode(case.data, case.path, case.encoding)
    edits = []
    for before, after in case.changes:
        at = document.text.index(before)
        span = Span(at, at + len(before))
        edits.append(Edit(span, before, after, "test/swap", "letters swapped", 0.9))
    return result(document, edits)


def result(document: Document, edits: list[Edit], suggestions: tuple[Edit, ...] = ()) -> Repaired:
    script = EditScript.of(edits)
    return Repaired(document, script.apply(document.text), script, suggestions)


def random_repairs(count: int, seed: int = 7) -> Iterator[Repaired]:
    """Short texts of a few letters and many line ends with random disjoint edits."""
    dice = random.Random(seed)
    for number in range(count):
        text = "".join(dice.choices("ab\n\n \r\u00e9\udc92", k=dice.randrange(0, 24)))
        edits = []
        at = 0
        while at <= len(text) and len(edits) < 5:
            start = at + dice.randrange(0, 6)
            end = min(len(text), start + dice.randrange(0, 5))
            if start > len(text):
                break
            after = "".join(dice.choices("xy\n\n\u00fc", k=dice.randrange(0, 4)))
            if after != text[start:end]:
                edits.append(Edit(Span(start, end), text[start:end], after, "test/any", "", 0.9))
            at = end + (start == end)
        codec = "cp1252" if number % 5 == 0 and "\udc92" not in text else "utf-8"
        yield result(Document(text, f"random/{number}.txt", codec), edits)
