"""Invisible characters, line ends, blanks and composed letters: what nobody meant to write.

Every rule has a name and a switch. On by default is only what no reader could miss: byte order
marks, control characters, zero-width characters outside the scripts and emoji that need them,
mixed line ends, letters that came apart. Typography (curly quotes, ligatures, full width, fine
blanks) is somebody's choice: those rules exist, and are off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from repair.text.edits import Edit, Rule, Span
from repair.text.patterns import later

Found = Iterator[tuple[Span, str]]

_RULES: tuple[tuple[Rule, str, float], ...] = (  # rule, reason, confidence
    (Rule("normalize/bom", "byte order marks"), "byte order mark", 0.99),
    (Rule("normalize/terminal", "colours and titles of terminals"), "terminal sequence", 0.98),
    (Rule("normalize/control", "control characters"), "control character", 0.98),
    (
        Rule("normalize/zero-width", "zero-width characters where no script needs them"),
        "zero-width character",
        0.95,
    ),
    (Rule("normalize/soft-hyphen", "soft hyphens inside words"), "soft hyphen", 0.92),
    (
        Rule("normalize/line-end", "mixed line ends, lone CR, U+2028 -> one kind"),
        "line end unlike the others",
        0.95,
    ),
    (Rule("normalize/trailing-blank", "a blank at the end of a line"), "trailing blank", 0.88),
    (
        Rule("normalize/blank-run", "two blanks between words of a paragraph"),
        "doubled blank",
        0.88,
    ),
    (
        Rule("normalize/nfc", "letters and their accents that came apart: e + U+0301 -> é"),
        "letter and accent apart",
        0.95,
    ),
    (
        Rule("normalize/blank", "no-break, thin and other fine blanks -> blank", False, "soft"),
        "fine blank",
        0.9,
    ),
    (Rule("normalize/ligature", "ﬁ ﬂ ﬀ -> fi fl ff", False, "soft"), "ligature", 0.9),
    (Rule("normalize/width", "ＡＢＣ１２３ -> ABC123", False, "soft"), "full width", 0.9),
    (Rule("normalize/quote", "“curly” and ‘curly’ quotes -> straight", False, "soft"), "", 0.9),
)
RULES = tuple(rule for rule, _, _ in _RULES)

# All that the invisible rules look for, in one search: good text is passed over at once. A set of
# its own for ASCII, since most text is.
_RARE_ASCII = later("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RARE = later(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\xad\u180e\u200b-\u200d\u2060\u206a-\u206f\ufeff\ufff9-\ufffc]"
)
# "\x1b[31m", "\x1b]0;title\x07" (or ended by "\x1b\\"), "\x1b(B"
_TERMINAL = later(
    r"\x1b(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|[()][0-2AB])"
    # the beginnings of sequences that were cut off: "\x1b[", "\x1b]0;"
    r"|(?:\x1b(?:\[[0-?]{0,40}(?=[\x1b\x00-\x1f]|$)|\](?:[0-9]{1,3};)?(?=\x1b)))+"
)
# U+FFF9 to U+FFFC mark annotations and objects, U+206A to U+206F are deprecated.
_CONTROL = later("[\x00-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufff9-\ufffc]+")
_ZERO_WIDTH = later("[\u200b-\u200d\u2060\u180e\ufeff]+")
# Scripts in which zero-width characters part words or shape letters, and everything pictorial:
# from Hebrew to Myanmar and Khmer, Mongolian, CJK, Arabic forms, emoji and their selectors.
_NEEDS = later(
    "[\u0590-\u10ff\u1200-\u137f\u1700-\u18af\u1900-\u1cff\u200d\u2190-\ufe0f\ufe70-\uffef]|[\U00010000-\U0010ffff]"
)
_SOFT_HYPHEN = later(r"(?<=[^\W\d_])\xad+(?=[^\W\d_])")
# Only from where a run of CR begins: else ten thousand of them are gone through as many times.
_LINE_END = later("(?<!\r)\r+\n|\r|\u2028|\u2029|\n")
# "a word  and": one blank too many between words; after a full stop two blanks are a style, after
# a figure they set a list or a column ("8   Should be able to")
_BLANK_RUN = later(r"(?:(?<=[^\W\d_])|(?<=[,;])) {2,3}(?=[^\W\d_])")
# "é" as e and U+0301, and such letters side by side ("nước"): one edit, not one for each. More
# than a few marks on a letter are a game, and slow to normalise.
_APART = later("(?:[^\\W\\d_][\u0300-\u036f]{1,8}(?![\u0300-\u036f])){1,16}")
_FINE = later("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURE = later("[ﬀ-ﬆ]")
_WIDTH = later("[！-～]")
_CURLY = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'}
_QUOTE = later("[‘’‚‛“”„‟]")
# A prose line: shorter ones may be labels, tables, verse.
_PROSE = 40


class Normalize:
    """Proposes what makes invisible damage go away. `on` names further rules to run."""

    name = "normalize"
    rules = RULES

    def __init__(self, on: frozenset[str] = frozenset()) -> None:
        self._on = frozenset(rule.id for rule in RULES if rule.on) | on

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`."""
        for rule, reason, confidence in _RULES:
            if rule.id in self._on:
                for span, after in _FINDERS[rule.id](text):
                    before = text[span.start : span.end]
                    if before != after:
                        yield Edit(span, before, after, rule.id, reason, confidence)


