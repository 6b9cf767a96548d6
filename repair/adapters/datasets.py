"""Hugging Face datasets: a `map` whose cache knows when a dictionary has changed.

    from datasets import load_dataset
    from repair.adapters.datasets import clean_dataset

    corpus = load_dataset("json", data_files="corpus.jsonl", split="train")
    clean_dataset(corpus, num_proc=4).to_parquet("clean.parquet")

Left to itself, `Dataset.map` gives stale text back after a dictionary file has changed: its cache
looks at the function, and the function is the same. The fingerprint given here changes with the
settings, the version and every dictionary.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from datasets import Dataset, Features, Value

from repair.adapters.batches import EDITS, VERSION, Cleaner
from repair.config import Config

_EDIT = {
    **{name: Value("int64") for name in ("start", "end")},
    **{name: Value("string") for name in ("before", "after", "rule", "reason")},
    "confidence": Value("float64"),
}


def clean_dataset(
    dataset: Dataset, config: Config | None = None, text: str = "text", **options: Any
) -> Dataset:
    """The dataset with its column `text` cleaned, and the account in two more columns.

    `options` go to `Dataset.map`: `num_proc`, `batch_size`, `cache_file_name` ...
    """
    cleaner = Cleaner(config, text)
    features = Features({**dataset.features, EDITS: [_EDIT], VERSION: Value("string")})
    return dataset.map(
        cleaner.columns,
        batched=True,
        features=features,
        new_fingerprint=fingerprint(dataset, cleaner.config, text),
        **options,
    )


def fingerprint(dataset: Dataset, config: Config, text: str = "text") -> str:
    """What the cache of the cleaned dataset goes by: 16 hexadecimal digits."""
    told = f"{dataset._fingerprint}\0{config.fingerprint()}\0{text}"
    return sha256(told.encode()).hexdigest()[:16]
