"""A text that the glance calls idle is one in which the full look finds nothing either."""

from pathlib import Path

import pytest

from repair.lexicon import first_look
from repair.lexicon.lexicon import load
from repair.stages.names import glance
from repair.stages.names.stage import Names

IDLE = [
    "The city said on Monday that it would buy forty buses next year.",
    "it rained all day, and we stayed at home.",
    "",
    "12 of 30",
]
BUSY = [
    "we asked openi about it",
    "the profound learning of machines",
    "They met Elon Mask in town.",
    "a zorblaxian word",
    "We use chat gpt.",
]


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file that a wheel holds, made here."""
    made = first_look.FirstLook(first_look.content(load(("auto",))))
    monkeypatch.setattr(first_look, "shipped", lambda: made)


@pytest.mark.parametrize("text", IDLE)
def test_idle(text: str) -> None:
    assert glance.idle(text)
    stage = Names()
    assert not stage.scanner.doubtful(text)
    assert not list(stage.propose(text))


@pytest.mark.parametrize("text", BUSY)
def test_not_idle(text: str) -> None:
    assert not glance.idle(text)


def test_an_idle_text_reads_no_pack() -> None:
    stage = Names()
    assert not list(stage.propose(IDLE[0]))
    assert "lexicon" not in vars(stage)
