"""Tells, at the cost of a split, that a text holds no name that could be mended or suggested.

Of each piece of text between two blanks it is remembered what a names rule may see there, and of
two pieces side by side whether they have anything to do with each other. What is found is weighed
as in the best of all texts; if even that comes to nothing, the text need not be read.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import itemgetter
from typing import NamedTuple

from repair.damage import Damage, maybe_spun
from repair.lexicon.garbles import words_of
from repair.stages.names import decide, suspects
from repair.stages.names.ceiling import Ceilings, at_most
from repair.stages.names.evidence import Weighed
from repair.stages.names.look import DULL, Opening, Piece, fits, look, run
from repair.stages.names.pieces import HELD, cut, spelt
from repair.stages.names.reading import Reading
from repair.stages.names.scan import Scanner
from repair.stages.names.suspects import Suspect
from repair.stages.names.transcripts import transcript

REMEMBERED = 100_000  # pieces, and pairs of pieces; beyond, the memory starts afresh
# Pieces never seen before that are looked at for one text, and unknown words in them; one with
# more is no prose.
MOST_NEW, NEW = 20_000, 4_000
LONGEST = 200  # characters of a piece that is looked at
MOST = 40  # suspects that are weighed
MADE = 400  # places of a text with names made of several pieces that are looked at
MANY = 200  # the same, if the names of the text are known
WINDOWS = 4_000  # windows of which it is remembered what they make
REACH = 8  # pieces in which a window lies
LONG = 1000  # pieces of a text in which each suspect counts less
STOPS = ".,;!?"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What can be hoped for in a text: nothing, or what may be found there.

    `begin` are the first words of names of several pieces, `phrases` the listed surfaces of
    several words, in small letters; None: any.
    """

    hopeless: bool = False
    begin: frozenset[str] | None = None
    phrases: frozenset[str] | None = None
    reading: Reading | None = None


class Meeting(NamedTuple):
    """What two pieces side by side may be of: the words that sound like those of a longer name, the
    listed surfaces of several words, and whether a parted or a spun name may begin.
    """

    asked: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    begins: bool = False


_APART = Meeting()
Window = tuple[str, frozenset[str], frozenset[str], bool, bool]


