"""The page: one self-contained HTML file that a person would rather open than the diff.

It holds a summary with small charts that are also the facets, and each changed passage with the
edits marked in it and their reasons below. It is complete without its script, loads nothing from
anywhere, and shows text as text: markup in a document is escaped, what cannot be seen is named,
and a policy in the head allows no script but the page's own. The review in the browser is the same
page with a place to send answers to.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from importlib import resources
from typing import NamedTuple, TextIO

from repair.text.document import Repaired
from repair.text.edits import Edit
from repair.text.identity import Identity, identities
from repair.text.lines import Lines
from repair.text.records import json_text
from repair.writers.page.markup import DIALOGS, attribute, lines_shown, shortened, shown

AROUND = 90  # characters shown on either side of an edit
_CROWD = 12  # edits in one passage, at most
_LISTED = 200  # documents listed as facets
_BINS = 10  # of the confidence histogram, from 0.5 to 1


class _Item(NamedTuple):
    """An edit on the page; `number` counts over the whole page."""

    number: int
    edit: Edit
    applied: bool
    identity: Identity


@dataclass(slots=True)
class _Summary:
    documents: int = 0
    changed: int = 0
    failed: int = 0
    edits: int = 0
    suggestions: int = 0
    removed: int = 0
    added: int = 0
    left_out: int = 0
    shown: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    bins: Counter[int] = field(default_factory=Counter)
    names: list[tuple[int, str, str]] = field(default_factory=list)  # edits, anchor, name


@dataclass(frozen=True, slots=True)
class Review:
    """What makes the page one to answer on: where to send answers, and those given before.

    `api` is an address on the page's own server; `answers` maps (document, id of an edit) to the
    answer and, where it is "replace", the replacement; `only` are the edits to show, all if None.
    """

    api: str
    answers: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    only: frozenset[tuple[str, str]] | None = None


def write(
    results: Iterable[Repaired],
    out: TextIO,
    *,
    title: str = "What repair changed",
    limit: int = 10_000,
    review: Review | None = None,
) -> None:
    """Write the page. Of more than `limit` edits the first are shown and the others counted."""
    summary = _Summary()
    sections = ["".join(_section(repaired, summary, limit, review)) for repaired in results]
    style, script = _part("page.css"), _part("page.js")
    out.write(_head(title, style, script, review))
    out.writelines(_top(title, bool(review)))
    out.write('<div class="page">\n')
    out.writelines(_side(summary))
    out.write('<main id="edits">\n')
    out.writelines(sections)
    nothing = "Nothing to repair: every document is as it should be." * (not summary.shown)
    out.write(
        f'<p class="none" id="none"{" hidden" if summary.shown else ""}>'
        f"{nothing or 'No edit fits all that is chosen.'}</p>\n"
    )
    if summary.left_out:
        out.write(
            f'<p class="none">{summary.left_out:,} more edits are not on this page; the report'
            " in JSON lines has them all.</p>\n"
        )
    out.write(f"</main>\n</div>\n{DIALOGS}<script>{script}</script>\n</body>\n</html>\n")


def content_policy(script: str | None = None) -> str:
    """The content security policy: the page's own script and style, and nothing from anywhere."""
    digest = b64encode(sha256((script or _part("page.js")).encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _part(name: str) -> str:
    return resources.files("repair.writers").joinpath("page", name).read_text("utf-8")


def _head(title: str, style: str, script: str, review: Review | None) -> str:
    api = f' data-review="1" data-api="{escape(review.api)}"' if review else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(content_policy(script))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown(title)}</title>\n<style>{style}</style>\n</head>\n<body{api}>\n"
    )


def _top(title: str, reviewing: bool) -> Iterator[str]:
    yield '<div class="track"></div>\n<header class="top">'
    yield f'<h1>{shown(title)}</h1><span class="grow"></span>'
    yield '<label class="unseen" for="find">Find in the edits</label>'
    yield '<input id="find" type="search" placeholder="Find in the edits  ( / )">'
    yield '<span class="said" id="said" role="status" aria-live="polite"></span>'
    if reviewing:
        yield '<button id="accept" type="button">Accept shown</button>'
        yield '<button id="reject" type="button">Reject shown</button>'
    else:
        yield '<button id="accept" type="button" hidden></button>'
        yield '<button id="reject" type="button" hidden></button>'
    yield '<button id="sides" type="button" aria-pressed="false">Side by side</button>'
    yield '<button id="theme" type="button">Light / dark</button>'
    hidden = " hidden" if reviewing else ""
    yield f'<button id="save" type="button"{hidden}>Save answers</button>'
    yield '<button id="helped" type="button" aria-label="Keys">?</button></header>\n'


