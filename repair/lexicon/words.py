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
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

# The languages whose words turn up in English prose; 20,000 to 40,000 words each (Zipf 3 and up).
OTHERS = ("de", "fr", "es", "it", "nl", "pt", "sv", "pl", "da", "nb", "fi", "id", "tr", "ro", "cs")
UNLISTED = 1.5  # given to a word that only the list without frequencies holds
# Words after which a table is taken apart; a damaged article asks each for ten to twenty.
FEW = 32
REMEMBERED = 50_000  # words


def _package(name: str) -> Path | None:
    """Where a package lies, without importing it."""
    found = find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def _packed(name: str) -> bytes:
    """One table of wordfreq ("small_de") as msgpack: a header, then a list of words for each
    frequency, the highest first; b"" if it is not installed.
    """
    folder = _package("wordfreq")
    path = folder / "data" / f"{name}.msgpack.gz" if folder else None
    return gzip.decompress(path.read_bytes()) if path and path.is_file() else b""


@cache
def _table(name: str) -> dict[str, float]:
    """Word -> Zipf frequency of one table of wordfreq; empty if it is not installed."""
    packed = _packed(name)
    found: dict[str, float] = {}
    if packed:
        import msgpack  # comes with wordfreq

        for number, bucket in enumerate(msgpack.unpackb(packed, raw=False)[1:]):
            found.update(dict.fromkeys(bucket, _frequency(number)))
    return found


def _frequency(bucket: int) -> float:
    """What the words of a bucket have in common: they make up 10 ** (-bucket / 100) of all."""
    return 9 - bucket / 100


class Few:
    """A table of which few words are asked for, so that it is not taken apart: one word is looked
    for in the packed bytes in a fifth of a millisecond to two, the whole table takes a hundred
    times as long and fifty times the memory. Who asks for more gets the table.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._known: dict[str, float] = {}
        self._get = self._look

    def get(self, word: str) -> float:
        """The frequency of a word in small letters; 0 if it is not in the table."""
        return self._get(word)

    def _look(self, word: str) -> float:
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= FEW:
                table = _table(self._name)
                self._get = lambda word: table.get(word, 0.0)
                self._known.clear()
                del self._packed
                return self._get(word)
            found = self._known[word] = self._find(word)
        return found

    def _find(self, word: str) -> float:
        letters = word.encode("utf-8", "surrogatepass")
        size = len(letters)
        if size > 255:
            return 0.0
        # The length goes before a string: in five bits with 101 before them, or in a byte after d9.
        wanted = (bytes([0xA0 | size]) if size < 32 else bytes([0xD9, size])) + letters
        at, packed = -1, self._packed
        while (at := packed.find(wanted, at + 1)) >= 0:
            number = bisect_right(self._starts, at) - 2  # the first start is that of the header
            # Within another word the last byte of its "é" may look like a length.
            if number >= 0 and word in self._bucket(number):
                return _frequency(number)
        return 0.0

    @cached_property
    def _packed(self) -> bytes:
        return _packed(self._name)

    @cached_property
    def _starts(self) -> list[int]:
        """Where the header and the buckets begin, and where the last one ends."""
        import msgpack

        reader = msgpack.Unpacker(None, max_buffer_size=len(self._packed))
        reader.feed(self._packed)
        count = reader.read_array_header()
        starts = []
        for _ in range(count):
            starts.append(reader.tell())
            reader.skip()
        return [*starts, reader.tell()]

    def _bucket(self, number: int) -> list[str]:
        import msgpack

        start, end = self._starts[number + 1 : number + 3]
        words: list[str] = msgpack.unpackb(self._packed[start:end], raw=False)
        return words


@cache
def _few(name: str) -> Few:
    return Few(name)


def frequencies(language: str) -> Mapping[str, float]:
    """Word in small letters -> frequency (Zipf 3 and more) in one of wordfreq's forty languages, by
    its code ("ru", "sh", "zh"); empty for a language that has no list.
    """
    return _table(f"small_{language}")


@cache
def _english_lines() -> bytes:
    """The 82,765 words that symspellpy ships, each with its count in a line; b"" without it."""
    folder = _package("symspellpy")
    path = folder / "frequency_dictionary_en_82_765.txt" if folder else None
    if path is None or not path.is_file():
        return b""
    return b"\n" + path.read_bytes().removeprefix(BOM_UTF8)


@cache
def _english_list() -> frozenset[str]:
    return frozenset(_english_lines().decode().split()[::2])


@lru_cache(REMEMBERED)
def _in_english_list(word: str) -> bool:
    """Whether the list without frequencies holds a word; half a millisecond."""
    return word.split() == [word] and f"\n{word} ".encode("utf-8", "replace") in _english_lines()


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
    found = _table("small_en").get(word) or _few("large_en").get(word)
    return found or (UNLISTED if _in_english_list(word) else 0.0)


def elsewhere(word: str) -> float:
    """The highest frequency of a lower-case word in any of the other languages; 0 if unknown."""
    return max(_few(f"small_{language}").get(word) for language in OTHERS)
