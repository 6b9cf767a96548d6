"""Blanks that were lost where a link or italics were stripped: "launchedGemini Live", "end.The".

Names are what gets linked, so names are what gets glued. A join is undone only where both halves
are known: an ordinary word, and a name that is listed or stands by itself elsewhere in the text.
Names with an inner capital (YouTube, iPhone) and identifiers (toString) have no such halves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.lexicon.listed import Listed, listed
from repair.lexicon.vocabulary import ordinary
from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule
from repair.text.patterns import later

RULES = (
    Rule("artifacts/glued-name", "a name glued to a word: 'itsGemini Flash', 'Throneswas'"),
    Rule("artifacts/glued-sentence", "no blank between two sentences: 'in the end.The next'"),
)

STRIPPED = 0.7  # score from which a text is known to have lost its markup, and blanks with it

_INNER_CAPITAL = later(r"[A-Z](?<=[a-z]{2}[A-Z])(?=[A-Za-z]{2})")  # its|Gemini
_LONG_TAIL = r"[A-Z]{2}[a-z]{3}"  # OpenAIannounced
_CAPITALISED = r"[A-Z]\w{4,39}+(?!\w)"
_CODE = frozenset("@#_/\\.-$:&=")


def glued_names(page: Page) -> Iterator[Edit]:
    """Proposals for a blank in front of a glued name, then for one behind."""
    seams = [match.start() for match in _INNER_CAPITAL.finditer(page.text)]
    found = [edit for at in seams if (edit := _before_name(page, at))]
    yield from found
    # a lower-case join shows no seam, so the text has to show another lost blank first
    sure = any(edit.confidence >= 0.85 for edit in found)
    if (
        sure
        or any(re.compile(_LONG_TAIL).match(page.text, at) for at in seams)
        or any(glued_sentences(page))
    ):
        yield from _after_names(page, listed())


def _before_name(page: Page, at: int) -> Edit | None:
    """The blank between a word and a name: its|Gemini Flash."""
    text = page.text
    head = page.word_before(at)
    folded, start = head.lower(), at - len(head)
    known = folded in page.words.joiner
    if not head.isalpha() or not (known or (len(head) > 3 and head.islower())):
        return None
    if text[start - 1 : start] in _CODE or (len(head) > 1 and not head[1:].islower()):
        return None
    tail = page.word_after(at)
    after = text[at + len(tail) : at + len(tail) + 1]
    if len(tail) < 3 or after in ("_", "(", "/", "\\", "=") or head + tail in listed().names:
        return None
    sure = _before(page, head, tail, listed().beginning(text, at), known)
    if not sure or not page.free(start, at + len(tail)):
        return None
    return page.edit(at, at, " ", "glued-name", f"“{head}” is glued to a name", sure)


def _before(page: Page, head: str, tail: str, name: str, known: bool) -> float:
    """How sure it is that a blank is missing between `head` and `tail`; 0 if nothing says so."""
    words, folded = page.words, head.lower()
    plain = name.lower() in ordinary()  # a name that is also a word, such as Target: isTarget
    alone = page.count(tail) > 0 and page.count(head + tail) == 1
    if known and name and not (plain and folded in words.camel and not alone):
        if alone or " " in name or not plain:
            return 0.95
        # haveContent, forTarget: rather an identifier, unless blanks were lost elsewhere too
        lost = head.islower() and page.damage.scores["markup-stripped"] >= STRIPPED
        return 0.9 if lost else 0.6
    if known and alone and head.islower() and folded not in words.camel:
        return 0.9
    if name and not known and not tail.isupper() and folded in ordinary():
        return 0.9 if " " in name or (alone and not plain) else 0.6
    return 0.0


def _after_names(page: Page, names: Listed) -> Iterator[Edit]:
    """The blank between a name and the word behind it: Game of Thrones|was."""
    types = set(re.findall(_CAPITALISED, page.text))
    cuts = {token: found for token in types if (found := _cuts(token, names))}
    if not cuts:
        return
    for match in re.finditer(_CAPITALISED, page.text):
        token = match[0]
        if token not in cuts or page.text[match.start() - 1 : match.start()] in _CODE:
            continue
        for cut in cuts[token]:
            at, rest = match.start() + cut, token[cut:]
            sure = _after(page, names, at, token[:cut], rest)
            if sure and page.free(*match.span()):
                yield page.edit(at, at, " ", "glued-name", f"a name is glued to “{rest}”", sure)
                break


def _cuts(token: str, names: Listed) -> list[int]:
    """Where a token may end a name and go on with a lower-case word, the longest name first."""
    if token in names.names:
        return []
    small = len(token)
    while small > 3 and token[small - 1].islower():
        small -= 1
    ends = range(len(token) - 2, max(small, 3) - 1, -1)
    return [c for c in ends if token[:c] in names.by_last or token[:c] in names.names]


def _after(page: Page, names: Listed, at: int, word: str, rest: str) -> float:
    """How sure it is that a name ends with `word` at an offset and that `rest` is a word."""
    joiner, token = rest in page.words.joiner, word + rest
    if not joiner and (len(rest) < 5 or rest not in ordinary()):
        return 0.0
    if token.lower() in ordinary():
        return 0.0
    if names.ending(page.text, at, word):
        return 0.95
    # Metaverse and Chromebooks begin with names too: behind a single word only words of grammar
    if not joiner or len(rest) < 3 or word not in names.names or page.count(token) != 1:
        return 0.0
    inner = not word[1:].islower()  # OpenAI, YouTube: no other word begins so
    return 0.93 if inner or page.count(word) else 0.6


_SENTENCE = later(r"\.[A-Z](?=[a-z]{0,10} [a-z])(?<=[a-z]{2}..)")  # in the end.The next


def glued_sentences(page: Page) -> Iterator[Edit]:
    """Proposals for the blank behind a full stop, in front of a word of grammar."""
    for match in _SENTENCE.finditer(page.text):
        at = match.start() + 1
        before, after = page.word_before(at - 1), page.word_after(at)
        start = at - 1 - len(before)
        prose = page.text[start - 1 : start] in (" ", "\n", "-", "’", "'", "")
        if after.lower() not in page.words.function or not prose or not before.islower():
            continue
        if not page.english_at(at) or before in page.words.abbreviation or not _whole(page, before):
            continue
        if page.free(start, start + len(before)):
            reason = "a blank parts two sentences"
            yield page.edit(at, at, " ", "glued-sentence", reason, 0.9)


def _whole(page: Page, word: str) -> bool:
    """Whether a word is a word, not a module or an object in front of a method."""
    return word in page.words.function or word in ordinary()
