"""Text made safe and legible for a terminal: what cannot be seen is named, what would act is inert.

A repair is often of a character nobody can see (a zero-width space, a no-break space, a stray
byte), and a hostile text may hold escape sequences or marks that turn the reading order round.
Here each such character becomes its name between angle brackets; everything else stays.
"""

from __future__ import annotations

import unicodedata

from repair.text.patterns import later

# Anything but printable ASCII is looked at one by one: "caf\u00e9\u200b" -> "\u00e9", "\u200b"
_SUSPECT = later(r"[^\x20-\x7e]")

# Characters without a name in the Unicode database, and marks that draw nothing although they
# count as letters or marks there.
_SHORT = {
    "\0": "NUL",
    "\t": "TAB",
    "\n": "LF",
    "\v": "VT",
    "\f": "FF",
    "\r": "CR",
    "\b": "BS",
    "\a": "BEL",
    "\x1b": "ESC",
    "\x7f": "DEL",
    "\x85": "NEL",
    "\x9b": "CSI",
    "\ufeff": "BOM",
}
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_NAMED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))


def visible(text: str, newline: str = "\u23ce") -> str:
    """The text with its invisible and control characters by name and LF as `newline`.

    >>> visible("zero\\u200bwidth, stray \\udc92, \\x1b[31m")
    'zero⟨ZERO WIDTH SPACE⟩width, stray ⟨byte 92⟩, ⟨ESC⟩[31m'
    """
    return _SUSPECT.sub(lambda found: _shown(found[0], newline), text)


def name(character: str) -> str:
    """What the character is called: "ZERO WIDTH SPACE", "ESC", "byte 92", "U+E000"."""
    if character in _SHORT:
        return _SHORT[character]
    if "\udc80" <= character <= "\udcff":
        return f"byte {ord(character) - 0xDC00:02X}"
    return unicodedata.name(character, f"U+{ord(character):04X}")


def unseen(character: str) -> bool:
    """Whether the character draws nothing, or acts on what is drawn; a plain blank does neither."""
    if "\x20" <= character <= "\x7e":
        return False
    if unicodedata.category(character) in _NAMED or character in _UNSEEN:
        return True
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _shown(character: str, newline: str) -> str:
    if character == "\n":
        return newline
    return f"⟨{name(character)}⟩" if unseen(character) else character
