"""The review in a terminal: one edit at a time, one key an answer, saved as you go.

It needs no colour, no full screen and no particular terminal, and so works over ssh; where
standard input is no terminal it reads one answer a line. What a document holds is shown inert.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from repair.review.sitting import Question, Sitting
from repair.text.lines import Lines
from repair.text.visible import visible

AROUND = 160  # characters of context on either side
_LONGEST = 300  # characters of a deleted or inserted text that are shown

KEYS = (
    ("y", "accept", "accept"),
    ("n", "reject", "reject"),
    ("e", "replace", "write my own"),
    ("a", "always", "always"),
    ("h", "never-here", "never here"),
    ("f", "never-in-file", "never in this file"),
    ("v", "never", "never anywhere"),
)
OTHERS = (
    ("s", "skip for now"),
    ("b", "back one"),
    ("u", "undo the last answer"),
    ("Y", "accept all that are left of this rule"),
    ("N", "reject all that are left of this rule"),
    ("?", "help"),
    ("q", "save and leave"),
)
_ANSWERS = {key: answer for key, answer, _ in KEYS}
_WIDE = {"Y": "accept", "N": "reject"}


class Terminal:
    """Asks the questions of a sitting. `key` gives the next key, `line` a line of text for a
    prompt; "" ends the sitting.
    """

    def __init__(
        self,
        sitting: Sitting,
        out: TextIO,
        key: Callable[[], str],
        line: Callable[[str], str],
        colour: bool = False,
    ) -> None:
        self._sitting = sitting
        self._out = out
        self._key = key
        self._line = line
        self._colour = colour
        self._lines: tuple[object, Lines] = (None, Lines(""))

    def run(self) -> None:
        """Ask until everything is answered or the reviewer leaves."""
        question = self._sitting.next()
        if question is None:
            self._say("Nothing is left to answer.")
            return
        self._say(self._keys())
        while question is not None:
            self._show(question)
            question = self._ask(question)
        left = self._sitting.open
        self._say(f"{left} are still open; the same command goes on." if left else "All answered.")

    def _ask(self, question: Question) -> Question | None:
        """Take one key; the question that follows, or None to leave."""
        sitting = self._sitting
        key = self._key()
        if key in ("q", "", "\x03", "\x04"):
            return None
        if key in _ANSWERS:
            if not self._answer(question, _ANSWERS[key]):
                return question
        elif key in _WIDE:
            self._answer_rule(question, _WIDE[key])
        elif key == "u":
            return sitting.undo() or question
        elif key == "b":
            return sitting.questions[max(0, question.number - 1)]
        elif key == "?":
            self._help()
            return question
        elif key not in ("s", " ", "j"):
            self._say(f"  {visible(key)} is no answer; ? for help")
            return question
        return sitting.next(question.number)

    def _answer(self, question: Question, answer: str) -> bool:
        replacement = None
        if answer == "replace":
            replacement = self._line(f"  instead of “{visible(question.identity.before)}”: ")
        elif answer in ("accept", "always") and question.edit.before == question.edit.after:
            self._say("  no repair is known here: write your own (e) or leave it (n)")
            return False
        count = self._sitting.give(question, answer, replacement)
        more = f", and for {count - 1} more" if count > 1 else ""
        self._say(self._paint("36", f"  {answer.replace('-', ' ')}{more}"))
        return True

    def _answer_rule(self, question: Question, answer: str) -> None:
        left = [
            (other, answer, None)
            for other in self._sitting.questions
            if other.edit.rule == question.edit.rule
            and other.number not in self._sitting.answers
            and (answer == "reject" or other.edit.before != other.edit.after)
        ]
        rule = visible(question.edit.rule)
        if self._line(f"  {answer} all {len(left)} that are left of {rule}? [y/N] ") != "y":
            return
        self._sitting.give_all(left)
        self._say(self._paint("36", f"  {answer}: {len(left)}"))

    def _show(self, question: Question) -> None:
        edit, sitting = question.edit, self._sitting
        document = question.repaired.document
        if self._lines[0] is not document:
            self._lines = document, Lines(document.text)
        where = self._lines[1].position(edit.start)
        done, total = len(sitting.answers), len(sitting.questions)
        kind = "" if question.applied else "  (suggested)"
        place = f"{visible(document.name)}:{where.line}:{where.column}"
        given = sitting.answers.get(question.number)
        was = f"  answered: {given.answer}" if given else ""
        self._say("")
        self._say(self._paint("2", f"[{done}/{total}] {_bar(done, total)} {place}"))
        self._say(f"{self._paint('1', visible(edit.rule))}  {edit.confidence:.2f}{kind}{was}")
        self._say(f"  {self._passage(question)}")
        if edit.reason:
            self._say(self._paint("2", f"  {visible(edit.reason)}"))
        for line in edit.evidence[:5]:
            self._say(self._paint("2", f"    {visible(line)}"))

    def _passage(self, question: Question) -> str:
        text, edit = question.repaired.document.text, question.edit
        low = max(0, edit.start - AROUND)
        low = max(low, text.rfind("\n", low, edit.start) + 1)
        high = min(len(text), edit.end + AROUND)
        line_end = text.find("\n", edit.end, high)
        high = line_end if line_end >= 0 else high
        head = "…" if low > 0 and text[low - 1] != "\n" else ""
        tail = "…" if line_end < 0 and high < len(text) else ""
        if edit.before == edit.after:
            marks = self._paint("33", f"[?{_short(edit.before)}?]")
        else:
            marks = self._paint("31", f"[-{_short(edit.before)}-]") if edit.before else ""
            marks += self._paint("32", f"{{+{_short(edit.after)}+}}") if edit.after else ""
        around = visible(text[low : edit.start]), visible(text[edit.end : high])
        return f"{head}{around[0]}{marks}{around[1]}{tail}"

    def _help(self) -> None:
        for key, _, label in KEYS:
            self._say(f"  {key}  {label}")
        for key, label in OTHERS:
            self._say(f"  {key}  {label}")

    def _keys(self) -> str:
        shown = [f"{key} {label}" for key, _, label in KEYS]
        return self._paint("2", "  ".join((*shown, "s skip", "u undo", "? help", "q leave")))

    def _say(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()

    def _paint(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._colour else text


@contextmanager
def keyboard(
    source: TextIO, out: TextIO
) -> Iterator[tuple[Callable[[], str], Callable[[str], str]]]:
    """How to get a key and a line: raw keys from a terminal, else the first character of a line."""

    def line(prompt: str) -> str:
        out.write(prompt)
        out.flush()
        return source.readline().rstrip("\n")

    def first() -> str:
        text = source.readline()
        return text.strip()[:1] or ("s" if text else "")

    if not source.isatty():
        yield first, line
        return
    yield _raw_key(source), line


def _raw_key(source: TextIO) -> Callable[[], str]:
    """Reads one key without Enter; the terminal is as it was between two keys."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch
    import termios
    import tty

    def key() -> str:
        number = source.fileno()
        before = termios.tcgetattr(number)
        try:
            tty.setcbreak(number, termios.TCSADRAIN)  # what was typed ahead is kept
            return source.read(1)
        finally:
            termios.tcsetattr(number, termios.TCSADRAIN, before)

    return key


def _bar(done: int, total: int, width: int = 20) -> str:
    full = width * done // total if total else width
    return "#" * full + "." * (width - full)


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return visible(text)
    ends = _LONGEST // 2
    return f"{visible(text[:ends])} …({len(text) - 2 * ends:,})… {visible(text[-ends:])}"
