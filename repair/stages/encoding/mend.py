"""The steps that one suspicious line goes through, from what is certain to what is a guess.

Halves of characters and entities first, since they hide what else is wrong. Then UTF-8 that was
read in another charset: our own reading and ftfy's, the likelier one of the two. Only where that
leaves damage, bytes that were lost, and one charset read as another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from repair.stages.encoding import gate, lost, scan, strict, swaps
from repair.stages.encoding.charts import is_chart, is_code_page
from repair.stages.encoding.controls import C1, controls, only_controls
from repair.stages.encoding.entities import bare_entities, entities
from repair.stages.encoding.floods import is_flood, is_wordless
from repair.stages.encoding.ftfy_plan import repaired
from repair.stages.encoding.lattice import SMALL, Loss
from repair.stages.encoding.letters import cost, credible, essence, is_letter, script_of
from repair.stages.encoding.rules import BARE, CONTROL, ENTITY, HALVES, LOST, MOJIBAKE, SWAP
from repair.stages.encoding.steps import Line
from repair.stages.encoding.surrogates import SURROGATE, surrogates
from repair.stages.encoding.tables import NAMES, WIDE, Table, charsets, reading, sequences, table
from repair.text.diff import changes, trimmed
from repair.text.edits import Edit, Span

# Entities of entities are taken at once; a second round is for what mojibake hid.
_ROUNDS = 3
# By how many nats a strict reading has to be likelier. Measured: the least gain of a right reading
# is 15 (one short word), the greatest of a wrong one 9, in some 30,000 good lines.
_STRICT = 11.0
# "┬┐que hora es?", "┬íhola!" in the charset of DOS: what opens is closed behind it, and that is
# worth some nats.
_ASKING = re.compile(r"┬(?:┐(?=[^\W\d_][^?]*\?)|í(?=[^\W\d_][^!]*!))")
_ASKED = 7.0
# ftfy's reading needs less, since its badness expression has spoken already.
_TRUSTED = 6.0
# And less than nothing where signs inside a word become letters: the word may be a name.
_SIGNS = -6.0
# By how many nats the best reading of lost bytes has to beat the next one. Measured on sentences in
# 38 languages that lost bytes in 23 ways: from 2 on, 98 of 100 guessed characters are right.
_MARGIN = {"default": 2.0, "bold": 1.0}
_GAIN = 6.0
# And where nothing but the words themselves tells of the damage.
_PROVEN = 15.0
_SUGGESTED = 0.6
# What a character of good text costs at most, in nats. Measured: 2.0 to 3.2 in thirty languages.
_SENSE = 3.5
# « Ã© », “Ã©”, `Ã©`: a text that speaks about mojibake
_QUOTED = re.compile(
    r"(?:^|[\s(])[«“„‘`]\s?([\x80-\xaa\xac-\xba\xbc-\u024f\u2020-\u2bff]{1,6})\s?[»”“’`](?=$|[\s).,;:])"
)
# "ã©", "â€" and "å“", but not "Ã©"
_SMALL = re.compile("[\u00e0-\u00f4][^\x00-\x7f]")
# "Â\xa0", "ÂŠ", "Â“"
_HAT = re.compile("Â[\xa0ŠŽŒŸ“”‘’–—]")


class Mender:
    """Mends lines at one level, and remembers some lines it has seen: what stays suspicious comes
    again in the next round of the pipeline.
    """

    def __init__(self, level: str) -> None:
        self._level, self._careful = level, level != "safe"
        self._seen: dict[tuple[str, bool], tuple[Edit, ...]] = {}

    def edits(self, text: str, offset: int, plain: bool = True) -> Iterator[Edit]:
        """The edits of a line that stands at `offset`; `plain` text has no entities by right."""
        found = self._seen.get((text, plain))
        if found is None:
            if len(self._seen) > 1_000:
                self._seen.clear()
            found = self._seen[text, plain] = tuple(self._mended(text, plain))
        for edit in found:
            yield edit.at(Span(edit.start + offset, edit.end + offset)) if offset else edit

    def _mended(self, text: str, plain: bool) -> Iterator[Edit]:
        line = Line(text)
        guesses: list[Edit] = []
        for _ in range(_ROUNDS):
            before = line.text
            _escapes(line, plain)
            if not line.text.isascii():
                guesses = self._mojibake(line)
            if line.text == before:
                break
        yield from line.edits(0)
        if line.text == text:
            yield from guesses

    def _mojibake(self, line: Line) -> list[Edit]:
        """Everything about charsets; gives back what is only to be suggested."""
        text, bad = line.text, scan.is_bad(line.text)
        guesses: list[Edit] = []
        quiet, chart = _speaks_of_mojibake(text) or _is_name(text), is_chart(text)
        if (bad or charsets(text) or max(text) > "\u2e80") and not quiet and not chart:
            self._sequences(line, bad, guesses)
        if C1.search(line.text):
            found = controls(line.text, self._careful)
            line.apply(found, CONTROL, "control characters of Windows-1252", 0.95)
        if line.text == text and not guesses and (chart or not bad) and not is_code_page(text):
            guesses += self._swap(line)
        return guesses if line.text == text else []

    def _sequences(self, line: Line, bad: bool, guesses: list[Edit]) -> None:
        """Read the sequences of UTF-8 in the line, whole ones and broken ones."""
        text = line.text
        reading = (strict.plain(text) if bad else None) or strict.best(text)
        # Sequences that leave no sense may be chance in a line that was swapped.
        certain = reading.gain >= strict.CERTAIN or _is_punctuation(text)
        if reading.way and not certain and _senseless(reading.text):
            guesses += self._swap(line, reading.gain)
        if line.text != text:
            return
        least = _ASKED if _ASKING.search(text) else _STRICT
        if reading.gain < least or not strict.sane(text, reading):
            reading = reading._replace(way=())
        if self._broken(line, reading, guesses):
            return
        if reading.way and _is_lone(text, reading):
            sketch = Line(text)
            _read(sketch, reading, bad, self._careful)
            guesses += (replace(edit, confidence=_SUGGESTED) for edit in sketch.edits(0))
        elif reading.way:
            _read(line, reading, bad, self._careful)
        elif bad:
            self._doubtful(line, guesses)

    def _broken(self, line: Line, reading: strict.Reading, guesses: list[Edit]) -> bool:
        """Read the line as one that lost bytes, if that is likelier than the strict `reading`."""
        text, way = line.text, reading.way
        if len(way) == 1:
            return line.make(self._losses(text, way, guesses)[1])
        if not way and not _is_small(text):
            return False
        if len(set(way)) == 1:
            return False
        # What looks like several charsets may be one that lost bytes.
        charset = _commonest(text) if way else "cp1252"
        edits = self._losses(text, (charset,), guesses)[1]
        sketch = Line(text)
        if not sketch.make(edits) or (way and cost(sketch.text) >= cost(reading.text)):
            return False
        return line.make(edits)

    def _doubtful(self, line: Line, guesses: list[Edit]) -> None:
        """Read a line that ftfy's expression calls bad although no whole sequences vouch for it."""
        text = line.text
        gain, edits = self._losses(text, (), guesses)
        if not _is_punctuation(text):
            guesses += self._swap(line, gain)
        if line.text == text and not line.make(edits):
            _trust(line, self._careful)

    def _losses(
        self, text: str, way: tuple[str, ...], guesses: list[Edit]
    ) -> tuple[float, list[Edit]]:
        """The edits that read the words that lost bytes in the charset of the rest of the line, and
        their gain in nats. Guesses that are not sure enough are added to `guesses`.
        """
        if self._level == "safe" or (way and way[0] in WIDE):
            return 0.0, []
        if not way and (is_flood(text) or is_wordless(text)):
            return 0.0, []
        charset = table(way[0] if way else "cp1252")
        if not lost.anything(text, charset):
            return 0.0, []
        loss, found = lost.guesses(text, charset)
        found = [g for g in found if g.gain >= _GAIN and _writable(g.after)]
        scripts = _scripts(reading(text, list(sequences(text, charset))))
        if loss is SMALL:
            scripts |= _scripts(reading(text.upper(), list(sequences(text.upper(), charset))))
        found = [guess for guess in found if _scripts(guess.after) <= scripts]
        if not way:  # no exact sequence vouches for the charset: only what shows the damage
            found = [guess for guess in found if _shows(text, guess, charset, loss)]
        if not found or (loss is SMALL and len(found) < 2 and not _is_known(found[0])):
            return 0.0, []
        reason = f"UTF-8 read as {charset.spoken}, bytes {loss.name}"
        sure = [guess for guess in found if guess.margin >= _MARGIN[self._level]]
        thin = [guess for guess in found if guess not in sure]
        guesses += (_guessed(text, guess, reason, _SUGGESTED) for guess in thin)
        edits = [_guessed(text, g, reason, min(0.95, 0.86 + g.margin / 200)) for g in sure]
        told = strict.told((charset.name,))
        for span, after in sequences(text, charset) if way else ():
            if not any(span.touches(guess.span) for guess in sure):
                before = text[span.start : span.end]
                edits.append(Edit(span, before, after, MOJIBAKE, told, 0.97))
        return sum(guess.gain for guess in sure), edits if sure else []

    def _swap(self, line: Line, least: float = 0.0) -> list[Edit]:
        """One charset read as another: applied if sure, else given back as a suggestion; only if
        it gains more than `least` nats.
        """
        text = line.text
        if self._level == "safe" or is_wordless(text) or not gate.swapped(text):
            return []
        found = swaps.best(text)
        if found is None or found.gain <= least or not swaps.likely(text, found):
            return []
        gain, edits = self._losses(text, (), [])
        if gain > found.gain:  # not another charset: lost bytes, which a word or two tell of
            line.make(edits)
            return []
        confidence = swaps.sure(text, found)
        if not confidence:
            return []
        if confidence > _SUGGESTED:
            line.become(found.text, SWAP, found.reason, confidence)
            return []
        sketch = Line(text)
        sketch.become(found.text, SWAP, found.reason, confidence)
        return list(sketch.edits(0))


