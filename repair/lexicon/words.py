"""Which words of a language are known, and how common they are.

A word that people use stands for itself; only a word that nobody knows may be a name in disguise.
The frequencies are read from the installed wordfreq package (its tables, not its code: importing
it costs 0.1 s), the rest of English from the list that symspellpy ships. Nothing is read before
the first doubtful word turns up, and each table only when the ones before it did not know.

Frequencies are on the Zipf scale: log10 of the uses in a thousand million words, 3 for once in a
million; 0 for a word that no list holds.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The languages whose words turn up in English prose; 20,000 to 40,000 words each (Zipf 3 and up).
OTHERS = ("de", "fr", "es", "it", "nl", "pt", "sv", "pl", "da", "nb", "fi", "id", "tr", "ro", "cs")
UNLISTED = 1.5  # given to a word that only the list without frequencies holds


def _package(name: str) -> Path | None:
    """Where a package lies, without importing it."""
    found = find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


@cache
def _table(name: str) -> dict[str, float]:
    """Word -> Zipf frequency of one wordfreq table ("small_de"); empty if it is not installed."""
    folder = _package("wordfreq")
    path = folder / "data" / f"{name}.msgpack.gz" if folder else None
    if path is None or not path.is_file():
        return {}
    import msgpack  # comes with wordfreq

    with gzip.open(path) as packed:
        buckets = msgpack.load(packed, raw=False)[1:]
    found: dict[str, float] = {}
    for number, bucket in enumerate(buckets):  # of words whose frequency is 10 ** (-number / 100)
        found.update(dict.fromkeys(bucket, 9 - number / 100))
    return found


def frequencies(language: str) -> Mapping[str, float]:
    """Word in small letters -> frequency (Zipf 3 and more) in one of wordfreq's forty languages, by
    its code ("ru", "sh", "zh"); empty for a language that has no list.
    """
    return _table(f"small_{language}")


@cache
def _english_list() -> frozenset[str]:
    """The 82,765 words that symspellpy ships; empty if it is not installed."""
    folder = _package("symspellpy")
    path = folder / "frequency_dictionary_en_82_765.txt" if folder else None
    if path is None or not path.is_file():
        return frozenset()
    return frozenset(path.read_text(encoding="utf-8-sig").split()[::2])


def common(word: str) -> bool:
    """Whether a lower-case English word is used at least once in a million words.

    Inflected forms count with their stems ("unboxed" with "unbox").
    """
    table = _table("small_en") or _english_list()
    if word in table:
        return True
    for ending in ("s", "ed", "ing", "ly", "er", "'s", "’s"):
        if word.endswith(ending) and len(word) > len(ending) + 3 and word[: -len(ending)] in table:
            return True
    return False


def often(word: str) -> float:
    """The frequency of a lower-case English word of Zipf 3 and more; 0 for rarer ones."""
    return _table("small_en").get(word, 0.0)


def zipf(word: str) -> float:
    """The frequency of a lower-case word in English; 0 if unknown."""
    found = _table("small_en").get(word) or _table("large_en").get(word)
    if found is not None:
        return found
    return UNLISTED if word in _english_list() else 0.0


def elsewhere(word: str) -> float:
    """The highest frequency of a lower-case word in any of the other languages; 0 if unknown."""
    return max(_table(f"small_{language}").get(word, 0.0) for language in OTHERS)
