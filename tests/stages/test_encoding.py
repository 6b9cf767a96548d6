"""The encoding stage: reasons and spans of its edits, halves of characters, and what it leaves."""

import time
import unicodedata

import pytest

import repair
from repair.stages.encoding.stage import Encoding


def cleaned(text: str) -> repair.Repaired:
    return repair.clean(text, repair.Config(stages=("encoding",)))


def test_reasons_name_the_charsets() -> None:
    done = cleaned("fine\nThe cafÃ© isnâ€™t open.\n")
    assert [(edit.before, edit.after, edit.rule) for edit in done.edits] == [
        ("Ã©", "é", "encoding/mojibake"),
        ("â€™", "’", "encoding/mojibake"),
    ]
    assert {edit.reason for edit in done.edits} == {"UTF-8 read as Windows-1252"}
    twice = cleaned("Le musÃƒÂ©e est fermÃƒÂ©.")
    assert {edit.reason for edit in twice.edits} == {"UTF-8 read as Windows-1252, twice"}


def test_halves_of_characters() -> None:
    assert cleaned("ok \ud83d\ude00").text == "ok \U0001f600"
    assert cleaned("ok \ud83d x").text == "ok \ufffd x"
    assert cleaned("stray \udc81 byte").text == "stray \udc81 byte"


@pytest.mark.parametrize("text", ["cafe\u0301 (e + U+0301)", "ＡＢＣ", "“It’s”", "ﬁn", "é"])
def test_typography_is_not_touched(text: str) -> None:
    assert cleaned(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "&" + "amp;" * 100_000,
        "&amp;" * 50_000,
        "&amp;amp;lt;b&amp;gt;" * 10_000,
        "&" * 200_000,
        "&#1234567" * 30_000,
        "ab\n" * 200_000,
        "\ud83d\ude00" * 50_000,
        "a\ud83d" * 50_000,
        "\u2019\u201c" * 50_000,
        "e" + "\u0301" * 50_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_hostile_input_costs_no_more_than_its_length(text: str) -> None:
    stage = Encoding()
    started = time.process_time()
    list(stage.propose(text))
    assert time.process_time() - started < 3


def test_good_text_is_not_asked_about_twice() -> None:
    good = "Größe, façade, naïveté — “quoted” and ‘so on’… 12 €\n" * 2_000
    assert unicodedata.is_normalized("NFC", good)
    started = time.process_time()
    assert not list(Encoding().propose(good))
    assert time.process_time() - started < 0.5
