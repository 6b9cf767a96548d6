"""Where the article ends and readers' comments, sources or a note on its author begin.

What stands behind the article is often prose: comments, second articles, the settings of cookies.
No look at single lines tells it from the article. An opener does ("12 comments", "Our sources"),
where what follows has a rhythm of its own or has left the subject. Comments and cookies are known
by the triggers, sources and authors by dictionaries/boilerplate/tails/*.tsv, whole lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache

from repair.lexicon import tables
from repair.stages.boilerplate.blocks import MEMO, Verdict
from repair.stages.boilerplate.page import Page, words_in
from repair.stages.boilerplate.triggers import Trigger
from repair.text.patterns import later

# Families of triggers that open the end of a page. Behind one of them and a hundred words of prose
# none of the development pages has a line of its article.
_OPENING = frozenset(("comments", "cookie"))
_SOURCES = "sources"
# So many words of prose stand above, in each mode.
_LEAST_ABOVE = {"full": 100, "cautious": 140}
# So many words of prose behind; fewer are for the other rules.
_LEAST_BEHIND = 12
# What follows is looked at for so many units, prose for so many characters.
_AHEAD, _READ = 60, 40_000
# The same opener again behind so many words: each post or answer of the text has one.
_POST, _POSTS = 80, 2
_ANSWER = 30
# The subject is left where less than this share of what the second half of the article says in
# words of the first half is said behind it.
_FADED = 0.75
# So many dated lines, lines that come again, or lines that name a speaker, are a rhythm.
_DATES, _REPEATS, _SPEAKERS = 3, 3, 2
_SHORT, _NAME = 14, 7  # words of a dated line, and of a speaker's
_CITED, _CITATIONS = 0.5, 3
_WORD = later(r"[^\W\d_]{4,}")
# "2 days ago at 07:47", "March 3, 2019", "3.4.2019"
_DATE = later(r"\d{1,2}:\d{2}\b|\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}")
# "[3] Ola Berg, 2019, pp. 12", "https://example.org"
_CITATION = later(r"\b(?:19|20)\d\d\b|https?:|www\.|^\[\d+\]|\bpp?\. ?\d", re.IGNORECASE)
_AROUND = " :*•-–#=[]"
_LONGEST = 40


def behind(page: Page, hits: Mapping[int, Trigger], mode: str) -> dict[int, Verdict]:
    """The verdicts on the end of the page, by the number of the unit; none where there is no such
    end. Cautious mode takes comments and cookies only, and asks for a rhythm besides.
    """
    if page.technical or len(page.anchors) < 2:
        return {}
    said = [0]
    for i, body in enumerate(page.bodies):
        said.append(said[-1] + (words_in(body) if page.prose[i] else 0))
    if said[-1] < _LEAST_ABOVE[mode] + _LEAST_BEHIND:
        return {}
    for i, opener in sorted(_openers(page, hits, mode).items()):
        if said[i] < _LEAST_ABOVE[mode] or said[-1] - said[i] < _LEAST_BEHIND:
            continue
        if page.run[0] >= i and (mode == "cautious" or "#" not in opener.phrase):
            continue  # a menu above the article; how many comments there are, no menu says
        if not _is_heading(page, hits, i, said) and _has_left(page, i, opener.family, mode):
            verdict = _verdict(opener)
            return dict.fromkeys(range(i, len(page)), verdict)
    return {}


def _openers(page: Page, hits: Mapping[int, Trigger], mode: str) -> dict[int, Trigger]:
    found = {i: hit for i, hit in hits.items() if hit.family in _OPENING and not hit.weak}
    if mode == "full":
        rows = shipped()
        for i in range(page.anchors[0] + 1, page.anchors[-1]):
            body = page.bodies[i]
            if len(body) <= _LONGEST and (row := rows.get(body.strip(_AROUND).casefold())):
                found.setdefault(i, row)
    return found


def _is_heading(page: Page, hits: Mapping[int, Trigger], i: int, said: Sequence[int]) -> bool:
    """Whether what opens stands again behind what may be the next post of a list of posts, or the
    next answer of a list of answers: "Add a comment" under each.
    """
    above, posts = i, 0
    for j in range(i + 1, len(page)):
        if page.bodies[j] == page.bodies[i] and said[j] - said[i] >= _ANSWER:
            return True
        if j in hits and i in hits and hits[j].phrase == hits[i].phrase:
            posts += said[j] - said[above] >= _POST
            above = j
    return posts >= _POSTS


def _has_left(page: Page, i: int, kind: str, mode: str) -> bool:
    ahead = range(i + 1, min(len(page), i + 1 + _AHEAD))
    if kind == _SOURCES:
        return _cites(page, ahead)
    if mode == "cautious" and not _has_rhythm(page, ahead):
        return False
    return _has_faded(page, i, ahead)


def _cites(page: Page, ahead: Collection[int]) -> bool:
    found = sum(bool(_CITATION.search(page.bodies[i], 0, 2000)) for i in ahead)
    return found >= _CITATIONS and found >= _CITED * len(ahead)


def _has_rhythm(page: Page, ahead: Collection[int]) -> bool:
    """Whether lines with dates, the same short line, or names of speakers come again and again."""
    bodies = [page.bodies[i] for i in ahead]
    short = [body for body in bodies if body.count(" ") < _SHORT]
    if sum(bool(_DATE.search(body)) for body in short) >= _DATES:
        return True
    if max(Counter(short).values(), default=0) >= _REPEATS:
        return True
    return sum(body[-1] == ":" and body.count(" ") < _NAME for body in short) >= _SPEAKERS


def _has_faded(page: Page, i: int, ahead: Collection[int]) -> bool:
    """Whether what follows has left the subject, as the article itself does not in its course."""
    above = _words(page, range(i))
    half = len(above) // 2
    known = set(above[:half])
    usual = _share(above[half:], known)
    return _share(_words(page, ahead), known) < _FADED * usual


def _words(page: Page, numbers: Collection[int]) -> list[str]:
    prose = " ".join([page.bodies[i] for i in numbers if page.prose[i]])
    return _WORD.findall(prose[:_READ].casefold())


def _share(words: Sequence[str], known: Collection[str]) -> float:
    return sum(word in known for word in words) / len(words) if words else 0.0


@lru_cache(MEMO)
def _verdict(opener: Trigger) -> Verdict:
    reason = f'stands behind the article, where "{opener.phrase}" opens the end of the page'
    return Verdict("boilerplate/block", opener.family, reason, 0.9, (opener.place,))


@cache
def shipped() -> dict[str, Trigger]:
    """The lines of all shipped tables that open an end. Raises DictionaryError."""
    found: dict[str, Trigger] = {}
    for path in sorted((tables.folder() / "boilerplate" / "tails").glob("*.tsv")):
        for row in tables.rows(path, ("phrase", "kind")):
            phrase, kind = row.cells[:2]
            place = f"{tables.shown(path)}:{row.line}"
            found.setdefault(phrase, Trigger(phrase, kind, place))
    return found
