"""Repaired documents put aside on the disk, for a writer that needs them all at the end.

A page or a SARIF log is one paper about a whole run; the documents of a run may be more than the
memory holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from repair.text.document import Repaired


class Spool:
    """`add` documents, then iterate over them, as often as wanted, in the order they came."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def add(self, documents: Iterable[Repaired]) -> None:
        import pickle

        for document in documents:
            pickle.dump(document, self._opened(), pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[Repaired]:
        import pickle

        file = self._file
        if file is None:
            return
        end = file.seek(0, 2)
        file.seek(0)
        while file.tell() < end:
            yield pickle.load(file)

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
        return self._file
