"""Review comments: only on lines of a hunk, one suggestion a line, and the rest said in words."""

from __future__ import annotations

import io
from typing import Any

from repair.review.suggestions import Placed, review
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, Span
from repair.writers import writer
from repair.writers.json_report import read
from tests.review.answers import repaired
from tests.writers.nasty import result


def diff(path: str, first: int, *lines: str, end: str = "\n") -> bytes:
    body = "\n".join(f"+{line}" for line in lines)
    head = f"--- a/{path}\n+++ b/{path}\n@@ -{first},0 +{first},{len(lines)} @@\n"
    return (head + body + end).encode("utf-8", "surrogateescape")


def made(diff: bytes, *results: Repaired, **options: Any) -> dict[str, Any]:
    """The review, by way of a report as the command has it."""
    out = io.StringIO()
    writer("jsonl")(results, out)
    reports = []
    for document in read(out.getvalue().split("\n")):
        placed = zip(document.edits, document.places, strict=False)
        reports.append((document, [Placed(edit, *place) for edit, place in placed]))
    return review(reports, diff, **options)


TEXT = "a first line\nOpeni has Cooplot.\nthe third\nteh fourth\n"


def test_one_suggestion_a_line_and_only_inside_the_hunk() -> None:
    found = made(diff("a.txt", 2, "Openi has Cooplot.", "the third"), repaired(TEXT))
    (comment,) = found["comments"]
    assert (comment["path"], comment["line"], comment["side"]) == ("a.txt", 2, "RIGHT")
    assert "start_line" not in comment
    assert comment["body"].endswith("```suggestion\nOpenAI has Copilot.\n```\n")
    assert comment["body"].startswith("- <code>Openi</code> → <code>OpenAI</code> (<code>names/")
    assert "would make 3 edits here; 2 of them in 1 suggestion." in found["body"]
    assert "1 on lines that the diff does not show" in found["body"]


def test_file_that_is_not_in_the_diff_and_folder_of_the_report() -> None:
    lines = TEXT.split("\n")[:-1]
    assert made(diff("docs/a.txt", 1, *lines), repaired(TEXT))["comments"] == []
    found = made(diff("docs/a.txt", 1, *lines), repaired(TEXT), prefix="docs/")
    assert [comment["line"] for comment in found["comments"]] == [2, 4]


def test_a_file_that_has_moved_on() -> None:
    found = made(diff("a.txt", 2, "Something else", "the third"), repaired(TEXT))
    assert found["comments"] == []
    assert "2 on lines that have changed since the report" in found["body"]


def edited(text: str, start: int, before: str, after: str) -> Repaired:
    edit = Edit(Span(start, start + len(before)), before, after, "t/x", "", 0.9)
    return result(Document(text, "a.txt"), [edit])


def test_lines_removed_joined_and_parted() -> None:
    shown = diff("a.txt", 1, "one", "two", "three")
    text = "one\ntwo\nthree\n"
    (removed,) = made(shown, edited(text, 4, "two\n", ""))["comments"]
    assert removed["line"] == 2
    assert removed["body"].endswith("```suggestion\n```\n")
    (joined,) = made(shown, edited(text, 3, "\n", " "))["comments"]
    assert (joined["start_line"], joined["line"]) == (1, 2)
    assert joined["body"].endswith("```suggestion\none two\n```\n")
    (parted,) = made(shown, edited(text, 1, "n", "n\nn"))["comments"]
    assert parted["body"].endswith("```suggestion\non\nne\n```\n")
    cut = made(diff("a.txt", 1, "one"), edited(text, 3, "\n", " "))
    assert "join a line with one the diff does not show" in cut["body"]


def test_line_ends_cannot_be_said() -> None:
    crlf = made(diff("a.txt", 1, "teh\r"), edited("teh\r\n", 0, "teh", "the"))
    assert crlf["comments"] == []
    end = "\n\\ No newline at end of file\n"
    final = made(diff("a.txt", 1, "one", end=end), edited("one", 3, "", "\n"))
    assert "about line ends" in final["body"]
    within = made(diff("a.txt", 1, "teh", end=end), edited("teh", 0, "teh", "the"))
    assert len(within["comments"]) == 1


def test_at_most_so_many_the_surest_first() -> None:
    text = "".join(f"line {n} of Openi\n" for n in range(50))
    lines = text.split("\n")[:-1]
    found = made(diff("a.txt", 1, *lines), repaired(text))
    assert len(found["comments"]) == 30
    assert "20 beyond the first 30 comments" in found["body"]
    assert made(diff("a.txt", 1, *lines), repaired(text), most=0)["comments"] == []


def test_hostile_text_is_no_markup() -> None:
    evil = "`````` @everyone <img src=x> [x](http://x) | \u202e"
    done = edited(evil + " teh\n", 0, evil, "fine ```` too")
    (comment,) = made(diff("a.txt", 1, evil + " teh"), done)["comments"]
    said, _, rest = comment["body"].partition("\n\n")
    assert rest.startswith("`````suggestion\n")
    assert not set("<@[`|\u202e") & set(said.replace("<code>", "").replace("</code>", ""))
    summary = made(b"", done)["body"]
    assert "@everyone" not in summary
    assert "<img" not in summary
