"""What a names rule may see in a piece of text between two blanks, or where it begins.

A piece is looked at once and remembered. What it needs beside it is kept as sets of words, so that
two neighbours are told to have nothing to do with each other without a search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from repair.damage import telling
from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.garbles import Garbles
from repair.lexicon.heard import Heard
from repair.lexicon.lexicon import Lexicon
from repair.lexicon.spun import Spun
from repair.stages.names import suspects
from repair.stages.names.pieces import Remembered, cut, spelt
from repair.stages.names.reading import Reading
from repair.stages.names.scan import Scanner
from repair.stages.names.suspects import Suspect
from repair.text.words import bare

SHORTEST = 5  # letters of a parted name


@dataclass(frozen=True, slots=True)
class Piece:
    """What a names rule may see in a piece of text, or where it begins."""

    suspects: tuple[Suspect, ...] = ()  # within it
    tells: frozenset[str] = frozenset()  # words that a spinner puts
    split: tuple[str, ...] = ()  # keys that may begin a name with blanks let in
    spun: tuple[tuple[str, ...], ...] = ()  # small words that may begin a spun name
    after: frozenset[str] = frozenset()  # words behind it that may make it a listed surface
    before: frozenset[str] = frozenset()  # words before it that may
    phrases: tuple[str, ...] = ()  # those surfaces
    first: str = ""  # its first word, if it may be one of a longer name by its sound
    last: str = ""  # its last word, the same
    ahead: frozenset[str] = frozenset()  # letters of the words that such names have before it
    behind: frozenset[str] = frozenset()  # and behind it
    within: bool = False  # whether two of its own words are words of such a name

    @property
    def joins(self) -> bool:
        """Whether it matters what stands beside it."""
        return bool(
            self.split or self.spun or self.phrases or self.ahead or self.behind or self.within
        )


DULL = Piece()


def look(raw: str, scanner: Scanner) -> Piece:
    """What may be seen in a piece; `DULL` for nothing."""
    words = spelt(raw)
    if not words:
        return DULL
    # What sounds like a name, but has no capital, is only doubted in a text that is damaged.
    alone = frozenset(w for w in words if scanner.by_letters(w) or _heard(w, scanner))
    several = len(words) > 1
    triggers = scanner.lexicon.garbles.triggers
    asked = alone.union(w for w in words if w.lower() in triggers) if several else alone
    found: list[Suspect] = []
    if asked or several:
        reading = Reading(raw, scanner.lexicon)
        found = suspects.collect(reading, set(asked), scanner)
    clean = raw.endswith(words[-1])
    piece = Piece(
        tuple(s for s in found if s.count > 1 or s.surface in alone),
        telling() & {raw.lower(), *map(str.lower, words)},
        tuple(_split(words, scanner.lexicon)) if clean else (),
        tuple(_spun(raw, words, scanner.spun)) if goes_on(raw, words[-1]) else (),
        *_listed(raw, scanner.lexicon.garbles),
        *(_beside(words, alone, scanner) if alone else ()),
    )
    return DULL if piece == DULL else piece


def owns(piece: str, word: str) -> bool:
    return piece.endswith((f"{word}'s", f"{word}’s"))


def goes_on(piece: str, word: str) -> bool:
    """Whether a phrase or a title may go on behind the last word of a piece."""
    return piece.endswith((word, f"{word}:")) or owns(piece, word)


def fits(word: str, wanted: Iterable[str], heard: Heard) -> bool:
    """Whether a word beside a doubtful one may be one of those that a name has there."""
    letters = fold.letters(word)
    if letters in wanted:
        return True
    if len(letters) < 2 or language.zipf(letters) > suspects.FUNCTION:
        return False
    return any(suspects.score_beside(letters, each, heard) is not None for each in wanted)


def _heard(word: str, scanner: Scanner) -> bool:
    return not word.islower() and scanner.stands_alone(word)


def _beside(
    words: Sequence[str], alone: Iterable[str], scanner: Scanner
) -> tuple[str, str, frozenset[str], frozenset[str], bool]:
    """What names of several words, which unknown words sound like, have beside them."""
    heard = scanner.heard
    wanted: dict[str, tuple[set[str], set[str]]] = {}
    for word in alone:
        if word[0].isupper() and scanner.unknown(word):
            ahead, behind = wanted[word] = set(), set()
            for near in heard.near(fold.letters(word)):
                for part in heard.parts[near.letters]:
                    if part.position:
                        ahead.add(part.words[part.position - 1])
                    elif len(part.words) > 1:
                        behind.add(part.words[1])
    if not wanted:
        return "", "", frozenset(), frozenset(), False
    nothing: tuple[set[str], set[str]] = set(), set()
    ahead, behind = wanted.get(words[0], nothing)[0], wanted.get(words[-1], nothing)[1]
    within = any(
        fits(left, wanted.get(right, nothing)[0], heard)
        or fits(right, wanted.get(left, nothing)[1], heard)
        for left, right in pairwise(words)
    )
    return (
        words[0] if ahead or within else "",
        words[-1] if behind or within else "",
        frozenset(ahead),
        frozenset(behind),
        within,
    )


def _split(words: tuple[str, ...], lexicon: Lexicon) -> Iterable[str]:
    """The keys of the last words of a piece, if a name of one word may begin so."""
    for first, word in enumerate(words):
        keys = [fold.key(each) for each in words[first:]]
        if not word.islower() and all(keys) and lexicon.begins("".join(keys)):
            yield "".join(keys)


def _spun(raw: str, words: tuple[str, ...], spun: Spun) -> Iterable[tuple[str, ...]]:
    """The last words of a piece, if a spun name may begin so."""
    owned = [*words[:-1], f"{words[-1]}'s"] if owns(raw, words[-1]) else words
    for first, word in enumerate(words):
        low = tuple(map(str.lower, owned[first:]))
        if word[0].isupper() and spun.opens(low):
            yield low


def _listed(raw: str, garbles: Garbles) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """(words behind, words before a piece that listed surfaces ask for; these surfaces)."""
    after: set[str] = set()
    before: set[str] = set()
    phrases: list[str] = []
    own = cut(raw)
    for word in own:
        for phrase in garbles.rarest.get(word, ()):
            words = phrase.split(" ")
            phrases.append(phrase)
            for first, last in {_alone(words.index(word)), _within(words, word, own)}:
                behind, ahead = words[last + 1 : last + 2], words[max(first, 1) - 1 : first]
                if behind and not (ahead and _oftener(behind[0], ahead[0])):
                    after.update(behind)
                else:
                    before.update(ahead)
    return frozenset(after), frozenset(before), tuple(phrases)


def _alone(at: int) -> tuple[int, int]:
    return at, at


def _within(words: list[str], word: str, own: tuple[str, ...]) -> tuple[int, int]:
    """The first and the last word of a surface that may stand in a piece, around one of them."""
    first = last = words.index(word)
    while first and words[first - 1] in own:
        first -= 1
    while last + 1 < len(words) and words[last + 1] in own:
        last += 1
    return first, last


def _oftener(word: str, other: str) -> bool:
    return language.often(word) > language.often(other)


def run(pieces: Iterable[str]) -> Iterator[str]:
    """The words of pieces, as far as they stand in one phrase from the first of them on."""
    for piece in pieces:
        if piece != "&":
            words = _PHRASE[piece]
            yield from filter(None, words)
            if not words or not words[-1]:
                return


def _phrase(piece: str) -> tuple[str, ...]:
    """The words of a piece that may go on with a phrase, "" behind them if it ends there."""
    words = spelt(piece)
    if not words or not piece.startswith(words[0]):
        return ()
    last = words[-1]
    mine = (*words[:-1], f"{last}'s") if owns(piece, last) else words
    return mine if goes_on(piece, last) else (*mine, "")


_PHRASE = Remembered(_phrase)


class Opening:
    """Tells whether a parted or a spun name begins somewhere."""

    def __init__(self, lexicon: Lexicon, spun: Spun) -> None:
        self._lexicon = lexicon
        self._spun = spun

    def may(self, piece: Piece, word: str) -> bool:
        """Whether such a name may begin with a piece and the word behind it."""
        key = fold.key(bare(word)) if piece.split else ""
        if key and any(self._lexicon.begins(start + key) for start in piece.split):
            return True
        if piece.spun:
            low = word.lower()
            ends = {end for end in (low, bare(low)) if self._spun.may_go_on(end)}
            return any(self._spun.opens((*start, end)) for start in piece.spun for end in ends)
        return False

    def parted(self, key: str, words: Iterable[str]) -> bool:
        """Whether the beginning of a key goes on to a name of one word, with blanks let in."""
        for word in islice(words, suspects.MOST_WORDS - 1):
            added = fold.key(bare(word))
            key += added
            if not added or not self._lexicon.begins(key):
                return False
            if key in self._lexicon.by_key and len(key) >= SHORTEST:
                return True
        return False

    def spun(self, start: tuple[str, ...], words: Iterable[str]) -> bool:
        """Whether small words go on to what a spinner made of a name."""
        spun, low = self._spun, list(start)
        swapped = not spun.triggers.isdisjoint(map(bare, low))
        for word in islice(words, suspects.SPUN_WORDS - len(start)):
            end = bare(word.lower())
            swapped = swapped or end in spun.triggers
            ends = swapped and (not word.islower() or f"{low[-1]} {end}" in spun.originals)
            if ends and spun.rebuilds((*low, end)):
                return True
            low.append(word.lower())
            if not spun.opens(low):
                return False
        return False
