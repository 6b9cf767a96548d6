"""The names stage: evidence, explanations, settling, and hostile input."""

import time
from pathlib import Path

import pytest

from repair.config import Config
from repair.stages.names.evidence import sigmoid
from repair.stages.names.explain import explain
from repair.stages.names.likeness import derived
from repair.stages.names.stage import Names
from repair.text.document import Document

GARBLED = (
    "Openi sells Chat GPT to schools, and Cooplot comes with Word, said Satia Nadila of Microsoft."
)


@pytest.fixture(scope="module")
def stage() -> Names:
    return Names()


def test_every_edit_carries_its_terms(stage: Names) -> None:
    found = list(stage.propose(GARBLED))
    assert {e.after for e in found} >= {"OpenAI", "ChatGPT", "Copilot", "Satya Nadella"}
    for edit in found:
        assert edit.before == GARBLED[edit.start : edit.end]
        assert edit.evidence
        assert 0 < edit.confidence < 1


def test_the_result_settles() -> None:
    pipeline = Config(stages=("names",)).pipeline()
    once = pipeline.repair(Document(GARBLED)).text
    assert pipeline.repair(Document(once)).edits == ()


def test_explain_tells_the_winner_and_the_words_left(stage: Names) -> None:
    told = {e.surface: e for e in explain("the Openi views of Wrexomel", stage, GARBLED)}
    assert told["Openi"].outcome == "applied"
    assert told["Openi"].possible[0].canonical == "OpenAI"
    assert told["Wrexomel"].outcome == "left"
    assert told["Wrexomel"].why


def test_explain_leaves_what_the_text_means(stage: Names) -> None:
    told = explain("Rabbi Meir Ezor taught in the village.", stage)
    assert all(e.outcome != "applied" for e in told)


@pytest.mark.parametrize(
    ("surface", "name", "expected"),
    [
        ("Parallelism", "Parallels", True),
        ("TPUs", "TPU", True),
        ("Christofer Nolander", "Christopher Nolan", True),
        ("Demis Hasabes", "Demis Hassabis", False),
        ("Mestral", "Mistral", False),
    ],
)
def test_derived_words(surface: str, name: str, expected: bool) -> None:
    assert derived(surface, name) is expected


def test_a_users_names_are_repaired_and_its_keep_is_law(tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    head = "canonical\tkind\ttopic\towner\tcues\torigin\n"
    (pack / "names.tsv").write_text(f"{head}Zorblax Labs\tcompany\tai\t\trobots\town\n", "utf-8")
    rows = "Sorblacks Laps\tZorblax Labs\tasr\town\nZorblacks\tZorblax Labs\tasr\town\n"
    (pack / "surfaces.tsv").write_text(f"surface\tcanonical\tvia\torigin\n{rows}", "utf-8")
    (pack / "keep.tsv").write_text("surface\treason\nZorblacks\tanother firm\n", "utf-8")
    text = "The robots of Sorblacks Laps are new, those of Zorblacks are old."
    done = Config(stages=("names",), dictionaries=(str(pack),)).pipeline().repair(Document(text))
    assert done.text == "The robots of Zorblax Labs are new, those of Zorblacks are old."


@pytest.mark.parametrize("names", ["", "A\n", "a\nthe\nof\n", "Open\nopen\nOPEN\n", "x" * 5000])
def test_hostile_lists(tmp_path: Path, names: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(names, encoding="utf-8")
    pipeline = Config(stages=("names",), dictionaries=(str(path),)).pipeline()
    text = "A man of the open sea opened a book. Openi, Cooplot and Ezor."
    assert pipeline.repair(Document(text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "Openi" * 5_000,
        " ".join(f"Qz{i}xv" for i in range(20_000)),
        " ".join("abcdefghij"[i % 10] * (i % 30) for i in range(20_000)),
        "Chat GPT " * 3_000,
        "A " * 20_000,
        "\ud800 Openi \x00 " * 500,
    ],
    ids=["one word", "glued", "unknown words", "runs", "repeats", "capitals", "surrogates"],
)
def test_hostile_texts_are_bounded(stage: Names, text: str) -> None:
    start = time.process_time()
    list(stage.propose(text))
    assert time.process_time() - start < 12


def test_sigmoid_is_bounded() -> None:
    assert 0 < sigmoid(-1e9) < sigmoid(0) == 0.5 < sigmoid(1e9) <= 1
