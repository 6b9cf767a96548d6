"""HTML entities that stand in text: &eacute; &#8217; &amp;lt; back to characters.

Only what is beyond doubt an entity: it ends in a semicolon and HTML knows it. Entities of entities
("&amp;eacute;") are taken in one step, however deep they are nested, so that hostile nesting costs
no more than its length. A line that holds real markup ("<b>") is left alone, and so is code in
backticks. Documents that are markup do not come here (see `markup`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from repair.text.edits import Span

# "&eacute;", "&#233;", "&#xE9;", "&amp;amp;eacute;": the ampersands in front are one chain.
_ENTITY = re.compile(
    r"&(?:(?:amp|AMP|#0{0,3}38|#[xX]0{0,3}26);)*"
    r"(?P<name>#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
# "&eacute", "&Ouml", "&ccedil" in "d&eacutej&agrave": the names of letters that HTML takes without
# a semicolon. "&copy" or "&lt" may be something else, and "&eacute=" is part of an address.
_BARE = re.compile(
    r"&(?P<name>[AEIOUYaeiouyNnCc](?:acute|grave|circ|uml|tilde|ring|cedil)|[Oo]slash|szlig"
    r"|AElig|aelig|ETH|eth|THORN|thorn)(?![;=])"
)
_CODE = re.compile(r"`[^`\n]+`")
# What a code point must not become: controls, for they are no text.
_NO_TEXT = frozenset(range(0x20)) - {0x09, 0x0A} | {0x7F} | set(range(0xFDD0, 0xFDF0))


def entities(line: str) -> Iterator[tuple[Span, str]]:
    """The entities of a line and their characters.

    >>> [after for _, after in entities("caf&eacute; &amp;lt; AT&T;")]
    ['é', '<']
    """
    if "<" in line or "&" not in line:
        return
    code = _code(line)
    for found in _ENTITY.finditer(line):
        char = _character(found["name"])
        if char is not None and not any(low <= found.start() < high for low, high in code):
            yield Span(*found.span()), char


def bare_entities(line: str) -> Iterator[tuple[Span, str]]:
    """The entities of letters that lost their semicolon, and the letters."""
    if "<" in line or "&" not in line or "://" in line:
        return
    code = _code(line)
    for found in _BARE.finditer(line):
        char = _names().get(found["name"])
        if char is not None and not any(low <= found.start() < high for low, high in code):
            yield Span(*found.span()), char


def _code(line: str) -> list[tuple[int, int]]:
    return [found.span() for found in _CODE.finditer(line)] if "`" in line else []


def _character(name: str) -> str | None:
    """What an entity stands for; None if it is none, or stands for no text."""
    if name[0] != "#":
        return _names().get(name)
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if number in _NO_TEXT or number > 0x10FFFF or number & 0xFFFE == 0xFFFE:
        return None
    if 0xD800 <= number < 0xE000:  # one half of a character; the surrogate step joins the halves
        return chr(number)
    return html.unescape(f"&{name};")  # as browsers do: &#150; is a dash


@cache
def _names() -> dict[str, str]:
    """Name -> characters: what HTML knows, and shouted names of letters ("P&EACUTE;REZ")."""
    from html.entities import html5

    names = {name[:-1]: chars for name, chars in html5.items() if name.endswith(";")}
    for name, chars in list(names.items()):
        loud = name.upper()
        if name == name.lower() and html.unescape(f"&{loud};") == f"&{loud};":
            names.setdefault(loud, chars.upper())
    return names
