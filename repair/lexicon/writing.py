"""Signs of how people write and speak: titles, hesitations, endings of peoples, rows of keys.

They are few, and yet they are data: a table says what kind of sign a word, an ending or a group of
letters is, and a language that has others gets further rows.
"""

from __future__ import annotations

from functools import cache

from repair.lexicon.tables import folder, rows


@cache
def _all() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for _, (sign, kind) in rows(folder() / "writing" / "signs.tsv", ("sign", "kind")):
        found.setdefault(kind, []).append(sign)
    return {kind: tuple(signs) for kind, signs in found.items()}


@cache
def signs(kind: str) -> frozenset[str]:
    """The signs of one kind, in small letters; none for a kind that the table does not have.

    "title" stands before a surname, "article" before a thing, "hesitation" between words,
    "spelling" where spellings are spoken of; "people" ends the names of peoples and languages,
    "ending" those of plurals and adjectives, "latin" is in no name that was transliterated;
    "joiner" joins two names, "english" are the small words by which English is known; "keys" are
    the rows of a keyboard, the upper the longer.

    >>> "dr" in signs("title")
    True
    """
    return frozenset(_all().get(kind, ()))
