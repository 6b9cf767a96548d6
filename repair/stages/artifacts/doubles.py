"""Words and phrases written twice: "Google Google Cloud", "with with", "in the in the".

English says some words twice and means it ("that that", "had had", "Bora Bora", "very very"); they
have the role "double" and are left alone, and so is whatever stands three times in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule
from repair.text.patterns import later

RULES = (
    Rule("artifacts/doubled-word", "a word written twice: 'with with', 'Google Google Cloud'"),
    Rule("artifacts/doubled-phrase", "a phrase written twice: 'in the in the'"),
)

# "Compared with with the", "in the in the": one scan for both. The blank in front is a literal that
# the engine can search for, and possessive quantifiers keep it from trying shorter words.
_LOWER = later(r" ([a-z]++) (?:([a-z]++) \1 \2|\1)(?!\w)")
_NAME = later(r" ([A-Z]\w*+) \1(?!\w)")  # of Google Google Cloud
# The the chief; what stands in front is asked last, so that the engine can search for capitals
_CAPITAL = later(r"[A-Z](?=([a-z]++) [a-z]\1(?!\w))(?<![^\s“\"(].)\1 [a-z]\1")
_AT_START = later(r"\n([A-Za-z]++) \1(?!\w)")
# Shorter lines, in characters, may be headings, and rows of a table.
PROSE = 45
# A text with fewer full stops than one in so many of its first characters may be a transcript.
UNPOINTED, SAMPLE = 300, 20_000
_LINK = frozenset("-'’_/@&*")


def doubled(page: Page) -> Iterator[Edit]:
    """Proposals for a word, or a phrase of two words, that stands twice with a blank between."""
    for match in _LOWER.finditer(page.text):
        if match[2]:
            yield from _phrase(page, match)
        else:
            yield from _word(page, match)
    yield from _at_start(page)
    for pattern in (_NAME, _AT_START):
        for match in pattern.finditer(page.text):
            yield from _word(page, match)


def _word(page: Page, match: re.Match[str]) -> Iterator[Edit]:
    sure = _confidence(page, match)
    if sure and page.free(*match.span(1)):
        start, end = match.end(1), match.end()
        yield page.edit(start, end, "", "doubled-word", f"“{match[1]}” is written twice", sure)


def _at_start(page: Page) -> Iterator[Edit]:
    """A word of grammar that stands twice, the first time with the capital of the sentence."""
    for match in _CAPITAL.finditer(page.text):
        first, _, second = match[0].partition(" ")
        if (
            first.lower() != second
            or second not in page.words.function
            or second in page.words.double
        ):
            continue
        follows = page.text[match.end() : match.end() + 2]
        if follows[:1] != " " or not follows[1:].isalpha() or not page.english_at(match.end()):
            continue
        start = match.start() + len(first)
        if page.free(match.start(), match.end()):
            reason = f"“{first} {second}” is one word written twice"
            yield page.edit(start, match.end(), "", "doubled-word", reason, 0.93)


def _phrase(page: Page, match: re.Match[str]) -> Iterator[Edit]:
    """Two words written twice, of which the first ties and the second determines.

    Other phrases are said twice by right too often ("over and over and over", "have to have to").
    """
    words = page.words
    sure = (
        match[1] in words.relation and match[2] in words.determiner and page.english_at(match.end())
    )
    if sure and page.free(*match.span()):
        start, end = match.end(2), match.end()
        reason = f"“{match[1]} {match[2]}” is written twice"
        yield page.edit(start, end, "", "doubled-phrase", reason, 0.93)


def _confidence(page: Page, match: re.Match[str]) -> float:
    """How sure it is that a doubled word is a slip; 0 for a rightful doubling."""
    text, word, end = page.text, match[1], match.end()
    folded = word.lower()
    if not word.isalpha() or folded in page.words.double:
        return 0.0
    if text[end : end + 1] in _LINK or text[end : end + len(word) + 1].lower() == f" {folded}":
        return 0.0
    if text[match.start() - len(word) : match.start()].lower() == folded:
        return 0.0
    if word[0].isupper():
        return _name_confidence(page, match)
    if not word.islower() or page.word_before(match.start()) == "":
        return 0.0
    if not page.english_at(match.end()):
        return 0.0
    clause = text[max(0, match.start() - 40) : match.start()].lower().split()[-2:]
    if folded not in page.words.function and not page.words.relative.isdisjoint(clause):
        return 0.0  # whatever happens happens
    if _is_unpointed(page.text[:SAMPLE]) and page.damage.scores["transcribed"] >= 0.5:
        return 0.7  # people do say "the the"; whether to keep it is the editor's affair
    return 0.95 if folded in page.words.function else 0.9


def _is_unpointed(text: str) -> bool:
    """Whether a text has so few full stops that a transcript is worth the asking."""
    return text.count(". ") * UNPOINTED < len(text)


def _name_confidence(page: Page, match: re.Match[str]) -> float:
    """The same for a capitalised word: many names are doubled by right (Duran Duran)."""
    text, word = page.text, match[1]
    before = page.word_before(match.start())
    if not before.islower() or match[0][0] == "\n" or len(page.line(match.start())) < PROSE:
        return 0.0  # a heading, a list or a table: "Company Product" rows double names rightly
    longer = text[match.end() : match.end() + 2]
    twice = text.find(f"{word} {word}", text.find(f"{word} {word}") + 1) >= 0  # count() reads on
    if twice or (word.isupper() and page.count(word) < 4):
        return 0.0
    if page.count(word) > 2:
        return 0.93
    extends = longer[:1] == " " and longer[1:].isupper()
    return 0.9 if extends and before in page.words.function else 0.6
