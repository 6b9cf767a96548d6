"""Footnote digits that stuck to a word when the superscript was lost: "intelligence1."

One such word proves little (python3, word2vec, MP3): the rule asks for two in a text, on ordinary
words that do not take a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from repair.lexicon.vocabulary import ordinary
from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule
from repair.text.patterns import later

RULES = (
    Rule("artifacts/footnote", "a footnote digit stuck to a word: 'startups1.'", tier="evidence"),
)

_DIGIT = later(r"[1-9](?<=[a-z][1-9])(?=\d?[.,;:!?)]?(?:\s|\Z))")
_NUMBER = r"[1-9]\d?(?=[.,;:!?)]?(?:\s|\Z))"
HIGHEST = 60  # the highest footnote number believed


class Note(NamedTuple):
    start: int  # of the digits
    end: int
    word: str
    closing: bool  # whether the note stands at the end of a clause


def footnotes(page: Page) -> Iterator[Edit]:
    """Proposals to drop footnote digits."""
    found = [note for match in _DIGIT.finditer(page.text) if (note := _note(page, match.start()))]
    if not found or not page.english:
        return
    uses = Counter(note.word for note in found)
    known = ordinary()
    notes = [
        n for n in found if uses[n.word] == 1 and n.word in known and page.free(n.start, n.end)
    ]
    closing = sum(note.closing for note in notes)
    for note in notes:
        if not note.closing and closing < 2:
            continue
        sure = 0.93 if closing > 1 and note.closing else 0.88 if closing > 2 else 0.65
        reason = f"{closing} words at the end of a clause carry a footnote digit"
        yield page.edit(note.start, note.end, "", "footnote", reason, sure)


def _note(page: Page, at: int) -> Note | None:
    """The footnote whose digits begin at an offset, if it looks like one."""
    match = re.compile(_NUMBER).match(page.text, at)
    word = page.word_before(at)
    if not match or int(match[0]) > HIGHEST or len(word) < 5 or not word.isalpha():
        return None
    if not word.islower() or word in page.words.numbered:
        return None
    edge = page.text[at - len(word) - 1 : at - len(word)]
    if edge and not (edge.isspace() or edge in "(“\"'‘-—–"):
        return None
    closing = page.text[match.end() : match.end() + 1] in (
        "",
        "\n",
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
    )
    return Note(at, match.end(), word, closing)
