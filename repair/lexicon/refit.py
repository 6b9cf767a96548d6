"""Fits the channel to a user's own pairs, and keeps the table in the user's pack.

A shop that reads Greek or Swahili, or one engine's speech recognition, has garbles the shipped
tables know little about. A few hundred corrected ones move the table a good way towards them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from repair.lexicon import channel, fold
from repair.lexicon.tables import DictionaryError, Row, folder, rows

FEWEST = 20  # pairs; fewer say nothing about letters
HEAD = """\
# Unit weights of the name channel: letters of the name, of the garble, log-odds in nats.
# Fitted by `repair dict fit` to {count} pairs of {source}, beside the shipped table.
# SHA-256 of the rows: {digest}
"""


class Fitted(NamedTuple):
    """A fitted table as a file, and what the pairs score: nats a pair, before and after."""

    text: str
    pairs: int
    before: float
    after: float


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """(name, garble), folded, word by word where both have as many words.

    The table has the columns `garble` and `canonical`, or those of a pack's surfaces.tsv. Raises
    DictionaryError, with the line, for a row without letters a to z, and for too few pairs.
    """
    found = []
    for line, (garble, name) in _rows(path):
        garbles, names = _words(garble), _words(name)
        for cell, folded in ((garble, garbles), (name, names)):
            if not folded:
                raise DictionaryError(
                    f"{path}:{line}: {cell!r} has no letters a to z; romanise it,"
                    " or take the row out"
                )
        if len(garbles) != len(names):
            garbles, names = ["".join(garbles)], ["".join(names)]
        for pair in zip(names, garbles, strict=True):
            if max(map(len, pair)) > channel.LONGEST:
                raise DictionaryError(
                    f"{path}:{line}: a word of more than {channel.LONGEST} letters; names are"
                    " shorter: take the row out"
                )
            found.append(pair)
    if len(found) < FEWEST:
        raise DictionaryError(
            f"{path}:1: {len(found)} pairs of words; it takes {FEWEST} to fit a table: add rows"
        )
    return found


def _rows(path: Path) -> Iterator[Row]:
    try:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(f"{path}: cannot be read ({error}); it has to be UTF-8") from error
    column = "surface" if "surface" in first.split("\t") else "garble"
    yield from rows(path, (column, "canonical"))


def _words(cell: str) -> list[str]:
    return [word for word in map(fold.letters, cell.split()) if word]


def fit(pairs: list[tuple[str, str]], source: str) -> Fitted:
    """The shipped table, moved towards pairs of (name, garble), as the text of a file."""
    from repair.lexicon import learn

    letters = list(rows(folder() / "models" / "letter-chances.tsv", ("letter", "names", "garbles")))
    chance = learn.Chance(
        {row.cells[0]: float(row.cells[1]) for row in letters},
        {row.cells[0]: float(row.cells[2]) for row in letters},
    )
    shipped = channel.table()
    weights = learn.refit(shipped.weights, chance, pairs)
    body = "".join(f"{a}\t{b}\t{w:.2f}\n" for (a, b), w in sorted(weights.items()))
    digest = _digest(body)
    text = HEAD.format(count=len(pairs), source=source, digest=digest) + body
    fitted = channel.Table.of(weights)
    before, after = (
        sum(max(channel.score(name, garble, table), -10.0) for name, garble in pairs) / len(pairs)
        for table in (shipped, fitted)
    )
    return Fitted(text, len(pairs), before, after)


def read(path: Path) -> channel.Table:
    """The table of a pack. Raises DictionaryError, with the line, if it cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(f"{path}: cannot be read ({error}); it has to be UTF-8") from error
    mend = "make it anew with `repair dict fit`"
    said, body = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            said = line.partition("SHA-256 of the rows: ")[2] or said
            continue
        cells = line.split("\t")
        try:
            if len(cells) != 3 or not abs(float(cells[2])) < 100:
                raise ValueError(line)
        except ValueError:
            raise DictionaryError(
                f"{path}:{number}: {line[:60]!r} is no unit (letters, letters, nats); {mend}"
            ) from None
        body += f"{line}\n"
    if said != _digest(body):
        raise DictionaryError(f"{path}:1: the rows do not agree with their checksum; {mend}")
    return channel.Table.read(text)


def _digest(body: str) -> str:
    import hashlib  # late: every start of the command would pay for it

    return hashlib.sha256(body.encode()).hexdigest()
