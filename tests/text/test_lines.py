"""Lines and columns in the three units that other programs count in."""

import pytest

from repair.text.edits import Span
from repair.text.lines import Lines, Position, utf8_length, utf16_length

# A letter, a letter with a combining acute, an astral character; a second line behind CR LF.
TEXT = "ae\u0301\U0001f600z\r\nsecond\u2028same\x0cstill"


@pytest.mark.parametrize(
    ("offset", "points", "utf16", "utf8"),
    [(0, 1, 1, 1), (3, 4, 4, 5), (4, 5, 6, 9), (5, 6, 7, 10)],
)
def test_columns(offset: int, points: int, utf16: int, utf8: int) -> None:
    lines = Lines(TEXT)
    assert lines.position(offset) == Position(1, points)
    assert lines.position_utf16(offset) == Position(1, utf16)
    assert lines.position_utf8(offset) == Position(1, utf8)


def test_only_lf_ends_a_line() -> None:
    lines = Lines(TEXT)
    assert len(lines) == 2
    assert lines.text(1).endswith("z\r\n")
    assert lines.text(2) == "second\u2028same\x0cstill"


@pytest.mark.parametrize(
    ("text", "count"), [("", 1), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("\n", 1), ("a\nb", 2)]
)
def test_a_final_lf_opens_no_line(text: str, count: int) -> None:
    lines = Lines(text)
    assert len(lines) == count
    assert "".join(lines.text(n) for n in range(1, count + 1)) == text
    assert lines.span(count).end == len(text)


def test_the_end_is_on_the_last_line() -> None:
    assert Lines("ab\ncd\n").position(6) == Position(2, 4)
    assert Lines("ab\ncd\n").span(1) == Span(0, 3)


def test_lengths_of_escaped_bytes() -> None:
    assert utf8_length("a\udc80b") == 3
    assert utf8_length("\ud83d") == 3
    assert utf16_length("\U0001f600") == 2
