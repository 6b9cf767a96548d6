"""Which lines go because of what they say, and which because of the trigger above them.

A trigger condemns its own line and, if it opens a list ("Most read"), the teasers below it; after
the last prose, everything from the first trigger on. Prose and the subhead in front of prose are
never part of a block.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from repair.stages.boilerplate import legal
from repair.stages.boilerplate.code import is_code
from repair.stages.boilerplate.headline import headline, is_above
from repair.stages.boilerplate.page import BULLET, Page
from repair.stages.boilerplate.triggers import ANYWHERE, AUTHOR, OPENERS, Trigger, Triggers
from repair.text.patterns import later

# "- 10:03 UN watchdog ...", "12.40 Uhr: ...", "8h30 ..."
_TIMED = later(r"\W{0,4}\d{1,2}[:.h]\d{2}\b")
_NUMBERED = later(r"\d{1,3}[.)]\s")
# How many lines off a trigger still keeps a weak one company.
_COMPANY = 3
# A phrase that stands alone at so many places is a heading.
_AGAIN = 4
# So many paragraphs at the beginning and at the end of an article may name its author.
_FIRST, _LAST = 1, 3
# The longest list under a trigger between prose.
_LONGEST_LIST = 12
# Families that, after the last prose, open the end of the page.
_ENDINGS = OPENERS | {"comments", "newsletter", "legal", "cookie", "share", "source"}
# Without this much prose a text is a list, a table, a recipe, a shop: exact triggers only.
_LEAST_PROSE = 3
# Verdicts that are kept: a page has few that differ, and a corpus repeats them.
MEMO = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """Why a unit goes. `evidence` names the row of the table."""

    rule: str
    family: str
    reason: str
    confidence: float
    evidence: tuple[str, ...] = ()


def found_in(page: Page, triggers: Triggers) -> dict[int, Trigger]:
    """The triggers among the units, by the number of the unit."""
    hits = triggers.matches([unit.body for unit in page.units])
    return {i: hit for i, hit in hits if not page.is_fragment(i)}


def by_trigger(
    page: Page, hits: Mapping[int, Trigger], notices: Mapping[int, Trigger]
) -> dict[int, Verdict]:
    """The verdicts on single lines and on the blocks they open, by the number of the unit."""
    if not hits and not notices:
        return {}
    own = legal.held(page, hits, notices, legal.shipped())
    own |= _headings(hits)
    hits = {i: hit for i, hit in hits.items() if i not in own}
    notices = {i: hit for i, hit in notices.items() if i not in own and _at_its_place(page, i, hit)}
    weights = {i: 1 if hit.weak else 2 for i, hit in hits.items()}
    verdicts = {i: _line(hit) for i, hit in hits.items() if _certain(page, hits, weights, i)}
    prose = [i for i in page.anchors if i not in notices]
    if len(prose) >= _LEAST_PROSE and not page.technical:
        for i, notice in notices.items():
            verdicts.setdefault(i, _notice(notice))
        _lists(page, hits, verdicts)
        _ending(page, hits, verdicts, page.anchors[-1] + 1)
    return verdicts


def _headings(hits: Mapping[int, Trigger]) -> frozenset[int]:
    """The hits that are headings of the text's own: "SEE ALSO" under each entry of a manual, a
    phrase that opens a list elsewhere and stands here again and again with nothing like it near.
    """
    openers = [i for i, hit in hits.items() if hit.family in OPENERS and "*" not in hit.phrase]
    if len(openers) < _AGAIN:
        return frozenset()
    alone: dict[str, list[int]] = {}
    for i in openers:
        if not any(j in hits for j in range(i - _COMPANY, i + _COMPANY + 1) if j != i):
            alone.setdefault(hits[i].phrase, []).append(i)
    return frozenset(i for found in alone.values() if len(found) >= _AGAIN for i in found)


def _at_its_place(page: Page, i: int, hit: Trigger) -> bool:
    """Whether what is said of an author stands where authors are named: at either end of the
    article or outside it. Within, "is a senior editor" is said of somebody whom it quotes.
    """
    if hit.family != AUTHOR:
        return True
    inside = [j for j in page.anchors if page.run[0] <= j < page.run[1]]
    ends = (*inside[:_FIRST], *inside[-_LAST:])
    if i in ends or not page.run[0] <= i < page.run[1]:
        return True
    return bool(inside) and not inside[0] < i < inside[-1]  # long lines alone may be the run


@lru_cache(MEMO)
def _notice(hit: Trigger) -> Verdict:
    reason = f'the page speaks of itself: "{hit.phrase}"'
    return Verdict("boilerplate/notice", hit.family, reason, 0.9, (hit.place,))


@lru_cache(MEMO)
def _line(hit: Trigger) -> Verdict:
    if hit.family == "tags":
        return Verdict("boilerplate/tags", hit.family, "tags of the article", 0.9, (hit.place,))
    reason = f'the whole line is furniture of a page: "{hit.phrase}"'
    return Verdict(
        "boilerplate/trigger", hit.family, reason, 0.93 if hit.weak else 0.97, (hit.place,)
    )


def _certain(page: Page, hits: Mapping[int, Trigger], weights: Mapping[int, int], i: int) -> bool:
    """Whether a hit goes where it stands. A strong one is company enough, and so are two."""
    hit, units, prose = hits[i], page.units, page.prose
    body = units[i].body
    if not body[0].isalpha() and (_NUMBERED.match(body) or _in_list(page, hits, i)):
        return False
    if page.is_title(i) or (body[-1] == ":" and page.is_field(i)):
        return False
    if hit.family == "tags":
        return True
    if page.technical:
        return not hit.weak and hit.words > 1 and "*" not in hit.phrase
    if not page.anchors:
        return not hit.weak and hit.words > 1
    near = [weights[j] for j in range(i - _COMPANY, i + _COMPANY + 1) if j in weights]
    company = sum(near) - weights[i] >= 2
    followed = i + 1 < len(units) and prose[i + 1]
    if hit.weak:
        return company and not followed and not body.endswith(":")
    if hit.family == "advertising" or (company and hit.family in ANYWHERE):
        return True
    outside = i < page.anchors[0] or i > page.anchors[-1]
    if hit.words < 2:
        return not followed and (company or outside)
    return not followed or hit.family in ANYWHERE


def _in_list(page: Page, hits: Mapping[int, Trigger], i: int) -> bool:
    """Whether the line is an item of a list whose next item is none of ours: "- Sign in" among
    the steps of a recipe for something.
    """
    units = page.units
    if not BULLET.match(units[i].body):
        return False
    near = [j for j in (i - 1, i + 1) if 0 <= j < len(units)]
    return any(BULLET.match(units[j].body) and j not in hits for j in near)


def _lists(page: Page, hits: Mapping[int, Trigger], verdicts: dict[int, Verdict]) -> None:
    """The teasers under an opener between prose, but not the last line in front of something else,
    which may be its heading, nor the headline of the article and what is below it.
    """
    prose, units = page.prose, page.units
    openers = [i for i in verdicts if i in hits and hits[i].family in OPENERS]
    openers = [i for i in openers if not hits[i].weak]
    title = headline(page) if is_above(page, openers) else -1
    for i in openers:
        end = i + 1
        while end < len(units) and end - i <= _LONGEST_LIST and not prose[end] and end != title:
            if end not in hits and not _teaser(units[end].body):
                break
            end += 1
        if end < len(units) and end not in hits and end != title:
            end -= 1
        for j in range(i + 1, end):
            verdicts.setdefault(j, _member(hits[i], "in the list"))


def _ending(
    page: Page, hits: Mapping[int, Trigger], verdicts: dict[int, Verdict], begin: int
) -> None:
    """Everything from the first trigger after the last prose on, as long as it may be furniture."""
    opener: Trigger | None = None
    for i in range(begin, len(page)):
        if i in verdicts and i in hits and hits[i].family in _ENDINGS:
            opener = hits[i]
        elif i not in hits and not _teaser(page.units[i].body):
            return
        if opener:
            verdicts.setdefault(i, _member(opener, "in the end of the page"))


@lru_cache(MEMO)
def _member(opener: Trigger, where: str) -> Verdict:
    reason = f'stands {where} that "{opener.phrase}" opens'
    return Verdict("boilerplate/block", opener.family, reason, 0.92, (opener.place,))


def _teaser(body: str) -> bool:
    """Whether a line may be a headline in a list: a time of day in front, or three to twenty-five
    words that begin like a headline, do not end like a sentence, and are not mostly numbers.
    """
    if _TIMED.match(body):
        return True
    bullet = BULLET.match(body)
    bare = body[bullet.end() :] if bullet else body
    if (
        is_code(bare)
        or bare.endswith((".", ":", ";", ","))
        or bare[:1].islower()
        or bare[:1] in "#>0123456789"
    ):
        return False
    words = bare.split()
    numbers = sum(any(map(str.isdigit, word)) for word in words)
    return 3 <= len(words) <= 25 and numbers * 4 <= len(words)
