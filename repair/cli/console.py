"""What the command line says to a person: messages, progress and the summary, all on stderr.

Nothing here needs rich. Whatever came out of a document or a file name is made harmless before a
terminal sees it.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, NoReturn

from repair.text.patterns import later

if TYPE_CHECKING:
    from repair.batch.corpus import Outcome, Progress
    from repair.batch.summary import Tally

# Escape sequences and controls, marks of the writing direction, lone surrogates: "\x1b[2J"
_HARMFUL = later("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# A run shows its progress only once it has taken so many seconds, and then so often: on a terminal
# as one line that is written over, elsewhere as plain lines.
QUIET_FOR, ON_TERMINAL, ELSEWHERE = 1.0, 0.1, 10.0
EXAMPLES = 3  # changes shown a rule


def plain(text: str) -> str:
    """The text on one line, with nothing in it that a terminal obeys.

    >>> plain("a\\x1b[2Jb\\n")
    'a\\\\x1b[2Jb\\\\n'
    """
    return _HARMFUL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Console:
    """Stderr, with the manners of the terminal it may be.

    `quiet` drops all but the errors; colour is for terminals, and off with `--no-color`, NO_COLOR
    or TERM=dumb.
    """

    def __init__(self, quiet: bool = False, no_color: bool = False) -> None:
        self.quiet = quiet
        self.terminal = sys.stderr.isatty()
        self.colour = colourful(sys.stderr.isatty(), no_color)
        self._shown = False
        self._began = self._last = time.monotonic()

    def say(self, text: str = "") -> None:
        """A line, unless the user wants none."""
        if not self.quiet:
            self._line(text)

    def error(self, text: str) -> None:
        """A line that is always shown."""
        self._line(f"{self.paint('repair:', '1;31')} {plain(text)}")

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text

    def progress(self, now: Progress) -> None:
        """How far a run is; shown at times, and not at all in its first second."""
        moment = time.monotonic()
        every = ON_TERMINAL if self.terminal else ELSEWHERE
        wait = every if self._shown else (QUIET_FOR if self.terminal else ELSEWHERE)
        if self.quiet or moment - self._last < wait:
            return
        self._last = moment
        text = _progress(now, moment - self._began)
        if self.terminal:
            width = max(os.get_terminal_size(sys.stderr.fileno()).columns - 1, 20)
            self._write("\r\x1b[K" + text[:width])
            self._shown = True
        else:
            self._line(text)
            self._shown = True

    def _line(self, text: str) -> None:
        clear = "\r\x1b[K" if self._shown and self.terminal else ""
        self._write(clear + text + "\n")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
        except UnicodeEncodeError:
            sys.stderr.write(text.encode("ascii", "backslashreplace").decode("ascii"))
        sys.stderr.flush()


def colourful(terminal: bool, no_color: bool = False) -> bool:
    """Whether to use colour on a stream."""
    wanted = not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return terminal and wanted


def give_up(message: str, status: int = 2) -> NoReturn:
    """Say in one line what is wrong with the command, and leave."""
    Console().error(message)
    raise SystemExit(status)


def summary(console: Console, outcome: Outcome, written: list[str]) -> None:
    """The few lines at the end of a run: documents, edits by rule, suggestions, what failed."""
    tally = outcome.tally
    paint = console.paint
    size = f"{_size(tally.size)} in {outcome.seconds:.1f} s"
    head = f"{_count(tally.documents, 'document')} ({size}), {tally.changed:,} changed"
    head += f": {_count(tally.edits, 'edit')}"
    if tally.suggestions:
        head += f", {_count(tally.suggestions, 'suggestion')}"
    if tally.failed:
        head += ", " + paint(f"{tally.failed:,} failed", "1;31")
    console.say(paint(head, "1"))
    for line in _rules(console, tally):
        console.say(line)
    if outcome.resumed:
        console.say(f"went on after {_count(outcome.resumed, 'file')} done by an earlier run")
    if written:
        console.say("wrote " + ", ".join(map(plain, written)))


def _rules(console: Console, tally: Tally) -> list[str]:
    """A line a rule: how often, and what it did most; applied edits first, then suggestions."""
    from repair.text.visible import visible

    rows = [("", rule, n, tally.examples) for rule, n in tally.rules.most_common()]
    rows += [("? ", rule, n, tally.hints) for rule, n in tally.suggested.most_common()]
    width = max((len(mark + rule) for mark, rule, _, _ in rows), default=0)
    lines = []
    for mark, rule, number, examples in rows:
        shown = []
        for (before, after), times in examples.get(rule, {}).most_common(EXAMPLES):  # type: ignore[union-attr]
            change = f"[-{visible(before)}-]" if before else ""
            change += f"{{+{visible(after)}+}}" if after != before and after else ""
            shown.append(plain(change) + (f" x{times}" if times > 1 else ""))
        told = console.paint("  ".join(shown), "2")
        lines.append(f"  {mark + rule:<{width}} {number:>6,}  {told}".rstrip())
    return lines


def _progress(now: Progress, seconds: float) -> str:
    tally = now.tally
    rate = now.read / max(seconds, 0.001)
    text = f"{_count(tally.documents, 'document')}, {rate / 1e6:.1f} MB/s"
    text += f", {_count(tally.edits, 'edit')}"
    if tally.failed:
        text += f", {tally.failed:,} failed"
    if now.total and now.read:
        left = max(now.total - now.read, 0) / max(rate, 1)
        share = min(now.read / now.total, 1)
        text = f"{share:4.0%}  {text}, {_clock(left)} to go"
    return text


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def _size(number: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= factor:
            return f"{number / factor:.1f} {unit}"
    return f"{number} bytes"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
