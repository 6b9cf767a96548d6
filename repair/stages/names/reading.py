"""A document as the names stage reads it: its words, and what they say about the rest.

Made only for a text in which something is doubtful; all parts are worked out when first asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from functools import cached_property

from repair.lexicon import words as language
from repair.lexicon import writing
from repair.lexicon.lexicon import Lexicon
from repair.stages.names.pieces import Tokens
from repair.text.edits import Span
from repair.text.words import NearProtected

LONGEST_NAME = 5  # words of a name that is looked for as it stands
# Share of the small words of English (dictionaries/writing) from which a text counts as English:
# of English running text 25 to 35 in 100 words are of these, of other languages fewer than 7.
SURE_ENGLISH = 0.10
JOINTS = frozenset((" ", "-", "\u00a0", "&", " & "))  # between the words of one phrase
_LINKS = frozenset((" ", "-", "\u00a0", "&", " & ", ": ", "'s ", "’s "))
_OPENING = frozenset("\"'“‘«„")
_CLOSING = frozenset("\"'”’»“")
TITLE = 300  # characters of a line in which capitals are counted
MANY = 40  # words a text needs before its language is judged


class Places:
    """Where the words of a text stand. Those of a few words are found in one walk, those of all
    when another is asked for.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._some: dict[str, list[int]] = {}

    def mark(self, some: Set[str]) -> None:
        """Say which words will be asked for."""
        self._some = {word: [] for word in some}
        for number, word in enumerate(self._words):
            if word in some:
                self._some[word].append(number)

    @cached_property
    def _all(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            found.setdefault(word, []).append(number)
        return found

    def get(self, word: str, other: Sequence[int] = ()) -> Sequence[int]:
        """The numbers of the tokens that are the lower-case word; `other` if there are none."""
        found = self._some.get(word)
        return (self._all.get(word) if found is None else found) or other


class Reading:
    """The words of a text, with what the lexicon knows of them.

    `begin` are the words with which names with blanks let in, and spun names, may begin in this
    text; None: any.
    """

    def __init__(self, text: str, lexicon: Lexicon, begin: frozenset[str] | None = None) -> None:
        self.text = text
        self.lexicon = lexicon
        self.begin = begin
        self._repeats: dict[str, bool] = {}
        self._titles: dict[int, bool] = {}  # where a line begins -> whether it is a title
        self.tokens = Tokens(text)
        self.spelt = self.tokens.spelt

    @cached_property
    def lower(self) -> list[str]:
        """The words in small letters."""
        return self.tokens.lower

    @cached_property
    def protected(self) -> NearProtected:
        return NearProtected(self.text)

    @cached_property
    def places(self) -> Places:
        """Lower-case word -> the numbers of its tokens."""
        return Places(self.lower)

    @cached_property
    def forms(self) -> Counter[str]:
        """How often each word stands in the text just so."""
        return Counter(self.spelt)

    def span(self, first: int, count: int) -> Span:
        last = first + count - 1
        return Span(self.tokens.start(first), self.tokens.start(last) + len(self.spelt[last]))

    def joined(self, first: int, count: int) -> bool:
        """Whether the tokens stand in one phrase: nothing but a blank or a hyphen between them."""
        if first + count > len(self.tokens):
            return False
        start, spelt = self.tokens.start, self.spelt
        end = start(first) + len(spelt[first])
        for number in range(first + 1, first + count):
            begins = start(number)
            if self.text[end:begins] not in JOINTS:
                return False
            end = begins + len(spelt[number])
        return True

    def linked(self, first: int, count: int) -> bool:
        """Whether the tokens stand in one phrase or title: "Assassin's Creed", "Avatar: Fire"."""
        if self.joined(first, count):
            return True
        for number in range(first, min(first + count, len(self.tokens)) - 1):
            start, end = self.tokens.start(number) + len(self.spelt[number]), number + 1
            if self.text[start : self.tokens.start(end)] not in _LINKS:
                return False
        return first + count <= len(self.tokens)

    def owned(self, first: int, count: int) -> list[str]:
        """The lower-case words of a window, with "'s" where it stands inside it."""
        words = self.lower[first : first + count]
        for at in range(count - 1):
            end = self.tokens.start(first + at) + len(words[at])
            if self.text[end : end + 2] in ("'s", "’s"):
                words[at] += "'s"
        return words

    def quoted(self, first: int, count: int) -> bool:
        """Whether quotation marks stand right around a window."""
        start, end = self.span(first, count)
        return self.text[start - 1 : start] in _OPENING and self.text[end : end + 1] in _CLOSING

    def longer(self, first: int, count: int) -> bool:
        """Whether a word with a capital stands right before or behind a window, in one phrase."""
        before = first > 0 and self.joined(first - 1, 2) and not self.starts_sentence(first - 1)
        behind = first + count < len(self.tokens) and self.joined(first + count - 1, 2)
        return (before and self.spelt[first - 1][0].isupper()) or (
            behind and self.spelt[first + count][0].isupper()
        )

    def starts_sentence(self, number: int) -> bool:
        """Whether a token is the first word of a sentence, a line or a quotation."""
        start = self.tokens.start(number)
        before = self.text[max(0, start - 8) : start]
        plain = before.rstrip(" \t\"“”‘’'([*-–—•")
        return number == 0 or not plain or plain[-1] in ".!?:\n…" or "\n" in before[len(plain) :]

    def titled(self, number: int) -> bool:
        """Whether a token stands in a line where nearly every long word has a capital."""
        at = bisect_left(self._feeds, self.tokens.start(number))
        start = self._feeds[at - 1] + 1 if at else 0
        known = self._titles.get(start)
        if known is None:
            line = self.text[start : start + TITLE].partition("\n")[0]
            long = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
            capitals = sum(word[0].isupper() for word in long)
            known = self._titles[start] = len(long) > 2 and capitals > 0.7 * len(long)
        return known

    @cached_property
    def _feeds(self) -> list[int]:
        """Where lines end: looking back for it again and again is slow in a line of 10 MB."""
        return [match.start() for match in re.finditer("\n", self.text)]

    def repeats(self, surface: str) -> bool:
        """Whether some characters stand in the text twice."""
        known = self._repeats.get(surface)
        if known is None:
            known = self._repeats[surface] = self.text.count(surface) > 1
        return known

    @cached_property
    def english(self) -> bool:
        """Whether the text is English, judged by its small words."""
        small = sum(map(writing.signs("english").__contains__, self.lower))
        if small and small >= SURE_ENGLISH * len(self.lower):
            return True
        if len(self.lower) >= MANY:
            return False
        return not any(language.elsewhere(w) > 4 and not language.common(w) for w in self.lower)

    @cached_property
    def unpunctuated(self) -> bool:
        """Whether this looks like a transcript: hardly a full stop, hardly a capital."""
        if len(self.tokens) < 25 or not self.english:
            return False
        stops = sum(self.text.count(mark) for mark in ".,;!?")
        if stops * 40 >= len(self.tokens):
            return False
        return sum(word[0].isupper() for word in self.spelt) * 8 < len(self.tokens)

    @cached_property
    def attested(self) -> Counter[str]:
        """The names that stand in the text spelt right, the longest at each place."""
        found: Counter[str] = Counter()
        self._covered: set[int] = set()
        spelt, starts, standing = self.spelt, self.lexicon.starts, self.lexicon.standing
        behind = (*spelt[1:], "")
        skip = 0
        for first in [number for number, word in enumerate(spelt) if word in starts]:
            if first < skip:
                continue
            alone, seconds = standing(spelt[first])
            name, count = "", 1
            if behind[first] in seconds:
                name, count = self._longest(first)
            if not name and alone:
                name = spelt[first]
            if name:
                found[name] += 1
                self._covered.update(range(first, first + count))
                skip = first + count
        return found

    def _longest(self, first: int) -> tuple[str, int]:
        """The longest name of several words that begins with a token, and how many; "" if none."""
        most = min(self.lexicon.starts[self.spelt[first]], LONGEST_NAME, len(self.spelt) - first)
        for count in range(most, 1, -1):
            span = self.span(first, count)
            surface = self.text[span.start : span.end]
            if surface in self.lexicon.number and (
                not surface.islower() or not language.common(surface)
            ):
                return surface, count
        return "", 1

    @property
    def covered(self) -> set[int]:
        """The tokens that belong to an attested name."""
        _ = self.attested
        return self._covered
