"""Marks that stand apart or twice: "word ,", "Recently. , Cloud", "OpenAI 's", "“ yes ”".

French puts blanks before its marks and German closes a quotation with the sign that opens one in
English, so these rules ask for English first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

RULES = (
    Rule("artifacts/orphan-quote", "blanks on the inner side of English quotes: '“ yes ”'"),
    Rule("artifacts/orphan-apostrophe", "a blank before 's or 't in English: 'the bank 's'"),
    Rule("artifacts/orphan-mark", "a blank before a mark in English: 'word , word'"),
    Rule("artifacts/stray-mark", "a mark written twice: 'angry, , but', 'laughing. . The'"),
)

# Blanks before marks and inside quotes are right in French, so that more speaks for English here:
# so many words near by that are English alone.
STRONG = 3

# “ we are ready ”; German closes with “ and goes on with a blank, so English only
_QUOTE = r"“ (?=\w)([^“”\n]{0,300}?[\w.,!?…]) ”"
# he said " we are ready ". Both signs need blanks, so that: "yes" and "no" is no pair
_STRAIGHT = r'(?<=[^\S\n])" (?=\w)([^"\n]{0,300}?[\w.,!?…]) "(?=[\s.,;:!?)]|\Z)'


def orphan_quotes(page: Page) -> Iterator[Edit]:
    """Proposals for blanks on the inner side of a pair of quotes."""
    found: list[re.Match[str]] = []
    if "“ " in page.text:
        found += re.finditer(_QUOTE, page.text)
    if ' " ' in page.text:
        found += re.finditer(_STRAIGHT, page.text)
    for match in found:
        if page.english_at(match.start(), STRONG):
            reason = "English quotes have no blank on the inner side"
            inner = match.start() + 1, match.end() - 2
            yield page.edit(inner[0], inner[0] + 1, "", "orphan-quote", reason, 0.9)
            yield page.edit(inner[1], inner[1] + 1, "", "orphan-quote", reason, 0.9)


# the bank 's offer; they don ’t know
_APOSTROPHE = r" ['’](?=[st](?:[\s.,;:!?)]|\Z))"


def orphan_apostrophes(page: Page) -> Iterator[Edit]:
    """Proposals for a blank inside a possessive or a contraction."""
    if " '" not in page.text and " ’" not in page.text:
        return
    for match in re.finditer(_APOSTROPHE, page.text):
        at = match.start()
        word = page.word_before(at).lower()
        genitive = page.text[at + 2] == "s" and len(word) > 2 and word not in page.words.function
        if (
            (genitive or word in page.words.auxiliary)
            and page.english_at(at)
            and page.free(at, at + 3)
        ):
            reason = "a possessive and a contraction are written without a blank"
            yield page.edit(at, at + 1, "", "orphan-apostrophe", reason, 0.9)


_MARK = r" [.,?!;](?=[ \n]|\Z)"
# From so many spaced marks on, a text counts as one that was cut into tokens on purpose.
TOKENISED = 12


def orphan_marks(page: Page) -> Iterator[Edit]:
    """Proposals for a blank before a mark.

    Not in a text that has one behind a word of grammar ("is implemented in ."): there links or
    formulas were lost, and closing the gap would hide that. Not in a text that is cut into tokens.
    """
    found = list(re.finditer(_MARK, page.text))
    if not found or len(found) > TOKENISED or not page.english:
        return
    words = [page.word_before(match.start()) for match in found]
    if any(word.lower() in page.words.function for word in words):
        return
    for match, word in zip(found, words, strict=True):
        at = match.start()
        rest = page.text[match.end() : match.end() + 2]
        if len(word) < 3 or not word.isalpha():
            continue
        goes_on = rest[:1] == " " and rest[1:].isalpha()
        ends = not rest.strip() or rest[0] == "\n" or rest[1:].isupper()
        right = ends if match[0] == " ." else goes_on or (ends and match[0] != " ,")
        if right and page.english_at(at, STRONG) and page.free(at - 1, at + 2):
            reason = "English has no blank before a mark"
            yield page.edit(at, at + 1, "", "orphan-mark", reason, 0.9)


# angry, , but; laughing. . The; Recently. , Cloud
_STRAY = r" [,.](?=[ \n]|\Z)(?<=[,.] [,.])"


def stray_marks(page: Page) -> Iterator[Edit]:
    """Proposals for two marks in a row; an ellipsis of spaced points (". . .") is left alone."""
    text = page.text
    if " ," not in text and " ." not in text:
        return
    for match in re.finditer(_STRAY, text):
        at, end = match.start() - 1, match.end()
        word = page.word_before(at)
        first, second = text[at], match[0][1]
        spaced = text[end : end + 2] in (" .", " ,")
        if len(word) < 2 or not word.isalpha() or spaced or word.lower() in page.words.abbreviation:
            continue
        if first + second == ",." or not page.free(at, end):
            continue  # "the list, ." lost its last word: closing the gap would hide that
        keep = first if first == second else _keep(page, at - len(word), end)
        reason = "one mark is enough"
        yield page.edit(at, end, keep, "stray-mark", reason, 0.93 if page.english_at(at) else 0.6)


def _keep(page: Page, start: int, end: int) -> str:
    """Which of ". ," to keep: the comma behind a sentence of one word, or where it goes on."""
    text = page.text
    alone = text[:start].rstrip()[-1:] in (".", "!", "?", "") or text[start - 1 : start] == "\n"
    return "," if alone or text[end + 1 : end + 2].islower() else "."
