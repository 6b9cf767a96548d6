"""Ray Data: a callable class, of which each actor builds its dictionaries once.

    import ray
    from repair.adapters.ray import Clean

    ray.data.read_parquet("corpus/").map_batches(Clean, concurrency=7).write_parquet("clean/")

Leave a processor free for reading (on 8, `concurrency=7`): where actors take all of them, Ray waits
for ever. Ray does not keep the order of blocks; give rows an id if the order matters.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from repair.adapters.batches import Cleaner
from repair.batch.delivery import account_type
from repair.config import Config


class Clean(Cleaner):
    """For `map_batches(Clean, concurrency=N, fn_constructor_kwargs={"config": ..., "text": ...})`.

    Takes batches as Ray gives them by default (columns of numpy) or as pyarrow tables.
    """

    def __init__(self, config: Config | None = None, text: str = "text") -> None:
        super().__init__(config, text)

    def __call__(self, batch: Any) -> pa.Table:
        table = batch
        if not isinstance(batch, pa.Table):
            table = pa.table({name: list(values) for name, values in batch.items()})
        done = self.columns({self.text: table[self.text].to_pylist()})
        for name, values in done.items():
            kind = account_type() if name == "repair_edits" else None
            array = pa.array(values, kind)
            at = table.schema.get_field_index(name)
            table = (
                table.append_column(name, array) if at < 0 else table.set_column(at, name, array)
            )
        return table
