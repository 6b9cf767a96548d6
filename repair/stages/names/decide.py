"""One document, one decision for each garble: suspects in, edits out.

Two passes. The first judges each suspect by itself and by how damaged the rest of the text looks;
what it is sure of counts as present in the second, so that a sure "Openi" lowers the bar for the
doubtful "Open" beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from repair.damage import Damage, maybe_spun
from repair.lexicon import fold
from repair.lexicon import words as language
from repair.stages.names import careful, hidden, likeness, spoken, suspects
from repair.stages.names.composed import composed
from repair.stages.names.evidence import (
    Evidence,
    Term,
    Weighed,
    damage,
    distorted,
    prior,
    sigmoid,
)
from repair.stages.names.lone import lone
from repair.stages.names.merges import humped
from repair.stages.names.reading import Reading
from repair.stages.names.scan import Scanner
from repair.stages.names.suspects import Suspect
from repair.stages.names.transcripts import transcript
from repair.text.edits import Edit, Span

DAMAGED_FROM = 0.3  # chance of damage from which ordinary words are doubted
FAINT = 24.0  # path score that strangers still reach among 20,000 names: 99 of 100 stay below 28
NO_SLIP = 10.0  # nats against a far-off sound in a good text; clean English, dev half
SURE = 0.85  # confidence from which a repair counts as present in the second pass
HEARD = frozenset({"names/sound", "names/real"})  # rules that judge by ear
SHOWN = 5  # readings of a window that are told
LIKELY = 0.55  # a lone spun word that something in the text points at
LONE_WORD = 0.80  # a lone ordinary word is never more than a suggestion
CHANNELS = ("translated", "transcribed", "markup-stripped")  # those that garble names, and "spun"
OTHERS = 7.0  # nats that a full score in one of them is worth
SPEECH = 2.5  # nats that a transcript is worth: recognisers garble names more often than authors
SPUN, MOST_SPUN = 4.0, 9.0  # nats for each unit of the summed weights of a spinner's tells
SPUN_FROM = 0.5  # score of the spinner's tells from which a text counts as spun; 8 in 1,000 sound
COMPOSED_FROM = 0.35  # the same, from which terms are put together again
ANCHORED = 1.2  # nats of tells from which distorted terms need no topic to bear them out
ADDS = 2.0  # nats of score that a further word has to bring
HIGHEST = 0.995  # no more can be shown by the data these numbers were measured on
NEEDS_DAMAGE = frozenset(
    f"names/{rule}" for rule in ("sound", "real", "spun", "case", "split", "merged")
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A suspect, judged: every term, the best other reading, and the confidence in [0, 1]."""

    suspect: Suspect
    terms: tuple[Term, ...]
    confidence: float
    runner_up: str = ""
    rivals: tuple[Weighed, ...] = ()  # all readings of the window, this one first
    damaged: float = 0.0  # the chance that the text around it is damaged


@dataclass(frozen=True, slots=True)
class Judged:
    """The decisions on a text: those that were chosen, disjoint, in order; and all."""

    chosen: tuple[Decision, ...] = ()
    all: tuple[Decision, ...] = ()
    damaged: float = 0.0  # the chance that the text is damaged


def decide(reading: Reading, doubtful: set[str], scanner: Scanner) -> tuple[Decision, ...]:
    """The decisions on a text, disjoint, in order."""
    return judge(reading, doubtful, scanner).chosen


