"""Looks through a corpus for garbles and names that no pack lists yet, for a person to judge.

Three kinds of finding: a *garble*, an unknown form that sounds like a listed name; a *variant*, an
unknown form that sounds like a much more frequent unknown one; and a *name*, an unknown capitalised
form that is frequent and stands where listed names stand ("said X", "X announced"). Nothing is
added to a pack: the findings are rows of a table that a person reads, shortens and adds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from repair.lexicon import fold
from repair.lexicon.lexicon import Lexicon
from repair.lexicon.vocabulary import ordinary
from repair.text.patterns import later

COLUMNS = ("surface", "kind", "canonical", "times", "documents", "score", "slot", "contexts")
# A garble needs this calibrated confidence; set so that of the transliterated names in a small set
# of written examples four in five are found (the table is read by a person: better too many).
SURE = 0.05
SURE_OF_WORDS = 0.5  # the same for a form of ordinary words: Boing, Byron Munich
FREQUENT = 3  # times that a new name has to stand in the corpus
RARER = 3  # a variant stands at least so many times less often than the form it varies
MOST = 8_000  # unknown forms that are judged, the most frequent first
CONTEXTS, WIDTH = 3, 30  # contexts that are shown, and characters on either side

# A word, or words with capitals in a row: Cooplot, Microsoft Ezor, McCainanney
_WORD = later(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*")
_RUN = later(r"[A-Z][\w’']*(?:-\w+)*(?: (?:of the |of |the )?[A-Z][\w’']*(?:-\w+)*){0,3}")
_POSSESSIVE = later(r"['’]s?$")


class Finding(NamedTuple):
    """A row for a person: a form, what it may be, how often it stands, how sure, and where.

    `kind` is "garble", "variant" or "name"; `canonical` the listed (or more frequent) form, or "";
    `score` in [0, 1]: the chance that the canonical form is right, from the sound alone; `slot` in
    [0, 1]: the share of its places where listed names stand too.
    """

    surface: str
    kind: str
    canonical: str
    times: int
    documents: int
    score: float
    slot: float
    contexts: tuple[str, ...]


@dataclass(slots=True)
class Census:
    """What a corpus holds: the forms that nobody lists, and the places of those that are listed."""

    counts: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    contexts: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slots: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, lexicon: Lexicon) -> None:
        """Count the forms of one document."""
        seen: set[str] = set()
        for start, form in _forms(text):
            left, right = _neighbours(text, start, start + len(form))
            if form in lexicon.number:
                self.slots.update((left, right))
                continue
            if not _is_unknown(form, lexicon):
                continue
            self.counts[form] += 1
            self.places[form].update((left, right))
            shown = self.contexts.setdefault(form, [])
            if len(shown) < CONTEXTS:
                around = text[max(start - WIDTH, 0) : start + len(form) + WIDTH]
                shown.append(" ".join(around.split()))
            seen.add(form)
        self.documents.update(seen)

    def slot(self, form: str) -> float:
        """The share of the neighbours of a form that are neighbours of listed names as well."""
        places = self.places[form]
        total = sum(places.values())
        return sum(n for place, n in places.items() if self.slots[place]) / total if total else 0.0


def _forms(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text, and its runs of two to four capitalised words, with their offsets;
    possessives are cut off.
    """
    for match in _WORD.finditer(text):
        form = _POSSESSIVE.sub("", match[0])
        if 2 < len(form) <= 40:
            yield match.start(), form
    for match in _RUN.finditer(text):
        words = list(_WORD.finditer(match[0]))
        capital = [word for word in words if word[0][0].isupper()]
        for first, last in combinations(capital, 2):
            form = _POSSESSIVE.sub("", match[0][first.start() : last.end()])
            if len(form) <= 40 and form.count(" ") < 4:
                yield match.start() + first.start(), form


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """The words beside a span: ("said <", "> announced")."""
    before = text[max(start - 25, 0) : start].split()
    after = text[end : end + 25].lstrip("'’s").split()
    left, right = before[-1:] or [""], after[:1] or [""]
    return f"{left[0].lower()} <", f"> {right[0].lower().strip('.,;:')}"


