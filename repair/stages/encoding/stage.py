"""Mojibake, entities and stray bytes, line by line: the door of the encoding stage.

A scan over the document finds the lines that could need anything; all else is left untouched, and
nothing heavy is imported for it. Each of those lines goes through the same steps: halves of
characters, entities, then UTF-8 that was read in a wrong charset. LF alone ends a line: U+0085 and
the other separators of `str.splitlines` are often pieces of mojibake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from repair.stages.encoding import scan
from repair.stages.encoding.entities import bare_entities, entities
from repair.stages.encoding.ftfy_plan import repaired
from repair.stages.encoding.steps import Line
from repair.stages.encoding.surrogates import SURROGATE, surrogates
from repair.text.edits import Edit, Rule

MOJIBAKE, ENTITY, SURROGATES = "encoding/mojibake", "encoding/entity", "encoding/surrogate"
BARE_ENTITY = "encoding/bare-entity"
RULES: tuple[Rule, ...] = (
    Rule(MOJIBAKE, "text in UTF-8 that was read in another charset: caf\u00c3\u00a9 -> café"),
    Rule(ENTITY, "HTML entities: &eacute; &#8217; &amp;amp; -> é ’ &"),
    Rule(BARE_ENTITY, "entities of letters that lost their semicolon: caf&eacute -> café"),
    Rule(SURROGATES, "characters that came as two halves, and halves alone"),
)
# Entities of entities are taken at once; a second round is for what mojibake hid.
_ROUNDS = 3
# Longer lines are cut at blanks for this stage: the cost of some steps grows with the line.
_LONGEST = 8_000
# "&eacute;", "&#8217;", "&ccedil"
_AMPERSAND = re.compile("&(?:#|[A-Za-z])")


class Encoding:
    """Proposes what makes damaged characters whole again."""

    name = "encoding"
    rules = RULES

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`, line by line."""
        for start, end in _suspicious(text):
            for low, high in _pieces(text, start, end):
                line = Line(text[low:high])
                mend(line)
                yield from line.edits(low)


def mend(line: Line) -> None:
    """All steps on one line, again where one step uncovers work for another."""
    for _ in range(_ROUNDS):
        before = line.text
        if SURROGATE.search(line.text):
            line.apply(surrogates(line.text), SURROGATES, "halves of characters (UTF-16)", 0.99)
        if "&" in line.text:
            line.apply(entities(line.text), ENTITY, "HTML entity", 0.98)
            line.apply(bare_entities(line.text), BARE_ENTITY, "HTML entity without its ;", 0.9)
        if not line.text.isascii() and scan.is_bad(line.text):
            after, reason = repaired(line.text)
            line.become(after, MOJIBAKE, reason, 0.97)
        if line.text == before:
            break


def _suspicious(text: str) -> Iterator[tuple[int, int]]:
    """The lines (start, end) in which some step could find something, each once, in order."""
    places = [_surrogates(text), _ampersands(text)] if "&" in text else [_surrogates(text)]
    if not text.isascii():
        places.append(scan.bad_places(text))
    elif "&" not in text:
        return
    heads = [(at, which) for which, place in enumerate(places) if (at := next(place, -1)) >= 0]
    done = -1
    while heads:
        at, which = min(heads)
        heads.remove((at, which))
        if at >= done:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            done = end + 1 if end >= 0 else len(text) + 1
            yield start, done - 1
        following = next(places[which], -1)
        if following >= 0:
            heads.append((following, which))


def _surrogates(text: str) -> Iterator[int]:
    if text.isascii():
        return iter(())
    return (found.start() for found in SURROGATE.finditer(text))


def _ampersands(text: str) -> Iterator[int]:
    return (found.start() for found in _AMPERSAND.finditer(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The line in pieces of at most `_LONGEST` characters, cut behind blanks if there are any."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end
