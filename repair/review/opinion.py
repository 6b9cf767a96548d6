"""A second opinion: hands each open edit to a program of the user's choice and records its answer.

The program (a local language model behind a script, say) is started once a question: it gets the
question as JSON on standard input and prints one line of JSON, `{"answer": "accept"}`, "reject" or
"leave", and if it likes the number of a candidate and a `note`. It can only choose: whatever text
it prints, none of it is ever written into a document. Nothing is sent anywhere by repair itself.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from repair.review.sitting import Question, Sitting
from repair.text.lines import Lines
from repair.text.records import json_line, json_text

AROUND = 400  # characters of context on either side
_LONGEST = 10_000  # characters of an answer that are read
_ANSWERS = ("accept", "reject", "leave")


class OpinionError(ValueError):
    """The command cannot be run at all."""


@dataclass(slots=True)
class Tally:
    """How the questions were answered; `cached` of them from memory."""

    accept: int = 0
    reject: int = 0
    leave: int = 0
    failed: int = 0
    cached: int = 0
    unasked: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """At most `questions` are asked, for at most `seconds` in all, each one for `timeout` s."""

    questions: int = 1_000
    seconds: float = 3_600.0
    timeout: float = 60.0


def ask(
    sitting: Sitting,
    command: str,
    bounds: Bounds,
    cache: Path,
    watch: Callable[[Question, str], None] = lambda question, answer: None,
) -> Tally:
    """Ask about every open question, within the bounds; answers become decisions by the command.

    `cache` keeps answers by command and question, so that a second run asks nothing twice. Raises
    OpinionError if the command cannot be started.
    """
    words = shlex.split(command)
    if not words:
        raise OpinionError("--ask: the command is empty")
    known = _cached(cache)
    tally, asked, began = Tally(), 0, time.monotonic()
    for question in [q for q in sitting.questions if q.number not in sitting.answers]:
        paper = put(question)
        key = sha256(json_text([command, paper]).encode()).hexdigest()[:24]
        reply = known.get(key)
        if reply is not None:
            tally.cached += 1
        elif asked >= bounds.questions or time.monotonic() - began > bounds.seconds:
            tally.unasked += 1
            continue
        else:
            asked += 1
            reply = _reply(words, paper, bounds.timeout)
            if reply is not None:
                _remember(cache, key, reply)
        answer = _record(sitting, question, reply, f"ask:{Path(words[0]).name}")
        setattr(tally, answer, getattr(tally, answer) + 1)
        watch(question, answer)
    return tally


def put(question: Question) -> dict[str, Any]:
    """The question as the program gets it. `candidates` are what it may choose among."""
    edit, text = question.edit, question.repaired.document.text
    where = Lines(text).position(edit.start)
    return {
        "document": question.document,
        "line": where.line,
        "column": where.column,
        "left": text[max(0, edit.start - AROUND) : edit.start],
        "before": edit.before,
        "right": text[edit.end : edit.end + AROUND],
        "candidates": [edit.after] if edit.after != edit.before else [],
        "applied": question.applied,
        "rule": edit.rule,
        "reason": edit.reason,
        "confidence": round(edit.confidence, 4),
        "evidence": list(edit.evidence),
        "answers": list(_ANSWERS),
    }


def _reply(words: list[str], paper: dict[str, Any], timeout: float) -> dict[str, str] | None:
    """What the program answers; None if it fails, takes too long, or answers something else."""
    try:
        done = subprocess.run(
            words,
            input=json_line(paper).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise OpinionError(f"--ask: {words[0]}: {error.strerror or error}") from None
    lines = done.stdout[:_LONGEST].decode("utf-8", "replace").strip().splitlines()
    try:
        reply = json.loads(lines[-1]) if lines and done.returncode == 0 else None
    except ValueError:
        return None
    if not isinstance(reply, dict) or reply.get("answer") not in _ANSWERS:
        return None
    if reply["answer"] == "accept" and reply.get("candidate", 0) not in range(
        len(paper["candidates"])
    ):
        return None
    note = reply.get("note", "")
    return {"answer": reply["answer"], "note": note[:500] if isinstance(note, str) else ""}


def _record(sitting: Sitting, question: Question, reply: dict[str, str] | None, author: str) -> str:
    """Write the answer down; its name in the tally."""
    if reply is None:
        return "failed"
    answer = reply["answer"]
    if answer != "leave":
        sitting.give(question, answer, author=author, note=reply.get("note", ""))
    return answer


def _cached(cache: Path) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    if cache.is_file():
        for line in cache.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                record = json.loads(line)
                if record["reply"]["answer"] in _ANSWERS:
                    known[record["key"]] = record["reply"]
            except (ValueError, TypeError, KeyError):
                continue  # a line that a killed run left half written
    return known


def _remember(cache: Path, key: str, reply: dict[str, str]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json_line({"key": key, "reply": reply}))