def _side(summary: _Summary) -> Iterator[str]:
    """The numbers, and the charts that are also the facets."""
    yield '<aside class="side" aria-label="Summary and facets"><h2>Summary</h2><dl class="facts">'
    facts = (
        ("documents", summary.documents),
        ("changed", summary.changed),
        ("edits", summary.edits),
        ("suggestions", summary.suggestions),
        ("chars removed", summary.removed),
        ("chars added", summary.added),
    )
    failed = (("failed", summary.failed),) if summary.failed else ()
    for name, count in (*facts, *failed):
        yield f"<div><dt>{name}</dt><dd>{count:,}</dd></div>"
    yield "</dl>\n"
    kinds = (("applied", "Applied", summary.edits), ("suggested", "Suggested", summary.suggestions))
    most = max((count for *_, count in kinds), default=0) or 1
    yield '<h2>Kind</h2><ul class="bars">'
    for value, name, count in kinds:
        yield _bar("kind", value, name, count, most, "open" if value == "suggested" else "")
    yield '</ul>\n<h2>Rule</h2><ul class="bars">'
    for rule, count in summary.rules.most_common():
        yield _bar("rule", rule, rule, count, max(summary.rules.values()))
    yield '</ul>\n<h2>Confidence</h2><div class="histogram">'
    yield from _histogram(summary.bins)
    yield '</div>\n<h2>Document</h2><ul class="bars long">'
    names = sorted(summary.names, key=lambda entry: -entry[0])
    for count, anchor, name in names[:_LISTED]:
        yield _bar("doc", anchor, name, count, names[0][0])
    yield "</ul></aside>\n"


def _bar(facet: str, value: str, name: str, count: int, most: int, kind: str = "") -> str:
    width = round(100 * count / most, 1)
    return (
        f'<li><button type="button" class="{kind}" data-facet="{facet}"'
        f' data-value="{attribute(value)}" aria-pressed="false" style="--w:{width}%">'
        f'<bdi class="name">{shown(name)}</bdi> <span class="n">{count:,}</span></button></li>'
    )


def _histogram(bins: Counter[int]) -> Iterator[str]:
    most = max(bins.values(), default=1)
    for number in range(_BINS):
        low = 0.5 + number / (2 * _BINS)
        label = f"{bins[number]:,} edits of confidence {low:.2f} to {low + 0.05:.2f}"
        tick = f"{low:.1f}" if number % 2 == 0 else ""
        yield (
            f'<button type="button" data-facet="bin" data-value="{number}" aria-pressed="false"'
            f' aria-label="{label}" title="{label}" style="--h:{round(80 * bins[number] / most)}%">'
            f"<i></i><b>{tick}&nbsp;</b></button>"
        )


def _section(
    repaired: Repaired, summary: _Summary, limit: int, review: Review | None
) -> Iterator[str]:
    """One document with all its passages, counted into the summary."""
    document = repaired.document
    summary.documents += 1
    anchor = f"d{summary.documents}"
    error = document.meta.get("error")
    if error:
        summary.failed += 1
        yield f'<section class="doc bad" id="{anchor}"><h2><bdi>{shown(document.name)}</bdi></h2>'
        yield f'<p class="failed">failed: {shown(str(error))}</p></section>\n'
        return
    items = _items(repaired, summary, limit, review.only if review else None)
    if not items:
        return
    edits = sum(item.applied for item in items)
    counts = " · ".join(
        (document.encoding, _count(edits, "edit"), _count(len(items) - edits, "suggestion"))
    )
    summary.names.append((len(items), anchor, document.name))
    yield f'<section class="doc" id="{anchor}" data-name="{attribute(document.name)}">'
    yield f"<h2><bdi>{shown(document.name)}</bdi><small>{shown(counts)}</small></h2>\n"
    lines = Lines(document.text)
    for group in _groups(items):
        yield '<article class="passage">'
        yield f'<p class="text" dir="auto">{_passage(document.text, group)}</p>'
        yield '<ul class="rows">'
        for item in group:
            key = document.name, item.identity.id
            answer = review.answers.get(key) if review else None
            yield _row(item, anchor, lines, answer or ("", ""))
        yield "</ul></article>\n"
    yield "</section>\n"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _items(
    repaired: Repaired,
    summary: _Summary,
    limit: int,
    only: frozenset[tuple[str, str]] | None,
) -> list[_Item]:
    edits, suggestions = repaired.edits, repaired.suggestions
    summary.changed += bool(edits)
    summary.edits += len(edits)
    summary.suggestions += len(suggestions)
    summary.removed += sum(len(edit.before) for edit in edits)
    summary.added += sum(len(edit.after) for edit in edits)
    both = [(edit, True) for edit in edits] + [(edit, False) for edit in suggestions]
    both.sort(key=lambda pair: pair[0].span)
    names = identities(repaired.document.text, [edit for edit, _ in both])
    items = []
    for (edit, applied), identity in zip(both, names, strict=True):
        if only is not None and (repaired.document.name, identity.id) not in only:
            continue
        summary.rules[edit.rule] += 1
        summary.bins[_bin(edit)] += 1
        if summary.shown < limit:
            summary.shown += 1
            items.append(_Item(summary.shown, edit, applied, identity))
        else:
            summary.left_out += 1
    return items


