"""Takes the page out of the article: menus, teasers, share bars, notices; in plain text.

Tiers: whole lines that are furniture in so many words (trigger), the blocks such lines open
(block), lines that the context gives away (model), and what a reader may want to keep (byline,
date, caption, tags), each with its own switch. Every removal is one edit that can be put back.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from repair.stages.boilerplate import context, notices, site, soft, tail, triggers
from repair.stages.boilerplate.blocks import MEMO, Verdict, by_trigger, found_in
from repair.stages.boilerplate.guards import BARS, allowed, is_without_article
from repair.stages.boilerplate.page import Page, runs
from repair.stages.boilerplate.triggers import Trigger
from repair.text.edits import Edit, Rule, Span

RULES: tuple[Rule, ...] = (
    Rule("boilerplate/trigger", 'a line that is furniture of a page: "Source link", "0 comments"'),
    Rule("boilerplate/notice", 'a sentence in which the page speaks of itself: "we use cookies"'),
    Rule("boilerplate/block", 'the list or the end of the page that a line like "Most read" opens'),
    Rule(
        "boilerplate/model",
        "a line among menus and teasers, by its shape and its neighbours",
        tier="evidence",
    ),
    Rule("boilerplate/site", "a line that the site puts on page after page", tier="evidence"),
    Rule("boilerplate/byline", "the author's name on a line of its own", on=False, tier="soft"),
    Rule("boilerplate/date", "a date on a line of its own", on=False, tier="soft"),
    Rule("boilerplate/caption", "the caption of an image that is gone", on=False, tier="soft"),
    Rule("boilerplate/tags", 'the article\'s tags: "Tags: cloud, chips"', on=False, tier="soft"),
)

# Taking out a menu can bare the next one. A page settles in two or three passes.
_PASSES = 8
# So many strong triggers witness a page. Of the whole development pages 98 % have them, of long
# clean texts that are mostly short lines (release notes, link lists) none in 121.
_WITNESSES = 2
# A witness speaks for its surroundings, not for a book. Of the development pages with one, 99 %
# have more of them than this.
_UNITS_A_WITNESS = 150
# Full mode asks the model about texts with so many units of prose; without any, a page is a table.
_LEAST_ANCHORS = 1


class Boilerplate:
    """Proposes to take out lines. `mode` is "off", "cautious" or "full"; `keep` holds families
    ("comments", "image") whose lines stay; `on` holds the soft rules that are wanted; `site_table`
    is the file of `repair learn-site` or None.
    """

    name = "boilerplate"
    rules = RULES

    def __init__(
        self,
        mode: str = "cautious",
        keep: Iterable[str] = (),
        on: Collection[str] = (),
        site_table: str | None = None,
        model: context.Context | None = None,
    ) -> None:
        self._mode = mode
        self._keep = frozenset(keep)
        self._soft = frozenset(on).intersection(soft.RULES)
        self._sites = site.load(site_table) if site_table else None
        if mode != "off":
            self._triggers = triggers.shipped()
            self._notices = notices.shipped()
            self._model = model or context.shipped()

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`, each of which takes out whole lines."""
        if self._mode == "off" or not text:
            return ()
        page = Page(text)
        verdicts = self._settled(page)
        return list(_edits(page, verdicts)) if verdicts else ()

    def _settled(self, page: Page) -> dict[int, Verdict]:
        """The verdicts by unit, passes over what is left included, until there is nothing more to
        take: cleaning the cleaned text takes nothing.
        """
        verdicts: dict[int, Verdict] = {}
        left, here = list(range(len(page))), page
        for _ in range(_PASSES):
            hits = found_in(here, self._triggers)
            said = self._notices.found_in(here)
            found = self._judged(here, hits, said)
            if not found or len(found) == len(left):
                break
            verdicts.update((left[i], verdict) for i, verdict in found.items())
            if not (self._sites or self._soft) and (hits.keys() | said.keys()) <= found.keys():
                break  # with no trigger left there is nothing to go by
            left = [number for i, number in enumerate(left) if i not in found]
            here = here.rest(found)
            if len(here) != len(left):  # a wrapped text that now parts its lines another way
                break
        return verdicts

    def _judged(
        self, page: Page, hits: Mapping[int, Trigger], said: Mapping[int, Trigger]
    ) -> dict[int, Verdict]:
        end = tail.behind(page, hits, self._mode)
        if end:
            page.ends_at(min(end))
        verdicts = by_trigger(page, hits, said)
        for i, verdict in end.items():
            verdicts.setdefault(i, verdict)
        if self._soft:
            for i, verdict in soft.by_habit(page, hits, triggers.bylines(), self._soft):
                verdicts.setdefault(i, verdict)
        if self._sites:
            verdicts = self._sites.verdicts(page, hits) | verdicts
        kind = self._called_for(page, {**said, **hits}, verdicts)
        if kind and not is_without_article(page, self._mode):
            strong = [i in hits and not hits[i].weak for i in range(len(page))]
            weak = [i in hits and hits[i].weak for i in range(len(page))]
            scores = self._model.scores(page, strong, weak, kind)
            least = BARS[self._mode, kind].anywhere
            for i in allowed(page, scores, hits, self._mode, kind, verdicts):
                verdicts.setdefault(i, _scored(int(max(scores[i] - least, 0)), least))
        return {i: verdict for i, verdict in verdicts.items() if self._goes(verdict)}

    def _called_for(
        self, page: Page, hits: Mapping[int, Trigger], verdicts: Mapping[int, Verdict]
    ) -> str:
        """The kind of text, or "" where nothing but the shape of its lines speaks against it: a
        page has lines that say what they are. Only lines that go count, so that what is left has
        no witness, and a cleaned text is not cleaned again. Full mode trusts the model alone.
        """
        if self._mode == "full":
            called = not page.technical and len(page.anchors) >= _LEAST_ANCHORS
            return context.kind_of(page) if called else ""
        sure = (v for i, v in verdicts.items() if i in hits and not hits[i].weak)
        strong = sum(1 for verdict in sure if self._goes(verdict))
        if not strong or strong * _UNITS_A_WITNESS < len(page) or page.technical:
            return ""
        if context.kind_of(page) == "whole":
            return "whole" if strong >= _WITNESSES else ""
        return "residue"

    def _goes(self, verdict: Verdict) -> bool:
        wanted = verdict.rule not in soft.RULES or verdict.rule in self._soft
        return wanted and verdict.family not in self._keep


