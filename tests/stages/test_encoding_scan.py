"""The scan in front of ftfy: it sees mojibake exactly where ftfy's own expression sees it."""

import random
from collections.abc import Iterator
from itertools import product

import ftfy
import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad

from repair.stages.encoding import scan
from repair.stages.encoding.ftfy_plan import repaired
from repair.stages.encoding.gate import suspicious

SENTENCES = (
    "Zoë’s café serves “naïve” crêpes — at 5 €.",
    "Die Äpfel fielen über Nacht; „alle“, sagte Jürgen.",
    "Wczoraj żółta łódka odpłynęła ku wyspie.",
    "Поезд ушёл без четверти семь.",
    "Ένα πλοίο έφυγε χθες το βράδυ.",
    "أغلق الحارس الباب قبل الفجر.",
    "Ngôi nhà cũ nằm cạnh dòng sông.",
    "昨日は図書館で本を三冊借りた。",
)
CHARSETS = ("latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "mac_roman", "cp437", "cp850")
ODD = "".join(
    chr(code)
    for name in MOJIBAKE_CATEGORIES
    for code in (*range(0x80, 0x180), 0x2018, 0x2019, 0x201C, 0x201D, 0x20AC, 0x2122, 0xFFFD)
    if name
)


def lines(count: int) -> list[str]:
    """Random lines: odd characters among plain ones, and damaged or cut sentences."""
    rng = random.Random(7)
    found = []
    for number in range(count):
        if number % 3:
            size = rng.randrange(1, 12)
            found.append("".join(rng.choice("ab Z.\t" + rng.choice(ODD)) for _ in range(size)))
            continue
        data = rng.choice(SENTENCES).encode()
        text = data.decode(rng.choice(CHARSETS), "replace")
        if number % 2:
            text = text.encode().decode(rng.choice(CHARSETS), "replace")
        cut = rng.randrange(len(text))
        found.append((text[cut:] + rng.choice(SENTENCES)[:cut]).replace("\n", " "))
    return found


@pytest.fixture(params=["pinned", "another"])
def expression(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Whether ftfy's expression is the one that the scan was made for; both are tried."""
    if request.param == "another":
        monkeypatch.setattr(scan, "PINNED", "0" * 16)
    scan.badness.cache_clear()
    yield scan.badness() is not None
    scan.badness.cache_clear()


def test_the_scan_agrees_with_ftfy_on_thirty_thousand_lines(expression: bool) -> None:
    for line in lines(30_000):
        if expression:
            assert scan.is_bad(line) == is_bad(line), ascii(line)
        else:  # more lines are asked about, none is missed
            assert scan.is_bad(line) or not is_bad(line), ascii(line)


@pytest.mark.usefixtures("expression")
def test_a_document_gives_the_lines_that_ftfy_would_change() -> None:
    many = lines(6_000)
    text = "\n".join(many)
    found = {text[start:end] for start, end in suspicious(text)}
    for line in many:
        if ftfy.fix_encoding(line) != line:
            assert line in found, ascii(line)


def test_lines_come_once_and_in_order() -> None:
    text = "ok\nÃ© and &amp; and Ã¨\n\nÐ¿Ñ€Ð¸Ð²ÐµÑ‚\r\nlast Ã©"
    found = list(suspicious(text))
    assert found == sorted(set(found))
    assert [text[start:end] for start, end in found] == [
        "Ã© and &amp; and Ã¨",
        "Ð¿Ñ€Ð¸Ð²ÐµÑ‚\r",
        "last Ã©",
    ]


def test_without_the_pinned_expression_every_odd_line_is_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan, "badness", lambda: None)
    assert scan.is_bad("“ é”")
    assert list(scan.bad_places("plain\né” x\n")) == [6]


def test_the_plan_in_words() -> None:
    assert repaired("Ã©tÃ©") == ("été", "UTF-8 read as Windows-1252")


def test_no_line_of_plain_english_is_bad() -> None:
    """Lines without a character that `_UNUSUAL` finds are not scanned at all."""
    for size in range(1, 5):
        for chars in product("aA1 .“‘–—’”…", repeat=size):
            assert not is_bad("".join(chars))
    assert scan.is_known()
