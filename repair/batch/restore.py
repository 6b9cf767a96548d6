"""Gives the original bytes back: a clean file and the report of its edits, read backwards.

Nothing is believed: the clean file has to have the hash that the report tells, and so do the bytes
that come out. A file that has changed since is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from repair.batch.sources import shown
from repair.text.decode import encode
from repair.text.document import Document
from repair.text.edits import EditScript


class RestoreError(ValueError):
    """A file whose original cannot be had back; the message says why, and the mend."""


class Record(Protocol):
    """What a report says of a document (`repair.writers.json_report.DocumentReport`)."""

    @property
    def document(self) -> str: ...
    @property
    def output(self) -> str | None: ...
    @property
    def encoding(self) -> str: ...
    @property
    def sha256(self) -> str | None: ...
    @property
    def clean_sha256(self) -> str | None: ...
    @property
    def error(self) -> str | None: ...
    def script(self) -> EditScript: ...


class Clean(NamedTuple):
    """A clean file, where its original lands below an output folder, and its records."""

    path: Path
    below: str
    records: tuple[Record, ...]


def matched(paths: Iterable[str], records: Mapping[str, tuple[Record, ...]]) -> Iterator[Clean]:
    """The clean files that the paths name: files as they are, of folders those in the report.

    Raises RestoreError for a path of which the report knows nothing.
    """
    for given in paths:
        path, name = Path(given), shown(given)
        if not path.is_dir():
            yield Clean(path, path.name, records.get(name, ()))
            continue
        start = "" if name == "." else name.rstrip("/") + "/"
        inside = [output for output in records if output.startswith(start)]
        if not inside:
            raise RestoreError(
                f"{name}/: the report tells of no file there; give the folder that clean wrote to,"
                " as seen from the same working folder"
            )
        for output in inside:
            yield Clean(Path(output), output.removeprefix(start), records[output])


def original(clean: Clean, everything: Iterable[Record] = ()) -> bytes:
    """The original bytes of a clean file. Raises RestoreError, or OSError if it cannot be read.

    Where the report tells nothing by the file's name (clean wrote to stdout), a record of the
    same content in `everything` will do.
    """
    data = clean.path.read_bytes()
    digest = sha256(data).hexdigest()
    records = clean.records or [r for r in everything if r.output is None]
    fitting = [r for r in records if digest == r.clean_sha256]
    if not fitting:
        if any(r.error for r in clean.records):
            return data  # it failed and was left as it was
        if any(r.sha256 == digest for r in records):
            return data  # it has been given back already
        if not clean.records:
            raise RestoreError("the report tells nothing of this file")
        raise RestoreError("has changed since it was cleaned; it is left as it is")
    # A run in place that was killed and begun again tells of a file twice; the first knows more.
    record = next((r for r in fitting if r.sha256 != r.clean_sha256), fitting[0])
    return _back(data, record)


def _back(data: bytes, record: Record) -> bytes:
    try:
        text = record.script().inverse().apply(data.decode("utf-8", "surrogateescape"))
        restored = encode(Document(text, record.document, record.encoding))
    except (ValueError, LookupError) as error:
        raise RestoreError(f"the report does not fit: {error}") from None
    if sha256(restored).hexdigest() != record.sha256:
        raise RestoreError("the report does not give the original back (its hash differs)")
    return restored
