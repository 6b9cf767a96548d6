"""Every case table in tests/cases/ is run through its stage, and every case obeys the laws.

A table is named after its stage. A case has `label`, `text`, `fixed` and `why`; `expect = "fail"`
marks a known failure (a strict xfail: a cure cannot pass unnoticed); `config` holds further
settings; `stages` replaces the one stage of the table. In `untouched.toml` there is no `fixed`:
the whole default pipeline has to give the text back as it was.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from repair.config import Config
from tests.laws import check_laws

TABLES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


def cases() -> Iterator[Any]:
    for table in TABLES:
        for case in tomllib.loads(table.read_text(encoding="utf-8")).get("case", ()):
            failing = case.get("expect") == "fail"
            marks = [pytest.mark.xfail(strict=True, reason=case.get("why", ""))] if failing else []
            yield pytest.param(table.stem, case, id=f"{table.stem}-{case['label']}", marks=marks)


def settings(stage: str, case: dict[str, Any]) -> Config:
    chosen = {key: _frozen(value) for key, value in case.get("config", {}).items()}
    if stage != "untouched":
        chosen.setdefault("stages", tuple(case.get("stages", (stage,))))
    return Config(**chosen)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize(("stage", "case"), list(cases()))
def test_case(stage: str, case: dict[str, Any]) -> None:
    done = check_laws(settings(stage, case).pipeline(), case["text"])
    assert done.text == case.get("fixed", case["text"])


def test_labels_are_unique() -> None:
    for table in TABLES:
        labels = [c["label"] for c in tomllib.loads(table.read_text(encoding="utf-8"))["case"]]
        twice = {label for label in labels if labels.count(label) > 1}
        assert not twice, f"{table.name}: {twice}"
