"""The algebra of edits: hand-made tables for the borders, random chains of stages for the laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.text.document import as_edit
from repair.text.edits import Edit, EditScript, Span
from tests.laws import check_script


def edit(start: int, before: str, after: str, rule: str = "test/rule") -> Edit:
    return Edit(Span(start, start + len(before)), before, after, rule, "a test", 0.9)


def script(*edits: tuple[int, str, str]) -> EditScript:
    return EditScript.of(edit(*e) for e in edits)


def told(result: EditScript) -> list[tuple[int, str, str]]:
    """The hunks in the notation of these tables: (start in the source, before, after)."""
    return [(h.source.start, h.before, h.after) for h in result.hunks]


@pytest.mark.parametrize(
    ("left", "right", "touch"),
    [
        ((0, 4), (3, 6), True),
        ((0, 4), (4, 6), False),  # neighbours stay apart
        ((0, 4), (1, 2), True),
        ((2, 2), (2, 2), True),  # two insertions at one point
        ((2, 2), (3, 3), False),
        ((2, 2), (0, 4), True),  # strictly inside
        ((0, 0), (0, 4), False),  # at the border
        ((4, 4), (0, 4), False),
    ],
)
def test_touching(left: tuple[int, int], right: tuple[int, int], touch: bool) -> None:
    assert Span(*left).touches(Span(*right)) is touch
    assert Span(*right).touches(Span(*left)) is touch


@pytest.mark.parametrize(
    "edits",
    [
        [(0, "ab", "x"), (1, "bc", "y")],
        [(1, "", "x"), (1, "", "y")],
        [(0, "abc", "x"), (1, "", "y")],
        [(0, "ab", "x"), (0, "ab", "y")],
    ],
)
def test_edits_that_touch_make_no_script(edits: list[tuple[int, str, str]]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        script(*edits)


def test_an_insertion_may_stand_at_either_border() -> None:
    made = script((0, "", "<"), (0, "ab", "x"), (2, "", ">"))
    assert made.apply("abc") == "<x>c"
    check_script(made, "abc", "<x>c")


def test_edits_that_change_nothing_are_left_out() -> None:
    assert not script((0, "ab", "ab"))


def test_a_script_refuses_another_text() -> None:
    with pytest.raises(ValueError, match="not the source"):
        script((0, "ab", "x")).apply("xyz")


@pytest.mark.parametrize(
    ("source", "first", "second", "expected"),
    [
        # neighbours stay two hunks
        ("abcd", [(0, "ab", "x")], [(1, "cd", "y")], [(0, "ab", "x"), (2, "cd", "y")]),
        # the second works inside what the first wrote
        ("abcd", [(1, "b", "xyz")], [(2, "y", "!")], [(1, "b", "x!z")]),
        # the second takes away more than the first wrote
        ("abcd", [(1, "b", "x")], [(0, "axc", "")], [(0, "abc", "")]),
        # there and back again leaves nothing
        ("abcd", [(1, "b", "x")], [(1, "x", "b")], []),
        # the second bridges two of the first
        ("abcde", [(1, "b", "x"), (3, "d", "y")], [(1, "xcy", "z")], [(1, "bcd", "z")]),
        # a chain: each touches the next
        (
            "abcdef",
            [(0, "ab", "pq"), (3, "de", "rs")],
            [(1, "qcr", "-"), (4, "sf", "+")],
            [(0, "abcdef", "p-+")],
        ),
        # an insertion where the first deleted
        ("abcd", [(1, "bc", "")], [(1, "", "x")], [(1, "bc", "x")]),
    ],
)
def test_composition(
    source: str,
    first: list[tuple[int, str, str]],
    second: list[tuple[int, str, str]],
    expected: list[tuple[int, str, str]],
) -> None:
    a, b = script(*first), script(*second)
    composed = a.then(b)
    assert told(composed) == expected
    check_script(composed, source, b.apply(a.apply(source)))


def test_reasons_survive_in_the_order_of_the_stages() -> None:
    first = EditScript.of([edit(4, "cafÃ©", "café", "encoding/mojibake")])
    second = EditScript.of([edit(0, "the café", "The Café", "names/case")])
    (hunk,) = first.then(second).hunks
    assert [e.rule for e in hunk.edits] == ["encoding/mojibake", "names/case"]
    assert hunk.edits[1].span == Span(0, 9)  # in the source, where the mojibake was longer


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 1), (0, 1)),  # before every hunk
        ((1, 3), (1, 4)),  # all of what the hunk wrote
        ((2, 3), (1, 4)),  # an end inside a hunk widens
        ((3, 4), (4, 5)),  # after it: shifted
        ((0, 4), (0, 5)),
        ((3, 3), (4, 4)),  # a point behind the hunk
        ((4, 4), (5, 5)),
    ],
)
def test_to_source(span: tuple[int, int], expected: tuple[int, int]) -> None:
    made = script((1, "bcd", "xy"))  # abcde -> axye
    assert made.to_source(Span(*span)) == Span(*expected)


def test_an_insertion_comes_from_a_point() -> None:
    made = script((2, "", "xyz"))
    assert made.to_source(Span(2, 5)) == Span(2, 2)
    assert made.to_source(Span(3, 4)) == Span(2, 2)
    assert made.to_target(Span(1, 3)) == Span(1, 6)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Up to five disjoint edits of a text, insertions and neighbours among them."""
    edits: list[Edit] = []
    at, inserted = 0, -1
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        after = draw(st.text("xyz", max_size=4))
        if text[start:end] == after or (start == end and inserted == start):
            continue
        edits.append(edit(start, text[start:end], after))
        at, inserted = end, end if start == end else -1
    return edits


