"""Tells, at the cost of a split, that a text holds no name that could be mended or suggested.

Of each piece of text between two blanks it is remembered what a names rule may see there, and what
would have to stand beside it. What is found is weighed as in the best of all texts; if even that
comes to nothing, the text need not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from repair.damage import Damage, maybe_spun, telling
from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.garbles import Garbles
from repair.lexicon.heard import Heard, Part
from repair.lexicon.lexicon import Lexicon
from repair.lexicon.spun import Spun
from repair.stages.names import decide, suspects
from repair.stages.names.ceiling import Ceilings
from repair.stages.names.evidence import Weighed
from repair.stages.names.pieces import cut, spelt
from repair.stages.names.reading import Reading
from repair.stages.names.scan import Scanner
from repair.stages.names.spoken import transcript
from repair.stages.names.suspects import Suspect
from repair.text.words import bare

REMEMBERED = 100_000  # pieces; beyond, the memory starts afresh
NEW = 4_000  # pieces never seen before that are looked at for one text; one with more is no prose
LONGEST = 200  # characters of a piece that is looked at
MOST = 40  # suspects that are weighed
REACH = 8  # pieces in which a window lies
LONG = 1000  # pieces of a text in which each suspect counts less
SHORTEST = 5  # letters of a parted name
STOPS = ".,;!?"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a names rule may see in a piece of text, or where it begins."""

    suspects: tuple[Suspect, ...] = ()  # within it
    beside: tuple[tuple[str, Part], ...] = ()  # a word, and what it may be in a longer name
    split: tuple[str, ...] = ()  # keys that may begin a name with blanks let in
    spun: tuple[tuple[str, ...], ...] = ()  # small words that may begin a spun name
    after: frozenset[str] = frozenset()  # words behind it that may make it a listed surface
    before: frozenset[str] = frozenset()  # words before it that may
    phrases: tuple[str, ...] = ()  # those surfaces
    tells: frozenset[str] = frozenset()  # words that a spinner puts

    @property
    def joins(self) -> bool:
        """Whether it matters what stands beside it."""
        return bool(self.beside or self.split or self.spun or self.phrases)


_DULL = Piece()


