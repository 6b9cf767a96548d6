"""Copyright lines and disclaimers that belong to the text: in licences, manuals, records.

"All rights reserved" at the foot of a page is furniture; above "Permission is hereby granted" it
is part of a licence, and a list of holders is a record. The phrases of licences are data
(dictionaries/boilerplate/licences/*.tsv), looked up as they are written, in small letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from repair.lexicon import tables
from repair.stages.boilerplate.page import Page
from repair.stages.boilerplate.triggers import Trigger

FAMILY = "legal"
# A licence phrase within so many units makes a line the licence's.
_NEAR = 6
# A text with so many different phrases of licences is one, or lists them.
_LICENCES = 3
# Copyright lines at so many places, more than `_NEAR` units apart, are what the text is about.
_PLACES = 4
# How close to furniture of another kind a line inside the article has to stand.
_COMPANY = 6
# So many units at the beginning and at the end of a text are its head and tail, prose or not.
_EDGE = 6
# A phrase of so many words, or with one of these, is a statement rather than a link.
_STATEMENT, _OPEN = 3, frozenset("*#©")
_AROUND = '"“”:,'
_LOOKED_AT = 2000  # characters of a unit


def held(
    page: Page,
    hits: Mapping[int, Trigger],
    notices: Mapping[int, Trigger],
    phrases: Mapping[str, Sequence[str]],
) -> frozenset[int]:
    """The units with a legal trigger or notice that stay. A statement ("© 2019 Example") stays
    also where it comes again and again, or alone within the article; a link ("Imprint") goes.
    """
    legal = {i: hit for of in (hits, notices) for i, hit in of.items() if hit.family == FAMILY}
    if not legal:
        return frozenset()
    found = [p for word in phrases.keys() & page.words for p in phrases[word] if p in page.small]
    if len(found) >= _LICENCES:
        return frozenset(legal)
    stated = sorted(i for i, hit in legal.items() if i in notices or _states(hit))
    near = {i for i in legal if found and _near(page, i, found)}
    if 1 + sum(below - above > _NEAR for above, below in pairwise(stated)) >= _PLACES:
        return frozenset(near.union(stated))
    anchors = [i for i in page.anchors if i not in notices]
    begin, end = (
        (max(anchors[0], _EDGE), min(anchors[-1], len(page) - _EDGE)) if anchors else (0, 0)
    )
    inside = (i for i in stated if begin < i < end)
    return frozenset(near.union(i for i in inside if _alone(i, hits, notices)))


def _states(hit: Trigger) -> bool:
    return hit.words >= _STATEMENT or not _OPEN.isdisjoint(hit.phrase)


def _near(page: Page, i: int, phrases: Iterable[str]) -> bool:
    around = page.units[max(0, i - _NEAR) : i + _NEAR + 1]
    said = "\n".join(unit.body[:_LOOKED_AT] for unit in around).lower()
    return any(phrase in said for phrase in phrases)


def _alone(i: int, hits: Mapping[int, Trigger], notices: Mapping[int, Trigger]) -> bool:
    near = [j for j in range(i - _COMPANY, i + _COMPANY + 1) if j != i]
    return not any(j in hits or j in notices for j in near)


@cache
def shipped() -> Mapping[str, Sequence[str]]:
    """The phrases of all shipped tables by their longest word. Raises DictionaryError."""
    found: dict[str, list[str]] = {}
    for path in sorted((tables.folder() / "boilerplate" / "licences").glob("*.tsv")):
        for row in tables.rows(path, ("phrase", "kind")):
            phrase = row.cells[0].lower()
            words = (word.strip(_AROUND) for word in phrase.split())
            found.setdefault(max(words, key=len), []).append(phrase)
    return found
