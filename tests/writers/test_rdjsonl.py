"""rdjsonl counts bytes: its suggestions are made again here by a program that knows only bytes."""

from __future__ import annotations

import io
import json
import time

import pytest

from repair.text.document import Document, Repaired
from repair.text.edits import Edit, Span
from repair.writers import writer
from tests.writers.nasty import result


def lines(done: Repaired, prefix: str = "") -> list[dict[str, object]]:
    out = io.StringIO()
    writer("rdjsonl", prefix=prefix)([done], out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    "text", ["teh", "𝒳e\u0301 teh", "one\r\n日本 teh x teh\n", "a\nb\n\nteh\nc", "é" * 50 + " teh"]
)
def test_byte_columns(text: str) -> None:
    at = text.rindex("teh")
    done = result(
        Document(text, "a.txt"), [Edit(Span(at, at + 3), "teh", "the", "t/s", "why", 0.9)]
    )
    (found,) = lines(done, prefix="in/")
    assert found["location"]["path"] == "in/a.txt"  # type: ignore[index]
    (suggestion,) = found["suggestions"]  # type: ignore[misc]
    assert suggestion["range"] == found["location"]["range"]  # type: ignore[index]
    data = text.encode().split(b"\n")
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    assert start["line"] == end["line"]
    row = data[start["line"] - 1]
    data[start["line"] - 1] = (
        row[: start["column"] - 1] + suggestion["text"].encode() + row[end["column"] - 1 :]
    )
    assert b"\n".join(data) == done.text.encode()


def test_stray_bytes_count_one_and_give_no_suggestion() -> None:
    text = "\udc92\udc93 teh"
    edits = [
        Edit(Span(1, 2), "\udc93", "\udc94", "t/byte", "stray", 0.9),
        Edit(Span(3, 6), "teh", "the", "t/s", "why", 0.9),
    ]
    first, second = lines(result(Document(text, "a.txt"), edits))
    assert "suggestions" not in first
    assert second["location"]["range"]["start"]["column"] == 4  # type: ignore[index]


def test_severities() -> None:
    suggestion = Edit(Span(0, 3), "teh", "the", "t/s", "why", 0.6)
    (found,) = lines(result(Document("teh", "a.txt"), [], (suggestion,)))
    assert found["severity"] == "INFO"


def test_one_long_line_is_linear() -> None:
    text = "téh word. " * 20_000
    edits = [Edit(Span(at, at + 3), "téh", "the", "t/s", "", 0.9) for at in range(0, len(text), 10)]
    start = time.process_time()
    assert len(lines(result(Document(text, "a.txt"), edits))) == 20_000
    assert time.process_time() - start < 5
