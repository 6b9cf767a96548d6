"""Bytes into a document and back, without loss.

Whatever comes in, `encode(decode(data)) == data`: a byte that is not text in the chosen encoding
becomes a lone surrogate (U+DC80 to U+DCFF, Python's `surrogateescape`), so that it survives until
a stage mends it *as an edit*; a byte order mark stays in the text as U+FEFF; line ends are left
alone. A guessed encoding is taken only if it gives the bytes back.

A file that two programs wrote has two encodings. Its `Document.encoding` then says which lines are
in the second one: "utf-8+cp1252:2,5-9", lines counted from 1.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence

from repair.text import charset
from repair.text.document import Document
from repair.text.patterns import later

_MARKS = (  # longest first: the mark of UTF-32-LE begins with that of UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# "utf-8+cp1252:2,5-9"
_MIXED = later(r"utf-8\+([\w-]+):([\d,-]+)")
# More control characters than this is no text: text with colours and form feeds has 0 or nearly so.
_BINARY = 0.02
# One sequence of UTF-8 in a legacy file can be chance ("联通" in GBK is one); three are not.
_ENOUGH = 3


class UndecodableError(ValueError):
    """The bytes are not text: they hold NULs as binary files do, or the named encoding cannot keep
    them.
    """


def decode(data: bytes, name: str = "-", encoding: str | None = None) -> Document:
    """The document that the bytes hold; its `encoding` gives them back.

    Tries, in this order: the named `encoding` if there is one, a byte order mark, UTF-8, UTF-8 with
    stray bytes, UTF-16 without a mark, UTF-8 lines among lines in a legacy charset, then what
    chardet takes the bytes for. Raises UndecodableError for binary data and LookupError for an
    encoding that does not exist.
    """
    if encoding is not None:
        return _named(data, name, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = _reversible(data, codec)
            if text is not None and (codec == "utf-8" or "\0" not in text):
                return Document(text, name, codec)
    share = charset.controls(data)
    if share == 0 and not charset.switches(data):
        text = _reversible(data, "utf-8", "strict")
        if text is not None:
            return Document(text, name)
    return _read(data, share, name)


def _read(data: bytes, share: float, name: str) -> Document:
    """Everything that is not plain UTF-8; `share` is that of the control characters."""
    codec = charset.wide(data)
    if codec is not None and (text := _reversible(data, codec, "strict")) is not None:
        return Document(text, name, codec)
    if share > _BINARY or data.startswith(b"%PDF-"):
        raise UndecodableError(f"{name}: binary data (control characters), not text")
    kept = data.decode("utf-8", "surrogateescape")
    if charset.mostly_utf8(kept) or (data.isascii() and not charset.switches(data)):
        return Document(kept, name)
    mixed = _two_encodings(data, name)
    if mixed is not None:
        return mixed
    for guess in (charset.detected(data), "cp1252"):
        if guess is not None and (text := _reversible(data, guess)) is not None:
            return Document(text, name, guess)
    return Document(kept, name)


def encode(document: Document) -> bytes:
    """The bytes that `decode` read the document from."""
    mixed = _MIXED.fullmatch(document.encoding)
    if mixed is None:
        return document.text.encode(document.encoding, _errors(document.encoding))
    codec, legacy = mixed[1], set(_numbers(mixed[2]))
    lines = document.text.split("\n")
    return b"\n".join(
        line.encode(codec if number in legacy else "utf-8", "surrogateescape")
        for number, line in enumerate(lines, 1)
    )


def encode_text(text: str) -> bytes:
    """The text as UTF-8; a stray byte that no stage mended comes back as it was.

    Raises UnicodeEncodeError if the text holds surrogates that escape no byte.
    """
    return text.encode("utf-8", "surrogateescape")


def _errors(codec: str) -> str:
    return "surrogateescape" if not codec.startswith(("utf-16", "utf-32")) else "surrogatepass"


def _reversible(data: bytes, codec: str, errors: str | None = None) -> str | None:
    """The text, if decoding works and encoding gives the same bytes."""
    try:
        text = data.decode(codec, errors or _errors(codec))
        if codec == "utf-8" or text.encode(codec, _errors(codec)) == data:
            return text
    except (UnicodeError, ValueError):
        pass
    return None


def _named(data: bytes, name: str, encoding: str) -> Document:
    mixed = _MIXED.fullmatch(encoding)
    if mixed is not None:
        legacy = set(_numbers(mixed[2]))
        return _joined(data.split(b"\n"), legacy, codecs.lookup(mixed[1]).name, name)
    codec = codecs.lookup(encoding).name
    text = _reversible(data, codec)
    if text is None:
        raise UndecodableError(
            f"{name}: not reversible as {codec}; leave --encoding out to have it found"
        )
    return Document(text, name, codec)


def _two_encodings(data: bytes, name: str) -> Document | None:
    """The document, if some lines are UTF-8 and others in one legacy charset."""
    rows = data.split(b"\n")
    legacy: list[int] = []
    good = 0
    for number, row in enumerate(rows, 1):
        if row.isascii():
            continue
        stray, sequences = charset.stray_bytes(row.decode("utf-8", "surrogateescape"))
        if stray == 0 or sequences > 2 * stray:
            good += sequences
        else:
            legacy.append(number)
    if good < _ENOUGH or not legacy:
        return None
    codec = charset.detected(b"\n".join(rows[number - 1] for number in legacy)) or "cp1252"
    if codec == "utf-8":
        return None
    document = _joined(rows, set(legacy), codec, name)
    return document if encode(document) == data else None


def _joined(rows: Sequence[bytes], legacy: set[int], codec: str, name: str) -> Document:
    lines = (
        row.decode(codec if number in legacy else "utf-8", "surrogateescape")
        for number, row in enumerate(rows, 1)
    )
    return Document("\n".join(lines), name, f"utf-8+{codec}:{_ranges(sorted(legacy))}")


def _ranges(numbers: Sequence[int]) -> str:
    """[2, 5, 6, 7] -> "2,5-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def _numbers(ranges: str) -> Iterator[int]:
    """ "2,5-7" -> 2, 5, 6, 7."""
    for part in ranges.split(","):
        low, _, high = part.partition("-")
        yield from range(int(low), int(high or low) + 1)
