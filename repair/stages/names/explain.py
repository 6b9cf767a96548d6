"""Why a name was repaired, or was not: candidates, terms, winner, runner-up, and what was left.

Nothing here decides anything; it runs the very decision of the stage and tells it whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from repair.lexicon import fold
from repair.lexicon import words as language
from repair.stages.names import decide
from repair.stages.names.evidence import Term
from repair.stages.names.reading import Reading
from repair.stages.names.stage import Names
from repair.text.edits import Span

APPLIED, SUGGESTED = 0.85, 0.50


@dataclass(frozen=True, slots=True)
class Possible:
    """A name that a window may stand for; `odds` are nats, the sum of the terms."""

    canonical: str
    rule: str
    odds: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A window of the text and what became of it.

    `outcome` is "applied", "suggested" or "left"; `why` is one clause; `confidence` is in [0, 1];
    `possible` holds the readings, best first: the winner, then the runner-up. For a word that is
    like no name there are none.
    """

    span: Span
    surface: str
    outcome: str
    confidence: float
    why: str
    possible: tuple[Possible, ...] = ()


def explain(
    text: str, stage: Names, document: str = "", apply_at: float = APPLIED
) -> tuple[Explained, ...]:
    """What the names stage makes of a text, in order; `document` is read as the rest of it."""
    whole = f"{text}\n\n{document}" if document and text not in document else document or text
    start = whole.find(text)
    lexicon, scanner = stage.lexicon, stage.scanner
    reading = Reading(whole, lexicon)
    doubtful = scanner.every(whole)
    judged = decide.judge(reading, doubtful, scanner)
    inside = [d for d in judged.all if _within(reading, d, start, start + len(text))]
    won = {number: d for d in judged.chosen for number in d.suspect.tokens()}
    told = [_explained(reading, d, won, apply_at, start) for d in inside]
    told += _left(reading, stage, {n for d in inside for n in d.suspect.tokens()}, start, len(text))
    return tuple(sorted(told, key=lambda e: (e.span, -e.confidence)))


def _within(reading: Reading, decision: decide.Decision, start: int, end: int) -> bool:
    span = reading.span(decision.suspect.first, decision.suspect.count)
    return start <= span.start and span.end <= end


def _explained(
    reading: Reading,
    decision: decide.Decision,
    won: dict[int, decide.Decision],
    apply_at: float,
    start: int,
) -> Explained:
    span = reading.span(decision.suspect.first, decision.suspect.count)
    possible = tuple(
        Possible(w.suspect.canonical, w.suspect.rule, round(w.odds, 2), w.terms)
        for w in decision.rivals
    )
    outcome, why = "left", "the evidence is too thin"
    winners = {id(won[number]) for number in decision.suspect.tokens() if number in won}
    if winners and id(decision) not in winners:
        why = "another reading of these words is better"
    elif decision.confidence >= apply_at:
        outcome, why = "applied", decide.reason(decision)
    elif decision.confidence >= SUGGESTED:
        outcome, why = "suggested", f"not sure enough to apply: {decide.against(decision)}"
    elif decision.terms:
        why = decide.against(decision)
    return Explained(
        Span(span.start - start, span.end - start),
        reading.text[span.start : span.end],
        outcome,
        round(decision.confidence, 4),
        why,
        possible,
    )


def _left(
    reading: Reading, stage: Names, told: set[int], start: int, length: int
) -> list[Explained]:
    """The unknown words of the text that are like no name."""
    left = []
    for number, token in enumerate(reading.tokens):
        if number in told or not start <= token.start < start + length:
            continue
        if stage.scanner.unknown(token.text):
            near = stage.scanner.heard.near(fold.letters(token.text))
            why = "it sounds like no name of the dictionaries"
            if near:
                why = f"it sounds a little like {near[0].letters!r}, not enough"
            elif language.zipf(token.lower) or language.elsewhere(token.lower):
                why = "it is a word, if a rare one"
            span = Span(token.start - start, token.end - start)
            left.append(Explained(span, token.text, "left", 0.0, why))
    return left
