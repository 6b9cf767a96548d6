"""Marks that a program left around words: "999 {dollars}", "the {hardware} to beat".

Spinning programs put braces around a handful of words; the word inside is right. A text about
templates has braces of its own, which stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

RULES = (
    Rule("artifacts/placeholder", "braces of a spinner around a word: '999 {dollars}'"),
    Rule("artifacts/unfilled", "a field that was never filled in: 'Dear %username%'", tier="soft"),
)

# Weight of the tells from which a text counts as spun here; a strong tell has 1.2, see damage.py.
SPUN = 0.7

# 999 {dollars}; the {hardware} to beat; {that a}
_BRACES = r"\{(?<![\w{$%#\\\"'`]\{)([a-z]{2,20}(?: [a-z]{1,20}){0,2})\}(?![\w}])"
_UNFILLED = r"%(?<![\w%]%)[a-z]{3,15}(?:_[a-z]{2,15}){0,2}%(?![\w%])"  # %username%


def placeholders(page: Page) -> Iterator[Edit]:
    """Proposals to drop the braces and keep the word."""
    if "{" not in page.text:
        return
    found = list(re.finditer(_BRACES, page.text))
    if not found or not page.english or _is_about_templates(page, found):
        return
    for match in found:
        sure = _confidence(page, match)
        if sure and page.free(*match.span()):
            start, end = match.span()
            reason = "braces that a program left around a word"
            yield page.edit(start, end, match[1], "placeholder", reason, sure)


def _confidence(page: Page, match: re.Match[str]) -> float:
    if match[1] in page.words.brace:
        return 0.95
    return 0.88 if _is_spun(page) else 0.0


def _is_spun(page: Page) -> bool:
    """Whether other tells than braces show that the text was spun."""
    tells = (t for t in page.damage.tells if t.channel == "spun" and "{" not in t.tell)
    return sum(tell.weight for tell in tells) >= SPUN


def _is_about_templates(page: Page, found: list[re.Match[str]]) -> bool:
    """Whether the text speaks of templates, or has other braces than those of a spinner."""
    if any(page.count(word) for word in page.words.template):
        return True
    known = all(match[1] in page.words.brace for match in found)
    return page.text.count("{") > len(found) or not (known or _is_spun(page))


def unfilled(page: Page) -> Iterator[Edit]:
    """Reports of a field without its value; nobody can know the value, so nothing is changed."""
    if "%" not in page.text:
        return
    for match in re.finditer(_UNFILLED, page.text):
        if page.free(*match.span()) and not any(page.count(w) for w in page.words.template):
            start, end = match.span()
            reason = "a field of a template that was never filled in"
            yield page.edit(start, end, match[0], "unfilled", reason, 0.55)