class Outlook:
    """Tells hopeless texts. `least` is the confidence, in [0, 1], of what is of interest."""

    def __init__(self, scanner: Scanner, least: float) -> None:
        self._scanner = scanner
        self._lexicon = scanner.lexicon
        self._least = least
        self._ceilings = Ceilings(scanner.lexicon)
        self._opening = Opening(scanner.lexicon, scanner.spun)
        self._seen: set[str] = set()
        self._known: dict[str, Piece] = {}  # those in which there is something to see
        self._telling: set[str] = set()  # of these those with suspects or tells
        self._joining: set[str] = set()  # of these those for which it matters what is beside them
        self._apart: set[tuple[str, str]] = set()  # pieces that make nothing together
        self._near: dict[tuple[str, str], Meeting] = {}  # pieces that may, and what
        self._windows: dict[Window, list[Suspect]] = {}

    def hopeless(self, text: str) -> bool:
        """Whether nothing in the text comes to the confidence. False where it is not known."""
        return self.of(text).hopeless

    def of(self, text: str) -> Prospect:
        """What can be hoped for in a text."""
        if transcript(text):
            return Prospect()
        pieces = text.split()
        here = set(pieces)
        if not self._look(here):
            return Prospect()
        known = [self._known[raw] for raw in here & self._telling]
        found = [suspect for piece in known for suspect in piece.suspects]
        made = self._beside(pieces)
        if made is None:
            return Prospect()
        found += made
        tells = frozenset().union(*(piece.tells for piece in known))
        composed = maybe_spun(tells) and _spun(text)
        few = len(found) <= MOST and not composed and _punctuated(text, pieces)
        # Whether the names stand in the text is asked only where it makes a difference.
        if few and (not found or self._weak(self._weighed(found, None), text, pieces)):
            return Prospect(hopeless=True)
        weighed = self._weighed(found, _named(found, text, here))
        if few and self._weak(weighed, text, pieces):
            return Prospect(hopeless=True)
        begin = frozenset(spelt(s.surface)[0] for s in found if s.count > 1)
        reading = Reading(text, self._lexicon, begin)
        if self._read(weighed, reading, composed=composed):
            return Prospect(hopeless=True)
        listed = (words_of(s.surface) for s in found if s.count > 1 and s.garble)
        return Prospect(begin=begin, phrases=frozenset(map(" ".join, listed)), reading=reading)

    def _weighed(self, found: list[Suspect], named: Container[str] | None) -> list[Weighed]:
        """The suspects in the best of all texts that hold the names `named`, each once; None: all
        names.
        """
        of = self._ceilings.of
        every = (of(s, here=named is None or s.canonical in named) for s in found)
        return list({each.suspect.first: each for each in every}.values())

    def _weak(self, weighed: list[Weighed], text: str, pieces: list[str]) -> bool:
        """Whether the suspects come to nothing even in the best of texts."""
        if any(each.suspect.rule == "names/term" for each in weighed):
            return False
        words = sum(map(len, map(HELD.__getitem__, pieces))) if len(pieces) > LONG else 0
        return self._nothing(weighed, decide.nats(Damage.of(text).scores), words)

    def _read(self, weighed: list[Weighed], reading: Reading, *, composed: bool) -> bool:
        """Whether the suspects come to nothing, now that the names and the language of the text
        are known.
        """
        rules = {each.suspect.rule for each in weighed}
        if not reading.english:
            if "names/listed" not in rules:
                return True
            listed = (w.suspect for w in weighed if w.suspect.rule == "names/listed")
            return not any(map(decide.unheard_of, listed))
        if composed or reading.unpunctuated or len(weighed) > MANY:
            return False
        if not weighed or "names/term" in rules or "names/spun" in rules:
            return not weighed
        told, words = decide.nats(Damage.of(reading.text).scores), len(reading.spelt)
        weighed = self._ceilings.informed(weighed, reading)
        if self._nothing(weighed, told, words):
            return True
        found = [each.suspect for each in weighed]
        strangers = decide.strangers_of(reading, found, self._scanner)
        return self._nothing(weighed, told, words, strangers)

    def _nothing(
        self, weighed: Sequence[Weighed], told: float, words: int, strangers: int = 0
    ) -> bool:
        best = self._ceilings.evidence
        damaged, sure = at_most(weighed, best, told, words, strangers)
        return damaged < decide.DAMAGED_FROM and sure < min(self._least, decide.SURE)

    def _beside(self, pieces: list[str]) -> list[Suspect] | None:
        """What pieces make with those beside them; None if that is too much to look at."""
        walk: list[str] = pieces
        back: Sequence[int] = range(len(pieces))
        if "&" in pieces:  # it parts no neighbours
            back = [at for at, raw in enumerate(pieces) if raw != "&"]
            walk = [pieces[at] for at in back]
        found: list[Suspect] = []
        made = 0
        for at, meeting in self._meeting(walk).items():
            begin = max(0, back[at] - REACH)
            some = self._made(walk, at, meeting, pieces[begin : back[at] + REACH + 2])
            made += bool(some)
            if made > MADE:
                return None
            found += some
        return found

    def _look(self, here: set[str]) -> bool:
        """Look at the pieces never seen before; False if these are too many."""
        new = here - self._seen
        if len(new) > MOST_NEW:
            return False
        if len(new) > NEW:
            words = chain.from_iterable(map(spelt, new))
            if sum(map(self._scanner.unknown, words)) > NEW:
                return False
        if len(self._seen) > REMEMBERED:
            for memory in (self._seen, self._telling, self._joining, self._apart):
                memory.clear()
            self._known.clear()
            self._near.clear()
            new = here
        self._seen |= new
        self._scanner.hear(new)
        for raw in new:
            piece = look(raw, self._scanner) if len(raw) <= LONGEST else DULL
            if piece is not DULL:
                self._known[raw] = piece
                if piece.suspects or piece.tells:
                    self._telling.add(raw)
                if piece.joins:
                    self._joining.add(raw)
        return True

    def _meeting(self, pieces: list[str]) -> dict[int, Meeting]:
        """Where a piece and the one behind it may belong to one name, and how."""
        apart, near = self._apart, self._near
        if len(apart) > REMEMBERED or len(near) > REMEMBERED:
            apart.clear()
            near.clear()
        ends = [*pieces, ""]
        joining = compress(range(len(pieces)), map(self._joining.__contains__, pieces))
        found = {}
        for left in [
            n for at in joining for n in (at - 1, at) if (ends[n], ends[n + 1]) not in apart
        ]:
            pair = ends[left], ends[left + 1]
            meeting = near.get(pair)
            if meeting is None and pair not in apart:
                meeting = self._meet(*pair)
                if meeting == _APART:
                    apart.add(pair)
                else:
                    near[pair] = meeting
            if left >= 0 and pair in near:
                found[left] = near[pair]
        return found

    def _meet(self, left: str, right: str) -> Meeting:
        """How two pieces side by side may be of one listed, parted, spun or long name."""
        one, other = self._known.get(left, DULL), self._known.get(right, DULL)
        heard = self._scanner.heard
        asked = {word for each in (one, other) if each.within for word in (each.first, each.last)}
        if one.behind and any(fits(word, one.behind, heard) for word in spelt(right)[:1]):
            asked.add(one.last)
        if other.ahead and any(fits(word, other.ahead, heard) for word in spelt(left)[-1:]):
            asked.add(other.first)
        phrases = () if one.after.isdisjoint(cut(right)[:1]) else one.phrases
        if not other.before.isdisjoint(cut(left)[-1:]):
            phrases += other.phrases
        word = next(run((right,)), "") if one.split or one.spun else ""
        return Meeting(frozenset(asked), phrases, bool(word) and self._opening.may(one, word))

    def _made(
        self, pieces: list[str], at: int, meeting: Meeting, around: list[str]
    ) -> list[Suspect]:
        """What a piece and the one behind it make with those around them."""
        asked, phrases, begins = meeting
        parted = spun = False
        if begins:
            one, behind = self._known[pieces[at]], pieces[at + 1 : at + 1 + REACH]
            parted = any(self._opening.parted(start, run(behind)) for start in one.split)
            spun = any(self._opening.spun(start, run(behind)) for start in one.spun)
        listed: set[str] = set()
        if phrases:
            words = f" {' '.join(chain.from_iterable(map(cut, around)))} "
            listed.update(*(each.split(" ") for each in phrases if f" {each} " in words))
        if not (asked or listed or parted or spun):
            return []
        window = " ".join(around), asked, frozenset(listed), parted, spun
        known = self._windows.get(window)
        if known is None:
            if len(self._windows) >= WINDOWS:
                self._windows.clear()
            known = self._windows[window] = self._within(*window)
        return known

    def _within(
        self, text: str, asked: frozenset[str], listed: frozenset[str], parted: bool, spun: bool
    ) -> list[Suspect]:
        """The suspects of a window: by ear those of the words `asked`, listed surfaces with the
        words `listed`, parted and spun names.
        """
        reading = Reading(text, self._lexicon)
        makers = (
            suspects.listed(reading, set(listed)) if listed else (),
            suspects.parted(reading, lower=False) if parted else (),
            suspects.respun(reading, self._scanner.spun) if spun else (),
            suspects.sounding(reading, set(asked), self._scanner) if asked else (),
        )
        return suspects.allowed(reading, chain(*makers))


def _named(found: Iterable[Suspect], text: str, here: Iterable[str]) -> set[str]:
    """The names that suspects stand for and that stand in a text, of which `here` are the pieces.

    To search a long text for each of them would cost more than all the rest.
    """
    words = set(chain.from_iterable(map(HELD.__getitem__, here)))
    names = {suspect.canonical for suspect in found}
    return {name for name in names if words.issuperset(spelt(name)[:1]) and name in text}


def _punctuated(text: str, pieces: list[str]) -> bool:
    """Whether the text is surely no transcript: it has stops or capitals."""
    stops = sum(map(text.count, STOPS))
    if stops * 80 > len(text):  # a word and what parts it from the next are two characters
        return True
    words = list(chain.from_iterable(map(HELD.__getitem__, pieces)))
    capitals = sum(map(str.isupper, map(itemgetter(0), words)))
    return stops * 40 >= len(words) or capitals * 8 >= len(words)


def _spun(text: str) -> bool:
    """Whether the tells of a spinner say enough to put terms together again."""
    return Damage.of(text).scores["spun"] >= decide.COMPOSED_FROM
