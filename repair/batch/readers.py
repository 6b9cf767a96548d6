"""Reads files of documents into jobs, a bounded piece at a time, whatever the size of the file.

A text file is one document, a line of JSONL is one, a cell of a Parquet column is one. Files are
gathered and rows are cut into jobs of about `PIECE` bytes. Ids inside the rows are never used as
paths; a row is known by its file and its number, `corpus.jsonl:17`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from repair.batch.jobs import MIB, Job, Limits, Part, Rows
from repair.batch.sources import Source
from repair.batch.work import too_large

if TYPE_CHECKING:
    import pyarrow as pa

# Half a megabyte keeps a worker busy for some 50 ms, a hundred times what sending it takes.
PIECE = MIB // 2
MOST = 512  # documents a job
# A line that unpacks to more than the bound on documents and to so many times the bytes read is no
# text; gzip reaches 1,032 times at most, English 3 to 4 times.
BOMB = 100


class ReadError(ValueError):
    """A file that cannot be read to its end; no output is written for it."""


class Piece(NamedTuple):
    """What a job was cut from: its sources (several only for text files), whether it is the first
    and the last of its file, how many bytes of the file were read so far, and what the sink needs
    back. `failed`: nothing of the source is to be written.
    """

    sources: tuple[Source, ...]
    first: bool = True
    last: bool = True
    read: int = 0
    carry: Any = None
    field: str = ""
    failed: bool = False


@dataclass(slots=True)
class Choice:
    """Which documents are taken: the first `limit` of them, and of those whose name falls into a
    sample of this share. The same names fall into it on every machine.
    """

    limit: int | None = None
    sample: float | None = None

    def takes(self, name: str) -> bool:
        """Whether to take this document; counts those it takes."""
        if self.sample is not None:
            from hashlib import sha256

            number = int.from_bytes(sha256(name.encode("utf-8", "surrogateescape")).digest()[:8])
            if number >= self.sample * 2**64:
                return False
        if self.limit is not None:
            if self.limit <= 0:
                return False
            self.limit -= 1
        return True

    @property
    def exhausted(self) -> bool:
        return self.limit is not None and self.limit <= 0

    @property
    def all(self) -> bool:
        return self.limit is None and self.sample is None


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read: the column or key of the text, the choice of documents, the bound on one of
    them in MiB, and the name under which the output of a source goes into reports (None if it goes
    nowhere).
    """

    text_field: str
    choice: Choice
    mebibytes: int
    output: Callable[[Source], str | None]
    stdin: bytes | None = None

    def jobs(self, sources: Iterable[Source]) -> Iterator[tuple[Piece, Job]]:
        """The jobs, in the order of the sources."""
        texts: list[Source] = []
        size = 0
        for source in sources:
            if self.choice.exhausted:
                break
            if source.kind == "text":
                if not self.choice.takes(source.name):
                    continue
                texts.append(source)
                size += source.size
                if size < PIECE and len(texts) < MOST // 8:
                    continue
            if texts:
                yield self._texts(texts)
                texts, size = [], 0
            if source.kind != "text":
                yield from self._rows(source)
        if texts:
            yield self._texts(texts)

    def _texts(self, sources: list[Source]) -> tuple[Piece, Job]:
        parts = tuple(
            Part(s.name, self.output(s), None if s.path else self.stdin, s.path) for s in sources
        )
        return Piece(tuple(sources), read=sum(s.size for s in sources)), Job("text", parts)

    def _rows(self, source: Source) -> Iterator[tuple[Piece, Job]]:
        """The rows of a file; an empty job with `last` tells that all have been read."""
        read = self._lines if source.kind == "jsonl" else self._cells
        first, at = True, 0
        try:
            for at, carry, job in read(source):
                yield Piece((source,), first, False, at, carry, self.text_field), job
                first = False
        except (OSError, EOFError, ValueError, ImportError) as error:
            yield failed(source, _said(error))
            return
        yield Piece((source,), first, True, source.size), Job("jsonl", ())

    def _lines(self, source: Source) -> Iterator[tuple[int, None, Job]]:
        assert source.path is not None
        most = self.mebibytes * MIB
        output = self.output(source)
        held = _Held(source.name, output)
        with source.path.open("rb") as raw, unpacked(raw, source.packing) as lines:
            number = 0
            while line := lines.readline(most + 1):
                number += 1
                if len(line) > most:
                    if held.numbers:
                        yield raw.tell(), None, held.job("jsonl")
                    part = Part(f"{source.name}:{number}", output and f"{output}:{number}", line)
                    yield from self._endless(part, lines, raw, source)
                    continue
                if not self.choice.all and line.strip() and not self._takes(source, number):
                    if self.choice.exhausted:
                        break
                    continue
                held.add(number, line)
                if held.size >= PIECE or len(held.numbers) >= MOST:
                    yield raw.tell(), None, held.job("jsonl")
            if held.numbers:
                yield raw.tell(), None, held.job("jsonl")

    def _takes(self, source: Source, number: int) -> bool:
        return self.choice.takes(f"{source.name}:{number}")

    def _endless(
        self, part: Part, lines: IO[bytes], raw: IO[bytes], source: Source
    ) -> Iterator[tuple[int, None, Job]]:
        """A line over the bound: it is copied piece by piece, and said to have failed."""
        line = part.data
        assert isinstance(line, bytes)
        if source.packing and raw.tell() * BOMB < len(line):
            raise ReadError("unpacks to a line without end (a decompression bomb); not cleaned")
        why = too_large(Limits(mebibytes=self.mebibytes))
        yield raw.tell(), None, Job("failed", (part,), why)
        while not line.endswith(b"\n") and (line := lines.readline(MIB)):
            yield raw.tell(), None, Job("copied", (Part(part.name, None, line),))

    def _cells(self, source: Source) -> Iterator[tuple[int, pa.RecordBatch, Job]]:
        pq = parquet()
        number = done = 0
        with pq.ParquetFile(source.path) as file:
            text_column(file.schema_arrow, self.text_field)
            for batch in file.iter_batches(batch_size=MOST // 2):
                kept: list[int] = []
                held = _Held(source.name, self.output(source))
                for index, text in enumerate(batch.column(self.text_field).to_pylist()):
                    number += 1
                    if self.choice.all or self._takes(source, number):
                        kept.append(index)
                        held.add(number, text)
                done += batch.num_rows
                read = source.size * done // max(file.metadata.num_rows, 1)
                rows = batch if self.choice.all else batch.take(kept)
                yield read, rows, held.job("cells")
                if self.choice.exhausted:
                    return


class _Held:
    """Rows read so far, until they make a job."""

    def __init__(self, name: str, output: str | None) -> None:
        self._name, self._output = name, output
        self.numbers: list[int] = []
        self._data: list[bytes | str | None] = []
        self.size = 0

    def add(self, number: int, data: bytes | str | None) -> None:
        self.numbers.append(number)
        self._data.append(data)
        self.size += len(data or "")

    def job(self, kind: str) -> Job:
        """The job, and nothing is held any more."""
        rows = Rows(self._name, self._output, tuple(self.numbers), tuple(self._data))
        self.numbers, self._data, self.size = [], [], 0
        return Job(kind, rows=rows)


def failed(source: Source, why: str) -> tuple[Piece, Job]:
    """A source of which nothing is written, and the record that says why."""
    return Piece((source,), failed=True, read=source.size), Job(
        "failed", (Part(source.name, None),), why
    )


def unpacked(raw: IO[bytes], packing: str) -> IO[bytes]:
    """The file as it reads without its packing ("gz", "zst" or "").

    Raises ReadError if the library for it is missing.
    """
    if packing == "gz":
        import gzip

        return gzip.GzipFile(fileobj=raw, mode="rb")  # type: ignore[return-value]
    if packing == "zst":
        import io

        zstandard = _zstandard()
        # 2 GiB is the largest window the format's own tool accepts; 128 MiB its default bound.
        unpacker = zstandard.ZstdDecompressor(max_window_size=2**27)
        return io.BufferedReader(unpacker.stream_reader(raw, read_across_frames=True), MIB)
    return os.fdopen(os.dup(raw.fileno()), "rb", MIB)


def packed(raw: IO[bytes], packing: str) -> IO[bytes]:
    """A file to write to that packs; the same bytes in give the same bytes out, at any time."""
    if packing == "gz":
        import gzip

        return gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0)  # type: ignore[return-value]
    if packing == "zst":
        return _zstandard().ZstdCompressor().stream_writer(raw, closefd=False)  # type: ignore[no-any-return]
    raise ValueError(packing)


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise ReadError("needs zstandard: pip install 'repair-text[zstd]'") from None
    return zstandard


def parquet() -> Any:
    """The module `pyarrow.parquet`. Raises ReadError where it is not installed."""
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise ReadError("needs pyarrow: pip install 'repair-text[parquet]'") from None
    return pq


def text_column(schema: pa.Schema, name: str) -> int:
    """The number of the column of that name. Raises ReadError if it is not there or no text."""
    at = schema.get_field_index(name)
    if at < 0:
        has = ", ".join(schema.names[:12])
        raise ReadError(f"no column {name!r}; name the right one with --text-field (it has {has})")
    kind = str(schema.field(at).type)
    if kind not in ("string", "large_string", "string_view"):
        raise ReadError(f"column {name!r} holds {kind}, not text; name another with --text-field")
    return int(at)


def _said(error: Exception) -> str:
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, EOFError):
        return "ends too early: the file is cut off; fetch it again"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}"


def mode_of(path: Path | None) -> int | None:
    """The permission bits of a file that is to be mirrored."""
    return None if path is None else path.stat().st_mode & 0o777
