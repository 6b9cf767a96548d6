"""A name for an edit that stays the same while the text around it changes.

Offsets move with every correction made further up, so an answer such as "not this one" cannot be
filed under an offset. It is filed under what the edit says and what stands around it: the words
changed, three words on each side of them in their line, and a counter where even those repeat.
The same answer then holds for a later version of the document, and of the dictionaries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from repair.text.edits import Edit, Span
from repair.text.patterns import later

_WORD = later(r"\w+")
_WINDOW = 80  # characters looked at on each side: three words of a language that writes long ones
_WORDS = 3
_LONGEST = 200  # characters of a text that an identity holds whole
_WIDEST = 40  # characters a change is widened by, at most, to whole words


@dataclass(frozen=True, slots=True)
class Identity:
    """What an edit is recognised by.

    `before` and `after` are whole words without what the two have in common, long ones shortened;
    `left` and `right`
    are up to three words, in lower case, the nearest first; `occurrence` counts, from 0, the
    edits of one document that agree in everything else.
    """

    rule: str
    before: str
    after: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    occurrence: int = 0

    @property
    def id(self) -> str:
        """16 hexadecimal digits that name the edit."""
        return _digest(self.rule, self.after, *self._place())

    @property
    def place(self) -> str:
        """16 hexadecimal digits that name the spot, whatever rule would write whatever there."""
        return _digest(*self._place())

    def record(self) -> dict[str, object]:
        """The identity as JSON takes it."""
        return {
            "id": self.id,
            "place": self.place,
            "rule": self.rule,
            "before": self.before,
            "after": self.after,
            "left": list(self.left),
            "right": list(self.right),
        }

    def _place(self) -> tuple[str, ...]:
        context = " ".join(self.left), " ".join(self.right)
        return self.before, *context, str(self.occurrence)


def identities(text: str, edits: Iterable[Edit]) -> Iterator[Identity]:
    """The identity of each edit of `text`, in the order given.

    Occurrences are counted in that order: hand in all edits of a document at once, sorted.
    """
    seen: Counter[Identity] = Counter()
    for edit in edits:
        identity = _identity(text, edit)
        yield replace(identity, occurrence=seen[identity])
        seen[identity] += 1


def _identity(text: str, edit: Edit) -> Identity:
    (start, end), before, after = whole_words(text, edit)
    low = text.rfind("\n", max(0, start - _WINDOW), start) + 1 or max(0, start - _WINDOW)
    high = text.find("\n", end, end + _WINDOW)
    left = _WORD.findall(text[low:start].lower())
    right = _WORD.findall(text[end : high if high >= 0 else end + _WINDOW].lower())
    near = tuple(reversed(left[-_WORDS:]))
    return Identity(edit.rule, _short(before), _short(after), near, tuple(right[:_WORDS]))


def whole_words(text: str, edit: Edit) -> tuple[Span, str, str]:
    """(span, before, after) of the change, trimmed, then widened to whole words.

    Two rules that mean the same change hand in different spans: "opening is" for "opening".
    """
    head = tail = 0
    limit = min(len(edit.before), len(edit.after))
    if edit.before != edit.after:
        while head < limit and edit.before[head] == edit.after[head]:
            head += 1
        while tail < limit - head and edit.before[-1 - tail] == edit.after[-1 - tail]:
            tail += 1
    start, end = edit.start + head, edit.end - tail
    after = edit.after[head : len(edit.after) - tail]
    low, high = start, end
    while low > 0 and start - low < _WIDEST and _joins(text[low - 1]):
        low -= 1
    while high < len(text) and high - end < _WIDEST and _joins(text[high]):
        high += 1
    return Span(low, high), text[low:high], text[low:start] + after + text[end:high]


def _joins(character: str) -> bool:
    return character.isalnum() or character == "_"


def _short(text: str) -> str:
    """The text; of a long one (a footer, a menu) both ends and a digest, so that equal stays
    equal.
    """
    if len(text) <= _LONGEST:
        return text
    return f"{text[:80]}…{_digest(text)}…{text[-80:]}"


def _digest(*parts: str) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return sha256(data).hexdigest()[:16]
