"""The report has the contract's keys, one record a line, and takes every edit back."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from hashlib import sha256

import pytest

from repair.text.decode import encode, encode_text
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Span
from repair.writers import writer
from repair.writers.json_report import ReportError, read
from tests.writers.nasty import NASTY, mended, random_repairs, result

DOCUMENT_KEYS = "type document output encoding bom sha256 clean_sha256 edits suggestions error"
EDIT_KEYS = (
    "type id document start end line column before after rule reason confidence applied evidence"
)


def report(*results: Repaired) -> str:
    out = io.StringIO()
    writer("jsonl")(results, out)
    return out.getvalue()


def test_keys_of_the_contract() -> None:
    suggestion = Edit(Span(4, 7), "has", "had", "test/tense", "why", 0.6, ("a.tsv:1",))
    edit = Edit(Span(0, 3), "teh", "the", "test/swap", "letters swapped", 0.98765)
    document = Document("teh has\n", "in/a.txt", meta={"output": "out/a.txt"})
    head, first, second = map(
        json.loads, report(result(document, [edit], (suggestion,))).splitlines()
    )
    assert list(head) == DOCUMENT_KEYS.split()
    assert list(first) == EDIT_KEYS.split()
    assert (head["output"], head["edits"], head["suggestions"]) == ("out/a.txt", 1, 1)
    assert (head["bom"], head["error"]) == (False, None)
    assert head["sha256"] == sha256(b"teh has\n").hexdigest()
    assert head["clean_sha256"] == sha256(b"the has\n").hexdigest()
    assert (first["applied"], first["line"], first["column"]) == (True, 1, 1)
    assert (second["applied"], second["start"], second["end"]) == (False, 4, 7)
    assert second["evidence"] == ["a.tsv:1"]
    assert len(first["id"]) == 16


def test_before_is_what_stands_at_the_span() -> None:
    for done in (mended(case) for case in NASTY):
        for line in report(done).split("\n")[1:-1]:
            record = json.loads(line)
            assert done.document.text[record["start"] : record["end"]] == record["before"]


def test_every_original_comes_back() -> None:
    done = [*map(mended, NASTY), *random_repairs(100)]
    for repaired, entry in zip(done, read(report(*done).split("\n")), strict=True):
        clean = encode_text(repaired.text)
        assert sha256(clean).hexdigest() == entry.clean_sha256
        text = entry.script().inverse().apply(clean.decode("utf-8", "surrogateescape"))
        original = encode(Document(text, encoding=entry.encoding))
        assert original == encode(repaired.document)
        assert sha256(original).hexdigest() == entry.sha256


def test_one_record_a_line_whatever_the_text() -> None:
    hostile = "a\u2028b\x85c\x1b[31m\u202ed\udc92e\n\r\f"
    edit = Edit(Span(0, len(hostile)), hostile, "x", "test/any", hostile, 0.9, (hostile,))
    text = report(result(Document(hostile, hostile), [edit]))
    assert len(text.splitlines()) == 2
    assert text.encode("utf-8")  # no lone surrogate is left in it
    assert not set("\x1b\u202e") & set(text)
    assert json.loads(text.splitlines()[1])["before"] == hostile


def test_failed_document() -> None:
    failed = Repaired(Document("", "a.bin", meta={"error": "binary data"}), "", EditScript())
    head = json.loads(report(failed))
    assert (head["error"], head["sha256"], head["edits"]) == ("binary data", None, 0)


def test_byte_order_mark() -> None:
    case = next(case for case in NASTY if case.label == "byte order mark")
    assert json.loads(report(mended(case)).splitlines()[0])["bom"] is True


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "report:1: not a line of JSON"),
        ('{"type": "x"}', "report:1: neither a document nor an edit"),
        ("[]", "report:1: neither"),
        ('{"type": "document"}', "report:1: the record lacks 'clean_sha256'"),
    ],
)
def test_complaints(text: str, complaint: str) -> None:
    with pytest.raises(ReportError, match=complaint):
        list(read([text]))


def test_edit_of_another_document() -> None:
    lines = report(replace(mended(NASTY[0]))).splitlines()
    with pytest.raises(ReportError, match="report:1: an edit before"):
        list(read(lines[1:]))