def judge(reading: Reading, doubtful: set[str], scanner: Scanner) -> Judged:
    """The same, with what was not chosen; `doubtful` are the words the scanner pointed at."""
    found = suspects.collect(reading, doubtful, scanner)
    if not reading.english:
        found = [s for s in found if s.rule == "names/listed" and unheard_of(s)]
    speech = reading.english and (reading.unpunctuated or transcript(reading.text))
    if not found and not speech and not maybe_spun(set(reading.lower)):
        return Judged()
    scores = Damage.of(reading.text).scores
    told = max(nats(scores), SPEECH * reading.unpunctuated)
    found = [s for s in _not_within(found) if not careful.keeps(s, reading)]
    spun = scores["spun"] >= SPUN_FROM or _distorted(found) >= 2
    telling = spun or scores["spun"] >= COMPOSED_FROM
    if reading.english and (telling or any(map(_spun, found))):
        found += suspects.allowed(reading, composed(reading, found, sure=telling))
    if not found and not speech:
        return Judged()
    strangers = strangers_of(reading, found, scanner)
    anchored = told >= ANCHORED or any(map(_anchors, found))
    evidence = Evidence(reading, (), told, strangers, spun, anchored, speech)
    if speech:
        found = suspects.allowed(reading, [*found, *suspects.parted(reading, lower=True)])
    first = _judge(evidence, _heard(evidence, found))
    sure = [(d.suspect.surface, d.suspect.canonical) for d in first.chosen if d.confidence >= SURE]
    if first.damaged < DAMAGED_FROM and not sure:
        return first
    evidence = Evidence(reading, sure, told, strangers, spun, anchored, speech)
    more = [*found, *hidden.surnames(evidence, scanner.heard, doubtful)]
    more += hidden.beside_parts(evidence, scanner.heard)
    if first.damaged >= DAMAGED_FROM:
        doubtful = doubtful | scanner.faint(reading.text) if doubtful else doubtful
        more += suspects.run_together(reading, doubtful, scanner)
        lower = {word for word in doubtful if word[0].islower()}
        more += suspects.sounding(reading, lower, scanner)
        more += hidden.behind_words(evidence, scanner.heard)
        more += hidden.kept(evidence, scanner.heard)
        more += suspects.parted(reading, lower=True)
        if scores["spun"] >= SPUN_FROM:
            chosen = [d.suspect for d in first.chosen if d.confidence >= SURE]
            more += lone(evidence, scanner.spun, chosen)
    return _judge(evidence, _not_within(_heard(evidence, suspects.allowed(reading, more))))


def _heard(evidence: Evidence, found: list[Suspect]) -> list[Suspect]:
    """With what a transcript heard; where it may be the same name, that has the better reasons."""
    if not evidence.speech:
        return found
    heard = [*spoken.listed(found), *spoken.said(evidence)]
    return suspects.allowed(evidence.reading, [*heard, *found])


def nats(scores: Mapping[str, float]) -> float:
    """What the tells of a text say for its being damaged, by the strongest channel."""
    # The weights of the spinner's tells are 0.18 of their log-odds, measured on clean English;
    # they are not independent, so that a bit less than 1 / 0.18 of their sum is believed.
    spun = min(MOST_SPUN, -SPUN * math.log(max(1 - scores["spun"], 1e-6)))
    return max(spun, *(OTHERS * scores[channel] for channel in CHANNELS))


def unheard_of(suspect: Suspect) -> bool:
    """Whether a surface holds a word that no language knows; only these are mended abroad."""
    words = suspect.surface.lower().split()
    return any(not language.zipf(word) and not language.elsewhere(word) for word in words)


def _not_within(found: Iterable[Suspect]) -> list[Suspect]:
    """Without the windows that make another name of a listed garble and a word beside it."""
    found = list(found)
    settled = {n: s.canonical for s in found if s.rule == "names/listed" for n in s.tokens()}
    return [s for s in found if s.rule not in HEARD or not _rebuilds(s, settled)]


def _rebuilds(suspect: Suspect, settled: dict[int, str]) -> bool:
    names = {settled[number] for number in suspect.tokens() if number in settled}
    return any(name not in suspect.canonical for name in names)


def _distorted(found: list[Suspect]) -> int:
    """How many different distorted terms that are no plain English stand in the text."""
    return len(
        {s.surface for s in found if s.garble and s.garble.via == "term" and not s.garble.plain}
    )


def _spun(suspect: Suspect) -> bool:
    """Whether a suspect is the work of a spinner: a name that synonyms hide, a sure distortion."""
    return suspect.rule == "names/spun" or (suspect.rule == "names/term" and _anchors(suspect))


def _anchors(suspect: Suspect) -> bool:
    """Whether a suspect speaks for damage by itself: a spun or listed name, a sure distortion."""
    if suspect.rule == "names/term":
        return suspect.garble is not None and suspect.garble.safe
    return suspect.rule in ("names/spun", "names/listed")


def strangers_of(reading: Reading, found: Sequence[Suspect], scanner: Scanner) -> int:
    """How many unknown words of the text with a capital are no suspects."""
    suspected = {word for suspect in found for word in suspect.surface.split()}
    words = (word for word in reading.forms if word[0].isupper() and word not in suspected)
    return sum(map(scanner.unknown, words))


