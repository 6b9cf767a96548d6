"""Byline, date, caption: lines that belong to the article and that some readers do not want.

Each is a rule of its own and off unless asked for. They are looked for where they stand by habit:
bylines and dates around the beginning of the article or behind it, captions beside a credit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from repair.stages.boilerplate.blocks import Verdict
from repair.stages.boilerplate.page import Page
from repair.stages.boilerplate.triggers import Trigger, Triggers
from repair.text.patterns import later

RULES = ("boilerplate/byline", "boilerplate/date", "boilerplate/caption", "boilerplate/tags")

# "March 5, 2024", "05.03.2024 14:30", "2024-03-05": a year and another number, or a full date.
_YEAR = later(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = later(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d(?!\d)")
_NUMBER = later(r"\d+")
_MOST_WORDS = 9  # of a line that is only a date
_CAPTION_WORDS = 45
# A byline or date stands within so many units of the first prose, or behind the last.
_NEAR_START = 8


def by_habit(
    page: Page, hits: Mapping[int, Trigger], bylines: Triggers, on: Collection[str]
) -> Iterator[tuple[int, Verdict]]:
    """The verdicts of the soft rules that are on."""
    first = page.anchors[0] if page.anchors else 0
    last = page.anchors[-1] if page.anchors else len(page)
    for i, unit in enumerate(page.units):
        if page.prose[i] or i in hits:
            continue
        outside = i <= first + _NEAR_START or i > last
        if "boilerplate/byline" in on and outside and (hit := bylines.match(unit.body)):
            yield i, _soft("byline", "names the author", (hit.place,))
        elif "boilerplate/date" in on and outside and _is_date(unit.body):
            yield i, _soft("date", "is only a date")
        elif "boilerplate/caption" in on and _is_caption(page, hits, i):
            yield i, _soft("caption", "stands beside the credit of an image that is gone")


def _soft(family: str, reason: str, evidence: tuple[str, ...] = ()) -> Verdict:
    return Verdict(f"boilerplate/{family}", family, f"the line {reason}", 0.88, evidence)


def _is_date(body: str) -> bool:
    if body.count(" ") >= _MOST_WORDS or len(body) > 80:
        return False
    year = _YEAR.search(body) and len(_NUMBER.findall(body)) > 1
    return bool(year or _DATE.search(body))


def _is_caption(page: Page, hits: Mapping[int, Trigger], i: int) -> bool:
    below = hits.get(i + 1)
    short = page.units[i].body.count(" ") < _CAPTION_WORDS
    return short and below is not None and below.family == "image"
