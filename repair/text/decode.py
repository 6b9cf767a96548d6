"""Bytes into a document and back, without loss.

Whatever comes in, `encode(decode(data)) == data`: a byte that is not text in the chosen encoding
becomes a lone surrogate (U+DC80 to U+DCFF, Python's `surrogateescape`), so that it survives until
a stage mends it *as an edit*; a byte order mark stays in the text as U+FEFF; line ends are left
alone. A guessed encoding is taken only if it gives the bytes back.
"""

from __future__ import annotations

import codecs

from repair.text.document import Document

_MARKS = (  # longest first: the mark of UTF-32-LE begins with that of UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UndecodableError(ValueError):
    """The bytes are not text: they hold NULs as binary files do, or the named encoding cannot keep
    them.
    """


def decode(data: bytes, name: str = "-", encoding: str | None = None) -> Document:
    """The document that the bytes hold; its `encoding` is the codec that gives them back.

    Tries, in this order: the named `encoding` if there is one, a byte order mark, UTF-8, then what
    chardet takes them for. Raises UndecodableError for binary data and LookupError for an encoding
    that does not exist.
    """
    if encoding is not None:
        return _named(data, name, codecs.lookup(encoding).name)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = _reversible(data, codec)
            if text is not None:
                return Document(text, name, codec)
    text = _reversible(data, "utf-8", "strict")
    if text is not None and "\0" not in text:
        return Document(text, name)
    return _guessed(data, name)


def encode(document: Document) -> bytes:
    """The bytes that `decode` read the document from."""
    return document.text.encode(document.encoding, _errors(document.encoding))


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
        return text if text.encode(codec, _errors(codec)) == data else None
    except (UnicodeError, ValueError):
        return None


def _named(data: bytes, name: str, codec: str) -> Document:
    text = _reversible(data, codec)
    if text is None:
        raise UndecodableError(
            f"{name}: not reversible as {codec}; leave --encoding out to have it found"
        )
    return Document(text, name, codec)


def _guessed(data: bytes, name: str) -> Document:
    import chardet

    guess = chardet.detect(data)["encoding"]
    if b"\0" in data and not (guess or "").lower().startswith(("utf-16", "utf-32")):
        raise UndecodableError(f"{name}: binary data (NUL bytes), not text")
    for codec in filter(None, (guess,)):
        text = _reversible(data, codecs.lookup(codec).name)
        if text is not None:
            return Document(text, name, codecs.lookup(codec).name)
    return Document(data.decode("utf-8", "surrogateescape"), name)
