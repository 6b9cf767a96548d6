"""A patch a rule: the series applies in order, and comes to what the whole patch comes to."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from repair.review.series import RECODED, series
from repair.text.decode import encode_text
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Span
from tests.writers.nasty import NASTY, mended, random_repairs
from tests.writers.test_unified_diff import git, read, store


def ruled(done: Repaired, rules: list[str], dice: random.Random) -> Repaired:
    """The same edits, each by another rule."""
    edits = [
        Edit(e.span, e.before, e.after, dice.choice(rules), e.reason, e.confidence)
        for e in done.edits
    ]
    return Repaired(done.document, done.text, EditScript.of(edits))


@pytest.mark.parametrize("by", ["rule", "stage"])
def test_series_applies_in_order_and_backwards(tmp_path: Path, by: str) -> None:
    dice = random.Random(3)
    rules = ["names/typo", "encoding/mojibake", "artifacts/doubled", "encoding/entity", "x/y"]
    results = [ruled(d, rules, dice) for d in (*map(mended, NASTY), *random_repairs(150))]
    store(tmp_path, results)
    git(tmp_path, "init", "-q")
    patches = list(series(results, by))
    assert patches[0].name == f"0001-{RECODED}.patch"
    assert patches[1].name.startswith("0002-encoding")
    for patch in patches:
        git(tmp_path, "apply", "--whitespace=nowarn", "-", data=patch.data)
    assert read(tmp_path, results) == [encode_text(r.text) for r in results]
    for patch in reversed(patches):
        git(tmp_path, "apply", "--whitespace=nowarn", "-R", "-", data=patch.data)
    assert sum(patch.edits for patch in patches) == sum(len(r.edits) for r in results)


def test_a_patch_a_document() -> None:
    edits = [Edit(Span(0, 3), "teh", "the", "a/b", "", 0.9)]
    script = EditScript.of(edits)
    results = [
        Repaired(Document("teh\n", name), "the\n", script) for name in ("b/../c d.txt", "a.txt")
    ]
    assert [patch.name for patch in series(results, "document")] == [
        "0001-a.txt.patch",
        "0002-b-..-c-d.txt.patch",
    ]


def test_nothing_to_do() -> None:
    assert list(series([Repaired(Document("fine"), "fine", EditScript())])) == []
