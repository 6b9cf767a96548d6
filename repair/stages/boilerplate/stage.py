"""Takes the page out of the article: menus, teasers, share bars, notices; in plain text.

Tiers: whole lines that are furniture in so many words (trigger), the blocks such lines open
(block), lines that the context gives away (model), and what a reader may want to keep (byline,
date, caption, tags), each with its own switch. Every removal is one edit that can be put back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from repair.stages.boilerplate import triggers
from repair.stages.boilerplate.blocks import Verdict, by_trigger
from repair.stages.boilerplate.page import Page, runs
from repair.text.edits import Edit, Rule, Span

RULES: tuple[Rule, ...] = (
    Rule("boilerplate/trigger", 'a line that is furniture of a page: "Source link", "0 comments"'),
    Rule("boilerplate/block", 'the list or the end of the page that a line like "Most read" opens'),
)


class Boilerplate:
    """Proposes to take out lines. `mode` is "off", "cautious" or "full"; `keep` holds families
    ("comments", "image") whose lines stay.
    """

    name = "boilerplate"
    rules = RULES

    def __init__(self, mode: str = "cautious", keep: Iterable[str] = ()) -> None:
        self._mode = mode
        self._keep = frozenset(keep)
        self._triggers = triggers.shipped() if mode != "off" else triggers.Triggers(())

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`, each of which takes out whole lines."""
        if self._mode == "off" or not text:
            return ()
        page = Page(text)
        verdicts = by_trigger(page, self._triggers)
        if self._keep:
            verdicts = {i: v for i, v in verdicts.items() if v.family not in self._keep}
        if len(verdicts) == len(page):
            return ()
        return list(_edits(page, verdicts))


def _edits(page: Page, verdicts: Mapping[int, Verdict]) -> Iterator[Edit]:
    """One edit for each stretch of lines that go for the same reason; neighbours share the blank
    lines between them, so that all together leave a clean text.
    """
    for first, last in runs(sorted(verdicts)):
        whole = page.span(first, last)
        start, at = whole.start, first
        for i in range(first, last + 1):
            if i < last and verdicts[i + 1] == verdicts[i]:
                continue
            stop = whole.end if i == last else page.units[i + 1].start
            verdict = verdicts[i]
            yield Edit(
                Span(start, stop),
                page.text[start:stop],
                "",
                verdict.rule,
                verdict.reason,
                verdict.confidence,
                (f"family: {verdict.family}", *verdict.evidence, *_count(at, i)),
            )
            start, at = stop, i + 1


def _count(first: int, last: int) -> tuple[str, ...]:
    return (f"{last - first + 1} lines",) if last > first else ()