def _judge(evidence: Evidence, suspects: list[Suspect]) -> Judged:
    weighed = [evidence.weigh(suspect) for suspect in suspects]
    reading = evidence.reading
    words = len(reading.tokens)
    state = damage(weighed, evidence.told, evidence.strangers, words, evidence)
    groups = groupby(sorted(weighed, key=_window), key=_window)
    judged = _widest(_one_voice([_best(list(group), state, evidence) for _, group in groups]))
    damaged = max(state.values(), default=0.0)
    return Judged(tuple(_disjoint(judged)), tuple(judged), damaged)


def _window(weighed: Weighed) -> tuple[int, int]:
    return weighed.suspect.first, weighed.suspect.count


def _best(readings: list[Weighed], state: dict[str, float], evidence: Evidence) -> Decision:
    """The best reading of one window; what the others could be takes from its chance."""
    garbled = evidence.garbled(readings[0].suspect.surface)
    ranked = [(replace(w, terms=(*w.terms, *state_terms(w, state, garbled)))) for w in readings]
    ranked.sort(key=lambda w: (-w.odds, w.suspect.canonical))  # Disney before Disney+
    best = ranked[0]
    terms = list(best.terms)
    spelt = fold.key(best.suspect.canonical)
    others = [w for w in ranked[1:] if fold.key(w.suspect.canonical) != spelt]
    runner_up = others[0].suspect.canonical if others else ""
    share = 1 / (1 + sum(math.exp(max(w.odds - best.odds, -20.0)) for w in others[:5]))
    confidence = min(HIGHEST, sigmoid(best.odds) * share)
    alone = best.suspect.rule == "names/real" and best.suspect.count == 1
    if best.suspect.rule == "names/spun" and best.suspect.count == 1:
        confidence = min(max(confidence, LIKELY), LONE_WORD)
    if (alone and language.common(best.suspect.surface.lower())) or _only_likely(best.suspect):
        confidence = min(confidence, LONE_WORD)
    if any(likeness.nearer(w.suspect, best.suspect) for w in others):
        confidence = min(confidence, LONE_WORD)
    chance = state[best.suspect.surface.lower()]
    confidence = min(confidence, careful.most(best.suspect, evidence, chance, confidence))
    if share < 0.9:
        terms.append(Term(f"or {runner_up}: times {share:.2f}", 0.0))
    rivals = ranked[:SHOWN]
    return Decision(best.suspect, tuple(terms), confidence, runner_up, tuple(rivals), chance)


def _only_likely(suspect: Suspect) -> bool:
    """Whether a term is never more than suggested: good English, and put together by synonyms, or
    a synonym of one word ("court docket" for court).
    """
    garble = suspect.garble
    if suspect.rule != "names/term" or garble is None or not garble.plain:
        return False
    return bool(suspect.swapped) or " " not in garble.canonical.replace("-", " ")


def state_terms(weighed: Weighed, state: dict[str, float], garbled: float) -> Iterator[Term]:
    """What the damage of the rest of the text says of a suspect; `garbled` is the share of its
    unknown words that are garbled names.
    """
    suspect = weighed.suspect
    chance = state[suspect.surface.lower()]
    if suspect.rule in NEEDS_DAMAGE:
        yield prior(chance, garbled)
        if chance >= DAMAGED_FROM and humped(suspect):
            yield Term("its words still have their capitals", 1.5)
        sound = 1 - chance / DAMAGED_FROM
        faint = suspect.rule in HEARD and suspect.score < FAINT
        if suspect.heard:
            return
        if faint and sound > 0 and not likeness.slip(suspect.surface, suspect.canonical):
            # Triagebot is no TrickBot: a good text holds slips of the pen, and names nobody knows
            yield Term("a good text has slips, but this is none", -NO_SLIP * sound)
    elif suspect.rule == "names/term" and suspect.garble and not suspect.garble.safe:
        yield distorted(chance, suspect.garble)
    elif suspect.surface.islower() or suspect.rule == "names/listed":
        yield Term(f"the rest of the text looks damaged ({chance:.2f})", 2.0 * chance)


def _widest(judged: list[Decision]) -> list[Decision]:
    """Of two windows that stand for the same name, one inside the other: "Spase X" is as sure as
    "Spase", since its further word adds to the name; "Liverbool won" is nothing.
    """
    sure = {(n, d.suspect.canonical): d for d in judged if d.confidence >= SURE for n in _word(d)}
    out = []
    for decision in judged:
        where = ((n, decision.suspect.canonical) for n in decision.suspect.tokens())
        inside = [sure[at] for at in where if at in sure]
        if decision.suspect.count > 1 and inside and decision.suspect.rule in HEARD:
            adds = all(_adds(decision, narrow) for narrow in inside)
            least = max(d.confidence for d in inside) if decision.confidence >= 0.5 else 0.0
            confidence = max(decision.confidence, least) if adds else 0.0
            decision = replace(decision, confidence=confidence)
        out.append(decision)
    return out


