"""What is a quotation, what is not, and that words in one are left alone on request."""

from __future__ import annotations

import time

import pytest

import repair
from repair.config import Config
from repair.text.quotations import quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('he said "so it was" and ("then") left', ['"so it was"', '"then"']),
        ("“one” and „zwei“ and «trois» and 「四」", ["“one”", "„zwei“", "«trois»", "「四」"]),
        ('a 5" screen and a 6" one', []),
        ("an “open one\nand a close”", []),
        ('one " alone', []),
        ("don’t and ’tis", []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[slice(*span)] for span in quotations(text)] == quoted


def test_many_open_marks_are_linear() -> None:
    start = time.process_time()
    for mark in ("“", "„", "«", '"', ' "', '"a '):
        assert len(list(quotations(mark * 100_000))) >= 0
    assert time.process_time() - start < 5


def test_words_in_quotations_are_spared_on_request() -> None:
    text = 'A multi -billion deal, "a multi -cloud deal", caf\u00c3\u00a9 “caf\u00c3\u00a9”.\n'
    plain = Config(stages=("encoding", "artifacts"))
    spared = Config(stages=("encoding", "artifacts"), spare_quotations=True)
    assert repair.clean(text, plain).text == (
        'A multi-billion deal, "a multi-cloud deal", caf\u00e9 “caf\u00e9”.\n'
    )
    assert repair.clean(text, spared).text == (
        'A multi-billion deal, "a multi -cloud deal", caf\u00e9 “caf\u00e9”.\n'
    )
