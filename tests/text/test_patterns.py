"""Expressions that wait for their first use behave like compiled ones."""

import re

from repair.text.patterns import later


def test_it_answers_like_a_compiled_expression() -> None:
    waiting, compiled = later("[aeiou]+", re.IGNORECASE), re.compile("[aeiou]+", re.IGNORECASE)
    assert waiting.findall("Queue up") == compiled.findall("Queue up")
    assert waiting.sub("-", "Queue up") == compiled.sub("-", "Queue up")
    assert waiting.pattern == compiled.pattern


def test_nothing_is_compiled_before_it_is_used() -> None:
    later("(never closed")
