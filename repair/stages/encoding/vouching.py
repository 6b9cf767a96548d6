"""Do words vouch for a Latin text that may be another Latin text, read in the wrong charset?

Between two readings in Latin letters the letter model alone is easily fooled: "Amerîkaya Navîn" is
good Kurdish, which the model does not know, and "Amerökaya Navön" looks a little more like the
Swedish that it does know. So a reading needs a word that a list has; or, in languages without a
list and for words that no list has, a line that reads as one language from end to end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from repair.stages.encoding.letters import inside_words, likeliest, script_of, words_cost
from repair.stages.encoding.wording import wording

# A word of three letters: shorter ones are words of some language whatever they read.
_WORD = re.compile(r"[^\W\d_]{3,}")
_PAIR = re.compile(r"[^\W\d_]{2,}")
# Languages whose lists are asked about a reading, and about the line as it stands.
_READ, _STANDING = 2, 3
# What the words of a reading may cost a letter, in nats, before it has to gain more: so many nats
# for each nat. Measured on 211,000 good lines in 150 languages, and 4,000 swapped ones in 45, all
# without a known word: 119 good lines had readings that gain 11 nats, of which 95 in 100 cost more
# than 2.49 a letter; of the right readings 95 in 100 cost less than 2.50.
_PLAIN, _SLOPE = 2.2, 50.0
# How many letters a line without known words has to have.
_LETTERS = 20
# "Hauptschl\u0403ssel", "Espa\u02ddol": no language writes so, and this much suffices, in nats.
_BROKEN = 5.0
# What a word that a list has speaks for a reading among several, in nats.
_WORTH = 3.0
# A line of capitals that was none is the unlikelier one of two readings.
_LOUD = 1.5
# Words of three letters are known by chance ("děr"): they alone do not suffice.
_SHORT = 3
# And how many of the words that become other ones have to be known: one in so many.
_SHARE = 2


def dearer(line: str, text: str) -> float | None:
    """By how many nats more than others this reading `text` of the `line` has to gain, 0 where its
    words are known; None where the words of the line stand for themselves.

    >>> dearer("çaktı. não há pão", "çaktı. nćo hŕ půo")
    >>> dearer("La canci—n m‡s escuchada", "La canción más escuchada")
    0.0
    """
    was, now = _WORD.findall(line), _WORD.findall(text)
    old = [word.lower() for word in set(was) - set(now) if not word.isascii()]
    new = [word.lower() for word in set(now) - set(was) if not word.isascii()]
    every = [word.lower() for word in now]
    known = _known(new, every, _READ)
    standing = max(
        _known(old, [*old, *map(str.lower, was)], _STANDING), _known(old, old, _STANDING)
    )
    if standing and known <= standing:
        return None
    enough = known and _SHARE * known >= len(new)
    if enough and _known([word for word in new if len(word) > _SHORT], every, _READ):
        return 0.0
    if not enough and inside_words(line) and not inside_words(text):
        return _BROKEN
    letters = sum(map(len, every))
    if not enough and letters < _LETTERS:
        return None
    price = words_cost("latin", every) / (letters + len(every))
    return max(0.0, price - _PLAIN) * _SLOPE


def worth(line: str, text: str) -> float:
    """What its words speak for this reading of the line, in nats."""
    was, now = set(_PAIR.findall(line)), _PAIR.findall(text)
    new = [word.lower() for word in set(now) - was if not word.isascii()]
    if not new:
        return 0.0
    scripts = Counter(script_of(word[0]) for word in new)
    script = scripts.most_common(1)[0][0]
    among = [word.lower() for word in now if script_of(word[0]) == script]
    return _WORTH * _known(new, among, _READ, script) - _LOUD * (text.isupper() > line.isupper())


def is_latin(text: str) -> bool:
    """Whether all letters of the text beyond ASCII are Latin ones."""
    letters = (char for char in text if char > "\x7f" and char.isalpha())
    return all(script_of(char) in ("latin", "other") for char in letters)


def _known(words: Sequence[str], among: Sequence[str], count: int, script: str = "latin") -> int:
    """How many of the words one of the likeliest languages of `among` knows, at most."""
    if not words:
        return 0
    judges = map(wording, likeliest(script, among, count))
    return max((sum(map(judge.knows, words)) for judge in judges), default=0)
