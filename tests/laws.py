"""The laws that every repaired document obeys, as one function that tests call."""

from __future__ import annotations

from repair.pipeline import Pipeline
from repair.text.decode import encode
from repair.text.document import Document, Repaired
from repair.text.edits import EditScript


def check_script(script: EditScript, source: str, target: str) -> None:
    """A script leads from source to target and back, and its hunks and gaps say the truth."""
    assert script.apply(source) == target
    assert script.inverse().apply(target) == source
    at_source = at_target = 0
    for hunk in script.hunks:
        assert hunk.source.start >= at_source
        assert hunk.target.start >= at_target
        assert hunk.before != hunk.after
        assert source[at_source : hunk.source.start] == target[at_target : hunk.target.start]
        assert source[slice(*hunk.source)] == hunk.before
        assert target[slice(*hunk.target)] == hunk.after
        assert hunk.edits
        at_source, at_target = hunk.source.end, hunk.target.end
    assert source[at_source:] == target[at_target:]


def check_repaired(done: Repaired, raw: bytes | None = None) -> None:
    """The account is complete and exact: script, edits, suggestions, and the bytes behind them."""
    source = done.document.text
    check_script(done.script, source, done.text)
    assert EditScript.of(done.edits).apply(source) == done.text
    for edit in (*done.edits, *done.suggestions):
        assert source[edit.start : edit.end] == edit.before, edit
        assert 0.0 <= edit.confidence <= 1.0, edit
        assert "/" in edit.rule, edit
        assert edit.reason, edit
    if raw is not None:
        assert encode(done.document) == raw


def check_laws(pipeline: Pipeline, text: str) -> Repaired:
    """Repair a text and hold the result against all the laws; returns it."""
    done = pipeline.repair(Document(text))
    check_repaired(done)
    assert pipeline.repair(Document(text)) == done, "the same input gave another output"
    again = pipeline.repair(Document(done.text))
    assert again.text == done.text, "a second run changed the text"
    assert not again.edits
    known = {rule.id for stage in pipeline.stages for rule in stage.rules}
    steps = {edit.rule for hunk in done.script.hunks for edit in hunk.edits}
    assert steps <= known, f"rules that no stage declares: {steps - known}"
    return done
