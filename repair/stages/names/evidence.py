"""What a document says for and against a suspect: additive log-odds, every term with its reason.

The model behind the numbers: a document is damaged or it is not; in a damaged one an unknown word
is a garbled name in one case of five, in a sound one in one of ten thousand. A name's sound is
weighed against what strangers reach by chance among the names that can be expected at this place;
the fewer names can be expected, the less sound is needed. Nats throughout.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from repair.lexicon import fold, pivots, writing
from repair.lexicon import words as language
from repair.lexicon.entry import Entry, Garble
from repair.stages.names import likeness, merges, neighbours, vouching
from repair.stages.names.reading import Reading
from repair.stages.names.suspects import Suspect

# A path score is over-confident by this factor: the best score of strangers rises by 2.2 nats for
# each unit of ln(number of names), not by 1 (300 to 100,000 names, words and absent names).
TAIL = 2.2
STRANGERS = 10.8  # the best score of a stranger, median, among a thousand names (same measurement)
DAMAGED = 0.2  # share of unknown words that are garbled names in a damaged document
WEIGHT = 3.0  # unknown words of a text that say as much as that share
SOUND = 1e-4  # the same in a sound document
PRIOR = 0.005  # share of documents that are damaged, before anything is read
WORD = 8.0  # the most that being a common word says against a word, in nats
LISTED = 3.0  # what a listed garble that nobody knows as a word says of its document, at least
MOST_FROM_ONE = 3.0  # what a single suspect may say, in nats, about its document's damage
# Of these even careful texts hold some, so that they say little.
OWN_VARIANT = "the text has the name right elsewhere: the author's own variant"
ROOM = 1500  # words of a text in which each suspect counts in full
COVERED = 0.5  # share of a name's own score; chance agreements lie below, garbles above
FEW = 3  # names that hold a word which then points at one of them
ASKED = 64  # sure garbles that a suspect is held against at most; bounds a text of garbles
KIN = 0.8  # Jaro similarity of two garbles of one name
VOICES = {
    "names/case": 1.3,
    "names/spun": 2.6,
    "names/split": 1.5,
    "names/merged": 0.4,
    "names/real": 0.0,
    "names/term": 6.5,
}
# Distorted terms that may be good text: what one says of its document, in nats, and the share of
# them that are distorted in a damaged document and in a sound one; False, True: plain English.
# Three of the rare ones never stand in a sound text by chance, two hardly ever.
# (plain English, put together from synonyms) -> voice
VOICE_OF_TERM = {(False, False): 6.5, (True, False): 1.5, (False, True): 2.0, (True, True): 0.0}
TERM_HERE = {False: 0.95, True: 0.9}
TERM_SOUND = {False: 0.05, True: 0.005}
# Names with so many topics turn up anywhere and say little about what a text is about.
GENERAL = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One reason with its weight in nats."""

    what: str
    weight: float

    def __str__(self) -> str:
        return f"{self.what} {self.weight:+.1f}"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A suspect with all that speaks for and against it but the state of the document."""

    suspect: Suspect
    terms: tuple[Term, ...]

    @property
    def odds(self) -> float:
        return sum(term.weight for term in self.terms)


class Evidence:
    """The document's voice: built once for a text."""

    def __init__(
        self,
        reading: Reading,
        confirmed: Iterable[tuple[str, str]] = (),
        told: float = 0.0,
        strangers: int = 0,
        spun: bool = False,
        anchored: bool = True,
        speech: bool = False,
    ) -> None:
        self.reading = reading
        self.lexicon = reading.lexicon
        self.told = told
        self.strangers = strangers
        self.speech = speech  # whether somebody said it, and a machine or a person took it down
        self.spun = spun  # whether a spinner, rather than a translator, was at the text
        self.anchored = anchored  # whether more than distorted terms says that it is damaged
        self.confirmed: dict[str, set[str]] = {}  # name -> the surfaces surely read as it
        for surface, name in confirmed:
            self.confirmed.setdefault(name, set()).add(surface.lower())
        self._pivots: dict[str, dict[str, float]] = {}
        self._sorted: dict[str, list[str]] = {}
        self.forenames: dict[str, str] = {}  # small word -> the first name before it, "" if none
        self.present = Counter(reading.attested)
        self.present.update(self.confirmed.keys())

    def garbled(self, surface: str) -> float:
        """The share of unknown words that are garbled names, if the text is damaged: what is
        surely garbled here, but for the surface itself, against what is merely unknown.
        """
        others = len(self._surfaces) - (surface.lower() in self._surfaces)
        return (DAMAGED * WEIGHT + others) / (WEIGHT + others + self.strangers)

    @cached_property
    def _surfaces(self) -> set[str]:
        return set().union(*self.confirmed.values())

    @cached_property
    def _sure(self) -> list[tuple[str, str]]:
        """The sure (garble, name) pairs that the scripts are asked about."""
        pairs = sorted((s, name) for name, all_ in self.confirmed.items() for s in all_)
        return pairs[:ASKED]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.reading.lower)

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The names in the text, in small letters."""
        return frozenset(name.lower() for name in self.present)

    @cached_property
    def linked(self) -> Counter[str]:
        """Names that those in the text point at, as owner or cue, with the number of pointers."""
        found: Counter[str] = Counter()
        for name in self.present:
            entry = self.lexicon.entry(name)
            for other in {entry.owner, *entry.cues} - {""}:
                found[other] += 1
                brand = other.partition(" ")[0]
                if brand != other and brand in self.lexicon.number:
                    found[brand] += 1  # who speaks of Mistral AI speaks of Mistral
        return found

    @cached_property
    def topics(self) -> Counter[str]:
        """Topic -> the names of the text that belong to it; names of many topics count less."""
        found: Counter[str] = Counter()
        for name in self.present:
            topics = self.lexicon.entry(name).topics
            for topic in topics:
                found[topic] += 1.0 if len(topics) < GENERAL else 0.4  # type: ignore[assignment]
        return found

    def expected(self, name: str, surface: str) -> tuple[float, str]:
        """(how many names are as expectable here, why); a garble is not its own witness."""
        every = max(len(self.lexicon), 1)
        sure = self.confirmed.get(name, ())
        if self.reading.attested[name] or len(sure) > (surface.lower() in sure):
            return min(10.0, every), f"{name} is in the text"
        entry = self.lexicon.entry(name)
        links = self._links(entry)
        if links >= 2:
            return min(100.0, every), "several of its companions are in the text"
        if links >= 1:
            return min(300.0, every), "a companion of it is in the text"
        if entry.topics and self.topics:
            if any(self.topics[topic] >= 2 for topic in entry.topics):
                return min(1500.0, every), "it belongs to the topic of the text"
            if sum(self.topics.values()) >= 4:
                return 3.0 * every, "the text is about something else"
        return float(every), "nothing in the text points to it"

    def pointers(self, name: str) -> float:
        """How many companions of a listed name stand in the text."""
        return self._links(self.lexicon.entry(name))

    def _links(self, entry: Entry) -> float:
        """Companions of a name in the text: its owner and cues, and names whose cue it is."""
        links = float(self.linked[entry.canonical])
        if entry.owner and self.present[entry.owner]:
            links += 1
        for cue in entry.cues:
            if self.present[cue] and cue != entry.owner:
                links += 1
            elif cue.islower() and cue in self.words:
                links += 1.0 if cue in self.spoken_of else 0.4
        return links

    def weigh(self, suspect: Suspect) -> Weighed:
        """All terms but the state of the document."""
        if suspect.heard:
            from repair.stages.names import speech

            terms = list(speech.terms_of(suspect, self))
        elif suspect.rule in ("names/sound", "names/real"):
            terms = [*self._sound(suspect), *self._lexical(suspect), *self._shape(suspect)]
        else:
            from repair.stages.names.exact import terms_of

            terms = list(terms_of(suspect, self))
        return Weighed(suspect, tuple(term for term in terms if term.weight))

    def _sound(self, suspect: Suspect) -> Iterable[Term]:
        yield Term(f"sounds like {suspect.canonical} ({suspect.score:.1f})", suspect.score / TAIL)
        among, why = self.expected(suspect.canonical, suspect.surface)
        if suspect.among and suspect.among < among:
            among, why = float(suspect.among), "the words beside it belong to the name"
        bar = STRANGERS / TAIL + math.log(max(among, 2.0) / 1000)
        yield Term(f"what strangers score: {why}", -bar)
        # A real word was chosen by somebody who took a sound for it, not spelt by a script.
        if suspect.rule == "names/sound" and (weights := self.pivots(suspect.surface.lower())):
            script = pivots.likeliest(weights)
            more = pivots.shift(weights, suspect.surface, suspect.canonical)
            yield Term(f"other garbles here came through {script}", more)

    def pivots(self, surface: str) -> dict[str, float]:
        """Through which scripts the text went, by its sure garbles but the surface itself."""
        found = self._pivots.get(surface)
        if found is None:
            others = [pair for pair in self._sure if pair[0] != surface]
            found = self._pivots[surface] = pivots.weigh(others)
        return found

    def _lexical(self, suspect: Suspect) -> Iterable[Term]:
        """Words that people use stand for themselves."""
        name = {fold.letters(word) for word in suspect.canonical.split()}
        words = suspect.surface.split()
        held = suspect.count > 1 and likeness.holds_acronym(words, suspect.canonical)
        odd = [
            w.lower() for w in words if fold.letters(w) not in name and not (held and w.isupper())
        ]
        # A word beside the rest of a rare name is hardly itself ("Sem Altman").
        rare = suspect.count > 1 and 0 < suspect.among <= FEW
        share = 1.0 if suspect.count == 1 else 0.2 if rare else 0.6
        for word in odd:
            known = language.zipf(word)
            if known <= 0:
                yield Term(f"nobody knows {word!r}", 1.0 * share)
            else:
                against = min(2.0 * known, WORD)
                yield Term(f"{word!r} is a word (frequency {known:.1f})", -against * share)
            if known < 4 and (other := language.elsewhere(word)) > max(2.5, known):
                against = 1.5 * (other - 1.5) * (share if rare else 0.3 if held else 1.0)
                yield Term(f"{word!r} is a word of another language", -against)

    def beside(self, suspect: Suspect) -> Iterable[Term]:
        """What stands before a lone word: its owner, a first name, a title."""
        return neighbours.before(suspect, self)

    def company(self, suspect: Suspect) -> Iterable[Term]:
        """A name spelt right that "and", "or" or "vs" joins to the suspect."""
        reading, last = self.reading, suspect.first + suspect.count
        lower, covered, joiners = reading.lower, reading.covered, writing.signs("joiner")
        behind = last + 1 < len(lower) and lower[last] in joiners and last + 1 in covered
        before = suspect.first > 1 and lower[suspect.first - 1] in joiners
        if behind or (before and suspect.first - 2 in covered):
            yield Term("it stands beside a name, with 'and' or 'or'", 2.5)

    def kin(self, suspect: Suspect) -> str:
        """Another surface of the text that surely stands for the same name and looks alike."""
        from rapidfuzz.distance import Jaro

        for surface in self._garbles(suspect.canonical):
            alike = Jaro.similarity(surface, suspect.surface.lower())
            if surface != suspect.surface.lower() and alike >= KIN:
                return surface
        return ""

    def _garbles(self, name: str) -> list[str]:
        """The surfaces surely read as a name that others are compared with, in order."""
        found = self._sorted.get(name)
        if found is None:
            found = self._sorted[name] = sorted(self.confirmed.get(name, ()))[:ASKED]
        return found

    def _syntax(self, suspect: Suspect) -> Iterable[Term]:
        """What speaks for a name behind an ordinary word: a like garble, a verb of doing."""
        if kin := self.kin(suspect):
            yield Term(f"{kin!r} surely stands for it here", 5.0)
        after = self.reading.lower[suspect.first + suspect.count :][:2]
        does = len(after) == 2 and (
            (after[0] == "is" and after[1].endswith("ing"))
            or (
                after[0] in ("has", "had")
                and after[1].endswith(("ed", "en"))
                and after[1] != "been"
            )
        )
        if suspect.count == 1 and does:
            yield Term(f"it is somebody that {' '.join(after)}", 2.5)

    def _shape(self, suspect: Suspect) -> Iterable[Term]:
        reading, first = self.reading, suspect.first
        yield from self.beside(suspect)
        token = reading.tokens[first].text
        if token[0].isupper():
            if not reading.starts_sentence(first) and not reading.titled(first):
                common = suspect.count == 1 and language.zipf(token.lower()) > 3.5
                yield Term("a capital in mid-sentence", 2.5 if common else 0.7)
        elif suspect.canonical[0].isupper() and not self.speech:
            yield Term("no capital", -2.0 if self.kin(suspect) else -5.0)
        if suspect.rule == "names/real":
            yield from self._syntax(suspect)
        if suspect.rule == "names/sound" and suspect.count == 1 and suspect.canonical.isalpha():
            whole = likeness.own(fold.letters(suspect.canonical), self.lexicon.units)
            if (short := COVERED - suspect.score / whole) > 0:
                yield Term("too little of the name agrees", -15.0 * short)
        if likeness.derived(suspect.surface, suspect.canonical):
            odd = likeness.inner(suspect.surface, suspect.canonical)
            known = likeness.known_by_stem(suspect.surface, suspect.canonical)
            weight = -1.5 if odd else -15.0 if known else -6.0
            yield Term("the same stem: rather a word of its own", weight)
        times = reading.forms[suspect.surface] if suspect.count == 1 else 1
        if times > 1 and not language.zipf(suspect.surface.lower()):
            yield Term(f"{times} times", min(1.5, 0.5 * (times - 1)))


def damage(
    weighed: list[Weighed],
    told: float,
    strangers: int = 0,
    words: int = 0,
    evidence: Evidence | None = None,
) -> dict[str, float]:
    """The chance of the document being damaged, for each surface judged by all the others.

    `told` is what other tells than names say of the document, in nats; `strangers` is
    the number of unknown words that sound like no name, which speak for a sound document; `words`
    is the length of the text: a long one has more room for chance.
    """
    thin = min(1.0, ROOM / max(words, 1))
    voices: dict[str, float] = {}
    merged = merges.together((each.suspect for each in weighed), evidence)
    for each in weighed:
        ratio = math.exp(max(-30.0, min(each.odds, 30.0)))
        voice = math.log(DAMAGED * ratio + 1 - DAMAGED)
        surface = each.suspect.surface.lower()
        garble = each.suspect.garble
        if each.suspect.rule == "names/term" and garble is not None and not garble.safe:
            voice = (
                0.0 if each.odds < 0 else VOICE_OF_TERM[garble.plain, bool(each.suspect.swapped)]
            )
        elif each.suspect.rule == "names/listed" and likeness.unheard(each.suspect.surface):
            voice = max(voice, LISTED)
        most = VOICES.get(each.suspect.rule, MOST_FROM_ONE)
        if each.suspect.heard and not language.common(surface):
            most = MOST_FROM_ONE
        if each.suspect.rule == "names/spun" and each.suspect.count == 1:
            most = 0.0
        if surface in merged:
            most = merges.VOICE
        elif each.suspect.variant and any(term.what == OWN_VARIANT for term in each.terms):
            most = 0.0
        voices[surface] = max(voices.get(surface, -9.0), min(voice, most))
    start = math.log(PRIOR / (1 - PRIOR)) + told + strangers * math.log(1 - DAMAGED)
    total = sum(voices.values())
    off = vouching.unborne(weighed, voices, evidence) if evidence is not None else {}
    other = off.get("", 0.0)
    return {
        s: sigmoid(start + (total - voice - off.get(s, other)) * thin)
        for s, voice in voices.items()
    }


def distorted(damaged: float, garble: Garble) -> Term:
    """The state of the document as a term for a distorted term that may be good text as well."""
    here, sound = TERM_HERE[garble.plain], TERM_SOUND[garble.plain]
    share = damaged * here + (1 - damaged) * sound
    return Term(
        f"the rest of the text looks damaged ({damaged:.2f})", math.log(share / (1 - share))
    )


def prior(damaged: float, garbled: float = DAMAGED) -> Term:
    """The state of the document as a term: `damaged` is the chance that it is damaged, `garbled`
    the share of unknown words that are garbled names if it is.
    """
    share = damaged * garbled + (1 - damaged) * SOUND
    return Term(
        f"the rest of the text looks damaged ({damaged:.2f})", math.log(share / (1 - share))
    )


def sigmoid(odds: float) -> float:
    """Log-odds as a chance in [0, 1]."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))