@cache
def _scored(over: int, least: float) -> Verdict:
    """The verdict of the model on a line whose log-odds are `over` above the least of the mode; the
    confidence is moved to where edits are applied.
    """
    odds, floor = (1 / (1 + math.exp(-score)) for score in (least + over, least))
    confidence = round(0.86 + 0.13 * (odds - floor) / (1 - floor), 2)
    reason = "stands among the furniture of the page, by its shape and its neighbours"
    return Verdict("boilerplate/model", "unnamed", reason, confidence)


def _edits(page: Page, verdicts: Mapping[int, Verdict]) -> Iterator[Edit]:
    """One edit for each stretch of lines that go for the same reason; neighbours share the blank
    lines between them, so that all together leave a clean text.
    """
    units, text = page.units, page.text
    for first, last in runs(sorted(verdicts)):
        whole = page.span(first, last)
        start, at, verdict = whole.start, first, verdicts[first]
        least = verdict.confidence
        for i in range(first, last + 1):
            below = verdicts[i + 1] if i < last else None
            if below and (below is verdict or _alike(below, verdict)):
                verdict, least = below, min(least, below.confidence)
                continue
            stop = units[i + 1].start if below else whole.end
            yield Edit(
                Span(start, stop),
                text[start:stop],
                "",
                verdict.rule,
                verdict.reason,
                least,
                _evidence(verdict) if i == at else (*_evidence(verdict), f"{i - at + 1} lines"),
            )
            if below:
                start, at, verdict, least = stop, i + 1, below, below.confidence


def _alike(one: Verdict, other: Verdict) -> bool:
    return one.rule == other.rule and one.family == other.family and one.evidence == other.evidence


@lru_cache(MEMO)
def _evidence(verdict: Verdict) -> tuple[str, ...]:
    return (f"family: {verdict.family}", *verdict.evidence)
