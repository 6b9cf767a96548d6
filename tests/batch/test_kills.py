"""A few kills at random moments; `python bench/kills.py` makes fifty over 2,000 documents."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "bench" / "kills.py"


@pytest.mark.skipif(not SCRIPT.exists(), reason="the benchmarks are not in this copy")
def test_nothing_is_ever_half(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("kills", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    kills = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kills)
    told = kills.trial(tmp_path, kills=3, documents=48, workers=2, seed=3)
    assert (told["kills"], told["partial"], told["equal"]) == (3, 0, True)