class Outlook:
    """Tells hopeless texts. `least` is the confidence, in [0, 1], of what is of interest."""

    def __init__(self, scanner: Scanner, least: float) -> None:
        self._scanner = scanner
        self._lexicon = scanner.lexicon
        self._least = least
        self._ceilings = Ceilings(scanner.lexicon)
        self._dull: set[str] = set()
        self._known: dict[str, Piece] = {}
        self._apart: set[tuple[str, str]] = set()  # pieces that make nothing together

    def hopeless(self, text: str) -> bool:
        """Whether nothing in the text comes to the confidence. False where it is not known."""
        if transcript(text):
            return False
        pieces = text.split()
        here = set(pieces) - self._dull
        if len(here) > NEW:
            return False
        known = {raw: piece for raw in here if (piece := self._piece(raw)) is not _DULL}
        tells = frozenset().union(*(piece.tells for piece in known.values()))
        if maybe_spun(tells) and Damage.of(text).scores["spun"] >= decide.COMPOSED_FROM:
            return False
        found = [suspect for piece in known.values() for suspect in piece.suspects]
        joining = {raw: piece for raw, piece in known.items() if piece.joins}
        for at in [at for at, raw in enumerate(pieces) if raw in joining]:
            piece = joining[pieces[at]]
            if self._meets(piece, pieces, at):
                found += self._made(piece, pieces[max(0, at - REACH) : at + REACH + 1])
            if piece.beside:
                found += self._longer(piece, pieces, at)
            if len(found) > MOST:
                return False
        return _punctuated(text, pieces) and (not found or self._weak(found, text, pieces))

    def _weak(self, found: list[Suspect], text: str, pieces: list[str]) -> bool:
        """Whether the suspects come to nothing even in the best of texts."""
        if any(suspect.rule == "names/term" for suspect in found):
            return False
        every = (self._ceilings.of(s, here=s.canonical in text) for s in found)
        weighed = list({each.suspect.first: each for each in every}.values())
        words = _count(pieces) if len(pieces) > LONG else 0
        if not self._nothing(weighed, 0.0, words):
            return False
        return self._nothing(weighed, decide.nats(Damage.of(text).scores), words)

    def _nothing(self, weighed: Sequence[Weighed], told: float, words: int) -> bool:
        damaged, sure = decide.at_most(weighed, self._ceilings.evidence, told, words)
        return damaged < decide.DAMAGED_FROM and sure < min(self._least, decide.SURE)

    def _piece(self, raw: str) -> Piece:
        known = self._known.get(raw)
        if known is None:
            if len(self._known) > REMEMBERED or len(self._dull) > REMEMBERED:
                self._known.clear()
                self._dull.clear()
            known = _look(raw, self._scanner) if len(raw) <= LONGEST else _DULL
            if known == _DULL:
                known = _DULL
                self._dull.add(raw)
            else:
                self._known[raw] = known
        return known

    def _meets(self, piece: Piece, pieces: list[str], at: int) -> bool:
        """Whether a piece and those beside it may make a listed, a parted or a spun name."""
        left, right = _neighbours(pieces, at)
        if piece.before and not piece.before.isdisjoint(cut(left)[-1:]):
            return True
        pair = pieces[at], right
        if pair in self._apart:
            return False
        run = _run(pieces, at)
        if piece.after.isdisjoint(cut(right)[:1]) and not (run and self._opens(piece, run[0])):
            if len(self._apart) > REMEMBERED:
                self._apart.clear()
            self._apart.add(pair)
            return False
        return (
            not piece.after.isdisjoint(cut(right)[:1])
            or any(self._parted(start, run) for start in piece.split)
            or any(self._spun(start, run) for start in piece.spun)
        )

    def _made(self, piece: Piece, pieces: list[str]) -> list[Suspect]:
        """What a piece makes with those around it."""
        reading = Reading(" ".join(pieces), self._lexicon)
        words = f" {' '.join(chain.from_iterable(map(cut, pieces)))} "
        listed = {
            word for phrase in piece.phrases if f" {phrase} " in words for word in phrase.split(" ")
        }
        makers = (
            suspects.listed(reading, listed),
            suspects.parted(reading, lower=False),
            suspects.respun(reading, self._scanner.spun),
        )
        return suspects.allowed(reading, chain(*makers))

    def _opens(self, piece: Piece, word: str) -> bool:
        """Whether a parted or a spun name may begin with a piece and the word behind it."""
        key, low = fold.key(bare(word)), word.lower()
        return any(self._lexicon.begins(start + key) for start in piece.split) or any(
            self._scanner.spun.opens((*start, end))
            for start in piece.spun
            for end in {low, bare(low)}
        )

    def _parted(self, key: str, run: list[str]) -> bool:
        for word in run[: suspects.MOST_WORDS - 1]:
            key += fold.key(bare(word))
            if not self._lexicon.begins(key):
                return False
            if key in self._lexicon.by_key and len(key) >= SHORTEST:
                return True
        return False

    def _spun(self, words: tuple[str, ...], run: list[str]) -> bool:
        spun = self._scanner.spun
        low = [*words, *map(str.lower, run)]
        if spun.triggers.isdisjoint(map(bare, low)):
            return False
        for count in range(len(words) + 1, min(len(low), suspects.SPUN_WORDS) + 1):
            window = [*low[: count - 1], bare(low[count - 1])]
            ends = not run[count - len(words) - 1].islower() or (
                " ".join(window[-2:]) in spun.originals
            )
            if ends and any(True for _ in spun.rebuilt(window)):
                return True
            if not spun.opens(low[:count]):
                return False
        return False

    def _longer(self, piece: Piece, pieces: list[str], at: int) -> list[Suspect]:
        """The names of several words that a word and those beside it may be."""
        left, right = _neighbours(pieces, at)
        words = (*spelt(left)[-1:], *spelt(pieces[at]), *spelt(right)[:1])
        asked = {
            word for word, part in piece.beside if _fits(words, word, part, self._scanner.heard)
        }
        if not asked:
            return []
        around = pieces[max(0, at - REACH) : at + REACH + 1]
        reading = Reading(" ".join(around), self._lexicon)
        return suspects.allowed(reading, suspects.sounding(reading, asked, self._scanner))