def _bin(edit: Edit) -> int:
    return max(0, min(_BINS - 1, int((edit.confidence - 0.5) * 2 * _BINS + 1e-9)))


def _groups(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Edits in a row whose surroundings would meet, so that a paragraph is shown once."""
    group: list[_Item] = []
    for item in items:
        far = group and item.edit.start - group[-1].edit.end > AROUND
        if far or len(group) == _CROWD:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _passage(text: str, group: Sequence[_Item]) -> str:
    at = _context_start(text, group[0].edit.start)
    parts = ["… " if at > 0 and text[at - 1] != "\n" else ""]
    for item in group:
        edit = item.edit
        parts.append(lines_shown(text[at : edit.start]))
        kind = "mark" if item.applied else "mark open"
        parts.append(
            f'<span class="{kind}" data-e="e{item.number}" tabindex="0"'
            f' aria-describedby="e{item.number}">'
        )
        if edit.before:
            parts.append(f"<del>{shortened(edit.before)}</del>")
        if edit.after and edit.after != edit.before:
            parts.append(f"<ins>{shortened(edit.after)}</ins>")
        parts.append("</span><br>" if edit.before.endswith("\n") else "</span>")
        at = max(at, edit.end)
    end = _context_end(text, at)
    parts.append(lines_shown(text[at:end]))
    parts.append(" …" if end < len(text) and text[end] != "\n" else "")
    return "".join(parts)


def _row(item: _Item, anchor: str, lines: Lines, answer: tuple[str, str]) -> str:
    number, edit, applied, identity = item
    where = lines.position(edit.start)
    given, replacement = answer
    was = f' data-answer="{given}" data-replacement="{attribute(replacement)}"' if given else ""
    tag = "" if applied else ' <span class="tag">suggested</span>'
    evidence = "".join(f"<li>{shown(line)}</li>" for line in edit.evidence[:8])
    percent = round(100 * edit.confidence)
    return (
        f'<li class="row" id="e{number}" tabindex="-1" data-doc="{anchor}"'
        f' data-kind="{"applied" if applied else "suggested"}" data-bin="{_bin(edit)}"'
        f' data-rule="{attribute(edit.rule)}" data-id="{identity.id}"{was}'
        f' data-record="{escape(json_text(identity.record()))}">'
        f'<span class="at">{where.line}:{where.column}</span>'
        f'<span class="rule">{shown(edit.rule)}{tag}</span>'
        f'<span class="sure" title="confidence"><i style="--w:{percent}%"></i>'
        f"{edit.confidence:.2f}</span>"
        f'<span class="why">{shown(edit.reason)}{f"<ul>{evidence}</ul>" if evidence else ""}</span>'
        "</li>"
    )


def _context_start(text: str, offset: int) -> int:
    low = max(0, offset - AROUND)
    low = max(low, text.rfind("\n", low, offset) + 1)
    if low == 0 or text[low - 1] == "\n":
        return low
    blank = text.find(" ", low, offset)
    return blank + 1 if blank >= 0 else low


def _context_end(text: str, offset: int) -> int:
    high = min(len(text), offset + AROUND)
    line_end = text.find("\n", offset, high)
    if line_end >= 0 or high == len(text):
        return line_end if line_end >= 0 else high
    blank = text.rfind(" ", offset, high)
    return blank if blank > offset else high
