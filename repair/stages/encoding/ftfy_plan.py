"""ftfy's repair of one line, and its plan in plain words.

Only its encoding steps: no quote is straightened, no width changed, no ligature parted. ftfy is
imported when the first line needs it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

_C1 = re.compile("[\x80-\x9f]")
_NAMES = {
    "latin-1": "Latin-1",
    "macroman": "Mac Roman",
    "iso-8859-2": "ISO 8859-2",
    "cp437": "DOS 437",
}
_TIMES = {1: "", 2: ", twice", 3: ", three times"}
_OTHER = {
    "decode_inconsistent_utf8": "in part of the line",
    "fix_c1_controls": "control characters that are Windows-1252",
}


def repaired(line: str) -> tuple[str, str]:
    """What ftfy makes of a line, and the reason: "UTF-8 read as Windows-1252, twice"."""
    import ftfy

    text, plan = ftfy.fix_encoding_and_explain(line, _config())
    # Where no byte tells the two apart, it was Windows-1252: browsers know no other Latin-1.
    latin = "Latin-1" if _C1.search(line) else "Windows-1252"
    return text, _told(plan or (), latin)


@cache
def _config() -> Any:
    import ftfy

    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )


def _told(plan: Sequence[tuple[str, str]], latin: str) -> str:
    """The plan as a clause for a person."""
    layers: dict[str, int] = {}
    others: list[str] = []
    for number, (action, what) in enumerate(plan):
        if action == "encode":
            if what == "latin-1" and tuple(plan[number + 1]) == ("decode", "windows-1252"):
                others.append(_OTHER["fix_c1_controls"])
            else:
                name = latin if what == "latin-1" else named(what)
                layers[name] = layers.get(name, 0) + 1
        elif what in _OTHER:
            others.append(_OTHER[what])
    parts = [f"{name}{_TIMES.get(n, f', {n} times')}" for name, n in layers.items()]
    told = ["UTF-8 read as " + " and as ".join(parts)] if parts else []
    return ", ".join(dict.fromkeys(told + others)) or "mojibake"


def named(codec: str) -> str:
    """The charset as people call it."""
    codec = codec.removeprefix("sloppy-")
    if codec.startswith("windows-"):
        return codec.replace("windows", "Windows")
    return _NAMES.get(codec, codec)