def _guessed(text: str, guess: lost.Guess, reason: str, confidence: float) -> Edit:
    """The guess as an edit of no more than what differs."""
    start, end = guess.span
    span, after = trimmed(text[start:end], guess.after, start)
    evidence = f"{guess.margin:.1f} nats ahead of the next reading"
    return Edit(span, text[span.start : span.end], after, LOST, reason, confidence, (evidence,))


def _shows(text: str, guess: lost.Guess, charset: Table, loss: Loss) -> bool:
    """Whether the damage itself stands in the word: U+FFFD, or a sequence that breaks off; or the
    reading makes known words of what was none by far.
    """
    word = text[guess.span.start : guess.span.end]
    if guess.after[:1] == "\xa0" and text[: guess.span.start][-1:] in ("", " ", "\t"):
        return False  # "Ffwrdd Â Ni"
    if loss is SMALL or "\ufffd" in word or lost.begun(word, charset):
        return True
    return guess.known and guess.gain >= _PROVEN


def _is_known(guess: lost.Guess) -> bool:
    """Whether a list has the word; letters alone are words of any language."""
    return guess.known and len(guess.after) > 1


def _writable(word: str) -> bool:
    """Whether a guess is made of what texts hold, and of no letters that the model cannot judge:
    "há pão" is no Mongolian.
    """
    letters = (char for char in word if not char.isascii() and is_letter(char))
    return all(map(credible, word)) and all(script_of(char) != "other" for char in letters)


