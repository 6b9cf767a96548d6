"""How names with letters in them are read aloud: IBM is "ai bi em" in other scripts' mouths.

A script that has no capitals writes the names of the letters, and back comes "ay bi em", or "awbn
iyh ay" for OpenAI. The spelling in `models/letter-names.tsv` is the plainest one of the sounds;
the channel knows the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from repair.lexicon import fold
from repair.lexicon.tables import folder, rows
from repair.text.patterns import later

# IBM, TSMC; the AI of OpenAI and the GPT of ChatGPT; not NVIDIA, nor the I of iPhone.
_LETTERS = later(r"(?<![A-Z])[A-Z]{2,4}(?![A-Za-z])")


@cache
def _names() -> dict[str, str]:
    path = folder() / "models" / "letter-names.tsv"
    return {cells[0]: cells[1] for _, cells in rows(path, ("letter", "spoken"))}


def spoken(name: str) -> Iterator[str]:
    """The folded letters of a name with its capitals read out; nothing if it has none.

    >>> list(spoken("OpenAI"))
    ['openeiai']
    """
    if _LETTERS.search(name):
        of = _names()
        yield fold.letters(
            _LETTERS.sub(lambda match: "".join(of[c] for c in match.group().lower()), name)
        )
