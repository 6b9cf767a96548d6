"""SARIF: valid, with fixes that an independent program can make."""

from __future__ import annotations

import base64
import io
import json
import urllib.parse
from typing import Any

import pytest

from repair.text.decode import encode_text
from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Rule, Span
from repair.writers import writer
from tests.writers import sarif_schema
from tests.writers.nasty import NASTY, mended, random_repairs, result


def log(*results: Repaired, **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    writer("sarif", **options)(results, out)
    value = json.loads(out.getvalue())
    sarif_schema.check(value, sarif_schema.ref("log"))
    assert isinstance(value, dict)
    return value


def apply_fixes(text: str, results: list[dict[str, Any]]) -> bytes:
    """What a program makes of the fixes that knows only lines and columns of SARIF."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    data = bytearray()
    at = 0
    for found in results:
        (replacement,) = found["fixes"][0]["artifactChanges"][0]["replacements"]
        region, content = replacement["deletedRegion"], replacement["insertedContent"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert (region["charOffset"], region["charLength"]) == (start, end - start)
        data += encode_text(text[at:start])
        data += base64.b64decode(content.get("binary", "")) or content.get("text", "").encode()
        at = end
    return bytes(data + encode_text(text[at:]))


@pytest.mark.parametrize("done", [*map(mended, NASTY), *random_repairs(100)])
def test_fixes_lead_to_the_clean_text(done: Repaired) -> None:
    results = log(done)["runs"][0]["results"]
    made = apply_fixes(done.document.text, results)
    assert made == encode_text(done.text)


def test_rules_levels_and_addresses() -> None:
    edit = Edit(Span(0, 3), "teh", "the", "test/swap", "letters swapped", 0.9, ("a.tsv:1",))
    suggestion = Edit(Span(4, 7), "has", "has", "test/tense", "", 0.6)
    done = result(Document("teh has", "ä b%.txt"), [edit], (suggestion,))
    run = log(done, prefix="in/", rules=(Rule("test/swap", "Swapped letters."),))["runs"][0]
    first, second = run["results"]
    assert (first["level"], second["level"]) == ("warning", "note")
    assert "fixes" not in second
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert urllib.parse.unquote(uri) == "in/ä b%.txt"
    rules = run["tool"]["driver"]["rules"]
    assert [rules[found["ruleIndex"]]["id"] for found in run["results"]] == [
        "test/swap",
        "test/tense",
    ]
    assert rules[0]["shortDescription"]["text"] == "Swapped letters."


def test_nothing_found_and_failures() -> None:
    assert log()["runs"][0]["results"] == []
    failed = Repaired(Document("", "a.bin", meta={"error": "binary"}), "", EditScript())
    (invocation,) = log(failed)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "binary"
