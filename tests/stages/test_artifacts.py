"""The artifacts stage as a whole: what it promises of its proposals, and that it stays linear."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from repair.config import Config
from repair.stages.artifacts.stage import ON_REQUEST, RULES, Artifacts
from repair.text.document import Document

DAMAGED = (
    "The maker of Google Google Cloud signed a multi -billion deal. Recently. , theOpenAI team"
    " paid $ 60 for the {hardware}, in keeping with folks. They met in the in the hall.\n"
    "LISBON (Reuters) -The \u0420remier said that ten p.c of the infor-\nmation is old."
)


def test_every_proposal_reads_what_stands_there_and_has_a_rule() -> None:
    rules = {rule.id for rule in RULES}
    edits = list(Artifacts().propose(DAMAGED))
    assert len(edits) > 8
    for edit in edits:
        assert DAMAGED[edit.start : edit.end] == edit.before
        assert edit.rule in rules
        assert 0.5 <= edit.confidence <= 1
        assert edit.reason


def test_a_second_run_changes_nothing() -> None:
    pipeline = Config(stages=("artifacts",)).pipeline()
    once = pipeline.repair(Document(DAMAGED)).text
    assert once != DAMAGED
    assert pipeline.repair(Document(once)).text == once


def test_rule_ids_are_unique_and_named_after_the_stage() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule_id.startswith("artifacts/") for rule_id in ids)
    assert {rule for rule, _ in ON_REQUEST} == {rule.id for rule in RULES if not rule.on}


def test_rules_on_request_run_on_request() -> None:
    text = "About 40 % of the houses are empty in the winter, and that is all."
    assert not list(Artifacts().propose(text))
    assert list(Artifacts(on={"artifacts/orphan-percent"}).propose(text))


def test_a_slip_every_few_characters_is_no_slip() -> None:
    assert not list(Artifacts().propose("the the of of " * 5000))


def _seconds(text: str) -> float:
    stage = Artifacts(on={rule for rule, _ in ON_REQUEST})
    started = time.process_time()
    for _ in stage.propose(text):
        pass
    return time.process_time() - started


HOSTILE: dict[str, Callable[[], str]] = {
    "blanks": lambda: " " * 300_000 + ".",
    "one letter": lambda: "a" * 300_000,
    "doubled words": lambda: "the the of of " * 20_000,
    "hyphens": lambda: "multi -billion state -of-the- " * 10_000,
    "braces": lambda: "{dollars} {" * 30_000,
    "capitals": lambda: "theGemini itsOpenAI Thronesw" * 10_000,
    "base64": lambda: base64.b64encode(random.Random(5).randbytes(200_000)).decode(),
    "quotes": lambda: "“ " * 150_000,
    "dollars": lambda: "a $ 5 + " * 40_000,
    "marks": lambda: "so . , . " * 30_000,
    "footnotes": lambda: "houses1. gardens2. " * 15_000,
    "brackets": lambda: "(Reuters) -A" * 25_000,
    "cut lines": lambda: "infor-\nmation " * 20_000,
    "mixed letters": lambda: "\u0420a" * 150_000,
    "full stops": lambda: "end.The next" * 25_000,
    "many words": lambda: " ".join(f"the{chr(65 + i % 26)}{i:x}ab end" for i in range(20_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_with_the_text_and_no_faster(name: str) -> None:
    assert _seconds(HOSTILE[name]()) < 2.5  # some 0.3 MB; quadratic would take minutes


def test_no_table_is_read_for_a_clean_text() -> None:
    """The tables and the word lists are for texts that show a candidate."""
    import subprocess
    import sys

    code = (
        "from repair.stages.artifacts.stage import Artifacts\n"
        "from repair.stages.artifacts.knowledge import words\n"
        "list(Artifacts().propose('A plain text. It has two sentences, and no damage.'))\n"
        "assert words.cache_info().currsize == 0\n"
    )
    root = Path(__file__).parent.parent.parent
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, timeout=60)
