"""The garbled article the project was born from, and the four sound ones about the same news."""

from pathlib import Path

import pytest

from repair.config import Config
from repair.pipeline import Pipeline
from repair.text.document import Document, Repaired

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
APPLIED = {
    ("Openi", "OpenAI"): 7,
    ("Cooplot", "Copilot"): 1,
    ("Microsoft Ezor", "Microsoft Azure"): 1,
    ("AIRMS race", "AI arms race"): 1,
    ("Chat GPT", "ChatGPT"): 1,
    ("anthropic", "Anthropic"): 1,
    ("Shutter Stock", "Shutterstock"): 1,
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Config(stages=("names",)).pipeline()


def repaired(pipeline: Pipeline, seed: Path) -> Repaired:
    return pipeline.repair(Document(seed.read_text(encoding="utf-8")))


def test_the_garbled_article(pipeline: Pipeline) -> None:
    done = repaired(pipeline, SEEDS[0])
    counts: dict[tuple[str, str], int] = {}
    for edit in done.edits:
        counts[edit.before, edit.after] = counts.get((edit.before, edit.after), 0) + 1
    assert counts == APPLIED
    offered = {(e.before, e.after) for e in (*done.edits, *done.suggestions)}
    assert {("Open", "OpenAI"), ("opening", "OpenAI"), ("customs TPU", "custom TPU")} <= offered


@pytest.mark.parametrize("seed", SEEDS[1:], ids=lambda seed: seed.stem)
def test_a_sound_article_stays(pipeline: Pipeline, seed: Path) -> None:
    assert repaired(pipeline, seed).edits == ()
