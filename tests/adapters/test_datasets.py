"""Hugging Face datasets, installed and run: columns, and a cache that a new dictionary empties."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("datasets")

from datasets import Dataset

from repair.adapters.datasets import clean_dataset
from repair.config import Config

BAD, GOOD = "a multi -billion deal", "a multi-billion deal"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    rows = {"id": list(range(40)), "text": [BAD, None, "fine", BAD] * 10, "tag": ["x"] * 40}
    Dataset.from_dict(rows).save_to_disk(tmp_path / "data")
    return Dataset.load_from_disk(tmp_path / "data")


def test_columns_are_kept_in_order(dataset: Dataset) -> None:
    done = clean_dataset(dataset, Config(stages=("artifacts",)))
    assert done.column_names == ["id", "text", "tag", "repair_edits", "repair_version"]
    assert done["text"][:4] == [GOOD, None, "fine", GOOD]
    assert [edit["after"] for edit in done["repair_edits"][0]] == [""]
    assert done["repair_edits"][1] == done["repair_edits"][2] == []


def test_the_cache_follows_the_dictionary(dataset: Dataset, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Zalbrium Systems\n")
    config = Config(dictionaries=(str(names),))
    first = clean_dataset(dataset, config)
    assert clean_dataset(dataset, config)._fingerprint == first._fingerprint
    assert clean_dataset(dataset, Config())._fingerprint != first._fingerprint
    names.write_text("Zalbrium Systems\nOther Name\n")
    from repair import config as settings

    settings._fingerprint.cache_clear()  # as a new process would begin
    assert clean_dataset(dataset, config)._fingerprint != first._fingerprint
