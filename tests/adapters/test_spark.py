"""Spark, installed and run."""

from __future__ import annotations

import pytest

pytest.importorskip("pyspark")
pytest.importorskip("pandas")

from repair.adapters.spark import clean_frame
from repair.config import Config

BAD, GOOD = "a multi -billion deal", "a multi-billion deal"


def test_a_frame() -> None:
    from pyspark.sql import SparkSession

    local = SparkSession.builder.master("local[1]").config("spark.driver.bindAddress", "127.0.0.1")
    spark = local.config("spark.driver.host", "127.0.0.1").getOrCreate()
    try:
        rows = [(1, BAD, "x"), (2, None, "y")]
        frame = spark.createDataFrame(rows, "id int, text string, tag string")
        done = clean_frame(frame, Config(stages=("artifacts",)))
        assert done.columns == ["id", "text", "tag", "repair_edits", "repair_version"]
        told = done.orderBy("id").collect()
    finally:
        spark.stop()
    assert [row.text for row in told] == [GOOD, None]
    assert told[0].repair_edits[0].rule == "artifacts/orphan-hyphen"