def _scripts(text: str) -> set[str]:
    """The scripts of the letters of a text; Latin ones are always among them."""
    return {"latin"} | {script_of(char) for char in text if char > "\x7f" and is_letter(char)}


def _is_lone(text: str, reading: strict.Reading) -> bool:
    """Whether one sequence is all the damage in a line that holds other characters beyond ASCII as
    they should be, so that the line as a whole was never misread.
    """
    if len(reading.way) > 1 or reading.way[0] in WIDE:
        return False
    found = list(sequences(text, table(reading.way[0])))
    if len(found) != 1 or found[0][1] == "\ufeff":
        return False
    span = found[0][0]
    rest = text[: span.start] + text[span.end :]
    return not rest.isascii() and repaired(text)[0] == text


def _is_name(text: str) -> bool:
    """Whether all that could be damage is one Â before a no-break space or such in a line of
    capitals: "ANARÂŠKIELÂ".
    """
    if "Â" not in text or not text.isupper() or len(_HAT.findall(text)) != 1:
        return False
    return not charsets(_HAT.sub("", text)).keys() & {0, 1}


@cache
def _broken() -> re.Pattern[str]:
    """The first two bytes of curly quotes and dashes in all charsets in which the second is a sign,
    "â€", "вЂ" and "β€" among them: no swap brings them forth.
    """
    rows = (table(name).chars for name in NAMES)
    pairs = {chars[0xE2] + chars[0x80] for chars in rows if not chars[0x80].isalpha()}
    return re.compile("|".join(sorted(pair for pair in map(re.escape, pairs) if pair > "\x80")))