def _is_rare(text: str) -> bool:
    return (_RARE_ASCII if text.isascii() else _RARE).search(text) is not None


def _bom(text: str) -> Found:
    if not text.isascii():
        for found in re.finditer("\ufeff+", text):
            start, end = found.span()
            if not _ZERO_WIDTH.match(text[start - 1 : start] + text[end : end + 1]):
                yield Span(start, end), ""


def _terminal(text: str) -> Found:
    if "\x1b" in text:
        for found in _TERMINAL.finditer(text):
            yield Span(*found.span()), ""


def _control(text: str) -> Found:
    """Runs of control characters, without those that belong to a terminal sequence."""
    if not _is_rare(text):
        return
    taken = list(_terminal(text))
    at = 0
    for found in _CONTROL.finditer(text):
        start, end = found.span()
        while at < len(taken) and taken[at][0].end <= start:
            at += 1
        if at < len(taken) and taken[at][0].start < end:
            if (
                taken[at][0].start <= start
            ):  # its first characters; the rest is looked at on its own
                continue
            end = taken[at][0].start
        yield Span(start, end), ""


def _zero_width(text: str) -> Found:
    if text.isascii() or not _is_rare(text):
        return
    for found in _ZERO_WIDTH.finditer(text):
        start, end = found.span()
        if found[0].strip("\ufeff") == "":  # byte order marks alone
            continue
        beside = text[max(start - 1, 0) : start] + text[end : end + 1]
        joiners = set(found[0]) & {"\u200c", "\u200d"}
        if _NEEDS.search(beside) or (joiners and not beside.isascii()):
            continue
        yield Span(start, end), ""


def _soft_hyphen(text: str) -> Found:
    if "\xad" in text:
        for found in _SOFT_HYPHEN.finditer(text):
            yield Span(*found.span()), ""


def _line_end(text: str) -> Found:
    """Line ends unlike the prevailing one. A text that ends its lines in CR LF throughout keeps
    them; CR alone, as on the first Macintosh, becomes LF.
    """
    separators = not text.isascii() and ("\u2028" in text or "\u2029" in text)
    if "\r" not in text and not separators:
        return
    pairs, feeds = text.count("\r\n"), text.count("\n")
    if text.count("\r") == pairs == feeds and not separators:
        return
    wanted = "\r\n" if 2 * pairs > feeds else "\n"
    for found in _LINE_END.finditer(text):
        if found[0] != wanted:
            yield Span(*found.span()), wanted


def _trailing_blank(text: str) -> Found:
    """One blank or tab at the end of a line with text. Two blanks are a line break in Markdown,
    and a line of blanks may be part of a patch or of code.
    """
    for blank in (" \n", "\t\n", " \r\n"):
        at = text.find(blank)
        while at >= 0:
            before = text[at - 1 : at]
            if before and not before.isspace() and before not in "|+->#:\\":
                yield Span(at, at + 1), ""
            at = text.find(blank, at + 1)


def _blank_run(text: str) -> Found:
    """Two or three blanks between words in a line of prose, once in the line.

    Twice in one line is a table or verse; indented lines and fenced code are left alone.
    """
    at = text.find("  ")
    fences = _fenced(text) if at >= 0 and "```" in text else []
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if _is_prose(line) and not any(low <= start < high for low, high in fences):
            for found in list(_BLANK_RUN.finditer(line))[:1]:
                yield Span(start + found.start(), start + found.end()), " "
        at = text.find("  ", end)


def _is_prose(line: str) -> bool:
    body = line.rstrip()
    return (
        _PROSE <= len(body) <= 20_000
        and body[0] not in " \t|>"
        and "\t" not in body
        and "|" not in body
        and body.count("  ") == 1
    )


def _fenced(text: str) -> list[tuple[int, int]]:
    marks = [found.start() for found in re.finditer("^ {0,3}```", text, re.MULTILINE)]
    marks.append(len(text))
    return list(zip(marks[::2], marks[1::2], strict=False))


def _nfc(text: str) -> Found:
    if not text.isascii():
        for found in _APART.finditer(text):
            yield Span(*found.span()), unicodedata.normalize("NFC", found[0])


def _each(pattern: re.Pattern[str], after: Callable[[str], str]) -> Callable[[str], Found]:
    def find(text: str) -> Found:
        for found in pattern.finditer(text):
            yield Span(*found.span()), after(found[0])

    return find


def _compatible(char: str) -> str:
    return unicodedata.normalize("NFKC", char)


_FINDERS: dict[str, Callable[[str], Found]] = {
    "normalize/bom": _bom,
    "normalize/terminal": _terminal,
    "normalize/control": _control,
    "normalize/zero-width": _zero_width,
    "normalize/soft-hyphen": _soft_hyphen,
    "normalize/line-end": _line_end,
    "normalize/trailing-blank": _trailing_blank,
    "normalize/blank-run": _blank_run,
    "normalize/nfc": _nfc,
    "normalize/blank": _each(_FINE, lambda char: " "),
    "normalize/ligature": _each(_LIGATURE, _compatible),
    "normalize/width": _each(_WIDTH, _compatible),
    "normalize/quote": _each(_QUOTE, _CURLY.__getitem__),
}
