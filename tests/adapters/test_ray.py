"""Ray Data, installed and run."""

from __future__ import annotations

import pickle

import pytest

pytest.importorskip("ray.data")

import pyarrow as pa

from repair.adapters.ray import Clean
from repair.config import Config

BAD, GOOD = "a multi -billion deal", "a multi-billion deal"
CONFIG = Config(stages=("artifacts",))


def test_a_batch_of_either_kind() -> None:
    clean = pickle.loads(pickle.dumps(Clean(CONFIG)))
    table = pa.table({"id": [1, 2], "text": [BAD, None], "tag": ["a", "b"]})
    for batch in (table, table.to_pydict()):
        done = clean(batch)
        assert done.column_names == ["id", "text", "tag", "repair_edits", "repair_version"]
        assert done["text"].to_pylist() == [GOOD, None]


def test_in_actors() -> None:
    import ray

    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False)
    try:
        rows = ray.data.from_items([{"id": i, "text": f"{BAD} {i}"} for i in range(60)])
        options = {"config": CONFIG, "text": "text"}
        done = rows.map_batches(Clean, concurrency=1, batch_size=20, fn_constructor_kwargs=options)
        texts = {row["id"]: row["text"] for row in done.take_all()}
    finally:
        ray.shutdown()
    assert texts == {i: f"{GOOD} {i}" for i in range(60)}
