"""Which line is the article's headline: the one above it that says in short what it says.

It knows no words, only which of them the article has again and again, and that a page which still
has its title at the top says it once more above the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log1p

from repair.stages.boilerplate.page import Page
from repair.text.patterns import later

_WORD = later(r"[^\W\d_]{4,}")
# A headline is looked for among so many lines above the first prose of the article.
_ABOVE = 40
_LEAST_WORDS, _MOST_WORDS = 2, 30
_SHORT, _LONG = 4, 18  # a headline of fewer or of more words is rare
_TITLES = 3  # lines at the top of the text that may be the title of the page
_MOST_FOR_A_WORD = 2.0
# What each sign is worth against a word that the article has twice (1.1), fitted to the development
# pages, where the best line is the headline in 80 of 100; by shared words alone in 64.
_TITLED, _ODD_LENGTH, _ENDED, _DISTANCE = 4.0, 2.4, 1.0, 0.37
# Two words that the article has once, not far above it.
_LEAST = 1.4
_STOPS = (".", "…", ":")


def is_above(page: Page, numbers: Iterable[int]) -> bool:
    """Whether one of the units stands above the article, where its headline does."""
    first = _first_prose(page)
    return any(i < first for i in numbers)


def headline(page: Page) -> int:
    """The number of the unit that is most likely the headline, or -1."""
    if page.title is None:
        page.title = _found(page)
    return page.title


def _first_prose(page: Page) -> int:
    return next((i for i in range(*page.run) if page.prose[i]), 0)


def _found(page: Page) -> int:
    (start, stop), first = page.run, _first_prose(page)
    begin = max(0, first - _ABOVE)
    rows = [i for i in range(begin, first) if not page.prose[i] and _may_be(page.bodies[i])]
    if not rows:
        return -1
    article = "\n".join([page.bodies[i] for i in range(start, stop) if page.prose[i]])
    said = _words(article.casefold())
    titles = [body.casefold() for body in page.bodies[:_TITLES]]
    best, found = _LEAST, -1
    for i in rows:
        body = page.bodies[i]
        small = body.casefold()
        known = dict.fromkeys(word for word in _WORD.findall(small) if word in said)
        shared = sum(min(log1p(said[word]), _MOST_FOR_A_WORD) for word in known)
        if not shared:
            continue
        words = body.count(" ") + 1
        score = shared + _DISTANCE * log1p(first - i)
        score -= _ODD_LENGTH if not _SHORT <= words <= _LONG else 0
        score -= _ENDED if body.endswith(_STOPS) else 0
        if words > 2 and any(small in title for j, title in enumerate(titles) if j != i):
            score += _TITLED
        if score >= best:
            best, found = score, i
    return found


def _words(text: str) -> Counter[str]:
    """How often each word stands in a text; shorter ones are counted too where it costs nothing."""
    tokens = text.split()
    said = Counter(tokens)
    mixed = [token for token in tokens if not token.isalpha()]
    said.update(_WORD.findall(" ".join(mixed)))
    return said


def _may_be(body: str) -> bool:
    return _LEAST_WORDS <= body.count(" ", 0, 500) + 1 <= _MOST_WORDS
