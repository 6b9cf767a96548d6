"""A document as the names stage reads it: its words, and what they say about the rest.

Made only for a text in which something is doubtful; all parts are worked out when first asked for.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import NamedTuple

from repair.lexicon import words as language
from repair.lexicon.lexicon import Lexicon
from repair.text.edits import Span
from repair.text.words import WORD, Protected

LONGEST_NAME = 5  # words of a name that is looked for as it stands
# Of English running text 25 to 35 in 100 words are of these; of other languages fewer than 7.
ENGLISH = frozenset(
    {"the", "of", "and", "to", "in", "is", "was", "for", "that", "with", "on", "by", "it"}
)
SURE_ENGLISH = 0.10  # share of them from which a text counts as English
MANY = 40  # words a text needs before its language is judged


class Token(NamedTuple):
    """A word of the text without its possessive ending."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()


class Reading:
    """The words of a text, with what the lexicon knows of them."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens = [_token(m.group(), m.start()) for m in WORD.finditer(text)]
        self.lower = [token.text.lower() for token in self.tokens]

    @cached_property
    def protected(self) -> Protected:
        return Protected(self.text)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Lower-case word -> the numbers of its tokens."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.lower):
            found.setdefault(word, []).append(number)
        return found

    @cached_property
    def forms(self) -> Counter[str]:
        """How often each word stands in the text just so."""
        return Counter(token.text for token in self.tokens)

    def span(self, first: int, count: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[first + count - 1].end)

    def joined(self, first: int, count: int) -> bool:
        """Whether the tokens stand in one phrase: nothing but a blank or a hyphen between them."""
        if first + count > len(self.tokens):
            return False
        for left, right in zip(
            self.tokens[first : first + count - 1],
            self.tokens[first + 1 : first + count],
            strict=True,
        ):
            if self.text[left.end : right.start] not in (" ", "-", "\u00a0", "&", " & "):
                return False
        return True

    def longer(self, first: int, count: int) -> bool:
        """Whether a word with a capital stands right before or behind a window, in one phrase."""
        before = first > 0 and self.joined(first - 1, 2) and not self.starts_sentence(first - 1)
        behind = first + count < len(self.tokens) and self.joined(first + count - 1, 2)
        return (before and self.tokens[first - 1].text[0].isupper()) or (
            behind and self.tokens[first + count].text[0].isupper()
        )

    def starts_sentence(self, number: int) -> bool:
        """Whether a token is the first word of a sentence, a line or a quotation."""
        before = self.text[max(0, self.tokens[number].start - 8) : self.tokens[number].start]
        plain = before.rstrip(" \t\"“”‘’'([*-–—•")
        return number == 0 or not plain or plain[-1] in ".!?:\n…" or "\n" in before[len(plain) :]

    def titled(self, number: int) -> bool:
        """Whether a token stands in a line where nearly every long word has a capital."""
        start = self.text.rfind("\n", 0, self.tokens[number].start) + 1
        end = self.text.find("\n", self.tokens[number].end)
        line = self.text[start : end if end >= 0 else None][:300]
        long = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
        return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long)

    @cached_property
    def english(self) -> bool:
        """Whether the text is English, judged by its small words."""
        small = sum(word in ENGLISH for word in self.lower)
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
        capitals = sum(token.text[0].isupper() for token in self.tokens)
        return stops * 40 < len(self.tokens) and capitals * 8 < len(self.tokens)

    @cached_property
    def attested(self) -> Counter[str]:
        """The names that stand in the text spelt right, the longest at each place."""
        found: Counter[str] = Counter()
        self._covered: set[int] = set()
        number, starts, skip = self.lexicon.number, self.lexicon.starts, 0
        for first, token in enumerate(self.tokens):
            most = starts.get(token.text)
            if most is None or first < skip:
                continue
            for count in range(min(most, LONGEST_NAME, len(self.tokens) - first), 0, -1):
                span = self.span(first, count)
                surface = self.text[span.start : span.end]
                if surface in number and (not surface.islower() or not language.common(surface)):
                    found[surface] += 1
                    self._covered.update(range(first, first + count))
                    skip = first + count
                    break
        return found

    @property
    def covered(self) -> set[int]:
        """The tokens that belong to an attested name."""
        _ = self.attested
        return self._covered


def _token(word: str, start: int) -> Token:
    """The word without "'s"."""
    if word[-2:] in ("'s", "’s"):
        word = word[:-2]
    return Token(word, start, start + len(word))
