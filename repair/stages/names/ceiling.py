"""The most that can ever speak for a suspect: what it would weigh in the best of all texts.

Most suspects of a good text are weak whatever the text says. To know that from the suspect alone
saves reading the text: its name may stand there, its owner before it, a capital in mid-sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count

from repair.lexicon.lexicon import Lexicon
from repair.stages.names import decide
from repair.stages.names.evidence import Evidence, Term, Weighed, damage, prior, sigmoid
from repair.stages.names.reading import Reading
from repair.stages.names.suspects import Suspect

REMEMBERED = 20_000  # suspects
OFTEN = 9  # times that a word may stand in a text; more says no more
BESIDE = 2.5  # nats for an owner or a name beside a suspect, as evidence.py gives them
FAINTLY = 0.01  # confidence, bounded from above, up to which a suspect is not looked at closely
HERE, LINKED = 10.0, 100.0  # names to be expected: where the name is in the text, or companions are


class _Best(Reading):
    """A text that is nothing but a surface, and has nothing against it."""

    @cached_property
    def forms(self) -> Counter[str]:
        return Counter(dict.fromkeys((*self.spelt, self.text), OFTEN))

    @cached_property
    def attested(self) -> Counter[str]:
        self._covered = set()
        return Counter()

    @cached_property
    def english(self) -> bool:
        return True

    @cached_property
    def unpunctuated(self) -> bool:
        return False

    def quoted(self, first: int, count: int) -> bool:
        return False

    def longer(self, first: int, count: int) -> bool:
        return False

    def starts_sentence(self, number: int) -> bool:
        return False

    def titled(self, number: int) -> bool:
        return False


class _Hopeful(Evidence):
    """Evidence that takes the best of each text for granted."""

    def __init__(self, reading: Reading, among: float) -> None:
        super().__init__(reading)
        self.among = min(among, max(len(reading.lexicon), 1))
        self.spun = True

    def expected(self, name: str, surface: str) -> tuple[float, str]:
        return self.among, "the best that a text can say"

    def pointers(self, name: str) -> float:
        return 1.0

    def beside(self, suspect: Suspect) -> Iterable[Term]:
        if suspect.count == 1 and self.lexicon.entry(suspect.canonical).owner:
            yield Term("its owner may stand before it", BESIDE)

    def company(self, suspect: Suspect) -> Iterable[Term]:
        yield Term("a name may stand beside it", BESIDE)


class _There(_Best):
    """A surface in a text of which the names are known."""

    def __init__(self, text: str, reading: Reading) -> None:
        super().__init__(text, reading.lexicon)
        self._reading = reading

    @cached_property
    def attested(self) -> Counter[str]:
        self._covered = set()
        return self._reading.attested


class _Informed(_Hopeful):
    """The best that a text can say of which the names are known, but not what stands where."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading, HERE)
        self._known = Evidence(reading)

    def expected(self, name: str, surface: str) -> tuple[float, str]:
        return self._known.expected(name, surface)

    def says(self, suspect: Suspect) -> tuple[float, float, bool]:
        """All that the text has to do with what a suspect weighs."""
        among, _ = self.expected(suspect.canonical, suspect.surface)
        whole, _ = self.expected(suspect.whole, "") if suspect.whole else (among, "")
        return among, whole, bool(self._known.reading.attested[suspect.canonical])

    def best(self, suspect: Suspect) -> Weighed:
        self.reading = _There(suspect.surface, self._known.reading)
        return Weighed(suspect, self.weigh(replace(suspect, first=0)).terms)


class Ceilings:
    """Weighs suspects for the best of texts, and remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._numbers = count()
        self.evidence: Evidence = _Hopeful(_Best("", lexicon), HERE)
        self._known: dict[tuple[Suspect, bool], Weighed] = {}
        self._met: dict[tuple[int, bool], tuple[Suspect, Weighed]] = {}  # by the object itself
        self._informed: dict[tuple[int, float, float, bool], Weighed] = {}

    def of(self, suspect: Suspect, *, here: bool) -> Weighed:
        """A suspect that stands nowhere, with all that may speak for it in a text with full stops
        that is not in a transcript's style; `here`: its name may stand in the text, too.
        """
        met = self._met.get((id(suspect), here))
        if met is None or met[0] is not suspect:
            if len(self._met) >= REMEMBERED:
                self._met.clear()
            met = self._met[id(suspect), here] = suspect, self._of(suspect, here=here)
        return met[1]

    def _of(self, suspect: Suspect, *, here: bool) -> Weighed:
        anywhere = replace(suspect, first=0)
        known = self._known.get((anywhere, here))
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            reading = _Best(suspect.surface, self._lexicon)
            weighed = _Hopeful(reading, HERE if here else LINKED).weigh(anywhere)
            # Each in a window of its own: none is another's rival.
            apart = replace(suspect, first=10 * next(self._numbers))
            known = self._known[anywhere, here] = Weighed(apart, weighed.terms)
        return known

    def informed(self, weighed: Iterable[Weighed], reading: Reading) -> list[Weighed]:
        """Suspects of `of` with all that may speak for them in a text of which the names are
        known. Those that the best of texts says nothing for stay as they are.
        """
        text = _Informed(reading)
        return [self._best(each, text) if each.odds > 0 else each for each in weighed]

    def _best(self, each: Weighed, text: _Informed) -> Weighed:
        suspect = each.suspect  # its place is its own, so that it is known by that
        key = suspect.first, *text.says(suspect)
        known = self._informed.get(key)
        if known is None:
            if len(self._informed) >= REMEMBERED:
                self._informed.clear()
            known = self._informed[key] = text.best(suspect)
        return known


def at_most(
    weighed: Sequence[Weighed], evidence: Evidence, told: float, words: int, strangers: int = 0
) -> tuple[float, float]:
    """(the chance of damage, the confidence of a decision) that the first pass may come to, if
    the suspects are weighed in the best of all texts, and some of them may not stand there.
    """
    fair = [each if each.odds > 0 else Weighed(each.suspect, ()) for each in weighed]
    state = damage(fair, told, strangers, words)
    damaged, garbled = max(state.values()), evidence.garbled("")
    most, sure = prior(damaged, garbled).weight, 0.0
    for each in weighed:
        odds = each.odds
        # Nothing is said of a faint suspect that the chance of damage would not say better.
        if each.suspect.rule not in decide.NEEDS_DAMAGE or sigmoid(odds + most) > FAINTLY:
            odds += sum(term.weight for term in decide.state_terms(each, state, garbled))
            lone_spun = each.suspect.rule == "names/spun" and each.suspect.count == 1
            sure = max(sure, min(decide.HIGHEST, sigmoid(odds)), decide.LIKELY * lone_spun)
        else:
            sure = max(sure, sigmoid(odds + most))
    return damaged, sure