def _run(pieces: list[str], at: int) -> list[str]:
    """The words behind a piece, as far as they may stand in one phrase with it."""
    run: list[str] = []
    for piece in pieces[at + 1 : at + 1 + REACH]:
        words = spelt(piece)
        if words and piece.startswith(words[0]):
            run += words
            if _owns(piece, words[-1]):
                run[-1] += "'s"
            if _goes_on(piece, words[-1]):
                continue
        elif piece == "&":
            continue
        break
    return run


def _owns(piece: str, word: str) -> bool:
    return piece.endswith((f"{word}'s", f"{word}’s"))


def _goes_on(piece: str, word: str) -> bool:
    """Whether a phrase or a title may go on behind the last word of a piece."""
    return piece.endswith((word, f"{word}:")) or _owns(piece, word)


def _punctuated(text: str, pieces: list[str]) -> bool:
    """Whether the text is surely no transcript: it has stops or capitals."""
    stops = sum(map(text.count, STOPS))
    if stops * 80 > len(text):  # a word and what parts it from the next are two characters
        return True
    words = list(chain.from_iterable(map(spelt, pieces)))
    return stops * 40 >= len(words) or sum(word[0].isupper() for word in words) * 8 >= len(words)


def _count(pieces: list[str]) -> int:
    """How many words pieces hold."""
    return sum(map(len, map(spelt, pieces)))


def _neighbours(pieces: list[str], at: int) -> tuple[str, str]:
    """The pieces before and behind one, past an "&"; "" where there is none."""
    left, right = at - 1, at + 1
    if left > 0 and pieces[left] == "&":
        left -= 1
    if right + 1 < len(pieces) and pieces[right] == "&":
        right += 1
    return pieces[left] if left >= 0 else "", pieces[right] if right < len(pieces) else ""


def _fits(words: Sequence[str], word: str, part: Part, heard: Heard) -> bool:
    """Whether a word beside one of the words may be the neighbour that part of a name has."""
    step = -1 if part.position else 1
    wanted = part.words[part.position + step]
    for at, each in enumerate(words):
        if each == word and 0 <= at + step < len(words):
            letters = fold.letters(words[at + step])
            if letters == wanted or suspects.score_beside(letters, wanted, heard) is not None:
                return True
    return False


def _look(raw: str, scanner: Scanner) -> Piece:
    """What a names rule may see in a piece."""
    words = spelt(raw)
    if not words:
        return _DULL
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
    return Piece(
        tuple(s for s in found if s.count > 1 or s.surface in alone),
        tuple(_beside(alone, scanner)),
        tuple(_split(words, scanner.lexicon)) if clean else (),
        tuple(_spun(raw, words, scanner.spun)) if _goes_on(raw, words[-1]) else (),
        *_listed(raw, scanner.lexicon.garbles),
        telling() & {raw.lower(), *map(str.lower, words)},
    )


def _heard(word: str, scanner: Scanner) -> bool:
    return not word.islower() and scanner.stands_alone(word)


def _beside(alone: Iterable[str], scanner: Scanner) -> Iterator[tuple[str, Part]]:
    """The parts of names of several words that unknown words sound like."""
    for word in alone:
        if word[0].isupper() and scanner.unknown(word):
            for near in scanner.heard.near(fold.letters(word)):
                for part in scanner.heard.parts[near.letters]:
                    if len(part.words) > 1:
                        yield word, part


def _split(words: tuple[str, ...], lexicon: Lexicon) -> Iterator[str]:
    """The keys of the last words of a piece, if a name of one word may begin so."""
    for first, word in enumerate(words):
        keys = [fold.key(each) for each in words[first:]]
        if not word.islower() and all(keys) and lexicon.begins("".join(keys)):
            yield "".join(keys)


def _spun(raw: str, words: tuple[str, ...], spun: Spun) -> Iterator[tuple[str, ...]]:
    """The last words of a piece, if a spun name may begin so."""
    owned = [*words[:-1], f"{words[-1]}'s"] if _owns(raw, words[-1]) else words
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
