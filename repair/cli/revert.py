"""`repair revert`: the original bytes back, from the clean files and the report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repair.cli import options
from repair.cli.console import Console, give_up

if TYPE_CHECKING:
    from repair.batch.restore import Clean
    from repair.text.document import Repaired
    from repair.text.edits import Edit

Outputs = Annotated[
    list[str], typer.Argument(metavar="OUT...", help="Clean files, or folders of them.")
]
Report = Annotated[
    Path, typer.Option("--report", metavar="FILE.jsonl", help="What clean wrote with --report.")
]
OutFolder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="The originals go here, as a mirror.")
]
InPlace = Annotated[bool, typer.Option("--in-place", help="Also a single file: write over it.")]
Rule = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="ID", help="Take back only this rule or stage; repeatable."),
]
Id = Annotated[
    list[str] | None,
    typer.Option("--id", metavar="ID", help="Take back only this edit of the report; repeatable."),
]
Left = Annotated[
    Path | None,
    typer.Option("--left", metavar="FILE.jsonl", help="The report of what --rule and --id leave."),
]


def revert(
    outputs: Outputs,
    report: Report,
    out: OutFolder = None,
    in_place: InPlace = False,
    rule: Rule = None,
    id: Id = None,
    left: Left = None,
    text_field: options.TextField = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Give the original bytes back.

    One file goes to stdout; folders and several files are restored where they are, or below
    --out. A file that has changed since it was cleaned is refused by name.

    \b
      repair clean in --out out --report edits.jsonl
      repair revert out --report edits.jsonl --out back && diff -r in back
      repair revert out --report edits.jsonl --rule names --left rest.jsonl
    """
    from repair.batch.restore import RestoreError, matched, original, partly
    from repair.cli import session

    console = Console(quiet, no_color)
    with session.no_traceback():
        records = _records(report)
        try:
            files = list(matched(outputs, records))
        except RestoreError as error:
            give_up(str(error), 1)
        one = len(outputs) == 1 and not Path(outputs[0]).is_dir() and not in_place
        failed = 0
        rest: list[Repaired] = []
        some = _chosen(tuple(rule or ()), frozenset(id or ()))
        for clean in files:
            try:
                if some is None:
                    data = original(clean, records, text_field)
                else:
                    data, still = partly(clean, records, some)
                    rest += [still] if still is not None else []
                _place(clean, data, out, one)
            except (RestoreError, OSError) as error:
                console.error(f"{clean.path}: {_said(error)}")
                failed += 1
        if left is not None:
            _report_left(left, rest)
        sys.stdout.flush()
    if not one:
        console.say(f"{len(files) - failed} of {len(files)} files given back")
    raise SystemExit(1 if failed else 0)


def _chosen(rules: tuple[str, ...], ids: frozenset[str]) -> Callable[[Edit, str], bool] | None:
    """Tells which edits to take back; None for all of them."""
    if not rules and not ids:
        return None

    def taken_back(edit: Edit, id: str) -> bool:
        named = any(edit.rule == rule or edit.rule.startswith(f"{rule}/") for rule in rules)
        return named or id in ids

    return taken_back


def _report_left(path: Path, rest: list[Repaired]) -> None:
    """Write the report of the edits that stay, so that they can be taken back later."""
    import io

    from repair.batch.sinks import write_whole
    from repair.writers.json_report import write

    out = io.StringIO(newline="")
    write(rest, out)
    write_whole(path, out.getvalue().encode("utf-8"))


def _records(report: Path) -> list[Any]:
    """What the report tells. Leaves with status 2 if it cannot be read."""
    from repair.writers.json_report import ReportError, read

    def lines() -> Iterator[str]:
        with report.open(encoding="utf-8", newline="\n") as file:
            yield from file

    try:
        return list(read(lines(), str(report)))
    except (OSError, UnicodeDecodeError) as error:
        give_up(
            f"{report}: cannot be read: {_said(error)}; give the file that clean --report wrote"
        )
    except ReportError as error:
        give_up(str(error))


def _place(clean: Clean, data: bytes, out: Path | None, stdout: bool) -> None:
    from repair.batch.sinks import make_folder, write_whole

    if out is None and stdout:
        sys.stdout.buffer.write(data)
        return
    target = clean.path if out is None else out / clean.below
    if out is not None:
        if not target.resolve().is_relative_to(out.resolve()):
            raise PermissionError(
                0, f"would be written outside {out}; the report is not to be trusted"
            )
        make_folder(target.parent, out)
    write_whole(target, data, clean.path.stat().st_mode & 0o777)


def _said(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