def _adds(wider: Decision, narrow: Decision) -> bool:
    """Whether the further words of a window sound like the rest of the name."""
    if wider.suspect.heard:
        return not narrow.suspect.heard or wider.suspect.heard >= narrow.suspect.heard
    return wider.suspect.score >= narrow.suspect.score + ADDS


def _word(decision: Decision) -> range:
    """The token of a decision on one word; nothing for a longer one."""
    return decision.suspect.tokens() if decision.suspect.count == 1 else range(0)


def _disjoint(judged: list[Decision]) -> list[Decision]:
    """The most confident readings that share no word; of equals the longer one."""
    taken: set[int] = set()
    chosen = []
    for decision in sorted(
        judged, key=lambda d: (-round(d.confidence, 2), -d.suspect.count, d.suspect.first)
    ):
        if decision.confidence > 0.02 and taken.isdisjoint(decision.suspect.tokens()):
            taken.update(decision.suspect.tokens())
            chosen.append(decision)
    return sorted(chosen, key=lambda d: d.suspect.first)


def _one_voice(decisions: list[Decision]) -> list[Decision]:
    """A garble gets one decision in a text: the surest of its places speaks for all.

    Not where evidence differs by place: inside another window, or with another name.
    """
    best: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        where = decision.suspect.surface, decision.suspect.canonical
        if where not in best or decision.confidence > best[where].confidence:
            best[where] = decision
    out = []
    for decision in decisions:
        lead = best[decision.suspect.surface, decision.suspect.canonical]
        lower = decision.suspect.surface[:1].islower()
        if lead.confidence > decision.confidence and not lower:
            decision = replace(lead, suspect=decision.suspect)
        out.append(decision)
    return out


def edits(reading: Reading, decisions: Sequence[Decision]) -> Iterator[Edit]:
    """The decisions as proposals."""
    for decision in decisions:
        suspect = decision.suspect
        span = _with_stop(reading, suspect)
        before = reading.text[span.start : span.end]
        yield Edit(
            Span(span.start, span.end),
            before,
            careful.keep_case(suspect, before, decision.damaged) or cased(suspect, before),
            suspect.rule,
            reason(decision),
            round(decision.confidence, 3),
            tuple(map(str, decision.terms)),
        )


def _with_stop(reading: Reading, suspect: Suspect) -> Span:
    """The window, with the full stop of an abbreviation at its end: "Occasions Sq." ."""
    span = reading.span(suspect.first, suspect.count)
    last = suspect.surface.split()[-1]
    behind = reading.text[span.end : span.end + 3]
    inside = len(behind) > 2 and (behind[1] in ",;)" or (behind[1] == " " and behind[2].islower()))
    if behind[:1] == "." and inside and len(last) <= 3 and not suspect.canonical.endswith(last):
        return Span(span.start, span.end + 1)
    return span


def cased(suspect: Suspect, before: str) -> str:
    """What is to be written for a suspect; a term takes over the capitals of what stood there."""
    after = written(before, suspect.canonical)
    words = before.split()
    if suspect.rule == "names/term" and len(before) > 4 and before.isupper():
        return after.upper()
    if suspect.rule != "names/term" or not before[:1].isupper() or not after[:1].islower():
        return after
    if len(words) > 1 and all(word[:1].isupper() for word in words if len(word) > 3):
        return " ".join(word[:1].upper() + word[1:] for word in after.split(" "))
    return after[:1].upper() + after[1:]


def written(before: str, canonical: str) -> str:
    """The canonical form as it has to stand here: an article in mid-sentence stays small."""
    if before.startswith("the ") and canonical.startswith("The "):
        return "t" + canonical[1:]
    return canonical


def against(decision: Decision) -> str:
    """The term that speaks most against a decision, as one clause."""
    weakest = min(decision.terms, key=lambda term: term.weight)
    return weakest.what if weakest.weight < 0 else f"it may also be {decision.runner_up}"


def reason(decision: Decision) -> str:
    """The strongest term, as one clause."""
    if not decision.terms:
        return f"stands for {decision.suspect.canonical}"
    strongest = max(decision.terms, key=lambda term: term.weight)
    return strongest.what
