"""`repair dict`: care for dictionaries: check packs, try them, add rows, and find new ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repair.cli import options
from repair.cli.console import Console, give_up, plain

if TYPE_CHECKING:
    from repair.lexicon.mine import Finding

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Packs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PACK...]", help="Packs by name or folder. Default: all shipped."),
]
Pack = Annotated[
    Path, typer.Option("--pack", metavar="DIR", help="Your pack; made if it is not there yet.")
]
OWN = Path(".repair/pack")  # where `repair review --teach` writes too


@app.command()
def lint(
    packs: Packs = None,
    reference: Annotated[
        list[str] | None,
        typer.Option("--reference", metavar="PATH", help="Clean text; repeatable."),
    ] = None,
) -> None:
    """Check packs: form, order, provenance, contradictions. Exit status 1 if there is a problem.

    A garble that is a listed name or an ordinary word, that leads to two names, or whose repair
    is repaired again; names that two packs list; rows without an origin. With --reference also
    every garble that stands in that clean text.

    \b
      repair dict lint
      repair dict lint mine --reference articles/
    """
    from repair.cli import session
    from repair.lexicon import lint as checks
    from repair.lexicon import pack

    with session.no_traceback():
        shipped = [pack.find(name) for name in pack.available()]
        chosen = [pack.find(name) for name in packs] if packs else shipped
        known = [path for path in shipped if path not in chosen]
        problems = list(checks.lint(chosen, known))
        if reference:
            problems += checks.clean_hits(chosen, _texts(reference, "text"))
    for problem in problems:
        print(plain(str(problem)))
    console = Console()
    names = ", ".join(path.name for path in chosen)
    console.say(f"{len(problems):,} problem{'s' * (len(problems) != 1)} in {names}")
    if problems:
        raise SystemExit(1)


@app.command("test")
def trial(packs: Packs = None) -> None:
    """Run the examples of packs (tests.tsv: text, fixed, why). Exit status 1 if one fails.

    An example whose `fixed` is its `text` must be left alone.

    \b
      repair dict test
      repair dict test mine
    """
    from repair.cli import session
    from repair.config import Config
    from repair.lexicon import pack
    from repair.lexicon.tables import rows
    from repair.text.document import Document

    failed = total = 0
    with session.no_traceback():
        chosen = [pack.find(name) for name in packs or pack.available()]
        named = tuple(str(path) for path in chosen)
        config = Config(stages=("artifacts", "names"), dictionaries=(*named, "auto"))
        for path in chosen:
            table = path / "tests.tsv"
            found = rows(table, ("text", "fixed", "why")) if table.is_file() else ()
            for line, (text, fixed, why) in found:
                total += 1
                result = config.pipeline().repair(Document(text)).text
                if result != fixed:
                    failed += 1
                    print(
                        plain(f"{table}:{line}: {text!r} became {result!r}, not {fixed!r}; {why}")
                    )
    Console().say(f"{total:,} examples, {failed:,} failed")
    if failed:
        raise SystemExit(1)


@app.command()
def add(
    row: Annotated[str, typer.Argument(metavar='"GARBLE=NAME" | NAME')],
    pack: Pack = OWN,
    keep: Annotated[bool, typer.Option("--keep", help="Never touch this form.")] = False,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Of a new name.")] = "term",
    topic: Annotated[
        str, typer.Option("--topic", metavar="TOPIC", help="Of a new name.")
    ] = "software",
    cues: Annotated[str, typer.Option("--cues", metavar="A|B", help="Words seen with it.")] = "",
    via: Annotated[
        str, typer.Option("--via", metavar="CHANNEL", help="How it came about.")
    ] = "typo",
    reason: Annotated[str, typer.Option("--reason", help="Of --keep.")] = "good as it is",
) -> None:
    """Add a garble, a name, or a form to keep, to a pack of your own.

    \b
      repair dict add "Openi=OpenAI"
      repair dict add "Acme Cloud" --kind company --topic cloud --cues "hosting|acme"
      repair dict add --keep "Ezor" --reason "a colleague"
    """
    from repair.cli import session
    from repair.lexicon.author import add as write

    console = Console()
    with session.no_traceback():
        surface, equals, canonical = (part.strip() for part in row.partition("="))
        cells: tuple[str, ...]
        if keep:
            table, cells = "keep.tsv", (surface, reason)
        elif equals:
            _check_garble(surface, canonical, console)
            table, cells = "surfaces.tsv", (surface, canonical, via, "own")
        else:
            cues = cues or surface.lower()
            table, cells = "names.tsv", (surface, kind, topic, "", cues, "own")
        new = write(pack, table, cells)
    console.say(f"{pack / table}: {'added' if new else 'there already'}: {plain(row)}")
    console.say(f"use it: --dictionary auto --dictionary {pack}; check it: repair dict lint {pack}")


def _check_garble(surface: str, canonical: str, console: Console) -> None:
    """Refuse a garble that is a name or a word; warn of a target that no pack lists."""
    from repair.lexicon.lexicon import load
    from repair.lexicon.vocabulary import ordinary

    lexicon = load(("auto",))
    if not surface or not canonical or surface == canonical:
        give_up('write "GARBLE=NAME", with two different sides')
    if surface in lexicon.number:
        give_up(f"{surface!r} is a listed name; a repair of it would spoil good text")
    if surface.lower() in ordinary():
        give_up(f"{surface!r} is an ordinary word; it needs cues, which rows of this kind lack")
    if canonical not in lexicon.number:
        console.say(f"no shipped pack lists {canonical!r}; add it: repair dict add {canonical!r}")


@app.command("list")
def listing() -> None:
    """List the shipped packs: how many names, garbles, terms, forms to keep.

    \b
      repair dict list
    """
    from repair.cli import session
    from repair.lexicon import pack

    with session.no_traceback():
        print(f"{'pack':<16}{'names':>8}{'garbles':>9}{'terms':>7}{'keep':>6}")
        for name in pack.available():
            read = pack.read(pack.find(name))
            terms = sum(garble.via == "term" for garble in read.garbles)
            garbles = len(read.garbles) - terms
            print(f"{name:<16}{len(read.names):>8}{garbles:>9}{terms:>7}{len(read.keep):>6}")


@app.command()
def mine(
    paths: options.Paths,
    dictionary: options.Dictionary = None,
    text_field: options.TextField = "text",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.tsv", help="Else stdout.")
    ] = None,
) -> None:
    """Look through a corpus for garbles and names that no pack lists; a table for you to judge.

    Columns: surface, kind (garble, variant, name), canonical, times, documents, score (how sure,
    from the sound alone), slot (how often it stands where listed names stand), contexts.

    \b
      repair dict mine articles/ --out found.tsv
      repair dict mine corpus.jsonl.gz --text-field body
    """
    from repair.cli import session
    from repair.lexicon import mine as digging
    from repair.lexicon.lexicon import load

    with session.no_traceback():
        lexicon = load(tuple(dictionary or ("auto",)))
        found = digging.mine(_texts(paths, text_field), lexicon)
        lines = "".join(f"{line}\n" for line in digging.table(found))
        if out is None:
            typer.echo(lines, nl=False)
        else:
            from repair.batch.sinks import write_whole

            write_whole(out, lines.encode("utf-8", "backslashreplace"))
    Console().say(_told(found))


def _told(found: tuple[Finding, ...]) -> str:
    kinds = [
        f"{sum(f.kind == kind for f in found):,} {kind}s" for kind in ("garble", "variant", "name")
    ]
    return "found " + ", ".join(kinds)


@app.command("compile")
def compiled(
    packs: Annotated[list[str], typer.Argument(metavar="PACK...", help="The first has the say.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of the new pack.")],
) -> None:
    """Make one pack out of several: sorted, each form once, vetoes (keep.tsv) carried out.

    \b
      repair dict compile mine ai cloud --out all
    """
    from repair.cli import session
    from repair.lexicon import pack
    from repair.lexicon.author import compile_packs

    with session.no_traceback():
        counts = compile_packs([pack.find(name) for name in packs], out)
    told = ", ".join(f"{number:,} rows of {table}" for table, number in counts.items())
    Console().say(f"{out}: {told}")


@app.command()
def fit(
    pairs: Annotated[Path, typer.Argument(metavar="PAIRS.tsv")],
    pack: Pack = OWN,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.tsv", help="Else into the pack.")
    ] = None,
) -> None:
    """Fit the table of how names change to garbles of your own; your pack carries it from then on.

    PAIRS.tsv has the columns garble and canonical (or surface and canonical), one pair a row. The
    shipped table stays in it, the less so the more pairs there are; some hundred are enough.

    \b
      repair dict fit corrected.tsv
      repair dict fit mine/surfaces.tsv --pack mine
    """
    from repair.batch.sinks import write_whole
    from repair.cli import session
    from repair.lexicon import refit
    from repair.lexicon.pack import FITTED

    with session.no_traceback():
        fitted = refit.fit(refit.read_pairs(pairs), pairs.name)
        path = out or pack / FITTED
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, fitted.text.encode())
    console = Console()
    console.say(
        f"{path}: {fitted.pairs:,} pairs; they score {fitted.before:.1f} nats a pair by the"
        f" shipped table, {fitted.after:.1f} by this one"
    )
    if out is None:
        console.say(f"use it: --dictionary auto --dictionary {pack}")


def _texts(paths: list[str], field: str) -> Iterator[str]:
    """The texts of files, folders, JSONL or stdin; what cannot be read is said and left out."""
    from repair.batch.readers import unpacked
    from repair.batch.rows import RowError, parse
    from repair.text.decode import decode

    stdin = options.stdin_bytes(paths)
    if stdin is not None:
        yield decode(stdin).text
        return
    found = options.found(paths)
    console = Console()
    for problem in found.problems:
        console.error(str(problem))
    for source in found.sources:
        if source.path is None or source.kind == "parquet":
            console.error(f"{source.name}: dict reads text and JSONL; turn it into one of them")
        elif source.kind == "text":
            yield decode(source.path.read_bytes()).text
        else:
            with source.path.open("rb") as raw, unpacked(raw, source.packing) as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        yield parse(line.decode("utf-8", "replace"), field).text
                    except RowError as error:
                        console.error(f"{source.name}:{number}: {error}")
