"""What people (or programs they asked) answered to edits, in a file that can be committed.

`.repair/decisions.jsonl` holds one answer a line, sorted, so that two branches rarely clash and a
union of both is a valid file. While a review goes on, answers are appended: a review that is killed
loses none. An answer is filed under the identity of its edit, never under an offset.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repair.text.identity import Identity
from repair.text.records import json_line

FOLDER, FILE = ".repair", "decisions.jsonl"

# answer: (whether the text is changed, how far it reaches, what it means)
ANSWERS: dict[str, tuple[bool, str, str]] = {
    "accept": (True, "here", "make this edit"),
    "reject": (False, "here", "do not make this edit"),
    "replace": (True, "here", "write my own text instead"),
    "always": (True, "everywhere", "make this change wherever it is proposed"),
    "never-here": (False, "here", "leave this place alone, whatever is proposed"),
    "never-in-file": (False, "file", "leave this word alone in this document"),
    "never": (False, "everywhere", "leave this word alone everywhere"),
    "baseline": (False, "here", "it stood so when the baseline was taken"),
}
UNDO = "undo"


class DecisionError(ValueError):
    """A file of decisions that cannot be used; the message names the line and the mend."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer. `left` and `right` are the words around the edit, the nearest first.

    `document` is the path seen from the folder that holds `.repair`, with `/`; `at` is a time in
    ISO 8601, UTC; `author` who answered: "me", "page", or the program that was asked.
    """

    answer: str
    id: str
    place: str
    document: str
    rule: str
    before: str
    after: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    replacement: str | None = None
    author: str = ""
    at: str = ""
    note: str = ""

    @classmethod
    def of(
        cls,
        identity: Identity,
        document: str,
        answer: str,
        replacement: str | None = None,
        *,
        author: str = "",
        at: str = "",
        note: str = "",
    ) -> Decision:
        """The answer to the edit of that identity."""
        return cls(
            answer,
            identity.id,
            identity.place,
            document,
            identity.rule,
            identity.before,
            identity.after,
            identity.left,
            identity.right,
            replacement,
            author,
            at,
            note,
        )

    @property
    def changes(self) -> bool:
        """Whether the text is to be changed."""
        return ANSWERS[self.answer][0]

    @property
    def reach(self) -> str:
        """ "here", "file" or "everywhere"."""
        return ANSWERS[self.answer][1]

    def record(self) -> dict[str, Any]:
        """The decision as JSON takes it, without what is empty."""
        names = self.__slots__
        values = {name: getattr(self, name) for name in names}
        needed = ("before", "after", "replacement")
        kept = {n: v for n, v in values.items() if v not in (None, "", ()) or n in needed}
        if self.replacement is None:
            del kept["replacement"]
        return {name: list(v) if isinstance(v, tuple) else v for name, v in kept.items()}


def read(lines: Iterable[str], name: str = FILE) -> list[Decision]:
    """The decisions that stand: of several to one edit the last one; none that was taken back.

    Marks of a merge that was left half done are passed over: both sides count. Raises
    DecisionError for a line that is no decision.
    """
    standing: dict[tuple[str, str], Decision] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            continue
        decision = _decision(line, f"{name}:{number}")
        key = decision.id, decision.document
        earlier = standing.get(key)
        if earlier is None or decision.at >= earlier.at:
            standing[key] = decision
    return [decision for decision in standing.values() if decision.answer != UNDO]


def load(path: Path) -> list[Decision]:
    """The decisions in the file; none if there is no file."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            return read(file, str(path))
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: not UTF-8 at byte {error.start}") from None


def save(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the file whole, sorted by document and edit; it is replaced in one step."""
    lines = sorted((d.document, d.before, d.place, d.id, json_line(d.record())) for d in decisions)
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".decisions-")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(line for *_, line in lines)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def append(path: Path, decisions: Iterable[Decision]) -> None:
    """Add answers at the end of the file, on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json_line(d.record()) for d in decisions).encode()
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def found(start: Path) -> Path:
    """The file of decisions that holds for a folder: its own or that of the nearest folder above;
    where there is none, the place for one: the top of the git repository, else the folder.
    """
    folders = (start, *start.parents)
    for folder in folders:
        if (folder / FOLDER / FILE).is_file():
            return folder / FOLDER / FILE
    top = next((folder for folder in folders if (folder / ".git").exists()), start)
    return top / FOLDER / FILE


def _decision(line: str, place: str) -> Decision:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise DecisionError(f"{place}: not a line of JSON ({error}); mend or delete it") from None
    if not isinstance(record, dict) or record.get("answer") not in {*ANSWERS, UNDO}:
        raise DecisionError(f"{place}: no answer of {', '.join(ANSWERS)}; mend or delete the line")
    missing = [key for key in ("id", "place", "document", "before", "after") if key not in record]
    if missing:
        raise DecisionError(f"{place}: the decision lacks {missing[0]!r}; mend or delete the line")
    if record["answer"] == "replace" and not isinstance(record.get("replacement"), str):
        raise DecisionError(f"{place}: a replacement is missing; mend or delete the line")
    known = dict(_fields(record, place))
    known.setdefault("rule", "")
    return Decision(**known)


def _fields(record: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    for name in Decision.__slots__:
        if name not in record:
            continue
        value = record[name]
        if name in ("left", "right"):
            if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
                raise DecisionError(f"{place}: {name!r} is no list of words")
            value = tuple(value)
        elif not isinstance(value, str) and not (name == "replacement" and value is None):
            raise DecisionError(f"{place}: {name!r} is no text")
        yield name, value
