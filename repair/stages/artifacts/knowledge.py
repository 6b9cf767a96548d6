"""What the artifact rules know of words: roles such as "is rightly said twice", read from tables.

`dictionaries/artifacts/words.tsv` gives every word its roles, `homoglyphs.tsv` the letters of other
scripts that look like Latin ones, `numerals.tsv` the digits of number words. The
code holds no word list.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from repair.lexicon import tables

# What of `Words` is no role but a table of its own.
PAIRS = ("homoglyphs", "numerals")


class Words(NamedTuple):
    """The words of each role; roles are explained in docs/artifacts.md.

    All are lower case but for `agency` and `unit`.
    """

    abbreviation: frozenset[str]
    agency: frozenset[str]
    auxiliary: frozenset[str]
    brace: frozenset[str]
    camel: frozenset[str]
    determiner: frozenset[str]
    double: frozenset[str]
    english: frozenset[str]
    foreign: frozenset[str]
    function: frozenset[str]
    joiner: frozenset[str]
    joint: frozenset[str]
    left: frozenset[str]
    match: frozenset[str]
    numbered: frozenset[str]
    particle: frozenset[str]
    prefix: frozenset[str]
    proportion: frozenset[str]
    ratio: frozenset[str]
    relation: frozenset[str]
    relative: frozenset[str]
    result: frozenset[str]
    right: frozenset[str]
    template: frozenset[str]
    unit: frozenset[str]
    verbal: frozenset[str]
    homoglyphs: MappingProxyType[str, str]
    numerals: MappingProxyType[str, str]


@cache
def words() -> Words:
    """The shipped tables. Raises DictionaryError if one of them is broken."""
    path = tables.folder() / "artifacts" / "words.tsv"
    roles: dict[str, set[str]] = {name: set() for name in Words._fields if name not in PAIRS}
    for line, (word, cell) in tables.rows(path, ("word", "roles")):
        for role in cell.split("|"):
            if role not in roles:
                known = ", ".join(sorted(roles))
                raise tables.DictionaryError(f"{path}:{line}: no role {role!r}; there are {known}")
            roles[role].add(word)
    frozen = {role: frozenset(found) for role, found in roles.items()}
    letters = _pairs(path.with_name("homoglyphs.tsv"), "letter", "latin")
    numerals = _pairs(path.with_name("numerals.tsv"), "word", "digits")
    return Words(**frozen, homoglyphs=letters, numerals=numerals)


def _pairs(path: Path, left: str, right: str) -> MappingProxyType[str, str]:
    return MappingProxyType({a: b for _, (a, b) in tables.rows(path, (left, right))})
