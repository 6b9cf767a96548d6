"""What the pipeline disposes: thresholds, overlaps, rounds, and texts that never settle."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.pipeline import Pipeline, Policy
from repair.text.document import Document
from repair.text.edits import Edit, Rule, Span
from tests.laws import check_laws, check_repaired


@dataclass(frozen=True)
class Replace:
    """A stage that writes `after` wherever `pattern` matches."""

    name: str
    pattern: str
    after: str
    confidence: float = 0.9

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (Rule(f"{self.name}/replace", "replaces what it is told to"),)

    def propose(self, text: str) -> Iterable[Edit]:
        for match in re.finditer(self.pattern, text):
            after = match.expand(self.after)
            rule = self.rules[0].id
            yield Edit(Span(*match.span()), match[0], after, rule, "as told", self.confidence)


def edit(start: int, end: int, confidence: float, after: str = "x") -> Edit:
    return Edit(Span(start, end), "?" * (end - start), after, "test/rule", "why", confidence)


@pytest.mark.parametrize(
    ("proposed", "applied", "suggested"),
    [
        ([edit(0, 2, 0.9), edit(1, 3, 0.95)], [(1, 3)], []),  # the most confident
        ([edit(0, 2, 0.9), edit(0, 3, 0.9)], [(0, 3)], []),  # then the longest
        ([edit(1, 3, 0.9), edit(0, 2, 0.9)], [(0, 2)], []),  # then the leftmost
        ([edit(0, 2, 0.9), edit(2, 4, 0.9)], [(0, 2), (2, 4)], []),  # neighbours stay
        ([edit(0, 2, 0.9), edit(1, 3, 0.6)], [(0, 2)], []),  # no suggestion on an applied edit
        ([edit(0, 2, 0.9), edit(3, 4, 0.6)], [(0, 2)], [(3, 4)]),
        ([edit(0, 2, 0.4)], [], []),
        ([edit(0, 2, 0.99, "??")], [], [(0, 2)]),  # damage without a known repair is only said
        ([edit(2, 2, 0.9), edit(2, 2, 0.95), edit(2, 4, 0.9)], [(2, 2), (2, 4)], []),
    ],
)
def test_selection(
    proposed: list[Edit], applied: list[tuple[int, int]], suggested: list[tuple[int, int]]
) -> None:
    chosen, offered = Policy().select(proposed)
    assert [tuple(e.span) for e in chosen] == applied
    assert [tuple(e.span) for e in offered] == suggested


def test_rules_and_stages_can_be_off() -> None:
    for off in ("test/rule", "test"):
        assert Policy(off=frozenset({off})).select([edit(0, 2, 0.9)]) == ([], [])


def test_a_name_inside_mojibake_is_one_edit_with_both_steps() -> None:
    pipeline = Pipeline(
        (Replace("encoding", "Ã©", "é"), Replace("names", "café noir", "Café Noir"))
    )
    done = check_laws(pipeline, "the cafÃ© noir is open")
    (made,) = done.edits
    assert (made.before, made.after, made.rule) == ("cafÃ© noir", "Café Noir", "names/replace")
    assert any("encoding/replace" in step for step in made.evidence)


def test_a_later_stage_may_give_an_earlier_one_work() -> None:
    pipeline = Pipeline((Replace("first", "b+", "c"), Replace("second", "a", "b")))
    assert check_laws(pipeline, "a a").text == "c c"


def test_a_text_that_never_settles_comes_back_with_suggestions() -> None:
    pipeline = Pipeline(
        (Replace("first", "a", "b"), Replace("second", "b", "a"), Replace("c", "x", "y"))
    )
    done = pipeline.repair(Document("a x"))
    assert done.text == "a x"
    assert not done.edits
    check_repaired(done)
    assert [e.after for e in done.suggestions] == ["y"]


def test_suggestions_speak_of_the_original() -> None:
    pipeline = Pipeline((Replace("first", "--", ""), Replace("second", "abc", "ABC", 0.6)))
    done = check_laws(pipeline, "--a--bc")
    (offer,) = done.suggestions
    assert (offer.before, offer.after) == ("a--bc", "ABC")


def test_no_stages_change_nothing() -> None:
    assert Pipeline(()).repair(Document("abc")).text == "abc"


stages = st.builds(
    Replace,
    st.sampled_from(["one", "two", "three"]),
    st.sampled_from(["a", "ab", "b+", "(?<=a)(?=b)", "c.", "^", "$", "[abc]{3}"]),
    st.sampled_from(["", "x", "yy", "b"]),
    st.sampled_from([0.6, 0.9]),
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(stages, min_size=1, max_size=4), st.text("abc", max_size=12))
def test_any_pipeline_obeys_the_laws(chain: list[Replace], text: str) -> None:
    check_laws(Pipeline(tuple(chain)), text)