def _is_punctuation(text: str) -> bool:
    return _broken().search(text) is not None


def _commonest(text: str) -> str:
    """The charset that gives the most sequences of UTF-8 in the text."""
    found = charsets(text)
    rank = max(found, key=lambda rank: (found[rank], -rank))
    return NAMES[rank]


def _senseless(text: str) -> bool:
    """Whether the text costs more than a language does."""
    core = essence(text)
    return scan.is_bad(text) or cost(core) > _SENSE * len(core)


def _is_small(text: str) -> bool:
    """Whether the text was put in small letters, lead bytes and all: "cafã©"."""
    return text == text.lower() and _SMALL.search(text) is not None


def _escapes(line: Line, plain: bool) -> None:
    """Halves of characters, and in plain text entities."""
    if SURROGATE.search(line.text):
        line.apply(surrogates(line.text), HALVES, "halves of characters (UTF-16)", 0.99)
    if plain and "&" in line.text:
        line.apply(entities(line.text), ENTITY, "HTML entity", 0.98)
        line.apply(bare_entities(line.text), BARE, "HTML entity without its semicolon", 0.9)


def _read(line: Line, reading: strict.Reading, bad: bool, careful: bool) -> None:
    """Read the line strictly: as we do, or as ftfy does where that leaves less damage."""
    if bad and scan.is_bad(reading.text) and _trust(line, careful, reading.text):
        return
    told = strict.told(reading.way)
    for found in list(strict.steps(line.text, reading.way)):
        line.apply(found, MOJIBAKE, told, 0.97)


def _trust(line: Line, careful: bool, other: str = "") -> bool:
    """Take ftfy's reading, if it is likelier than the line by some nats, and than the `other`
    reading if there is one; whether it was taken. Who is `careful` does not believe ftfy that all
    C1 controls are signs, nor in one letter of a strange script.
    """
    text, reason = repaired(line.text)
    if text == line.text or (careful and _brings_stranger(line.text, text)):
        return False
    if only_controls(line.text, text) and not controls(line.text, careful):
        return False
    price = cost(text)
    least = _SIGNS if _signs_to_letters(line.text, text) else _TRUSTED
    if (other and price >= cost(other) - 1) or cost(line.text) - price < least:
        return False
    return line.become(text, MOJIBAKE, reason, 0.97)


_IPA = "\u036f"  # beyond the letters of phonetics, and combining marks


def _brings_stranger(text: str, other: str) -> bool:
    """Whether the reading brings one letter of a script that a line of several words has not:
    "×Ø" in a row of letters is no Hebrew.
    """
    known = _scripts(text)
    strangers = [char for char in other if char > _IPA and script_of(char) not in known]
    strangers = list(filter(str.isalpha, strangers))
    return len(strangers) == 1 and text.count(" ") > 1


def _signs_to_letters(text: str, other: str) -> bool:
    """Whether the reading changes nothing but signs, and makes them letters: "Zam√≤" is "Zamò"."""
    found = [(text[span.start : span.end], after) for span, after in changes(text, other)]
    return not any(map(str.isalpha, "".join(before for before, _ in found))) and all(
        after.isalpha() for _, after in found
    )


def _speaks_of_mojibake(text: str) -> bool:
    """Whether the text quotes damaged characters, as a manual does.

    >>> _speaks_of_mojibake("Read “Ã©” as “é”.")
    True
    """
    return _QUOTED.search(text) is not None
