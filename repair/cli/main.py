"""The command `repair`: a table of commands, of which only the one that is asked for is read.

Start-up is what a pre-commit hook or a shell pipe pays each time, so nothing heavy is imported
here: `--version` needs no import at all, `--help` prints the table below, and a command's own
module is read when it runs. A new command is one row in `COMMANDS`.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typer import Typer


class Command(NamedTuple):
    """`module` holds either a function of the command's name (blanks and hyphens as `_`) or, for a
    command with commands of its own, a typer app called `app`.
    """

    name: str
    module: str
    summary: str


COMMANDS = (
    Command("clean", "repair.cli.clean", "Mend text: files, folders, JSONL, Parquet or stdin."),
    Command("diff", "repair.cli.diff", "Show what clean would change, as a patch for git apply."),
    Command("check", "repair.cli.check", "Is there anything to mend? Exit status 1 if so."),
    Command("review", "repair.cli.review", "Accept or reject edit by edit; it is remembered."),
    Command("apply", "repair.cli.apply", "Make exactly the edits that were accepted."),
    Command("revert", "repair.cli.revert", "Give the original bytes back, from a report."),
    Command(
        "github-suggestions", "repair.cli.github", "Review comments out of a report and a diff."
    ),
    Command("explain", "repair.cli.explain", "Why an edit was made, or was not."),
    Command("drift", "repair.cli.drift", "Which edits a new dictionary gains and loses."),
    Command("serve", "repair.cli.serve", "Clean over HTTP, on this machine."),
    Command("learn-site", "repair.cli.site", "Count which lines a site puts on page after page."),
    Command("rules", "repair.cli.rules", "List every rule: id, summary, default, tier."),
    Command("dict", "repair.cli.dict", "Check, try, extend and mine dictionaries."),
)

ABOUT = """Clean scraped, re-encoded, machine-translated or spun text, and account for every
character touched.

\b
  repair clean article.txt                           the clean text on stdout
  repair clean in --out out --report edits.jsonl     a folder, with its account
  repair diff in > mend.patch && git apply mend.patch
  cat page.txt | repair clean -                      as a filter
"""


def run() -> None:
    """The entry point of the command line."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from repair.version import __version__

        print(f"repair {__version__}")
        return
    # A command makes some hundred thousand objects, nearly none of them in circles: looking for
    # those as often as Python does costs a tenth of the start-up.
    gc.set_threshold(50_000)
    application(_asked(arguments))(prog_name="repair")


def _asked(arguments: list[str]) -> Command | None:
    """The command that is to run, so that no other one need be read."""
    first = next((a for a in arguments if not a.startswith("-")), "")
    return next((command for command in COMMANDS if command.name == first), None)


def application(asked: Command | None = None) -> Typer:
    """The typer app: the command asked for is real, the others are only names for the help."""
    import typer

    app = typer.Typer(
        help=ABOUT,
        no_args_is_help=True,
        rich_markup_mode=None,  # rich alone would double the start-up
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )

    @app.callback()
    def options(
        version: bool = typer.Option(False, "--version", help="Print the version and leave."),
    ) -> None:
        pass

    for command in COMMANDS:
        _add(app, command, real=command is asked)
    return app


def _add(app: Typer, command: Command, real: bool) -> None:
    if not real:
        app.command(command.name, help=command.summary)(lambda: None)
        return
    from importlib import import_module

    module = import_module(command.module)
    group = getattr(module, "app", None)
    if group is not None:
        app.add_typer(group, name=command.name, help=command.summary)
        return
    function = getattr(module, command.name.replace("-", "_"))
    app.command(command.name)(function)
