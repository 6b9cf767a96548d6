r"""The patch: what was repaired as a diff that plain `git apply` and `git apply -R` take.

It is made of bytes. Only LF ends a line (a CR, a form feed or U+2028 is text), a stray byte stands
as it is, and where a document came in another encoding the `-` side has its raw bytes and the `+`
side UTF-8. Nothing is compared: the hunks of the script say which lines changed. Each file carries
the full ids of both blobs, which is what `git apply --3way` needs once the file has moved on.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import NamedTuple, TextIO

from repair.text.decode import encode, encode_text
from repair.text.document import Document, Repaired
from repair.text.edits import Hunk, Span
from repair.text.visible import visible

CONTEXT = 3
_RED, _GREEN, _CYAN, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[36m", "\x1b[1m", "\x1b[0m"
_COLOURS = {"-": _RED, "+": _GREEN, "@": _CYAN, "d": _BOLD, "i": _BOLD}

# What git quotes in a path: "a\tb", "say \"x\"", "back\\slash", a byte that is no UTF-8
_QUOTED = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff]')
_LETTERS = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r"}
_LETTERS |= {'"': '"', "\\": "\\"}


class Block(NamedTuple):
    """Neighbouring lines `first` to `last` (from 0, half-open) that become the lines `new`."""

    first: int
    last: int
    new: tuple[bytes, ...]


def write(
    results: Iterable[Repaired],
    out: TextIO,
    *,
    prefix: str = "",
    colour: bool = False,
    inert: bool = False,
) -> None:
    """Write the patch of each result that changed.

    `prefix` is the folder the command ran in, seen from the repository root. The bytes go to
    `out.buffer` where there is one, so that neither its encoding nor its line ends matter.
    `inert` names control and invisible characters instead, and `colour` colours: both are for
    eyes, and such a patch does not apply.
    """
    raw = getattr(out, "buffer", None)
    for repaired in results:
        for line in patch(repaired, prefix):
            if inert or colour:
                out.write(_shown(line, inert, colour))
            elif raw is not None:
                out.flush()
                raw.write(line)
            else:
                out.write(line.decode("utf-8", "surrogateescape"))


def patch(repaired: Repaired, prefix: str = "") -> Iterator[bytes]:
    """The lines of one document's patch; none if not a byte changes."""
    old, new = encode(repaired.document), encode_text(repaired.text)
    if old == new:
        return
    path = posixpath.normpath(posixpath.join(prefix, repaired.document.name)).lstrip("/")
    a, b = quoted(f"a/{path}"), quoted(f"b/{path}")
    end = b"\t\n" if b" " in a and not a.startswith(b'"') else b"\n"
    mode = repaired.document.meta.get("mode", 0o100644)
    kind = "100755" if isinstance(mode, int) and mode & 0o100 else "100644"
    yield b"diff --git " + a + b" " + b + b"\n"
    yield f"index {blob_id(old)}..{blob_id(new)} {kind}\n".encode()
    yield b"--- " + a + end
    yield b"+++ " + b + end
    yield from _hunks(*_blocks(repaired, old, new))


def blob_id(data: bytes) -> str:
    """The id git gives to a file of these bytes, where no filter of the repository changes them."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def quoted(path: str) -> bytes:
    r"""The path as git writes it: in C quotes if it holds what would break a header line.

    >>> quoted("a/tab\there")
    b'"a/tab\\there"'
    """
    if not _QUOTED.search(path):
        return path.encode("utf-8")
    return b'"' + _QUOTED.sub(lambda found: _escaped(found[0]), path).encode("utf-8") + b'"'


def _escaped(character: str) -> str:
    if character in _LETTERS:
        return "\\" + _LETTERS[character]
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def _blocks(repaired: Repaired, old: bytes, new: bytes) -> tuple[list[bytes], list[Block]]:
    """The old file's lines, and the blocks of them that change."""
    raw = _lines(old)
    if repaired.document.encoding == "utf-8":
        return raw, list(_changed(repaired))
    lines = _raw_lines(repaired.document, raw)
    if lines is None:  # UTF-16 and its like: no line of the old file is one of the new
        return raw, [Block(0, len(raw), tuple(_lines(new)))]
    changed = list(_changed(repaired))
    return raw, sorted([*changed, *_recoded(lines, raw, changed)])


