"""The options that several commands share, and what they amount to."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from inspect import Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repair.cli.console import give_up

if TYPE_CHECKING:
    from repair.batch.sources import Found
    from repair.config import Config

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...|-", help="Files, folders, globs, or - for stdin.")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings; else repair.toml or pyproject.toml."),
]
Stages = Annotated[
    str | None,
    typer.Option(
        "--stages",
        metavar="LIST",
        help="Only these: encoding,normalize,boilerplate,artifacts,names.",
    ),
]
Boilerplate = Annotated[
    str | None,
    typer.Option("--boilerplate", metavar="off|cautious|full", help="Default: cautious."),
]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep", metavar="FAMILY", help="Boilerplate that stays: comments, image ...; repeatable."
    ),
]
SiteTable = Annotated[
    Path | None,
    typer.Option("--site-table", metavar="FILE", help="Lines of a site, from learn-site."),
]
Dictionary = Annotated[
    list[str] | None,
    typer.Option(
        "--dictionary",
        metavar="NAME|PATH",
        help="A pack by name, a pack folder, or a list of names; repeatable. Default: auto.",
    ),
]
ApplyAt = Annotated[
    float | None,
    typer.Option("--apply-at", metavar="0..1", help="Apply edits this sure. Default: 0.85."),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Of the input; else it is found out."),
]
TextField = Annotated[
    str, typer.Option("--text-field", metavar="NAME", help="Key or column of the text in rows.")
]
OutFolder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Clean files go here, as a mirror.")
]
InPlace = Annotated[bool, typer.Option("--in-place", help="Write over the files themselves.")]
Patch = Annotated[
    Path | None, typer.Option("--patch", metavar="FILE", help="What changed, for git apply.")
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE.jsonl", help="Every edit and why; for revert."),
]
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=0, help="Processes. 0: as many as suit.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what failed.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colour (as NO_COLOR).")]


@dataclass(frozen=True, slots=True)
class Chosen:
    """How to clean, as the options of a command say it; None: not said."""

    stages: Stages = None
    boilerplate: Boilerplate = None
    keep: Keep = None
    site_table: SiteTable = None
    dictionary: Dictionary = None
    apply_at: ApplyAt = None
    config: ConfigFile = None

    def settings(self) -> Config:
        """The settings of the file that counts, with those of the command line over them.

        Leaves with status 2 if they cannot be used.
        """
        from repair.config import Config, ConfigError

        given: dict[str, object] = {}
        if self.stages is not None:
            given["stages"] = tuple(
                name for each in self.stages.split(",") if (name := each.strip())
            )
        if self.boilerplate is not None:
            given["boilerplate"] = self.boilerplate
        if self.dictionary:
            given["dictionaries"] = tuple(self.dictionary)
        if self.apply_at is not None:
            given["apply_at"] = self.apply_at
        if self.keep:
            given["keep"] = tuple(self.keep)
        if self.site_table is not None:
            given["site_table"] = str(self.site_table)
        try:
            return replace(Config.load(self.config), **given)  # type: ignore[arg-type]
        except ConfigError as error:
            give_up(f"{error}")


NOTHING_CHOSEN = Chosen()


def cleaning(command: Callable[..., None]) -> Callable[..., None]:
    """The command with each field of its parameter `chosen` as an option of its own.

    Typer reads options from a signature; this writes one, so that the options that every cleaning
    command has are listed once, in `Chosen`.
    """
    shared = signature(Chosen, eval_str=True).parameters

    @wraps(command)
    def run(**given: Any) -> None:
        command(chosen=Chosen(**{name: given.pop(name) for name in shared}), **given)

    own = signature(command, eval_str=True).parameters.values()
    options = [one for p in own for one in (shared.values() if p.name == "chosen" else (p,))]
    run.__signature__ = Signature(options)  # type: ignore[attr-defined]
    run.__annotations__ = {option.name: option.annotation for option in options}
    return run


def encoding_named(name: str | None) -> str | None:
    """The encoding, if there is one of that name; leaves with status 2 if not."""
    if name is None:
        return None
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        give_up(f"--encoding: there is no encoding {name!r}; try cp1252, latin-1, utf-16, gbk ...")
    if not getattr(codec, "_is_text_encoding", True):
        give_up(f"--encoding: {name!r} is no encoding of text; leave it out to have it found")
    return codec.name


def found(paths: list[str], out: Path | None = None, kind: str = "") -> Found:
    """The documents below the paths; stdin may be named once, and alone."""
    from repair.batch.sources import find

    if "-" in paths and len(paths) > 1:
        give_up("- (standard input) goes alone; name files, or send them in: cat FILE... |")
    return find(paths, out, kind)


def stdin_bytes(paths: list[str]) -> bytes | None:
    """What standard input holds, if it is what is to be worked on."""
    import sys

    return sys.stdin.buffer.read() if paths == ["-"] else None
