"""The lexicon: building from packs and lists, and hostile names."""

import time
from pathlib import Path

import pytest

from repair import Lexicon
from repair.lexicon import lexicon as module
from repair.lexicon.tables import DictionaryError

SMALL = ["OpenAI", "Copilot", "Azure", "Nvidia", "Gemini", "Satya Nadella", "Game of Thrones"]


def best(names: list[str], surface: str) -> str | None:
    found = Lexicon.of(names).candidates(surface)
    return found[0].canonical if found else None


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Openi", "OpenAI"),
        ("Cooplot", "Copilot"),
        ("Anvidia", "Nvidia"),
        ("Jemini", "Gemini"),
        ("Satia Nadila", "Satya Nadella"),
        ("Open AI", "OpenAI"),
    ],
)
def test_candidates(surface: str, name: str) -> None:
    assert best(SMALL, surface) == name


def test_confidence_is_a_chance_and_falls() -> None:
    found = Lexicon.of(SMALL).candidates("Cooplot")
    assert all(0 <= c.confidence <= 1 for c in found)
    assert [c.confidence for c in found[1:]] == sorted(
        (c.confidence for c in found[1:]), reverse=True
    )


def test_a_common_word_stands_for_itself() -> None:
    found = Lexicon.of(SMALL).candidates("Opening")
    assert not found or found[0].confidence < 0.5


@pytest.mark.parametrize(
    "names", [[], [""], ["A"], ["的"], ["!!!"], ["a" * 10_000], ["One", "one"]]
)
def test_hostile_dictionaries(names: list[str]) -> None:
    lexicon = Lexicon.of(names)
    for surface in ("Openi", "", "A", "x" * 10_000, "\ud800", "的", "one two three four five six"):
        lexicon.candidates(surface)


def test_names_that_fold_together_are_both_found() -> None:
    assert Lexicon.of(["Meta", "META", "Mistral"]).folded("meta") == ("Meta", "META")


def test_many_names_build_quickly() -> None:
    names = [f"Name{i} Surname{i * 7}" for i in range(100_000)]
    start = time.process_time()
    Lexicon.of(names)
    assert time.process_time() - start < 2.0  # 0.3 s on an idle core


def write_pack(folder: Path, **tables: str) -> Path:
    pack = folder / "mine"
    pack.mkdir()
    for name, text in tables.items():
        (pack / f"{name}.tsv").write_text(text, encoding="utf-8")
    return pack


def test_a_users_pack_goes_before_the_shipped_ones(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        names="canonical\tkind\ttopic\towner\tcues\torigin\nZorblax\tcompany\tai\t\tcloud\town\n",
        surfaces="surface\tcanonical\tvia\torigin\nZorblacks\tZorblax\tasr\town\n",
        keep="surface\treason\nZorblak\tanother firm\n",
    )
    lexicon = module.load((str(pack),))
    assert lexicon.entry("Zorblax").topics == ("ai",)
    assert lexicon.garbles[("zorblacks",)].canonical == "Zorblax"
    assert "Zorblak" in lexicon.vetoed


def test_a_list_of_names_is_a_dictionary(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# ours\nZorblax\n\nQuuxly Labs\n", encoding="utf-8")
    assert module.load((str(path),)).names == ["Zorblax", "Quuxly Labs"]


@pytest.mark.parametrize(
    ("tables", "complaint"),
    [
        ({"names": "name\tkind\nx\ty\n"}, "names.tsv:1: no column 'canonical'"),
        (
            {
                "names": "canonical\tkind\ttopic\towner\tcues\torigin\n",
                "surfaces": "surface\tcanonical\tvia\torigin\nOnly one\n",
            },
            "surfaces.tsv:2: 1 cells",
        ),
    ],
)
def test_a_broken_pack_is_named(tmp_path: Path, tables: dict[str, str], complaint: str) -> None:
    pack = write_pack(tmp_path, **tables)
    with pytest.raises(DictionaryError, match=complaint):
        module.load((str(pack),))


def test_an_unknown_pack_is_named() -> None:
    with pytest.raises(DictionaryError, match="no dictionary of that name"):
        module.load(("no-such-pack",))


def test_other_figures_are_another_thing() -> None:
    lexicon = Lexicon.of(["GPT-3", "GPT-4", "iPhone 15"])
    assert lexicon.candidates("Jipiti 4")[0].canonical == "GPT-4"
    assert all(c.confidence < 0.1 for c in lexicon.candidates("iPhone 14"))
    assert lexicon.candidates("Aifon 15")[0].canonical == "iPhone 15"


@pytest.mark.parametrize(
    "surface", ["British Medical Association", "National Institute of Mental Health"]
)
def test_a_common_word_tells_long_names_apart(surface: str) -> None:
    lexicon = Lexicon.of(["British Dental Association", "National Institutes of Health"])
    assert all(c.confidence < 0.1 for c in lexicon.candidates(surface))
