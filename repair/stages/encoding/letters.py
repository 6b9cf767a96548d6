"""How likely is this text? A small model of which letters follow which, in a hundred languages.

`cost` is the judge in every question of this stage: of two readings of a line, the cheaper one is
the likelier one, and the difference says how sure that is. Costs are in nats (natural logarithms):
a difference of 5 means that one reading is 150 times as likely as the other.

The table is learned by `tools/learn_letters.py` and read when the first line needs it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from repair.lexicon import tables

STEP = 0.15  # nats; the unit of the learned costs
_FLOOR = 92  # steps: one in a million, for what was never seen
# Letters with the marks of their scripts: words, as the model learned them.
_WORD = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f"
    r"\u1780-\u17ff\u200c\u200d]+[^\W\d_]*)*"
)
_BEYOND = re.compile("[\x80-\U0010ffff]")
# How many languages are followed through a whole line, after a look at its first words.
_FOLLOWED, _FIRST_WORDS, _OTHER_WORDS = 4, 8, 5
# How much of a word tells its language.
_LONG = 12
# How many words sift the languages before all are weighed, and how many of them stay.
_SIFTING, _SIFTED = 3, 24
# How many languages the plain words put on the list, and how many the others.
_SHORTLIST = 8
# How long a line may be before only its essence is judged, and how many plain words that holds.
_ESSENCE, _PLAIN_WORDS = 150, 8
# One or two letters of another script in a line.
_STRANGER = 5.0
# A letter of another script in the middle of a word; a capital behind a small letter.
_MIXED, _HUMP = 7.0, 4.0
# The common characters of East Asia that the learned words lack: codec and rows of the standard.
_DAILY = {"zh": ("gb2312", 0xB0, 0xD7), "zh-hant": ("big5", 0xA4, 0xC6)}
_DAILY |= {"ja": ("euc_jp", 0xA4, 0xCF), "ko": ("euc_kr", 0xB0, 0xC8)}
_DAILY_COST = 60  # steps: 9 nats, one of some thousand characters


@lru_cache(2_000)
def _threes(word: str) -> tuple[str, ...]:
    """Each letter of a word, and the gap behind it, with the two before it.

    >>> _threes("né")
    ('__n', '_né', 'né_')
    """
    word = f"__{word}_"
    return tuple([word[at : at + 3] for at in range(len(word) - 2)])


class _Steps(dict[str, int]):
    """Two letters and the next one -> what that costs, in steps; found out when first asked."""

    __slots__ = ("_daily", "_table")

    def __init__(self, name: str, packed: str) -> None:
        entries = (entry.partition("=") for entry in packed.split(" "))
        self._table = {context: rest for context, _, rest in entries}
        self._daily = _DAILY.get(name)

    def letters(self) -> str:
        rest = self._table.get("", "")
        return rest[: len(rest) // 2]

    def knows(self, letter: str) -> bool:
        return letter in self.letters() or (
            self._daily is not None and _is_daily(letter, *self._daily)
        )

    def __missing__(self, three: str) -> int:
        if len(self) > 20_000:
            self.clear()
        steps = self[three] = self._looked_up(three[:2], three[2:])
        return steps

    def _looked_up(self, before: str, letter: str) -> int:
        for context in (before, before[1:], ""):
            rest = self._table.get(context)
            if rest is not None:
                half = len(rest) // 2
                at = rest.find(letter, 0, half)
                if at >= 0:
                    return ord(rest[half + at]) - 33
        if self._daily and letter > "\u2e80" and _is_daily(letter, *self._daily):
            return _DAILY_COST
        return _FLOOR


class Language:
    """One language: `word` gives the cost of a word in nats."""

    __slots__ = ("_memo", "_steps", "name", "script")

    def __init__(self, name: str, script: str, packed: str) -> None:
        self.name, self.script = name, script
        self._steps = _Steps(name, packed)
        self._memo: dict[str, float] = {}

    def word(self, word: str) -> float:
        """The cost of a word in small letters, its end included."""
        cost = self._memo.get(word)
        if cost is None:
            if len(self._memo) > 20_000:
                self._memo.clear()
            cost = self._memo[word] = sum(map(self._steps.__getitem__, _threes(word))) * STEP
        return cost

    def letters(self) -> str:
        """The small letters that the language writes."""
        return self._steps.letters()

    def knows(self, letter: str) -> bool:
        """Whether the language writes this small letter."""
        return self._steps.knows(letter)

    def step(self, a: str, b: str, letter: str) -> int:
        """The cost of a letter behind a and b, in steps; "_" is the gap between words."""
        return self._steps[a + b + letter]


@lru_cache(10_000)
def _is_daily(char: str, codec: str, low: int, high: int) -> bool:
    try:
        return low <= char.encode(codec)[0] <= high
    except UnicodeEncodeError:
        return False


@cache
def _rows() -> dict[str, list[tuple[str, str]]]:
    """Script -> (language, packed table)."""
    rows: dict[str, list[tuple[str, str]]] = {}
    path = tables.folder() / "models" / "letters.tsv"
    for row in tables.rows(path, ("language", "script", "table")):
        language, script, packed = row.cells
        rows.setdefault(script, []).append((language, packed))
    return rows


@cache
def languages(script: str) -> tuple[Language, ...]:
    """The languages of a script that the model knows."""
    return tuple(Language(name, script, packed) for name, packed in _rows().get(script, ()))


_SCRIPTS = (  # first and last code point, script
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x077F, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"),
    (0x0B80, 0x0BFF, "tamil"),
    (0x0C00, 0x0C7F, "telugu"),
    (0x0C80, 0x0CFF, "kannada"),
    (0x0D00, 0x0D7F, "malayalam"),
    (0x0D80, 0x0DFF, "sinhala"),
    (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"),
    (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1780, 0x17FF, "khmer"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "greek"),
    (0x3005, 0x30FF, "han"),
    (0x3400, 0x9FFF, "han"),
    (0xAC00, 0xD7A3, "hangul"),
    (0xFB1D, 0xFB4F, "hebrew"),
    (0xFB50, 0xFDFF, "arabic"),
)


@lru_cache(20_000)
def script_of(char: str) -> str:
    """The script of a letter; "other" where the model knows none of its languages."""
    code = ord(char)
    for low, high, script in _SCRIPTS:
        if low <= code <= high:
            return script
    return "other"


# What stands between the words of good text, and what it costs, in nats.
_COMMON_SIGNS = dict.fromkeys("“”’‘–—…«»„€°•·、。，！？：；「」『』（）《》।،؛؟№§", 3.0)
_COMMON_SIGNS |= dict.fromkeys("\u200c\xa0¿¡‹›£½²×±©®™", 4.0)
_COMMON_SIGNS |= dict.fromkeys("“”’—…¡¿", 2.5)
_COMMON_SIGNS |= {"–": 2.8} | dict.fromkeys("\u200d\u200e\u200f", 9.0)


@lru_cache(20_000)
def sign(char: str) -> float:
    """The cost of a character beyond ASCII that is no letter."""
    known = _COMMON_SIGNS.get(char)
    if known is not None:
        return known
    category = unicodedata.category(char[0])
    if script_of(char) == "other" and ("\u0370" <= char < "\u1e00" or "\u3200" <= char < "\u3400"):
        return 14.0
    if category in ("Cc", "Cn", "Co", "Cs", "Sk") or char == "\ufffd":
        return 14.0
    if category[0] in "MN":
        return 5.0
    return 5.0 if char >= "\U0001f000" else 8.0


@lru_cache(20_000)
def is_letter(char: str) -> bool:
    """Whether the character is part of words: letters, and the marks that belong to them."""
    return char.isalpha() or unicodedata.category(char[0])[0] == "M" or char in "\u200c\u200d"


# Letter, sign, letter: "caf‚t", "m¸de". An apostrophe, hyphen or dot is at home there.
_SIGN_INSIDE = re.compile(
    r"[^\W\d_][^\W\d_]*[\x80-\x9f\u00a1-\u00ac\u00ae-\u00b6\u00b8-\u00bf\u00d7\u00f7\u02c2-\u02df"
    r"\u2018\u201a\u201c-\u2022\u2026\u2030\u2039-\u2044\u20a7-\u20ac\u2100-\u2bff\ufffd]"
    r"(?=[^\W\d_])"
)
# A control character; letters of two scripts side by side: "co\u044bte", "lisa\x90n"
_STRANGE = re.compile(
    "[\x80-\x9f]|[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f]"
)
# "don’t", "l’été"
_APOSTROPHE = re.compile(r"[^\W\d_]’(?=[^\W\d_])")


def cost(text: str) -> float:
    """How unlikely the text is, in nats: its words in the likeliest language of each script, its
    signs, and what no writer does (two scripts in a word, signs and capitals inside words).
    """
    by_script: dict[str, list[str]] = {}
    total = 0.0
    for word in _WORD.findall(text):
        scripts = [script_of(char) for char in word] if not word.isascii() else ["latin"]
        main = scripts[0]
        if len(distinct := dict.fromkeys(scripts)) > 1:  # the last of the most frequent
            main = max(reversed(distinct), key=scripts.count)
        total += _MIXED * sum(
            s != main and c.isalpha() for s, c in zip(scripts, word, strict=False)
        )
        if not (word[1:].islower() or word.isupper()) and any(map(str.isupper, word[1:])):
            total += _HUMP * sum(x.islower() and y.isupper() for x, y in pairwise(word))
            total += _HUMP * (word[1].isupper() and word[2:].islower())
        by_script.setdefault(main, []).append(word.lower())
    for script, words in by_script.items():
        total += words_cost(script, words)
    if len(by_script) > 1:
        total += _STRANGER * sum(sum(map(len, words)) < 3 for words in by_script.values())
    if not text.isascii():
        total += sum([sign(char) for char in _BEYOND.findall(text) if not char.isalpha()])
        total += 6.0 * len(_SIGN_INSIDE.findall(text)) - 1.5 * len(_APOSTROPHE.findall(text))
    return total


def inside_words(text: str) -> bool:
    """Whether signs, controls or letters of another script stand inside words; "qo‘shish" is good
    Uzbek.
    """
    plain = text.replace("‘", "’")
    return _SIGN_INSIDE.search(plain) is not None or _STRANGE.search(plain) is not None


@lru_cache(20_000)
def credible(char: str) -> bool:
    """Whether a character that a repair brings forth is one that texts hold: a letter of a language
    that the model knows, a common sign, a picture.
    """
    if char < "\x80" or char >= "\U0001f000":
        return True
    if not is_letter(char):
        return sign(char) <= 8.0 and not "\u2460" <= char < "\u2500"
    script = script_of(char)
    if script == "other":  # a script without a model: Tibetan, Amharic; but no stray Latin letter
        return char >= "\u0530"
    return any(language.knows(char.lower()[:1]) for language in languages(script))


def words_cost(script: str, words: Sequence[str]) -> float:
    """The cost of words in the likeliest language of their script."""
    known = likeliest(script, words)
    if not known:
        return 7.0 * sum(map(len, words))
    return min(sum(map(language.word, words)) for language in known)


def likeliest(script: str, words: Iterable[str], count: int = _FOLLOWED) -> Sequence[Language]:
    """The languages that make the first words cheapest: plain words, which all readings of a line
    have in common, put some on the list, and words with letters beyond ASCII others.
    """
    known: Sequence[Language] = languages(script)
    if len(known) <= count:
        return known
    distinct = dict.fromkeys(word[:_LONG] for word in words)
    plain = tuple(word for word in distinct if word.isascii() and len(word) > 1)[:_FIRST_WORDS]
    other = tuple(word for word in distinct if not word.isascii())[:_OTHER_WORDS]
    listed = dict.fromkeys((*_by_words(script, plain), *_by_words(script, other)))
    first = (*other, *plain)
    return sorted(listed, key=lambda language: sum(map(language.word, first)))[:count]


@lru_cache(500)
def _by_words(script: str, words: tuple[str, ...]) -> tuple[Language, ...]:
    known = _that_write(script, frozenset("".join(words)))
    if len(known) > _SIFTED and len(words) > _SIFTING:
        first = words[:_SIFTING]
        known = sorted(known, key=lambda language: sum(map(language.word, first)))[:_SIFTED]
    ranked = sorted(known, key=lambda language: sum(map(language.word, words)))
    return tuple(ranked[:_SHORTLIST])


def _that_write(script: str, letters: frozenset[str]) -> Sequence[Language]:
    """The languages of a script that write most of these letters beyond ASCII."""
    known, writers = languages(script), _writers(script)
    counts: dict[int, int] = {}
    for letter in letters:
        for which in writers.get(letter, ()):
            counts[which] = counts.get(which, 0) + 1
    most = max(counts.values(), default=0)
    return [known[which] for which, count in counts.items() if count == most] or known


@cache
def _writers(script: str) -> dict[str, tuple[int, ...]]:
    """Letter beyond ASCII -> which of the languages of the script write it."""
    found: dict[str, list[int]] = {}
    for which, language in enumerate(languages(script)):
        for letter in language.letters():
            if letter > "\x7f":
                found.setdefault(letter, []).append(which)
    return {letter: tuple(rows) for letter, rows in found.items()}


def essence(line: str) -> str:
    """The part of a line that tells readings apart: the words with characters beyond ASCII, and
    some of the others for the language. At most some hundred characters, so that a long line costs
    no more than a short one.
    """
    if len(line) <= _ESSENCE:
        return line
    plain = _PLAIN_WORDS
    words: list[str] = []
    size = 0
    for word in line.split(" "):
        if word.isascii():
            plain -= 1
            if plain < 0:
                continue
        words.append(word)
        size += len(word) + 1
        if size > 2 * _ESSENCE:
            break
    return " ".join(words)[: 3 * _ESSENCE]
