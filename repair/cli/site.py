"""`repair learn-site`: which lines a site puts on page after page, counted over a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repair.cli import options
from repair.cli.console import Console, give_up

if TYPE_CHECKING:
    from repair.batch.sources import Source

Corpus = Annotated[
    list[str] | None, typer.Argument(metavar="CORPUS...", help="Files, folders, globs.")
]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The table that is written.")]
By = Annotated[
    str,
    typer.Option(
        "--by", metavar="host|FIELD", help="A site is the host of a row's address, or this field."
    ),
]
UrlField = Annotated[
    str, typer.Option("--url-field", metavar="NAME", help="Key or column of the address.")
]
Merge = Annotated[
    list[Path] | None,
    typer.Option("--merge", metavar="FILE", help="Add the counts of this table; repeatable."),
]
Least = Annotated[
    int,
    typer.Option("--least", metavar="N", min=1, help="Leave out lines on fewer documents."),
]


def learn_site(
    corpus: Corpus = None,
    out: Out = Path("site-lines.tsv"),
    by: By = "host",
    url_field: UrlField = "url",
    text_field: options.TextField = "text",
    merge: Merge = None,
    least: Least = 1,
    quiet: options.Quiet = False,
) -> None:
    """Count the lines of each site over its documents, for `repair clean --site-table`.

    Rows (JSONL, Parquet) belong to the host of their address or to what the field says; a text
    file belongs to its folder. Count each shard on its own and merge; leave out rare lines last.

    \b
      repair learn-site shard-1.jsonl --by host --out 1.tsv
      repair learn-site --merge 1.tsv --merge 2.tsv --least 3 --out sites.tsv
      repair clean shard-1.jsonl --site-table sites.tsv --out clean
    """
    from repair.batch.readers import ReadError
    from repair.lexicon.tables import DictionaryError
    from repair.stages.boilerplate.site import SiteCounts

    console = Console(quiet)
    if not corpus and not merge:
        give_up("learn-site: name a corpus to count, or tables to --merge")
    counts, failed = SiteCounts(), 0
    try:
        for table in merge or ():
            counts.merge(SiteCounts.read(table))
    except DictionaryError as error:
        give_up(str(error))
    found = options.found(corpus or [])
    problems = [str(problem) for problem in found.problems]
    for source in found.sources:
        try:
            for site, text in _documents(source, by, url_field, text_field):
                counts.add(site, text)
        except (OSError, EOFError, ValueError, ReadError) as error:
            problems.append(f"{source.name}: {error}")
    for problem in problems:
        failed += 1
        console.error(problem)
    try:
        counts.write(out, least)
    except OSError as error:
        give_up(f"{out}: cannot be written: {error.strerror}")
    documents, sites = sum(counts.documents.values()), len(counts.documents)
    console.say(f"{documents:,} documents of {sites:,} sites counted; wrote {out}")
    raise SystemExit(1 if failed else 0)


def _documents(source: Source, by: str, url: str, text: str) -> Iterator[tuple[str, str]]:
    """(site, text) of each document of a source; documents without text are left out."""
    assert source.path is not None
    if source.kind == "text":
        from repair.text.decode import decode

        yield Path(source.name).parent.as_posix(), decode(source.path.read_bytes()).text
        return
    key = url if by == "host" else by
    for row in _rows(source, (key, text)):
        value = row.get(text)
        if isinstance(value, str):
            place = str(row.get(key) or "")
            yield (_host(place) if by == "host" else place), value


def _rows(source: Source, columns: tuple[str, str]) -> Iterator[dict[str, Any]]:
    from repair.batch import readers

    assert source.path is not None
    if source.kind == "parquet":
        with readers.parquet().ParquetFile(source.path) as file:
            wanted = [name for name in columns if name in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=256, columns=wanted):
                yield from batch.to_pylist()
        return
    import json

    with source.path.open("rb") as raw, readers.unpacked(raw, source.packing) as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                if isinstance(row, dict):
                    yield row


def _host(address: str) -> str:
    """The host of an address, without "www."; "" if there is none.

    >>> _host("https://www.example.org/a?b")
    'example.org'
    """
    from urllib.parse import urlsplit

    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
