"""What no score may take: prose inside the article, subheads, lists between prose, lone pages.

The guards always win over the context model. They know no words and no language, only prose, the
densest run of prose (the article), the triggers, and how far a line stands from each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from repair.stages.boilerplate.code import is_code
from repair.stages.boilerplate.headline import headline, is_above
from repair.stages.boilerplate.page import BULLET, Page, words_in
from repair.stages.boilerplate.triggers import Trigger
from repair.text.patterns import later


@dataclass(frozen=True, slots=True)
class Bar:
    """The log-odds that a line has to reach, by where it stands.

    `anywhere` for a line among others like it; `prose` for a unit of prose; `inside` for a line of
    the article itself and `passage` for its prose; `behind` for one shortly behind the article with
    no trigger between: the list at the end of an article; `among` for one with prose above and
    below.
    """

    anywhere: float
    prose: float
    inside: float
    behind: float
    among: float
    passage: float


# Measured on the development pages, by folds of sites: see docs/boilerplate.md.
BARS: Mapping[tuple[str, str], Bar] = {
    ("cautious", "whole"): Bar(2.75, 4.1, 6.0, 5.25, 7.0, 99),
    ("cautious", "residue"): Bar(0.75, 1.25, 5.0, 2.0, 4.5, 99),
    ("full", "whole"): Bar(-1.5, -1.0, -1.5, -1.5, -1.5, -1.0),
    ("full", "small"): Bar(-1.25, 0.25, -0.75, -1.25, 0.25, 0.5),
    ("full", "residue"): Bar(0.75, 1.0, 1.5, 0.75, 1.5, 2.0),
}
# A page whose article has fewer words than this has none: a shop, a forum, a table, a front page.
_LEAST_ARTICLE = 140
# In full mode the article of such a page may be the short lines: prose has to score higher there.
_SMALL_ARTICLE = 250
# No more than this share of the words in prose may go; else the model has misread the page.
_MOST_PROSE = {"cautious": 0.5, "full": 0.8}
# Where more than this share of the article's words would go, only what is surer than this goes.
_MOST_ARTICLE, _SURE = 0.3, 0.0
_BEHIND = 30  # how many lines behind the article its closing list may reach
_NEAR, _AMONG = 8, 2  # so much prose within so many lines above, and below, is "among"
# "Record: 29-0", "Previous ranking: No. 6": a label that the page has again and again is data.
_LABEL = later(r"[^\W\d][^:.!?\n]{1,30}:(?=\s)")
_MANY_LABELS = 3
_LABELLED = 33  # characters in which the colon of a label stands
# "VIP: 60,000", "Crew chief: Ola Berg", "20 EUR", "$5"; "Ola Berg, Norway": more likely content
_VALUE = later(r"[$€£¥₩₹]\s?\d|\d\s?[€₩₹]|^[^\W\d][^:.!?\n]{0,30}\s?:\s+\S")
_ENTRY = later(r"(?:[^\W\d_]\S* ){1,3}[^\W\d_]\S*, [^\W\d_]\S*(?: [^\W\d_]\S*)?")
# A line of so many words is nearly a sentence if half of them begin with a small letter.
_CLAUSE = 14
# By so much such a line has to score higher in cautious mode.
_SURER = 2.0
# "12. Ola Berg"; "{#if x}", "`cargo build`", "<div>"; "What we found:", "a = b;"
_COUNTED, _CODED, _OPENS = later(r"\d{1,3}[.)]\s"), later(r"[{}`<>\\]"), frozenset(":：=;")


def allowed(
    page: Page,
    scores: Sequence[float],
    hits: Mapping[int, Trigger],
    mode: str,
    kind: str,
    known: Collection[int] = (),
) -> list[int]:
    """The units that the model may take; what is short and `known` to go is not asked for."""
    start, stop = page.run
    cautious = mode == "cautious"
    words = page.article
    if cautious and words < _LEAST_ARTICLE:
        return []
    small = not cautious and kind == "whole" and words < _SMALL_ARTICLE
    wanted = _over(page, scores, hits, BARS[mode, "small" if small else kind])
    if cautious:
        asked = [i for i in wanted if page.prose[i] or i not in known]
        wanted -= set(_held(page, wanted, asked))
        sure = BARS[mode, kind].anywhere + _SURER
        wanted -= {i for i in asked if scores[i] < sure and _is_content(page.bodies[i])}
    if start < stop and (is_above(page, wanted.difference(known)) if cautious else wanted):
        title = headline(page)
        if not cautious:
            wanted.update(_again(page, title))
        wanted -= {title}
    inside = {i for i in wanted if start <= i < stop}
    if not cautious and sum(_words(page, i) for i in inside) > _MOST_ARTICLE * words:
        wanted -= {i for i in inside if scores[i] < _SURE}
    prose = {i for i in wanted if page.prose[i]} if kind == "whole" else ()
    if prose and _share_of_prose(page, prose) > _MOST_PROSE[mode]:
        wanted -= prose
    return sorted(wanted)


def _again(page: Page, title: int) -> Iterator[int]:
    """The lines outside the article that say the headline too: the title of the page, links."""
    said = page.bodies[title].casefold() if title >= 0 else ""
    start, stop = page.run
    outside = (*range(start), *range(stop, len(page))) if said.count(" ") else ()
    for i in outside:
        if i != title and not page.prose[i] and said in page.bodies[i].casefold():
            yield i


def is_without_article(page: Page, mode: str) -> bool:
    """Whether the model may take nothing of a page, whatever it finds."""
    return mode == "cautious" and page.article < _LEAST_ARTICLE


def _over(page: Page, scores: Sequence[float], hits: Mapping[int, Trigger], bar: Bar) -> set[int]:
    """The units whose score reaches the bar of the place where they stand."""
    start, stop = page.run
    size, prose = len(page), page.prose
    behind = min((i for i, hit in hits.items() if i >= stop and not hit.weak), default=size)
    behind = min(behind, stop + _BEHIND)
    upto = [0, *accumulate(prose)]
    wanted: set[int] = set()
    for i, score in enumerate(scores):
        if score < bar.anywhere:
            continue
        least = bar.prose if prose[i] else bar.anywhere
        if start <= i < stop:
            least = bar.passage if prose[i] else bar.inside
        elif stop <= i < behind:
            least = max(least, bar.behind)
        if score >= bar.among and score >= least:
            wanted.add(i)
        elif score >= least:
            above = upto[i] - upto[i - _NEAR if i > _NEAR else 0]
            below = upto[i + 1 + _NEAR if i + 1 + _NEAR < size else size] - upto[i + 1]
            if above < _AMONG or below < _AMONG:
                wanted.add(i)
    return wanted


def _held(page: Page, wanted: set[int], asked: Iterable[int]) -> Iterator[int]:
    """The units asked for that stay in cautious mode whatever they score: prose inside the article,
    a line in front of it, an item of a list in it, a label that comes again and again, a numbered
    line, what introduces a list, code, and a part of a sentence.
    """
    start, stop = page.run
    labels: Counter[str] | None = None
    for i in asked:
        body = page.bodies[i]
        if _is_own(body) or page.is_fragment(i):
            yield i
            continue
        if label := _label(body):
            if labels is None:
                labels = Counter(map(_label, page.bodies))
            if labels[label] >= _MANY_LABELS:
                yield i
        if start <= i < stop:
            below = i + 1 < len(page) and page.prose[i + 1]
            followed = below and (i + 1 < stop or i + 1 not in wanted)
            if page.prose[i] or followed or BULLET.match(body):
                yield i


def _label(body: str) -> str:
    """The label that a line begins with, or ""."""
    label = _LABEL.match(body) if ":" in body[:_LABELLED] else None
    return label[0] if label else ""


def _is_content(body: str) -> bool:
    """Whether a line is an entry of a list of prices, names or figures, or nearly a sentence."""
    if body.count(" ") >= _CLAUSE:
        words = body.split()
        return sum(word[0].islower() for word in words) * 2 > len(words)
    return (_VALUE.search(body) or _ENTRY.fullmatch(body)) is not None


def _is_own(body: str) -> bool:
    """Whether a line is numbered, introduces what follows, or is code."""
    if body[-1] in _OPENS or (body[0].isdigit() and _COUNTED.match(body)):
        return True
    return _CODED.search(body) is not None or is_code(body)


def _words(page: Page, i: int) -> int:
    return words_in(page.bodies[i])


def _share_of_prose(page: Page, wanted: set[int]) -> float:
    total = sum(_words(page, i) for i in page.anchors)
    gone = sum(_words(page, i) for i in page.anchors if i in wanted)
    return gone / total if total else 0.0
