"""Numbers that a spinner or a translation bent: "ten p.c", "2,000 million", "two.5 GHz".

Such forms may be good English somewhere ("2,000 million" was, for a long time), so most of these
rules run in damaged texts only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

RULES = (
    Rule("artifacts/percent", "'p.c' for percent, in a spun text", tier="evidence"),
    Rule(
        "artifacts/thousand-million",
        "'2,000 million' for 2 billion, in a damaged text",
        tier="evidence",
    ),
    Rule("artifacts/spelled-decimal", "a decimal with its first part in words: 'two.5 GHz'"),
)

_PERCENT = r" p\.c\.?(?!\w)"
_MILLION = r" million\b(?<=,\d{3} million)"  # 2,000 million
_DECIMAL = r"\.(\d{1,2})(?= ?([A-Za-z%]{0,8}))(?<=[a-z]\.\d)(?!\.?\d)"  # two.5GHz


def percents(page: Page) -> Iterator[Edit]:
    """Proposals for "p.c" behind a number, where other tells show a spun text."""
    if " p.c" not in page.text:
        return
    for match in re.finditer(_PERCENT, page.text):
        at, end = match.span()
        before = page.word_before(at)
        if not page.english_at(at) or not (before[-1:].isdigit() or before.isalpha()):
            continue
        closing = match[0].endswith(".") and (
            page.text[end : end + 1] in ("", "\n") or page.text[end + 1 : end + 2].isupper()
        )
        others = sum(t.weight for t in page.damage.tells if t.channel == "spun" and t.tell != "p.c")
        sure = 0.9 if others >= 0.5 else 0.65
        after = " percent." if closing else " percent"
        yield page.edit(at, end, after, "percent", "spinners write p.c for percent", sure)


def thousand_millions(page: Page) -> Iterator[Edit]:
    """Proposals for "2,000 million": 2 billion in today's English."""
    if " million" not in page.text:
        return
    for match in re.finditer(_MILLION, page.text):
        comma, end = match.start() - 4, match.end()
        whole = page.word_before(comma)
        start = comma - len(whole)
        if not whole.isdecimal() or len(whole) > 3 or page.text[start - 1 : start] in (",", "."):
            continue
        tells = (t for t in page.damage.tells if t.channel in ("translated", "spun"))
        damaged = sum(t.weight for t in tells if "million" not in t.tell) >= 0.7
        if page.english and page.free(start, end):
            tenth = page.text[comma + 1 : comma + 4].rstrip("0")
            after = f"{whole}.{tenth} billion" if tenth else f"{whole} billion"
            reason = "a thousand million is a billion in English"
            yield page.edit(start, end, after, "thousand-million", reason, 0.88 if damaged else 0.5)


def spelled_decimals(page: Page) -> Iterator[Edit]:
    """Proposals for a decimal whose first part was written out: two.5 GHz."""
    for match in re.finditer(_DECIMAL, page.text):
        at = match.start()
        word = page.word_before(at)
        digits = page.words.numerals.get(word.lower())
        start = at - len(word)
        if digits and page.text[start - 1 : start] in ("", " ", "\n", "(") and page.free(start, at):
            unit = match[2] in page.words.unit or match[2] == "%"
            reason = "a decimal is written in digits"
            yield page.edit(start, at, digits, "spelled-decimal", reason, 0.93 if unit else 0.6)
