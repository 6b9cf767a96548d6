"""The frameworks that spread work over machines, each given a thin callable and nothing more.

What is shipped to a worker is settings, never compiled dictionaries; each process builds its own
pipeline once. Columns and their order are kept; `repair_edits` (a list of structs) and
`repair_version` come behind them. A document that fails comes out as it was, is logged by
`logging.getLogger("repair")`, and the rest is done.

| module                     | for          | gives                                        |
|----------------------------|--------------|----------------------------------------------|
| `repair.adapters.datatrove`| datatrove    | `Repair`, a pipeline step; `WholeJsonlWriter`|
| `repair.adapters.datasets` | Hugging Face | `clean_dataset`, `map` with a fingerprint    |
| `repair.adapters.ray`      | Ray Data     | `Clean`, a callable class for `map_batches`  |
| `repair.adapters.spark`    | Spark        | `clean_frame`, over an iterator UDF          |
"""
