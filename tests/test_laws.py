"""The whole default pipeline obeys the laws on texts that no one would write: random mixtures of
damage, furniture and prose, and random bytes.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.config import Config
from repair.text.decode import UndecodableError, decode, encode
from tests.laws import check_laws, check_repaired

# Pieces with which rules of every stage have something to do, and pieces that look like it.
PIECES = [
    "The company said on Tuesday that the new plant would open in the spring of next year. ",
    "Openi",
    "the opening is",
    "Microsoft Ezor",
    "Chat GPT",
    "Google Google Cloud",
    "AIRMS race",
    "cafÃ©",
    "donâ€™t",
    "ÃƒÂ©",
    "&amp;",
    "&amp;amp;lt;",
    "multi -billion",
    "word .",
    "{dollars}",
    "intelligence1.",
    "launchedGemini",
    "the the",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u00a0",
    "\ufffd",
    "\x07",
    "\x85",
    "\udc80",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\n\nSkip to content\n\n",
    "\nShare this:\n",
    "\nLatest News\n- 10:03 One thing happened\n- 10:05 Another thing happened\n",
    "\n0 comments:\nPost a Comment\n",
    "  * Channels\n",
    "# Heading\n",
    "`code Openi`",
    "https://openi.com/a?b=1",
    "[sic]",
    " ",
    "   ",
    "\t",
    ".",
    ",",
    "-",
    " – ",
    "“",
    "”",
    "'",
    "é",
    "漢字",
    "п",
    "😀",
    "a",
    "I",
    "1",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_mixture_obeys_the_laws(pieces: list[str]) -> None:
    check_laws(Config().pipeline(), "".join(pieces))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_full_removal_obeys_the_laws(pieces: list[str]) -> None:
    check_laws(Config(boilerplate="full").pipeline(), "".join(pieces))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_obeys_the_laws(text: str) -> None:
    check_laws(Config().pipeline(), text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_come_back(raw: bytes) -> None:
    try:
        document = decode(raw)
    except UndecodableError:
        return
    assert encode(document) == raw
    check_repaired(Config().pipeline().repair(document), raw)


@pytest.mark.parametrize("text", ["", " ", "\n", "\n\n\n", "a", "\ufeff", "\udc80", "\x00"])
def test_the_smallest_texts(text: str) -> None:
    check_laws(Config().pipeline(), text)