Chain = tuple[list[str], list[EditScript]]


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Texts and the scripts between them, as a pipeline of up to five stages makes them."""
    texts = [draw(st.text("abc", max_size=14))]
    scripts: list[EditScript] = []
    for _ in range(draw(st.integers(1, 5))):
        scripts.append(EditScript.of(draw(edits_of(texts[-1]))))
        texts.append(scripts[-1].apply(texts[-1]))
    return texts, scripts


def composed(scripts: list[EditScript]) -> EditScript:
    total = EditScript()
    for step in scripts:
        total = total.then(step)
    return total


@settings(max_examples=2000, deadline=None)
@given(chains())
def test_any_chain_composes(chain: Chain) -> None:
    texts, scripts = chain
    for count, text in enumerate(texts):
        total = composed(scripts[:count])
        check_script(total, texts[0], text)
        # the hunks of a chain are themselves edits that make a script
        EditScript.of(as_edit(hunk) for hunk in total.hunks)


@settings(max_examples=1000, deadline=None)
@given(chains())
def test_composition_is_associative(chain: Chain) -> None:
    texts, scripts = chain
    right = EditScript()
    for step in reversed(scripts):
        right = step.then(right)
    check_script(right, texts[0], texts[-1])


@settings(max_examples=1000, deadline=None)
@given(chains())
def test_the_inverse_undoes(chain: Chain) -> None:
    texts, scripts = chain
    total = composed(scripts)
    assert not total.then(total.inverse())
    assert total.inverse().inverse() == total
    check_script(composed([s.inverse() for s in reversed(scripts)]), texts[-1], texts[0])


@settings(max_examples=2000, deadline=None)
@given(chains(), st.data())
def test_spans_are_carried_exactly(chain: Chain, data: st.DataObject) -> None:
    texts, scripts = chain
    total, source, target = composed(scripts), texts[0], texts[-1]
    start = data.draw(st.integers(0, len(target)))
    span = Span(start, data.draw(st.integers(start, len(target))))
    origin = total.to_source(span)
    assert 0 <= origin.start <= origin.end <= len(source)
    touched = [hunk for hunk in total.hunks if hunk.target.touches(span)]
    if not touched and not span.empty:
        assert source[slice(*origin)] == target[slice(*span)]
    for hunk in touched:
        assert origin.start <= hunk.source.start
        assert hunk.source.end <= origin.end
    assert total.inverse().to_target(span) == origin


def test_many_hunks_compose() -> None:
    """38,000 hunks on a million characters; what it costs is measured in bench/."""
    text = "abcdefghijklmnopqrstuvwxyz " * 38_000
    first = EditScript.of(edit(k * 27, "abc", "AB") for k in range(38_000))
    middle = first.apply(text)
    second = EditScript.of(edit(k * 26 + 1, "Bd", "b") for k in range(38_000))
    total = first.then(second)
    assert len(total.hunks) == 38_000
    assert total.apply(text) == second.apply(middle)
    everything = EditScript.of([edit(0, middle, "")])
    assert len(first.then(everything).hunks) == 1
