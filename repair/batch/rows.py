"""One row of a JSONL file: finds the text in the raw line, and puts the clean text there.

Only the string is exchanged. Every other byte of the line stays: the order of the keys, numbers
that a parser would round, blanks, escapes. A row that needs no repair comes out as it went in.
"""

from __future__ import annotations

import json
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

_BLANK = " \t\r\n"
_decoder = json.JSONDecoder()


class RowError(ValueError):
    """A line that is no JSON object, or has no text in the field asked for."""


class Row(NamedTuple):
    """A line of JSON and the text in it; `line[start:end]` is the raw string, quotes included."""

    line: str
    text: str
    start: int
    end: int

    def with_text(self, text: str) -> str:
        """The line with another text in its place, escaped as the old one was.

        >>> parse('{"id": 1.50, "text": "teh"}', "text").with_text("the")
        '{"id": 1.50, "text": "the"}'
        """
        if text == self.text:
            return self.line
        raw = self.line[self.start : self.end]
        return self.line[: self.start] + quoted(text, raw) + self.line[self.end :]


def quoted(text: str, like: str) -> str:
    """The text as a JSON string: in ASCII with escapes if `like` has some, else as it is."""
    if "\\u" in like and like.isascii():
        return json.dumps(text)
    raw = json.dumps(text, ensure_ascii=False)
    try:
        raw.encode()
    except UnicodeEncodeError:  # half a surrogate pair cannot be written but as an escape
        return json.dumps(text)
    return raw


def text_of(line: str, field: str) -> str:
    """The text of a row. Raises RowError, with the mend.

    Most rows need no repair, so that nobody has to know where in the line the text stands: this
    takes half the time of `parse`.
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    text = value.get(field) if isinstance(value, dict) else None
    return text if isinstance(text, str) else parse(line, field).text


def parse(line: str, field: str) -> Row:
    """The row; of a key that stands twice the last counts, as for every JSON reader.

    Raises RowError, with the mend.
    """
    try:
        return _parse(line, field)
    except (ValueError, IndexError, RecursionError) as error:
        if isinstance(error, RowError):
            raise
        raise RowError(f"not a JSON object: {error}") from None


def _parse(line: str, field: str) -> Row:
    at = _skip(line, 0)
    if line[at : at + 1] != "{":
        raise RowError("not a JSON object; each line has to be one")
    at = _skip(line, at + 1)
    found: Row | None = None
    others: list[str] = []
    while line[at] != "}":
        if line[at] != '"':
            raise RowError(f"not a JSON object: a key is missing at column {at + 1}")
        key, at = scanstring(line, at + 1)
        at = _skip(line, at)
        if line[at] != ":":
            raise RowError(f"not a JSON object: ':' is missing at column {at + 1}")
        start = _skip(line, at + 1)
        value, at = _decoder.raw_decode(line, start)
        if key == field:
            if not isinstance(value, str):
                raise RowError(f"field {field!r} holds no string")
            found = Row(line, value, start, at)
        others.append(key)
        at = _skip(line, at)
        if line[at] == ",":
            at = _skip(line, at + 1)
            if line[at] == "}":
                raise RowError("not a JSON object: a comma too many before the brace")
        elif line[at] != "}":
            raise RowError(f"not a JSON object: ',' or '}}' is missing at column {at + 1}")
    if _skip(line, at + 1) != len(line):
        raise RowError(f"not a JSON object: more text at column {at + 2}")
    if found is None:
        has = ", ".join(others[:8])
        raise RowError(f"no field {field!r}; name the right one with --text-field (it has {has})")
    return found


def _skip(line: str, at: int) -> int:
    """The next offset that is no blank."""
    while at < len(line) and line[at] in _BLANK:
        at += 1
    return at