def _raw_lines(document: Document, raw: list[bytes]) -> list[str] | None:
    """The lines as text, if each of them alone encodes to the line of bytes at its place."""
    parts = document.text.split("\n")
    lines = [part + "\n" for part in parts[:-1]] + parts[-1:] * bool(parts[-1])
    if len(lines) != len(raw):
        return None
    for line, data in zip(lines, raw, strict=True):
        if encode(Document(line, encoding=document.encoding)) != data:
            return None
    return lines


def _changed(repaired: Repaired) -> Iterator[Block]:
    """The blocks of lines that the script's hunks touch."""
    source = repaired.document.text
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    for span, hunks in _regions(source, starts, repaired.script.hunks):
        parts: list[str] = []
        at = span.start
        for hunk in hunks:
            parts += source[at : hunk.source.start], hunk.after
            at = hunk.source.end
        new = encode_text("".join(parts) + source[at : span.end])
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        yield Block(first, last, tuple(_lines(new)))


def _regions(
    source: str, starts: list[int], hunks: Iterable[Hunk]
) -> Iterator[tuple[Span, list[Hunk]]]:
    """The hunks with the whole lines that they stand on.

    A region may end only where a line ends in the old text *and* in the new one: a hunk that takes
    an LF away draws the next line in.
    """
    group: list[Hunk] = []
    low = high = done = 0
    fresh = True  # whether the new text is at the start of a line
    for hunk in hunks:
        start, end = hunk.source
        begin = starts[bisect_right(starts, start) - 1]
        if group and begin >= high and (fresh or high > done):
            yield Span(low, high), group
            group = []
        if not group:
            low, done, fresh = begin, begin, True
        if start > done:
            fresh = start == begin
        if hunk.after:
            fresh = hunk.after.endswith("\n")
        group.append(hunk)
        done = high = end
        later = bisect_right(starts, end)
        if end < len(source) and not (fresh and starts[later - 1] == end):
            high = starts[later] if later < len(starts) else len(source)
    if group:
        yield Span(low, high), group


def _recoded(lines: list[str], raw: list[bytes], changed: list[Block]) -> Iterator[Block]:
    """The lines that no hunk touches and whose bytes are others in UTF-8."""
    spans = [(block.first, block.last) for block in changed] + [(len(lines), len(lines))]
    at = 0
    for first, last in spans:
        for number in range(at, first):
            if not lines[number].isascii():
                data = encode_text(lines[number])
                if data != raw[number]:
                    yield Block(number, number + 1, (data,))
        at = last


def _hunks(raw: list[bytes], blocks: list[Block]) -> Iterator[bytes]:
    """The patch below its header: blocks whose context would meet share one hunk."""
    shift = 0
    at = 0
    while at < len(blocks):
        stop = at + 1
        while stop < len(blocks) and blocks[stop].first - blocks[stop - 1].last <= 2 * CONTEXT:
            stop += 1
        group = blocks[at:stop]
        first = max(0, group[0].first - CONTEXT)
        last = min(len(raw), group[-1].last + CONTEXT)
        growth = sum(len(block.new) - (block.last - block.first) for block in group)
        old, new = last - first, last - first + growth
        yield f"@@ -{_range(first, old)} +{_range(first + shift, new)} @@\n".encode()
        for block in group:
            yield from (_marked(b" ", line) for line in raw[first : block.first])
            yield from (_marked(b"-", line) for line in raw[block.first : block.last])
            yield from (_marked(b"+", line) for line in block.new)
            first = block.last
        yield from (_marked(b" ", line) for line in raw[first:last])
        shift += growth
        at = stop


def _range(first: int, count: int) -> str:
    """Where a hunk stands: counted from 1, but an empty one is named by the line before it."""
    return f"{first + (count > 0)},{count}"


def _marked(mark: bytes, line: bytes) -> bytes:
    if line.endswith(b"\n"):
        return mark + line
    return mark + line + b"\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[bytes]:
    """The lines, each with its LF; the last may lack it."""
    parts = data.split(b"\n")
    lines = [part + b"\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


def _shown(line: bytes, inert: bool, colour: bool) -> str:
    """One or two lines of the patch for the eye."""
    text = line.decode("utf-8", "surrogateescape")
    if inert:
        text = "\n".join(map(visible, text.split("\n")))
    shade = _COLOURS.get(text[:1], "") if colour else ""
    return f"{shade}{text[:-1]}{_PLAIN}\n" if shade else text
