"""What a fixer changed, found from its output: always right, and as small as the change."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.text.diff import changes, trimmed
from repair.text.edits import Edit, EditScript, Span


def script(before: str, after: str) -> EditScript:
    return EditScript.of(
        Edit(span, before[span.start : span.end], text, "test/diff", "", 1.0)
        for span, text in changes(before, after)
    )


@settings(deadline=None)
@given(st.text(alphabet="ab é\xa0"), st.text(alphabet="ab é\xa0"))
def test_changes_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    assert script(before, after).apply(before) == after


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), st.text(), st.text())))
def test_changes_of_pieces(pieces: list[tuple[str, str, str]]) -> None:
    before = "".join(same + old for same, old, _ in pieces)
    after = "".join(same + new for same, _, new in pieces)
    assert script(before, after).apply(before) == after


@pytest.mark.parametrize(
    ("before", "after", "spans"),
    [
        ("same", "same", []),
        ("the cafÃ© is open", "the café is open", [(Span(7, 9), "é")]),
        ("Ã© here and Ã¨ there", "é here and è there", [(Span(0, 2), "é"), (Span(12, 14), "è")]),
        ("voilÃ la", "voilà la", [(Span(4, 5), "à")]),
        ("a\x00b", "ab", [(Span(1, 2), "")]),
        ("", "new", [(Span(0, 0), "new")]),
    ],
)
def test_changes_are_small(before: str, after: str, spans: list[tuple[Span, str]]) -> None:
    assert list(changes(before, after)) == spans


def test_trimmed() -> None:
    assert trimmed("xaby", "xcby", 10) == (Span(11, 12), "c")


def test_a_long_line_is_no_trouble() -> None:
    before, after = "Ã© Ã¨ ok " * 20_000, "é è ok " * 20_000
    started = time.process_time()
    assert script(before, after).apply(before) == after
    assert len(list(changes("Ã©" * 100_000, "é" * 100_000))) == 1
    assert time.process_time() - started < 3
