"""datatrove: the engine beyond one machine. One step that cleans, and writers that write whole
files.

    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from repair.adapters.datatrove import Repair, WholeJsonlWriter

    LocalPipelineExecutor(
        [JsonlReader("corpus/"), Repair(), WholeJsonlWriter("clean/")], tasks=64, workers=8,
        logging_dir="logs/",
    ).run()

The same list runs on Slurm or Ray with their executors. A killed run goes on with the tasks that
have no completion marker; the writers here keep the files of the others from standing there cut
off, looking whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.io import OutputFileManager
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.writers.jsonl import JsonlWriter
from datatrove.pipeline.writers.parquet import ParquetWriter

from repair.adapters.batches import EDITS, VERSION, Cleaner
from repair.config import Config
from repair.version import __version__


class Repair(PipelineStep):  # type: ignore[misc]
    """Cleans `Document.text`; the edits go into its metadata, the counts into the stats.

    `edits` False leaves the metadata alone.
    """

    type = "🧹 - REPAIR"
    name = "repair"

    def __init__(self, config: Config | None = None, edits: bool = True) -> None:
        super().__init__()
        self._cleaner = Cleaner(config)
        self._edits = edits

    def run(
        self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1
    ) -> Iterator[Document]:
        """Clean the documents, a handful at a time, in their order."""
        source = iter(data or ())
        while batch := list(islice(source, 32)):
            with self.track_time("batch"):
                done = self._cleaner.clean([d.text for d in batch], [str(d.id) for d in batch])
            for document, text, edits in zip(batch, *done, strict=True):
                document.text = text
                if self._edits:
                    document.metadata |= {EDITS: edits, VERSION: __version__}
                self.stat_update("total", *(["changed"] if edits else []))
                self.stat_update(*(f"edits {edit['rule']}" for edit in edits))
                yield document


class _WholeFiles(OutputFileManager):  # type: ignore[misc]
    """Output files under temporary names, until they are closed without an error."""

    def get_file(self, filename: str) -> IO[Any]:
        if filename not in self._output_files:
            file = self.fs.open(f"{filename}.part", mode=self.mode, compression=self.compression)
            close = file.close

            def finish() -> None:
                if not file.closed:
                    close()
                    self.fs.mv(f"{filename}.part", filename)

            file.close = finish
            file.discard = close
            self._output_files[filename] = file
        return self._output_files[filename]  # type: ignore[no-any-return]

    def discard(self) -> None:
        for file in self._output_files.values():
            file.discard()
        self._output_files.clear()


class _Whole:
    """Makes a datatrove writer write whole files."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        old = self.output_mg  # type: ignore[has-type]
        self.output_mg = _WholeFiles(old.fs, old.mode, old.compression)

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is not None:
            self.output_mg.discard()
        super().__exit__(kind, error, trace)  # type: ignore[misc]


class WholeJsonlWriter(_Whole, JsonlWriter):  # type: ignore[misc]
    """datatrove's JsonlWriter, whose files appear under their names only when they are whole."""


class WholeParquetWriter(_Whole, ParquetWriter):  # type: ignore[misc]
    """datatrove's ParquetWriter, whose files appear under their names only when they are whole."""
