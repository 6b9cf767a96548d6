"""Takes what became of the documents to its place: clean files, rows, and the account files.

Where a run writes into a folder of its own, each step is noted, so that a killed run goes on where
it was. The account (report, patch) is written and put on the disk before a file is replaced in
place: at no time does a changed file stand there whose original could not be had back.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from repair.batch.jobs import Job, Result
from repair.batch.readers import Piece, mode_of, packed, parquet
from repair.batch.sinks import RefusedError, Sink, leads_out, make_folder, refusal, settle
from repair.batch.sources import Source, shown

# A row group of Parquet: large enough to compress and to be read in one go.
ROW_GROUP = 64 << 20


class WriteError(OSError):
    """The disk is full or the place cannot be written: the run cannot go on."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Places:
    """Where the clean documents go: below `out`, over the originals, to `stdout`, or nowhere.

    `shown` is where what was rendered as "shown" goes at once.
    """

    out: Path | None = None
    in_place: bool = False
    stdout: IO[bytes] | None = None
    shown: IO[bytes] | None = None

    def target(self, source: Source) -> Path | None:
        """The file that the clean source becomes."""
        if self.out is not None:
            return self.out / source.below
        return source.path if self.in_place else None

    def output(self, source: Source) -> str | None:
        """The same, as reports show it."""
        target = self.target(source)
        return None if target is None else shown(target)

    def refusal(self, source: Source) -> str:
        """Why the clean source may not be written; "" if it may."""
        target = self.target(source)
        if target is None:
            to_stdout = source.kind == "parquet" and self.stdout is not None
            return "Parquet does not go to stdout; add --out DIR" if to_stdout else ""
        why = refusal(target)
        if self.out is not None and leads_out(target.parent, self.out):
            why = f"is not written: a symbolic link leads out of {shown(self.out)}; remove it"
        return why if not why or self.in_place else f"{shown(target)} {why}"


class Delivery:
    """Receives results in the order of the documents. `accounts` are the files open for it, by the
    name of their renderer.
    """

    def __init__(
        self, places: Places, accounts: dict[str, Sink], columns: bool | None = None
    ) -> None:
        self._places = places
        self._accounts = accounts
        self._columns = columns
        self._rows: _Rows | None = None
        self._folders: set[Path] = set()

    def receive(self, piece: Piece, job: Job, result: Result) -> None:
        """Put everything in its place. Raises WriteError if that is impossible."""
        try:
            self._account(result)
            if piece.failed:
                self.close()
            elif job.kind == "text":
                for source, output in zip(piece.sources, result.outputs, strict=True):
                    if output is not None:
                        self._text(source, output)
            else:
                self._row(piece, result)
        except RefusedError as error:
            raise WriteError(f"{error}") from error
        except OSError as error:
            raise WriteError(_cannot_write(error, piece.sources[0].name)) from error

    def settle(self) -> None:
        """Put on the disk what was written: the account, and the names in the folders."""
        for sink in self._accounts.values():
            sink.flush()
        settle(self._folders)
        self._folders.clear()

    def close(self) -> None:
        """Leave no half of a file of rows behind."""
        if self._rows is not None:
            self._rows.abandon()
            self._rows = None

    def _account(self, result: Result) -> None:
        for name, data in result.rendered.items():
            if name == "shown" and self._places.shown is not None:
                self._places.shown.write(data)
            elif name in self._accounts:
                self._accounts[name].write(data)
                if self._places.in_place:
                    self._accounts[name].flush()

    def _text(self, source: Source, output: bytes | str) -> None:
        data = output if isinstance(output, bytes) else output.encode()
        target = self._places.target(source)
        if target is None:
            if self._places.stdout is not None:
                self._places.stdout.write(data)
            return
        with self._sink(source, target) as sink:
            sink.write(data)
            sink.commit()
        self._folders.add(target.parent)

    def _sink(self, source: Source, target: Path) -> Sink:
        if self._places.out is not None:
            make_folder(target.parent, self._places.out)
        mode = None
        with suppress(OSError):  # the source may be gone by now; then the usual mode will do
            mode = mode_of(source.path)
        return Sink(target, mode)

    def _row(self, piece: Piece, result: Result) -> None:
        (source,) = piece.sources
        if piece.first:
            self._rows = self._open(source)
        if self._rows is None:
            return
        self._rows.write(piece, result)
        if piece.last:
            self._rows.commit()
            self._rows = None
            target = self._places.target(source)
            self._folders.update({target.parent} if target else ())

    def _open(self, source: Source) -> _Rows | None:
        target = self._places.target(source)
        if target is None:
            stdout = self._places.stdout
            return None if stdout is None else _Lines(stdout, "")
        sink = self._sink(source, target)
        if source.kind == "parquet":
            return _Columns(sink, source, self._columns is not False)
        return _Lines(sink, source.packing)


