"""Ordinary English words, to tell a glued or a cut word from a whole one.

The list is the one that comes with symspellpy (MIT), 82,765 words by frequency; it is read when a
rule first needs it, never for clean text. It says what *is* a word: that a form is missing there
says little, since names are missing too.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from repair.lexicon.tables import DictionaryError

# Below this count the list holds mostly scanning errors and rare names (read through by eye).
RAREST = 20_000


@cache
def ordinary() -> frozenset[str]:
    """Lower-case English words, some names among them.

    Raises DictionaryError if the package that brings the list is missing.
    """
    lines = _lines("frequency_dictionary_en_82_765.txt")
    split = (line.rpartition(" ") for line in lines)
    return frozenset(word for word, _, count in split if int(count) >= RAREST)


@cache
def ordinary_pairs() -> frozenset[str]:
    """The 242,342 commonest pairs of English words, lower case: "general health".

    Takes half a second; for tools, not for repairs.
    """
    lines = _lines("frequency_bigramdictionary_en_243_342.txt")
    return frozenset(line.rpartition(" ")[0] for line in lines)


def _lines(name: str) -> list[str]:
    package = find_spec("symspellpy")  # found, not imported: its import costs 50 ms
    if package is None or package.origin is None:
        raise DictionaryError("symspellpy is not installed; install repair-text again")
    return Path(package.origin).with_name(name).read_text(encoding="utf-8-sig").splitlines()


@cache
def _pairs() -> bytes:
    package = find_spec("symspellpy")
    if package is None or package.origin is None:
        return b""
    return Path(package.origin).with_name("frequency_bigramdictionary_en_243_342.txt").read_bytes()


def ordinary_phrase(words: str) -> bool:
    """Whether all pairs of neighbours in lower-case words are among the 242,342 commonest.

    Each pair takes 2 to 20 ms: for repairs that are otherwise decided.
    """
    parts = words.split()
    pairs = (f"\n{one} {two} ".encode("utf-8", "replace") for one, two in pairwise(parts))
    return all(pair in _pairs() for pair in pairs)
