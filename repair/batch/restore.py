"""Gives the original bytes back: a clean file and the report of its edits, read backwards.

Nothing is believed: the clean file has to have the hash that the report tells, and so do the bytes
that come out. A file that has changed since is refused by name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from repair.batch.readers import ReadError, packed, unpacked
from repair.batch.rows import RowError, parse
from repair.batch.sources import kind_of, shown
from repair.text.decode import encode, encode_text
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript

# "out/corpus.jsonl:17": row 17 of a file of rows
_ROW = re.compile(r"(.+):(\d+)")


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
    @property
    def raw(self) -> str | None: ...
    @property
    def edits(self) -> tuple[Edit, ...]: ...
    @property
    def suggestions(self) -> tuple[Edit, ...]: ...
    @property
    def ids(self) -> tuple[str, ...]: ...
    def script(self) -> EditScript: ...


Records = Mapping[str, tuple[Record, ...]]
Rows = Mapping[int, tuple[Record, ...]]


class Clean(NamedTuple):
    """A clean file, where its original lands below an output folder, and its records; of a file of
    rows, those of each row by its number, from 1.
    """

    path: Path
    below: str
    records: tuple[Record, ...]
    rows: Rows


def by_output(records: Iterable[Record]) -> tuple[Records, Mapping[str, Rows]]:
    """The records by the file that clean wrote: of whole files, and of rows by file and number."""
    files: dict[str, tuple[Record, ...]] = {}
    rows: dict[str, dict[int, tuple[Record, ...]]] = {}
    for record in records:
        output = record.output
        if output is None:
            continue
        row = _ROW.fullmatch(output)
        if row is not None and kind_of(row[1]) != "text":
            known = rows.setdefault(row[1], {})
            known[int(row[2])] = (*known.get(int(row[2]), ()), record)
        else:
            files[output] = (*files.get(output, ()), record)
    return files, rows


def matched(paths: Iterable[str], records: Iterable[Record]) -> Iterator[Clean]:
    """The clean files that the paths name: files as they are, of folders those in the report.

    Raises RestoreError for a folder of which the report knows nothing.
    """
    files, rows = by_output(records)
    for given in paths:
        path, name = Path(given), shown(given)
        if not path.is_dir():
            yield Clean(path, path.name, files.get(name, ()), rows.get(name, {}))
            continue
        start = "" if name == "." else name.rstrip("/") + "/"
        inside = [output for output in (*files, *rows) if output.startswith(start)]
        if not inside:
            raise RestoreError(
                f"{name}/: the report tells of no file there; give the folder that clean wrote to,"
                " as seen from the same working folder"
            )
        for output in inside:
            below = output.removeprefix(start)
            yield Clean(Path(output), below, files.get(output, ()), rows.get(output, {}))


def original(clean: Clean, everything: Iterable[Record] = (), field: str = "text") -> bytes:
    """The original bytes of a clean file. Raises RestoreError, or OSError if it cannot be read.

    Where the report tells nothing by the file's name (clean wrote to stdout), a record of the
    same content in `everything` will do. `field` is the key of the text in rows. A packed file is
    packed anew: what is in it comes back byte for byte, not the packing.
    """
    if clean.rows:
        return _rows(clean, field)
    data, record = _fitting(clean, everything)
    return data if record is None else _back(data, record)


def partly(
    clean: Clean, everything: Iterable[Record], taken_back: Callable[[Edit, str], bool]
) -> tuple[bytes, Repaired | None]:
    """The file without the edits for which `taken_back(edit, id)` holds, and what is left of the
    repair; the bytes as they are and None where nothing had been repaired.

    The other edits stay, and so does UTF-8. Raises as `original` does.
    """
    if clean.rows:
        raise RestoreError("rows are given back whole; leave --rule and --id out")
    data, record = _fitting(clean, everything)
    if record is None:
        return data, None
    _back(data, record)  # refuses a report that does not fit
    source = _source(data, record)
    left = [e for e, i in zip(record.edits, record.ids, strict=False) if not taken_back(e, i)]
    script = EditScript.of(left)
    meta = {"output": record.output}
    document = Document(source, record.document, record.encoding, meta)
    done = Repaired(document, script.apply(source), script, record.suggestions)
    return encode_text(done.text), done


def _fitting(clean: Clean, everything: Iterable[Record]) -> tuple[bytes, Record | None]:
    """The bytes of the file, and the record whose result they are; None if they are the original
    already.
    """
    data = clean.path.read_bytes()
    digest = sha256(data).hexdigest()
    records = clean.records or [r for r in everything if r.output is None]
    fitting = [r for r in records if digest == r.clean_sha256]
    if not fitting:
        if any(r.error for r in clean.records):
            return data, None  # it failed and was left as it was
        if any(r.sha256 == digest for r in records):
            return data, None  # it has been given back already
        if not clean.records:
            raise RestoreError("the report tells nothing of this file")
        raise RestoreError("has changed since it was cleaned; it is left as it is")
    # A run in place that was killed and begun again tells of a file twice; the first knows more.
    return data, next((r for r in fitting if r.sha256 != r.clean_sha256), fitting[0])


def _source(data: bytes, record: Record) -> str:
    """The original text."""
    return record.script().inverse().apply(data.decode("utf-8", "surrogateescape"))


def _rows(clean: Clean, field: str) -> bytes:
    """The original of a file of rows."""
    if kind_of(clean.path.name) != "jsonl":
        raise RestoreError("Parquet is not given back; its account is in the column repair_edits")
    packing = next((p for p in ("gz", "zst") if clean.path.name.lower().endswith(p)), "")
    out = io.BytesIO()
    sink = packed(out, packing) if packing else out
    try:
        with clean.path.open("rb") as raw, unpacked(raw, packing) as lines:
            for number, line in enumerate(lines, 1):
                records = clean.rows.get(number, ())
                sink.write(_row(line, records, field, number) if records else line)
        if packing:
            sink.close()
    except (ReadError, EOFError) as error:
        raise RestoreError(str(error)) from None
    return out.getvalue()


def _row(line: bytes, records: tuple[Record, ...], field: str, number: int) -> bytes:
    if any(record.error for record in records):
        return line
    try:
        row = parse(line.decode("utf-8"), field)
        data = encode_text(row.text)
    except (UnicodeError, RowError) as error:
        raise RestoreError(f"row {number}: {error}") from None
    digest = sha256(data).hexdigest()
    record = next((r for r in records if digest == r.clean_sha256), None)
    if record is None:
        if any(digest == r.sha256 for r in records):
            return line
        raise RestoreError(f"row {number} has changed since it was cleaned; the file is left")
    text = _back(data, record).decode("utf-8", "surrogateescape")
    if record.raw is not None:
        return (row.line[: row.start] + record.raw + row.line[row.end :]).encode()
    return row.with_text(text).encode()


def _back(data: bytes, record: Record) -> bytes:
    try:
        text = _source(data, record)
        restored = encode(Document(text, record.document, record.encoding))
    except (ValueError, LookupError) as error:
        raise RestoreError(f"the report does not fit: {error}") from None
    if sha256(restored).hexdigest() != record.sha256:
        raise RestoreError("the report does not give the original back (its hash differs)")
    return restored