def _is_unknown(form: str, lexicon: Lexicon) -> bool:
    """Whether a form may be a garble or a new name: not listed, and no word in lower case."""
    if form in lexicon.keep or lexicon.holds(form) or not form[-1].isalnum():
        return False
    return form != form.lower() or form not in ordinary()


def _is_ordinary(form: str) -> bool:
    """Whether all words of a form are ordinary ones, so that only a strong likeness counts."""
    known = ordinary()
    return all(w in known or w.removesuffix("s") in known for w in form.lower().split(" "))


def mine(texts: Iterable[str], lexicon: Lexicon) -> tuple[Finding, ...]:
    """Findings in a corpus, the surest garbles first, then variants, then names by frequency."""
    census = Census()
    for text in texts:
        census.add(text, lexicon)
    forms = [form for form, _ in census.counts.most_common(MOST)]
    garbles = _longest(dict(_garbles(forms, lexicon)), census.counts)
    variants = dict(_variants([f for f in forms if f not in garbles], census.counts))
    found = [_finding(census, f, "garble", name, sure) for f, (name, sure) in garbles.items()]
    found += [_finding(census, f, "variant", other, 0.0) for f, other in variants.items()]
    rest = (f for f in forms if f not in garbles and f not in variants and f[0].isupper())
    rest = (f for f in rest if not _is_ordinary(f))
    found += [_finding(census, f, "name", "", 0.0) for f in rest if census.counts[f] >= FREQUENT]
    order = {"garble": 0, "variant": 1, "name": 2}
    return tuple(sorted(found, key=lambda f: (order[f.kind], -f.score, -f.times, f.surface)))


def _finding(census: Census, form: str, kind: str, canonical: str, score: float) -> Finding:
    counts = census.counts[form], census.documents[form]
    contexts = tuple(census.contexts[form])
    return Finding(form, kind, canonical, *counts, score, census.slot(form), contexts)


def _garbles(forms: Iterable[str], lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, float]]]:
    """Forms that sound like a listed name, with the name and the confidence."""
    for form in forms:
        best = next(iter(lexicon.candidates(form)), None)
        enough = SURE_OF_WORDS if _is_ordinary(form) else SURE
        if best and best.confidence >= enough and fold.key(best.canonical) != fold.key(form):
            yield form, (best.canonical, best.confidence)


def _longest(
    garbles: dict[str, tuple[str, float]], counts: Mapping[str, int]
) -> dict[str, tuple[str, float]]:
    """Without the words that stand only inside a longer and surer garble: Angela Mirkel, Mirkel."""
    inside: Counter[str] = Counter()
    for form, (_, sure) in garbles.items():
        for part in form.split(" ") if " " in form else ():
            if part in garbles and garbles[part][1] <= sure:
                inside[part] += counts[form]
    return {form: best for form, best in garbles.items() if inside[form] < counts[form]}


def _variants(forms: Iterable[str], counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Forms that sound like a much more frequent unknown form, with that form."""
    common = [form for form in forms if counts[form] >= FREQUENT * RARER]
    if not common:
        return
    lexicon = Lexicon.of(common)
    for form in forms:
        best = next((c for c in lexicon.candidates(form) if c.canonical != form), None)
        if best and best.confidence >= 0.5 and counts[best.canonical] >= RARER * counts[form]:
            yield form, best.canonical


def table(findings: Iterable[Finding]) -> Iterator[str]:
    """The findings as lines of a tab-separated table, header first."""
    yield "\t".join(COLUMNS)
    for f in findings:
        contexts = " | ".join(context.replace("|", "/") for context in f.contexts)
        numbers = f"{f.times}\t{f.documents}\t{f.score:.2f}\t{f.slot:.2f}"
        yield f"{f.surface}\t{f.kind}\t{f.canonical}\t{numbers}\t{contexts}"
