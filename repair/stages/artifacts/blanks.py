"""Blanks that lost their way: "multi -billion", "$ 60", "a 3: 2 ratio".

French, Spanish or Swiss typography puts blanks where English puts none, so the rules that know
English ask for English first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.lexicon.words import often
from repair.stages.artifacts.page import Page
from repair.text.edits import Edit, Rule

RULES = (
    Rule("artifacts/orphan-hyphen", "a blank inside a compound: 'multi -billion', '20 -year-old'"),
    Rule("artifacts/orphan-currency", "a blank after a currency sign in English: '$ 60'"),
    Rule("artifacts/orphan-colon", "a blank inside a ratio or a time: '16: 9 screen', '7: 30 pm'"),
    Rule("artifacts/orphan-score", "a blank inside a score or a range: '2- 1 victory'"),
    Rule("artifacts/orphan-percent", "a blank before a percent sign in English", False, "soft"),
    Rule("artifacts/mixed-percent", "the same where the text writes '15%' or has other such slips"),
    Rule("artifacts/dateline", "a dateline without its blank: '(Reuters) -OpenAI'"),
)

COMMON = 3.5  # Zipf frequency of a word that anybody may compound

_NUMBERS = r"\d{1,3}(?:[.,]\d{1,4})*"
_HYPHEN = r" -(?=[a-z])"  # multi -billion
_HYPHEN_CAPITAL = r" -(?=[A-Z0-9])(?<=[a-z] -)"  # anti -American, post -1989, Covid -19
_HYPHEN_THEN = r"- (?=[a-z])(?<=[a-z]- )"  # long- term
_RIGHT = r"[^\W_]+(?:-[^\W_]+)*"
# sort -n, tar -czf, --force, a | b
_FLAG = r" --?([A-Za-z]{1,2})(?![\w-])| --[a-z]|[|`]|\w=\w|\$[({]"


def orphan_hyphens(page: Page) -> Iterator[Edit]:
    """Proposals for compounds with a blank before the hyphen, or (short list) behind it."""
    text = page.text
    if " -" in text:
        for match in re.finditer(_HYPHEN, text):
            at = match.start()
            sure = _compound(page, page.word_before(at), _right(text, at + 2))
            if sure and page.free(at, at + 2) and not _is_command(page, at):
                reason = "a compound is written without blanks"
                yield page.edit(at, at + 1, "", "orphan-hyphen", reason, sure)
        for match in re.finditer(_HYPHEN_CAPITAL, text):
            at = match.start()
            left, right = page.word_before(at), page.word_after(at + 2)
            whole = left in page.words.prefix and right[1:] == right[1:].lower()
            if (whole or page.has(f"{left}-{right}")) and page.free(at, at + 2):
                reason = "a compound is written without blanks"
                yield page.edit(at, at + 1, "", "orphan-hyphen", reason, 0.9)
    if "- " in text:
        for match in re.finditer(_HYPHEN_THEN, text):
            at = match.start()
            left, right = page.word_before(at).lower(), page.word_after(match.end())
            words = page.words
            known = left in words.left or left in words.prefix
            if known and right in words.right and right not in words.function:
                reason = "a compound is written without blanks"
                yield page.edit(at + 1, at + 2, "", "orphan-hyphen", reason, 0.9)


def _is_command(page: Page, at: int) -> bool:
    """Whether other words of the line look like the options and pipes of a command."""
    line = page.line(at)
    own = re.compile(_RIGHT).match(page.text, at + 2, at + 60)
    rest = line.replace(f" -{own[0] if own else ''}", " ")
    return any(flag[1] not in page.words.particle for flag in re.finditer(_FLAG, rest))


def _right(text: str, at: int) -> str:
    match = re.compile(_RIGHT).match(text, at, at + 60)
    return match[0] if match else ""


def _compound(page: Page, left: str, right: str) -> float:
    """How sure it is that `left -right` was `left-right`; 0 if nothing speaks for it."""
    words, folded = page.words, left.lower()
    first, _, rest = right.partition("-")
    if not left or len(right) < 2:
        return 0.0
    if left.isdigit():
        return 0.93 if first in words.right else 0.0
    known_left = folded in words.prefix or folded in words.left
    if rest and first in words.joint:  # state -of-the-art, face -to-face
        return 0.95
    if right in words.particle:  # built -in; but "come in -in fact": only with verbs that take it
        return 0.93 if folded in words.verbal else 0.0
    if known_left and (first in words.right or right in words.right):
        return 0.97
    if folded in words.function or first in words.function:
        return 0.0
    if page.has(f"{left}-{right}"):
        return 0.95
    if folded in words.prefix and len(right) > 2:
        return 0.95
    if first in words.right or right in words.right:
        return 0.9
    # Fixed -pedantic warnings: an option; in a compound both words are common ones
    likely = known_left and left.islower() and len(right) > 3 and often(first) >= COMMON
    return 0.88 if likely else 0.0


# costs $ 60 more; (€ 1,200.50)
_CURRENCY = rf"[$€£¥] (?={_NUMBERS}(?![\w$]))"


def orphan_currency(page: Page) -> Iterator[Edit]:
    """Proposals for a blank between currency sign and amount, in English prose only."""
    text = page.text
    if not any(sign in text and f"{sign} " in text for sign in "$€£¥"):
        return
    for match in re.finditer(_CURRENCY, text):
        at = match.start()
        before = text[max(at - 2, 0) : at]
        prose = before[-1:] == "(" or (
            before[-1:] == " " and (before[0].isalnum() or before[0] in ",;")
        )
        if prose and page.english_at(at) and not _is_formula(page.line(at)):
            reason = "English writes the sign and the amount without a blank"
            yield page.edit(at + 1, at + 2, "", "orphan-currency", reason, 0.93)


def _is_formula(line: str) -> bool:
    r"""Whether the dollars of a line enclose TeX: $ 5 x $, $\alpha$."""
    return bool(re.search(r"\$[^$\n]{0,80}[\\^_{}=+][^$\n]{0,80}\$|\d \$(?!\d)", line))


# in 16: 9 without; a 3: 2 side ratio; at 7: 30 p.m.
_COLON = r": (?=\d)"
_TIME = r"(?i)[0-5]\d ?(?:[ap]\.?m\b|o'clock|hours?\b|[ECMP][SD]?T\b|GMT\b)"


def orphan_colons(page: Page) -> Iterator[Edit]:
    """Proposals for a blank behind the colon of a ratio, a time of day or a result."""
    if ": " not in page.text:
        return
    for match in re.finditer(_COLON, page.text):
        at = match.start()
        left, right = page.word_before(at), page.word_after(match.end())
        lead = page.text[max(at - len(left) - 20, 0) : at - len(left)]
        if not lead.endswith(" ") or not left.isdigit() or not right.isdigit():
            continue
        sure = _ratio(page, left, right, lead.split(), page.text[match.end() : match.end() + 40])
        if sure and page.free(at, match.end() + len(right)):
            reason = "a ratio, a result and a time of day are written without a blank"
            yield page.edit(at + 1, at + 2, "", "orphan-colon", reason, sure)


def _ratio(page: Page, left: str, right: str, lead: list[str], rest: str) -> float:
    follows = rest[len(right) :].lower().replace("-", " ").split()[:2]
    before = lead[-1].lower() if lead else ""
    label = not before.isalpha() or lead[-1][0].isupper()  # Chapter 16: 9 ways to
    if re.match(_TIME, rest) and int(left) < 25:
        return 0.93
    named = any(word.strip(".,;") in page.words.ratio | page.words.match for word in follows)
    known = f"{left}:{right}" in page.words.proportion
    if named and (known or not label):
        return 0.93
    return 0.9 if known and not label and before in page.words.function else 0.0


# with the 2- 1 victory; 10- 15 percent
_SCORES = (r"- (?=\d)", r" -(?=\d)")  # searched for one by one, which an engine does faster


def orphan_scores(page: Page) -> Iterator[Edit]:
    """Proposals for a blank behind the dash of a result or a range of numbers."""
    if "- " not in page.text and " -" not in page.text:
        return
    found = [match for score in _SCORES for match in re.finditer(score, page.text)]
    for match in sorted(found, key=re.Match.start):
        at = match.start()
        left, right = page.word_before(at), page.word_after(match.end())
        lead = page.text[max(at - len(left) - 30, 0) : at - len(left)]
        if not lead.endswith(" ") or not (left.isdigit() and right.isdigit()):
            continue
        blank = at + match[0].index(" ")
        follows = page.text[match.end() + len(right) :][:20].split()[:1]
        word = follows[0].strip(".,;:").lower() if follows else ""
        won = any(w.lower() in page.words.result for w in lead.split()[-4:]) and len(right) < 3
        named = word in page.words.match or (word in page.words.unit and match[0] == "- ") or won
        if named and page.free(at, match.end() + len(right)):
            reason = "a result and a range are written without a blank"
            yield page.edit(blank, blank + 1, "", "orphan-score", reason, 0.93)


def orphan_percents(page: Page) -> Iterator[Edit]:
    """Proposals for a blank before the percent sign (off unless asked for: good style in SI)."""
    if " %" not in page.text:
        return
    for match in re.finditer(r" %(?!\w)", page.text):
        at = match.start()
        if page.english_at(at) and page.word_before(at)[-1:].isdigit():
            reason = "English writes the percent sign without a blank"
            yield page.edit(at, at + 1, "", "orphan-percent", reason, 0.9)


def mixed_percents(page: Page) -> Iterator[Edit]:
    """Proposals for a blank before the percent sign that is not the custom of the text."""
    if " %" not in page.text:
        return
    edits = list(orphan_percents(page))
    if not edits or not (_tight(page.text, len(edits)) or _slips(page)):
        return
    for edit in edits:
        reason = "the text has other blanks that lost their way, or none before other percent signs"
        yield page.edit(edit.start, edit.end, "", "mixed-percent", reason, 0.9)


def _tight(text: str, loose: int) -> bool:
    """Whether more percent signs stand right behind their numbers than do not."""
    return len(re.findall(r"\d%", text)) > loose


def _slips(page: Page) -> bool:
    return any(True for find in (orphan_hyphens, orphan_currency) for _ in find(page))


# SAN FRANCISCO (Reuters) -OpenAI plans
_DATELINE = r"\) ?([-–—])(?=[A-Z“\"])"


def datelines(page: Page) -> Iterator[Edit]:
    """Proposals for the dash between agency and first word, at the beginning of a line only."""
    text = page.text
    for match in re.finditer(_DATELINE, text):
        at = match.start()
        opening = text.rfind("(", max(at - 40, 0), at)
        head = text[
            max(text.rfind("\n", max(opening - 80, 0), max(opening, 0)) + 1, opening - 80) : opening
        ]
        place = head.strip(" \r\t*_")
        agency = text[opening + 1 : at]
        if opening < 0 or agency.split(" ")[0] not in page.words.agency or not _is_place(place):
            continue
        after = f") {match[1]} "
        yield page.edit(
            at, match.end(), after, "dateline", "a dateline has blanks around its dash", 0.95
        )


def _is_place(head: str) -> bool:
    """Whether the beginning of a line may be where a report was written: empty, or SAN FRANCISCO,
    June 10.
    """
    return not head or (head[0].isupper() and len(head) < 60 and not head.endswith((".", ":")))
