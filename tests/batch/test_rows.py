"""Rows of JSONL: only the text changes, whatever else is in the line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.batch.rows import RowError, parse

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.dictionaries(st.text(), json_values, max_size=4), st.text(), st.text(), st.booleans())
def test_only_the_text_is_exchanged(
    others: dict[str, object], old: str, new: str, ascii_only: bool
) -> None:
    value = others | {"text": old, "last": 1}
    line = json.dumps(value, ensure_ascii=ascii_only)
    row = parse(line, "text")
    assert row.text == old
    assert row.with_text(old) is line
    assert json.loads(row.with_text(new)) == value | {"text": new}
    assert json.loads(parse(row.with_text(new), "text").with_text(old)) == value


def test_other_bytes_stay() -> None:
    line = ' {"n" : 1.50e5, "big":12345678901234567890123 ,"text": "a\\u00e9", "x":"\\/"}\r\n'
    changed = parse(line, "text").with_text("ü")
    assert changed == line.replace("a\\u00e9", "\\u00fc")


def test_of_a_double_key_the_last_counts() -> None:
    assert (
        parse('{"text": "a", "text": "b"}', "text").with_text("c") == '{"text": "a", "text": "c"}'
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "not a JSON object"),
        ("[1]", "each line has to be one"),
        ('{"text": 3}', "holds no string"),
        ('{"body": "x", "id": 1}', "--text-field (it has body, id)"),
        ('{"text": "x"', "not a JSON object"),
        ('{"text": "x",}', "a comma too many"),
        ('{"text": "x"} {}', "more text at column"),
        ('{"text": "x" "y": 1}', "',' or '}' is missing"),
        ("{" * 100_000, "not a JSON object"),
        ('{"a":' + "[" * 100_000, "not a JSON object"),
    ],
)
def test_bad_rows(line: str, said: str) -> None:
    with pytest.raises(RowError) as caught:
        parse(line, "text")
    assert said in str(caught.value)
