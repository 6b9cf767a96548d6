"""Annotations: escaped, capped, and no text can begin a command."""

from __future__ import annotations

import io

from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Span
from repair.writers import writer
from tests.writers.nasty import result


def annotated(*results: Repaired, **options: object) -> tuple[list[str], str]:
    out, summary = io.StringIO(), io.StringIO()
    writer("github", summary=summary, **options)(results, out)
    return out.getvalue().splitlines(), summary.getvalue()


def document(name: str, edits: int, before: str = "teh", reason: str = "why") -> Repaired:
    text = f"{before} word.\n" * edits
    width = len(before) + 7
    found = [
        Edit(Span(at, at + len(before)), before, "the", "t/s", reason, 0.9)
        for at in range(0, edits * width, width)
    ]
    return result(Document(text, name), found)


def test_few_edits_have_an_annotation_each() -> None:
    lines, _ = annotated(document("a,b:c.txt", 2), prefix="in/")
    assert lines == [
        "::warning file=in/a%2Cb%3Ac.txt,line=1,endLine=1,col=1,endColumn=4,"
        "title=t/s (0.90)::[-teh-]{+the+}%0Awhy",
        "::warning file=in/a%2Cb%3Ac.txt,line=2,endLine=2,col=1,endColumn=4,"
        "title=t/s (0.90)::[-teh-]{+the+}%0Awhy",
    ]


def test_many_edits_have_an_annotation_a_file_and_the_rest_is_counted() -> None:
    lines, summary = annotated(*(document(f"{n}.txt", n) for n in range(1, 60)))
    assert len(lines) == 10
    assert lines[0].startswith("::warning file=59.txt,line=1")
    assert "[-teh-]{+the+}; [-teh-]{+the+}; [-teh-]{+the+}; and 56 more" in lines[0]
    assert lines[-1].startswith("::notice::50 more files")
    assert "1,770 edits and 0 suggestions in 59 of 59 documents" in summary


def test_hostile_text_neither_ends_a_command_nor_begins_one() -> None:
    evil = "x\n::error::%0A\r::stop\x1b[2J-->|`<img src=x>"
    done = document(evil, 1, evil, evil)
    lines, summary = annotated(done)
    assert len(lines) == 1
    assert lines[0].count("::") == 2 + lines[0].split("::", 2)[2].count("::")
    assert "\x1b" not in lines[0]
    assert "%250A" in lines[0]
    assert "<img" not in summary
    assert all(line.startswith(("###", "|", "-")) or not line for line in summary.splitlines())


def test_failed_document_and_suggestions() -> None:
    failed = Repaired(Document("", "a.bin", meta={"error": "binary"}), "", EditScript())
    edit = Edit(Span(0, 3), "teh", "teh", "t/s", "", 0.6)
    open_ = result(Document("teh", "a.txt"), [], (edit,))
    lines, summary = annotated(failed, open_)
    assert lines[0] == "::error file=a.bin,title=repair failed::binary"
    assert lines[1].startswith("::notice file=a.txt,line=1")
    assert "0 edits and 1 suggestion in" in summary


def test_columns_only_on_one_line() -> None:
    edit = Edit(Span(0, 3), "a\nb", "ab", "t/join", "", 0.9)
    lines, _ = annotated(result(Document("a\nb\n", "a.txt"), [edit]))
    assert "line=1,endLine=2,title" in lines[0]
