"""Finds, at the cost of a split, the few words of a text that a names rule has to look at.

Nearly every word of a clean text is a known word or a known name. A word is judged once and its
verdict remembered, so that a corpus costs one set difference a document.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.garbles import words_of
from repair.lexicon.spun import Spun
from repair.stages.names.pieces import parts, spelt
from repair.text.words import WORD, bare

if TYPE_CHECKING:
    from repair.lexicon.heard import Heard
    from repair.lexicon.lexicon import Lexicon

REMEMBERED = 200_000  # words; beyond, the memory starts afresh
PIECE = 200  # characters of a piece between two blanks that is looked at
LONGEST = 40  # letters of a word that is looked at
NEW_TYPES = 4_000  # unknown words looked up for one document; a text with more is no prose
SENTENCE = 400  # letters a sentence may have on average where lower-case words are passed over
FEW = 20  # listed phrases looked for in one text before their words are compared
SHORTEST = 4  # letters of an unknown word that sound alone may name


class Scanner:
    """Tells doubtful words from dull ones, and remembers."""

    def __init__(self, lexicon: Lexicon, heard: Heard) -> None:
        self.lexicon = lexicon
        self.heard = heard
        self.spun = Spun(lexicon)
        self._dull: set[str] = set()
        self._doubtful: dict[str, tuple[str, ...]] = {}
        self._alone: dict[str, bool] = {}  # whether a word is doubtful whatever stands beside it
        self._unknown: dict[str, bool] = {}

    def doubtful(self, text: str, phrases: Container[str] | None = None) -> set[str]:
        """The words of a text, as they stand, that some rule of names may want to mend.

        What has no capital and only sounds like a name is left to `faint`, which costs far more,
        unless there is nothing else, and hardly a full stop either. `phrases` are the listed
        surfaces of several words that may stand in the text; None: any.
        """
        if len(self._dull) > REMEMBERED or len(self._doubtful) > REMEMBERED:
            self._dull.clear()
            self._doubtful.clear()
            self._alone.clear()
        found: set[str] = set()
        looked_up = 0
        pieces = set(text.split())
        new = pieces - self._dull
        self.hear(islice((raw for raw in new if raw not in self._doubtful), NEW_TYPES))
        for raw in new:
            words = self._doubtful.get(raw)
            if words is None:
                words = self._judge(raw) if looked_up < NEW_TYPES else ()
                looked_up += 1
                if words:
                    self._doubtful[raw] = words
                elif looked_up < NEW_TYPES:
                    self._dull.add(raw)
            found.update(words)
        found = self._whole(found, text, pieces, phrases) if found else found
        if not all(map(self._weak, found)):
            return found
        return set() if text.count(". ") * SENTENCE > len(text) else found | self.faint(text)

    def faint(self, text: str) -> set[str]:
        """The words of a text in small letters that are doubtful, those by their sound included:
        they are garbled names in damaged texts only.
        """
        pieces = {raw for raw in text.split() if len(raw) <= PIECE}
        words = set(filter(str.islower, chain.from_iterable(map(spelt, pieces))))
        asked = sorted(word for word in words if self.by_letters(word) is not False)
        self.heard.hear(fold.letters(word) for word in asked[:NEW_TYPES] if word not in self._alone)
        return set(filter(self.stands_alone, asked[:NEW_TYPES]))

    def every(self, text: str) -> set[str]:
        """The doubtful words of a text, those without a capital included."""
        words = set(map(bare, WORD.findall(text)))
        return {word for word in words if len(word) <= LONGEST and self.is_doubtful(word)}

    def _whole(
        self, found: set[str], text: str, pieces: set[str], phrases: Container[str] | None
    ) -> set[str]:
        """Without the words that only belong to a listed surface of which the rest is not there."""
        kept = set(filter(self._loud, found))
        if len(kept) < len(found):
            kept |= self._phrased(found - kept, text, pieces, phrases)
        return kept

    def _phrased(
        self, words: set[str], text: str, pieces: set[str], phrases: Container[str] | None
    ) -> set[str]:
        """Those of the words that stand in a listed surface."""
        triggers = self.lexicon.garbles.triggers
        here = parts(pieces) if phrases is None else set()
        asked = [
            (word, phrase)
            for word in words
            for phrase in triggers.get(word.lower(), ())
            if (here.issuperset(phrase.split(" ")) if phrases is None else phrase in phrases)
        ]
        if not asked:
            return set()
        low = text.lower().replace("-", " ")  # "man-made brainpower" is listed word by word
        if len(asked) <= FEW:  # else the text would be searched too often
            asked = [(word, phrase) for word, phrase in asked if _in(phrase, low)]
        beside = set(pairwise(words_of(text))) if asked else set()
        return {
            word
            for word, phrase in asked
            if beside.issuperset(pairwise(phrase.split(" "))) and _in(phrase, low)
        }

    def hear(self, pieces: Iterable[str]) -> None:
        """Look up the unknown words of many pieces at once, which costs less than one by one; not
        those in small letters.
        """
        asked: list[str] = []
        for word in {word for raw in pieces if len(raw) <= PIECE for word in spelt(raw)}:
            if word not in self._alone and not word.islower():
                known = self.by_letters(word)
                if known is None:
                    asked.append(fold.letters(word))
                else:
                    self._alone[word] = known
        self.heard.hear(asked)

    def stands_alone(self, word: str) -> bool:
        """Whether a word is doubtful whatever stands beside it; remembered."""
        known = self._alone.get(word)
        if known is None:
            known = self._alone[word] = self._by_itself(word)
        return known

    def _judge(self, raw: str) -> tuple[str, ...]:
        if len(raw) > PIECE:
            return ()
        triggers = self.lexicon.garbles.triggers
        return tuple(word for word in spelt(raw) if word.lower() in triggers or self._loud(word))

    def is_doubtful(self, word: str) -> bool:
        """Whether a word may be, or belong to, a name that is not spelt right."""
        return word.lower() in self.lexicon.garbles.triggers or self.stands_alone(word)

    def _loud(self, word: str) -> bool:
        """Whether a word is doubtful by its letters, or has a capital and sounds like a name."""
        return bool(self.by_letters(word)) if word.islower() else self.stands_alone(word)

    def _weak(self, word: str) -> bool:
        """Whether a word is doubtful by its sound alone, and without a capital."""
        return word.islower() and self.by_letters(word) is None and self.stands_alone(word)

    def _by_itself(self, word: str) -> bool:
        known = self.by_letters(word)
        return bool(self.heard.near(fold.letters(word))) if known is None else known

    def by_letters(self, word: str) -> bool | None:
        """Whether a word is doubtful by its letters; None where its sound has to tell."""
        low = word.lower()
        lexicon = self.lexicon
        garble = lexicon.garbles.get((low,)) if low in lexicon.garbles.single else None
        if garble and word not in lexicon.keep and word != garble.canonical:
            return True
        if lexicon.holds(word) or len(word) > LONGEST:
            return False
        if fold.key(word) in lexicon.by_key and not word.isdigit():
            return not language.common(low) or self._humped(word)
        return None if self.unknown(word) else False

    def _humped(self, word: str) -> bool:
        """Whether a word lacks the inner capital of a name, and nothing else: "Youtube"."""
        names = self.lexicon.folded(word)
        if len(names) != 1 or not word[0].isupper() or not word[1:].islower():
            return False
        return inner_capitals(names[0]) and names[0].lower() == word.lower()

    def unknown(self, word: str) -> bool:
        """Whether nobody knows the word: no common word, no name, no number, no code."""
        if len(word) > LONGEST:
            return False
        known = self._unknown.get(word)
        if known is None:
            if len(self._unknown) > REMEMBERED:
                self._unknown.clear()
            known = self._unknown[word] = self._nobodys(word)
        return known

    def _nobodys(self, word: str) -> bool:
        if not (word.isascii() and word.isalpha() and len(word) >= SHORTEST):
            return False
        if (
            word in self.lexicon.keep
            or self.lexicon.holds(word)
            or inner_capitals(word)
            or word.isupper()
        ):
            return False
        return not language.common(word.lower())


def _in(phrase: str, low: str) -> bool:
    """Whether the words stand side by side, near enough, in a lower-case text without hyphens."""
    if phrase in low:
        return True
    # Other signs between the words ("p.c", "Warner Bros. Tours"): all of them have to be there.
    return len(phrase) < 5 and all(part in low for part in phrase.split(" "))


def inner_capitals(word: str) -> bool:
    """Whether a word has its capitals like an identifier: "iPhone", "getName", not "NATO"."""
    return not (word.islower() or word.isupper() or word[1:].islower())