class _Rows:
    """An open file of rows."""

    def __init__(self, sink: Sink | None) -> None:
        self._sink = sink

    def write(self, piece: Piece, result: Result) -> None:
        raise NotImplementedError

    def commit(self) -> None:
        if self._sink is not None:
            self._sink.commit()

    def abandon(self) -> None:
        if self._sink is not None:
            self._sink.abandon()


class _Lines(_Rows):
    """JSONL, packed or plain, into a sink or onto stdout."""

    def __init__(self, place: Sink | IO[bytes], packing: str) -> None:
        super().__init__(place if isinstance(place, Sink) else None)
        self._packer = packed(place, packing) if packing else None  # type: ignore[arg-type]
        self._write: Callable[[bytes], object] = (self._packer or place).write

    def write(self, piece: Piece, result: Result) -> None:
        self._write(b"".join(line for line in result.outputs if isinstance(line, bytes)))

    def commit(self) -> None:
        if self._packer is not None:
            self._packer.close()
        super().commit()


class _Columns(_Rows):
    """Parquet: the columns in their order, the text exchanged, the account added behind."""

    def __init__(self, sink: Sink, source: Source, columns: bool) -> None:
        super().__init__(sink)
        self._file = sink
        self._source = source
        self._columns = columns
        self._writer: Any = None
        self._held: list[Any] = []

    def write(self, piece: Piece, result: Result) -> None:
        if piece.carry is None:
            return
        batch = _with_results(piece.carry, piece.field, result, self._columns)
        self._held.append(batch)
        if sum(held.nbytes for held in self._held) >= ROW_GROUP:
            self._flush()

    def commit(self) -> None:
        self._flush()
        if self._writer is None:  # no rows at all: the same schema, and nothing else
            self._write_empty()
        self._writer.close()
        super().commit()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._held:
            table = pa.Table.from_batches(self._held)
            self._open(table.schema).write_table(table)
            self._held = []

    def _write_empty(self) -> None:
        self._open(parquet().read_schema(self._source.path))

    def _open(self, schema: Any) -> Any:
        if self._writer is None:
            pq = parquet()
            with pq.ParquetFile(self._source.path) as file:
                groups = file.metadata.num_row_groups
                packing = file.metadata.row_group(0).column(0).compression if groups else "SNAPPY"
            packing = "NONE" if packing == "UNCOMPRESSED" else packing
            self._writer = pq.ParquetWriter(self._file, schema, compression=packing)
        return self._writer


def _with_results(batch: Any, field: str, result: Result, columns: bool) -> Any:
    """The record batch with clean texts, and with the account as two more columns if wanted."""
    import pyarrow as pa

    from repair.version import __version__

    at = batch.schema.get_field_index(field)
    batch = batch.set_column(
        at, batch.schema.field(at), pa.array(result.outputs, batch.schema.field(at).type)
    )
    if not columns:
        return batch
    more = {
        "repair_edits": pa.array(result.accounts, account_type()),
        "repair_version": pa.array([__version__] * batch.num_rows, pa.string()),
    }
    for name, array in more.items():
        known = batch.schema.get_field_index(name)
        if known >= 0:
            batch = batch.set_column(known, pa.field(name, array.type), array)
        else:
            batch = batch.append_column(name, array)
    # Hugging Face writes its list of columns there and refuses a file with others.
    meta = {k: v for k, v in (batch.schema.metadata or {}).items() if k != b"huggingface"}
    return batch.replace_schema_metadata(meta)


def account_type() -> Any:
    import pyarrow as pa

    fields = [("start", pa.int64()), ("end", pa.int64())]
    fields += [(name, pa.string()) for name in ("before", "after", "rule", "reason")]
    return pa.list_(pa.struct([*fields, ("confidence", pa.float64())]))


def _cannot_write(error: OSError, name: str) -> str:
    place = shown(os.fsdecode(error.filename)) if error.filename else f"the output of {name}"
    mends = {
        errno.ENOSPC: "make room and run the same command again",
        errno.EDQUOT: "make room and run the same command again",
        errno.EROFS: "choose another place",
        errno.EACCES: "choose another place or mend its rights",
    }
    mend = mends.get(error.errno or 0)
    return f"{place}: cannot be written: {error.strerror or error}" + (f"; {mend}" if mend else "")


def is_stream(path: Path) -> bool:
    """Whether the path is a pipe or a device, which is written to as it is and never replaced."""
    with suppress(OSError):
        return not stat.S_ISREG(path.stat().st_mode) and not path.is_dir()
    return False
