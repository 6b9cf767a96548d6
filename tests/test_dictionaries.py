"""The shipped dictionaries keep their rules: what `repair dict lint` says, and a little more."""

from __future__ import annotations

from pathlib import Path

import pytest

from repair.config import Config
from repair.lexicon import pack
from repair.lexicon.lint import lint
from repair.lexicon.tables import folder, rows
from repair.pipeline import Pipeline
from repair.text.document import Document

PACKS = [pack.find(name) for name in pack.available()]
# Tables outside the packs, with the columns that make a row unique.
TABLES = {
    "artifacts/words.tsv": 1,
    "artifacts/homoglyphs.tsv": 1,
    "artifacts/numerals.tsv": 1,
    "damage/tells.tsv": 1,
    "spoken/letters.tsv": 1,
    "spoken/numbers.tsv": 1,
    "spoken/sounds.tsv": 2,
    "synonyms/synonyms.tsv": 2,
    "terms/close.tsv": 1,
    "terms/cues.tsv": 1,
    "terms/terms.tsv": 1,
    "writing/signs.tsv": 2,
}


def _rows(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    assert data.endswith(b"\n"), f"{path}: the last line has no end"
    assert b"\r" not in data, f"{path}: line ends have to be LF"
    return [line.split("\t") for line in data.decode().splitlines()]


def test_the_packs_have_no_problem() -> None:
    problems = [str(problem) for problem in lint(PACKS)]
    assert not problems, "\n".join(problems[:50])


@pytest.mark.parametrize("name", TABLES)
def test_other_tables_are_sorted_and_unique_and_say_where_they_come_from(name: str) -> None:
    header, *rows = _rows(folder() / name)
    assert header[-1] == "origin"
    assert all(len(row) == len(header) and row[-1] for row in rows)
    keys = [tuple(row[: TABLES[name]]) for row in rows]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    "path",
    sorted(p for p in folder().glob("*/*.tsv") if p.parent.name != "models"),
    ids=lambda p: p.parent.name + "/" + p.name,
)
def test_every_table_has_rows_of_one_width(path: Path) -> None:
    header, *rows = _rows(path)
    assert all(header)
    assert {len(row) for row in rows} <= {len(header)}


def test_synonyms_are_lower_case_and_swap_something() -> None:
    _, *rows = _rows(folder() / "synonyms" / "synonyms.tsv")
    assert len(rows) >= 2000
    for word, spun, _ in rows:
        assert word == word.lower() != spun == spun.lower()


@pytest.fixture(scope="module")
def names() -> Pipeline:
    """The stages that know names, with all packs: what `repair dict test` runs."""
    named = tuple(map(str, PACKS))
    return Config(stages=("artifacts", "names"), dictionaries=(*named, "auto")).pipeline()


@pytest.mark.parametrize(
    "path", sorted(folder().glob("*/tests.tsv")), ids=lambda path: path.parent.name
)
def test_the_examples_of_a_pack_hold_and_are_of_both_kinds(names: Pipeline, path: Path) -> None:
    examples = [cells[:2] for _, cells in rows(path, ("text", "fixed"))]
    for text, fixed in examples:
        assert names.repair(Document(text)).text == fixed
    alone = sum(text == fixed for text, fixed in examples)
    assert len(examples) >= 30
    assert 10 <= alone <= len(examples) - 10
