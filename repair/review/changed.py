"""Only what a change touches: the lines that git says are new, and the edits on them.

A team that adopts repair does not want to answer for ten thousand old lines in its first pull
request. `--changed-since main` asks git which lines are new since the branches parted.
"""

from __future__ import annotations

import posixpath
import re
import subprocess
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from repair.text.document import Repaired
from repair.text.edits import Edit, EditScript
from repair.text.lines import Lines

# "@@ -10,2 +12,3 @@ heading" -> new lines 12 to 14; without a count, one line
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_LETTERS = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13}
# Octal or letter escapes in git's quoted paths: "a\tb", "\303\244"
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")


class GitError(ValueError):
    """git cannot answer; the message is git's."""


@dataclass(slots=True)
class DiffFile:
    """One file of a diff, as it is after the change.

    `hunks` are lists of (line number, text) with LF where the line has one, context included;
    `added` are the numbers of the new lines, rising.
    """

    path: str
    hunks: list[list[tuple[int, str]]] = field(default_factory=list)
    added: list[int] = field(default_factory=list)


def parse(diff: bytes) -> Iterator[DiffFile]:
    """The files of a unified diff that exist after it; a binary one has no hunks."""
    file: DiffFile | None = None
    left = right = number = 0  # lines of the hunk still to come on either side; the next new line
    mark = b""
    for line in diff.split(b"\n"):
        last, mark = mark, line[:1]
        if mark == b"\\" and file is not None and file.hunks and last in (b" ", b"+"):
            where, text = file.hunks[-1][-1]
            file.hunks[-1][-1] = where, text.removesuffix("\n")
        elif (left > 0 or right > 0) and file is not None:
            left -= mark not in (b"+", b"\\")
            if mark in (b"-", b"\\"):
                continue
            file.hunks[-1].append((number, line[1:].decode("utf-8", "surrogateescape") + "\n"))
            if mark == b"+":
                file.added.append(number)
            number += 1
            right -= 1
        elif line.startswith(b"+++ "):
            path = unquoted(line[4:])
            file = DiffFile(path.removeprefix("b/")) if path != "/dev/null" else None
            if file is not None:
                yield file
        elif (found := _HUNK.match(line)) and file is not None:
            left, right, number = int(found[1] or 1), int(found[3] or 1), int(found[2])
            file.hunks.append([])


def unquoted(path: bytes) -> str:
    """A path as a diff has it, without the quotes and the tab that git puts around it."""
    path = path.rstrip(b"\t\r")
    if path.startswith(b'"') and path.endswith(b'"'):
        path = _ESCAPE.sub(_plain, path[1:-1])
    return path.decode("utf-8", "surrogateescape")


def _plain(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if len(code) == 3:
        return bytes([int(code, 8)])
    return bytes([_LETTERS[code]]) if code in _LETTERS else code


def new_lines(reference: str, folder: Path) -> dict[str, frozenset[int] | None]:
    """Path, seen from `folder` -> the numbers of its new lines since the reference and the present
    state parted; None for all lines of a file that git does not track.

    Raises GitError if the folder is in no repository or there is no such reference.
    """
    named = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{reference}^{{commit}}")
    commit = named.decode("ascii", "replace").strip()  # a reference like "--output=x" is no option
    common = ("-c", "core.quotepath=off", "-c", "diff.noprefix=false")
    diff = _git(
        folder,
        *common,
        "diff",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--relative",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        "-U0",
        "--merge-base",
        commit,
        "--",
    )
    found: dict[str, frozenset[int] | None] = {}
    files = list(parse(diff))
    for file in files:
        found[file.path] = frozenset(file.added)
    listed = _git(folder, "ls-files", "--others", "--exclude-standard", "-z")
    for name in filter(None, listed.split(b"\0")):
        found[name.decode("utf-8", "surrogateescape")] = None
    return found


@dataclass(frozen=True)
class OnChanged:
    """Takes from a result the edits that touch no new line; `then` is what comes after it.

    `lines` is what `new_lines` gives.
    """

    lines: Mapping[str, frozenset[int] | None]

    def __call__(self, repaired: Repaired) -> Repaired:
        name = posixpath.normpath(repaired.document.name)
        new = self.lines.get(name, frozenset())
        if new is None:
            return repaired
        numbers, lines = sorted(new), Lines(repaired.document.text)
        edits = [e for e in repaired.edits if _touches(e, lines, numbers)]
        suggestions = tuple(e for e in repaired.suggestions if _touches(e, lines, numbers))
        script = EditScript.of(edits)
        text = script.apply(repaired.document.text)
        return Repaired(repaired.document, text, script, suggestions)


@dataclass(frozen=True)
class Both:
    """One after the other, as something a worker process can be sent."""

    steps: tuple[object, ...]

    def __call__(self, repaired: Repaired) -> Repaired:
        for step in self.steps:
            assert callable(step)
            repaired = step(repaired)
        return repaired


def _touches(edit: Edit, lines: Lines, numbers: list[int]) -> bool:
    """Whether a new line is among those the edit stands on."""
    first = lines.number(edit.start)
    last = lines.number(max(edit.start, edit.end - 1))
    at = bisect_right(numbers, last)
    return at > 0 and numbers[at - 1] >= first


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"git: {error.strerror or error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise GitError(f"git: {said.removeprefix('fatal: ')}")
    return done.stdout
