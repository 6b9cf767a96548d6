"""Lines that were cut to a width: "infor-" and "mation" on two lines, paragraphs of short lines.

A hyphen at a line end is taken out only where the whole word is known: it stands elsewhere in the
text, or it is an ordinary word and one of its halves is none. Joining hard-wrapped lines changes
what a text looks like, so it happens on request only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from repair.lexicon.vocabulary import ordinary
from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

RULES = (
    Rule("artifacts/line-hyphen", "a word cut at a line end: 'infor-' / 'mation'", tier="evidence"),
    Rule("artifacts/hard-wrap", "lines of a paragraph cut to a width, joined", False, "soft"),
)

# infor-(line end)mation is: the rest of the word with what clings to it, and the blank behind
_CUT = r"-(\r?\n)([a-z]{2,30}(?!\w)[^\s\w]{0,3})( ?)"


def line_hyphens(page: Page) -> Iterator[Edit]:
    """Proposals to close a word that was cut at a line end; the line then ends behind the word."""
    if "-\n" not in page.text and "-\r\n" not in page.text:
        return
    for match in re.finditer(_CUT, page.text):
        left, right = page.word_before(match.start()), page.word_after(match.start(2))
        sure = _confidence(page, left, right) if left.isalpha() and len(left) > 1 else 0.0
        if sure and page.free(match.start() - len(left), match.end()):
            last = page.text[match.end() : match.end() + 1] in ("", "\n", "\r")
            after = match[2] + ("" if last and not match[3] else match[1])
            reason = f"“{left}{right}” was cut at a line end"
            yield page.edit(*match.span(), after, "line-hyphen", reason, sure)


def _confidence(page: Page, left: str, right: str) -> float:
    whole = left + right
    if page.has(f"{left}-{right}"):
        return 0.0
    if page.count(whole) or page.count(whole.lower()):
        return 0.93
    known = ordinary()
    if not page.english or whole.lower() not in known or left.lower() in page.words.prefix:
        return 0.0
    return 0.9 if left.lower() not in known or right not in known else 0.6


# A paragraph counts as cut to a width from so many lines on, if its longest is so wide at least.
FEWEST, NARROWEST, WIDEST = 3, 45, 110
_MARK = r"\s|[-*+•>|#]|\d{1,3}[.)] |[A-Za-z][.)] "


def hard_wraps(page: Page) -> Iterator[Edit]:
    """Proposals for a blank in the place of each line end inside a paragraph cut to a width."""
    start, paragraph = 0, list[tuple[int, str]]()
    for line in (*page.text.split("\n"), ""):
        if line.strip() and not re.compile(_MARK).match(line):
            paragraph.append((start, line.rstrip("\r")))
        else:
            if _is_cut([text for _, text in paragraph]):
                for (_, before), (at, _) in pairwise(paragraph):
                    blanks = len(before) - len(before.rstrip(" "))
                    end = at - 1 - (page.text[at - 2 : at - 1] == "\r") - blanks
                    if page.free(end - 1, end):
                        reason = "a line cut to a width"
                        yield page.edit(end, at, " ", "hard-wrap", reason, 0.9)
            paragraph = []
        start += len(line) + 1


def _is_cut(lines: list[str]) -> bool:
    """Whether each line is full: the first word of the next one would not have fitted in.

    Verse, tables and lists of short lines are not full.
    """
    if len(lines) < FEWEST:
        return False
    width = max(len(line.rstrip()) for line in lines)
    if not NARROWEST <= width <= WIDEST:
        return False
    return all(
        len(line.rstrip()) + 1 + len(following.split(" ", 1)[0]) > width and line[-1] != "-"
        for line, following in pairwise(lines)
    )
