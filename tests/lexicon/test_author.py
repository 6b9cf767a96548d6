"""Rows of one's own: sorted, never twice, never over another row; several packs made one."""

from __future__ import annotations

from pathlib import Path

import pytest

from repair.lexicon import pack
from repair.lexicon.author import add, compile_packs
from repair.lexicon.lexicon import load
from repair.lexicon.tables import DictionaryError


def test_rows_are_added_in_order_and_once(tmp_path: Path) -> None:
    mine = tmp_path / "deep" / "mine"
    assert add(mine, "surfaces.tsv", ("Zentra", "Zentara", "typo", "own"))
    assert add(mine, "surfaces.tsv", ("Akme", "Acme", "typo", "own"))
    assert not add(mine, "surfaces.tsv", ("Akme", "Acme", "typo", "own"))
    lines = (mine / "surfaces.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in lines] == ["surface", "Akme", "Zentra"]
    assert [p.name for p in mine.iterdir()] == ["surfaces.tsv"]  # nothing half written beside it


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        (("Akme", "Acne", "typo", "own"), "mend that row by hand"),
        (("", "Acme", "typo", "own"), "is empty"),
        (("A\tB", "Acme", "typo", "own"), "write it plainly"),
        (("A|B", "Acme", "typo", "own"), "holds"),
    ],
)
def test_what_cannot_be_added(tmp_path: Path, cells: tuple[str, ...], complaint: str) -> None:
    add(tmp_path, "surfaces.tsv", ("Akme", "Acme", "typo", "own"))
    with pytest.raises(DictionaryError, match=complaint):
        add(tmp_path, "surfaces.tsv", cells)


def test_shipped_packs_are_left_alone() -> None:
    with pytest.raises(DictionaryError, match="a shipped pack"):
        add(pack.find("ai"), "keep.tsv", ("Ezor", "a colleague"))


def test_one_pack_out_of_two_with_the_veto_of_the_first(tmp_path: Path) -> None:
    first, second, out = tmp_path / "first", tmp_path / "second", tmp_path / "out"
    add(first, "keep.tsv", ("Akme", "a town"))
    add(first, "names.tsv", ("Acme", "company", "business", "Own Holding", "anvil", "own"))
    add(second, "names.tsv", ("Acme", "product", "business", "", "anvil", "own"))
    add(second, "surfaces.tsv", ("Akme", "Acme", "typo", "own"))
    add(second, "surfaces.tsv", ("Akmee", "Acme", "typo", "own"))
    assert compile_packs([first, second], out) == {"names.tsv": 1, "surfaces.tsv": 1, "keep.tsv": 1}
    lexicon = load((str(out),))
    assert lexicon.entry("Acme").owner == "Own Holding"
    assert [garble.surface for garble in lexicon.garbles.values()] == ["Akmee"]
    with pytest.raises(DictionaryError, match="name another folder"):
        compile_packs([first, second], second)
