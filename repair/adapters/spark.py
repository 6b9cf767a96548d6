"""Spark: a frame cleaned by an iterator UDF, which loads its dictionaries once a task.

from repair.adapters.spark import clean_frame

clean_frame(spark.read.parquet("corpus/"), text="body").write.parquet("clean/")
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from pyspark.sql import DataFrame

from repair.adapters.batches import EDITS, VERSION, Cleaner
from repair.config import Config

EDIT = (
    "struct<start:bigint,end:bigint,before:string,after:string,rule:string,reason:string,"
    "confidence:double>"
)


def clean_frame(frame: DataFrame, config: Config | None = None, text: str = "text") -> DataFrame:
    """The frame with its column `text` cleaned, and the account in two more columns."""
    cleaner = Cleaner(config, text)

    def clean(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            done: dict[str, Any] = cleaner.columns({text: batch[text].tolist()})
            yield batch.assign(**{name: pd.Series(done[name], batch.index) for name in done})

    kinds = [f"`{name}` {kind}" for name, kind in frame.dtypes if name not in (EDITS, VERSION)]
    kinds += [f"{EDITS} array<{EDIT}>", f"{VERSION} string"]
    return frame.mapInPandas(clean, ", ".join(kinds))
