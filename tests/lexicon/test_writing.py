"""The table of signs of writing."""

from __future__ import annotations

import pytest

from repair.lexicon import writing


@pytest.mark.parametrize(
    ("kind", "sign"),
    [("title", "dr"), ("joiner", "vs"), ("english", "the"), ("ending", "ians"), ("people", "ese")],
)
def test_a_kind_of_sign_is_listed(kind: str, sign: str) -> None:
    assert sign in writing.signs(kind)


def test_a_kind_that_nobody_listed_has_no_signs() -> None:
    assert writing.signs("emoji") == frozenset()
