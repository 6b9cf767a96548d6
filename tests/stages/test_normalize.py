"""Invisible damage: each rule on its own, its switch, and its cost on hostile input."""

import time

import pytest

import repair
from repair.stages.normalize import RULES, Normalize


def normalized(text: str, *on: str) -> str:
    config = repair.Config(stages=("normalize",), on=on)
    return repair.clean(text, config).text


@pytest.mark.parametrize(
    ("rule", "text", "fixed"),
    [
        ("normalize/blank", "12\u202f000\u00a0€", "12 000 €"),
        ("normalize/ligature", "oﬃce", "office"),
        ("normalize/width", "ＡＢ１", "AB1"),
        ("normalize/quote", "“it’s”", '"it\'s"'),
    ],
)
def test_rules_of_taste_run_only_when_asked(rule: str, text: str, fixed: str) -> None:
    assert normalized(text) == text
    assert normalized(text, rule) == fixed


def test_every_rule_can_be_switched_off() -> None:
    text = "\ufeffMicro\u200bsoft\x00 cafe\u0301 in\xadside\r\nend \nx"
    off = tuple(rule.id for rule in RULES)
    config = repair.Config(stages=("normalize",), off=off)
    assert repair.clean(text, config).text == text
    assert normalized(text) == "Microsoft café inside\nend\nx"


def test_rules_are_named_once() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.startswith("normalize/") for rule in ids)


@pytest.mark.parametrize(
    "text",
    [
        "Khmer: ភាសា\u200bខ្មែរ",
        "Thai: ภาษา\u200bไทย",
        "می\u200cخواهم",
        "a table  with  many  columns, and it is longer than forty characters",
        "    indented code stays  as it is, even if it is as long as a line of prose",
        "```\ncode in fences  is left alone, although the line is long enough for prose\n```",
        "e" + "\u0301" * 100,
        "q\u0301 has no composed form",
        "x\n \n\t\ny",
        "Москва\u0301",
    ],
)
def test_left_alone(text: str) -> None:
    assert normalized(text) == text


@pytest.mark.parametrize(
    "text",
    [
        " " * 200_000 + "x",
        " \t\n" * 70_000,
        "a\u200b\u200d\ufeff" * 50_000,
        "e" + "\u0301" * 100_000,
        "e" + "\u0301\u0323" * 50_000,
        "\x1b[" * 100_000,
        "\x1b]0;" * 50_000,
        "\0" * 200_000,
        "\r" * 100_000 + "\n",
        ("word  word " * 10_000 + "\n") * 2,
        " \n" * 100_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_hostile_input_costs_no_more_than_its_length(text: str) -> None:
    stage = Normalize()
    started = time.process_time()
    list(stage.propose(text))
    assert time.process_time() - started < 2


def test_a_flood_of_carriage_returns_is_gone_through_once() -> None:
    """Each of them looked through all that follow: twice as many took four times as long."""
    flood = "\r" * 200_000
    edits = list(Normalize().propose(flood))
    assert len(edits) == len(flood)
    assert next(iter(Normalize().propose("a\r\r\n"))).before == "\r\r\n"
