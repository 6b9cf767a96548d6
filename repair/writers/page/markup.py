"""Text as HTML for the page: escaped, unseen characters by name, and nothing that acts."""

from __future__ import annotations

import re
from html import escape

from repair.text.visible import visible

_LONGEST = 400  # characters of a deleted or inserted text that are shown

# A name that `visible` has put for an unseen character: "⟨ZERO WIDTH SPACE⟩"
_NAMED = re.compile("⟨([^⟨⟩]{1,60})⟩")

_IMPOSSIBLE = re.compile("[\\0\ud800-\udfff]")
# Escape sequences and marks of the writing direction, as they would stand in an attribute
_ACTING = re.compile("[\x01-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return shown(text)
    ends = _LONGEST // 2
    hidden = f"{len(text) - 2 * ends:,} characters"
    return f"{shown(text[:ends])} <i>…({hidden})…</i> {shown(text[-ends:])}"


def shown(text: str) -> str:
    """The text as HTML: escaped, unseen characters by name, LF as a sign."""
    return _NAMED.sub(r'<i class="u">\1</i>', escape(visible(text)))


def lines_shown(text: str) -> str:
    """Unchanged text as HTML: a line that ends is a line that ends."""
    return "<br>".join(map(shown, text.split("\n")))


def attribute(text: str) -> str:
    """The text for an attribute: exact, but for NUL and lone surrogates, which no page can hold."""
    text = _IMPOSSIBLE.sub("\ufffd", text)
    return _ACTING.sub(lambda found: f"&#{ord(found[0])};", escape(text))


_KEYS = (
    ("j  k", "next, previous edit"),
    ("y  n", "accept, reject"),
    ("e", "write your own replacement"),
    ("a", "always: this change wherever it comes up"),
    ("h  f  v", "never here, in this file, anywhere: leave this word alone"),
    ("Y  N", "accept, reject all that is shown"),
    ("u", "take the last answer back"),
    ("/", "find; Enter goes to the first"),
    ("s  t", "side by side, light or dark"),
    ("w", "save the answers as decisions.jsonl"),
)

DIALOGS = (
    '<dialog id="help" aria-labelledby="help-title"><form method="dialog">'
    '<h2 id="help-title">Keys</h2><dl>'
    + "".join(
        "<dt>" + "".join(f"<kbd>{key}</kbd>" for key in keys.split()) + f"</dt><dd>{what}</dd>"
        for keys, what in _KEYS
    )
    + '</dl><button class="save">Close</button></form></dialog>\n'
    '<dialog id="own" aria-labelledby="own-title"><form method="dialog">'
    '<h2 id="own-title">Your own text for “<bdi id="own-before"></bdi>”</h2>'
    '<input aria-label="Replacement" autocomplete="off">'
    '<button class="save" value="ok">Replace</button> '
    '<button class="save" value="" formnovalidate>Cancel</button></form></dialog>\n'
    '<dialog id="many" aria-labelledby="many-what"><form method="dialog">'
    '<h2 id="many-what"></h2><button class="save" value="ok">Yes, all of them</button> '
    '<button class="save" value="">Cancel</button></form></dialog>\n'
)
