"""Which line is the article's headline: the one above it that says in short what it says.

It knows no words, only which of them the article has again and again, and that a page which still
has its title at the top says it once more above the article.
"""

from __future__ import annotations

from collections import Counter
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


def headline(page: Page) -> int:
    """The number of the unit that is most likely the headline, or -1."""
    start, stop = page.run
    first = next((i for i in range(start, stop) if page.prose[i]), 0)
    begin = max(0, first - _ABOVE)
    rows = [i for i in range(begin, first) if not page.prose[i] and _may_be(page.units[i].body)]
    if not rows:
        return -1
    said = Counter(
        word
        for i in range(start, stop)
        if page.prose[i]
        for word in _WORD.findall(page.units[i].body.casefold())
    )
    worth = {word: min(log1p(count), _MOST_FOR_A_WORD) for word, count in said.items()}
    titles = [unit.body.casefold() for unit in page.units[:_TITLES]]
    best, found = _LEAST, -1
    for i in rows:
        body = page.units[i].body
        small = body.casefold()
        shared = sum(worth.get(word, 0.0) for word in set(_WORD.findall(small)))
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


def _may_be(body: str) -> bool:
    return _LEAST_WORDS <= body.count(" ", 0, 500) + 1 <= _MOST_WORDS
