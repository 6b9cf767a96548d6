r"""A record as one line of JSON, whatever text it holds.

Characters that some program takes for a line end (U+0085, U+2028), that a terminal obeys, or that
no UTF-8 can hold (a stray byte, as a lone surrogate) are written as `\uXXXX`; everything else stays
legible.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from repair.text.patterns import later

# C1 controls, marks of the writing direction, separators, lone surrogates: "a\u2028b"
_ESCAPED = later(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def json_text(value: object) -> str:
    """The value as JSON on one line, without an LF.

    >>> print(json_text({"text": "caf\\u00e9 \\udc92"}))
    {"text": "café \\udc92"}
    """
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def json_line(record: Mapping[str, object]) -> str:
    """The record as one line of JSON, its LF included."""
    return json_text(record) + "\n"
