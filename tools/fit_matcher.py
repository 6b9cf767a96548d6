"""Fits the judge of the name look-up: letter models, decoys, order of candidates, confidence.

    python tools/fit_matcher.py PAIRS.tsv[.gz] PEOPLE.txt OUT_FOLDER --tables FOLDER
        [--avoid NAMES.txt ...]

PAIRS as for `learn_channel.py`; PEOPLE holds full names of the same set, one a line, whose words
are among the pairs. FOLDER holds channel tables learned with `--keep-out 50`, so that the scores of
the names used here are those of unseen names. Written are letters.npz, decoys.tsv and matcher.json.
Of the kept names 36 in 50 are fitted on, and what the judge is worth on the others, which nothing
has seen, is printed: the table in docs/names.md. The pairs and names are CC0 1.0 (Wikidata); the
English words are the list that symspellpy ships (MIT). Names in the `--avoid` files become no
decoys. The shipped decoys avoid 100,000 names that serve as dictionaries in tests.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import multiprocessing
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import queries
from learn_channel import kept_out, read_pairs, spelt_by_rules
from networks import fit_chance, fit_order
from queries import RANDOM, Asked, Crowd, Pair, Query, english, prior

from repair.lexicon import align, calibrate, channel, fold, letters
from repair.lexicon.channel import PIVOTS
from repair.lexicon.matcher import LOGIT

Array = Any
KEPT = 50  # percent of the names that the tables have not seen
FITTED = 36  # percent that are fitted on; the others are asked what it is worth
# Dictionaries to fit on: (names, garbles asked).
SIZES = ((300, 300), (1_000, 1_500), (1_000, 1_000), (3_000, 900), (10_000, 1_700))
JUDGED = ((1_000, 900), (10_000, 900))
FULL = ((700, 250), (3_000, 500), (10_000, 900))
JUDGED_FULL = ((1_000, 200), (10_000, 500))
UNITS = {"order": 16, "order-several": 12, "one": 16, "many": 10, "typo": 8}
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.995, 1.01)


class Rows(NamedTuple):
    """What was found for queries: features, whether the first was right, weights."""

    features: list[list[float]]
    right: list[bool]
    weights: list[float]


class Found(NamedTuple):
    """What was found for one query: by sound, and by slips of the finger."""

    query: Query
    kind: str
    row: list[float]
    right: bool
    typed: list[float]
    typed_right: bool


def letter_tables(by_language: dict[str, list[tuple[str, str, str]]]) -> dict[str, Array]:
    """The letter models, as they are shipped: see `repair.lexicon.letters.models`."""
    rows = [row for own in by_language.values() for row in own]
    garbles = [garble for _, garble, _ in rows]
    models = {
        "flat": letters.fit(garbles, order=1),
        "name": letters.fit(dict.fromkeys(name for name, _, _ in rows)),
        "english": letters.fit(english()[:40_000]),
        "garble": letters.fit(garbles),
        "plain": letters.fit(garble for _, garble, kind in rows if kind == "plain"),
        "back": letters.fit(garble for _, garble, kind in rows if kind == "bt"),
    }
    for pivot in PIVOTS:
        models[pivot] = letters.fit(garble for _, garble, _ in by_language[pivot])
    return letters.packed_bytes(models)


def write_decoys(out: Path, pairs: Sequence[Pair], avoid: set[str]) -> None:
    free = [(a, b) for a, b, _ in pairs if a not in avoid and b not in avoid and len(b) > 3]
    words = [w for w in english()[:30_000] if len(w) > 3 and w not in avoid]
    surfaces = {a: "name" for a, _ in free[:100]}
    surfaces |= {b: "garble" for _, b in free[100:200]}
    surfaces |= dict.fromkeys(RANDOM.sample(words, 100), "word")
    rows = "".join(f"{s}\t{kind}\n" for s, kind in sorted(surfaces.items()))
    (out / "decoys.tsv").write_text(f"surface\tkind\n{rows}", encoding="utf-8")


WAITING: list[Asked] = []  # what the workers inherit


def each(asked: Sequence[Asked], work: Any) -> Iterator[Any]:
    """The results of `work` for the numbers of what is asked, by two processes."""
    WAITING[:] = asked
    with multiprocessing.get_context("fork").Pool(2) as workers:
        yield from workers.imap(work, range(len(asked)))


def _lists(number: int) -> list[tuple[str, Array, int]]:
    """For each garble with its name among the best few: network, features, place of the right."""
    matcher, found = WAITING[number]
    lists = []
    for query in found:
        if query.answer is None or query.kind == "typed":
            continue
        words = fold.words(query.surface)
        told = matcher.prior(prior(query.told))
        if len(words) > 1:
            kind, heard = "order-several", matcher.several(words, told)
        elif len(matcher.names) >= 1_000 and " " not in "".join(matcher.names[:9]):
            kind, heard = "order", matcher.one(words[0], told)
        else:
            continue
        if heard is None:
            continue
        places = [matcher.called(int(n), len(words)) for n in heard.numbers]
        right = [at for at, names in enumerate(places) if query.answer in names]
        if right:
            lists.append((kind, heard.columns, right[0]))
    return lists


def _rows(number: int) -> list[Found]:
    """What is found for the queries of one dictionary."""
    matcher, asked = WAITING[number]
    found = []
    for query in asked:
        kind, row, matches = matcher.features(query.surface, matcher.prior(prior(query.told)))
        right = bool(matches) and matcher.names[matches[0].name] == query.answer
        typed = matcher.typed(query.surface, matches, 1.0)
        slip, more = typed if typed else (None, [])
        typed_right = slip is not None and matcher.names[slip.name] == query.answer
        found.append(Found(query, kind, row, right, more, typed_right))
    print(f"{len(matcher.names)} names, {len(asked)} queries", flush=True)
    return found


def use(models: dict[str, Any]) -> None:
    """Let the look-up work with these."""
    networks = {name: calibrate.Network.read(model) for name, model in models.items()}
    calibrate.models = lambda: networks  # type: ignore[assignment]


def save(out: Path, models: dict[str, Any]) -> None:
    short = json.loads(json.dumps(models), parse_float=lambda s: float(f"{float(s):.5g}"))
    digest = hashlib.sha256(json.dumps(short, indent=0).encode()).hexdigest()
    about = (
        "learned by tools/fit_matcher.py from Wikidata name pairs (CC0 1.0) and the English word"
        " list of symspellpy (MIT)"
    )
    data = {"about": about, "sha256": digest, "models": short}
    (out / "matcher.json").write_text(json.dumps(data) + "\n", encoding="utf-8")


def fit(asked: Sequence[Asked]) -> dict[str, Any]:
    """The networks, one after the other, since each works with what came before."""
    models: dict[str, Any] = {}
    lists: dict[str, list[tuple[Array, int]]] = defaultdict(list)
    for part in each(asked, _lists):
        for kind, columns, right in part:
            lists[kind].append((columns, right))
    for kind, mine in lists.items():
        print(f"{kind}: {len(mine)} lists", flush=True)
        models[kind] = fit_order(mine, UNITS[kind])
    use(models)
    found = [one for part in each(asked, _rows) for one in part]
    for kind in ("one", "many"):
        mine = [f for f in found if f.kind == kind and f.row and f.query.kind != "typed"]
        models[kind] = _chance([(f.row, f.right, f.query.weight) for f in mine], UNITS[kind])
    use(models)
    typed = [(with_logit(f), f.typed_right, f.query.weight) for f in found if f.typed]
    models["typo"] = _chance(typed, UNITS["typo"])
    use(models)
    return models


def _chance(rows: Sequence[tuple[list[float], bool, float]], units: int) -> dict[str, Any]:
    table, right, weights = zip(*rows, strict=True)
    return fit_chance(np.array(table), np.array(right, float), np.array(weights), units)


def with_logit(found: Found) -> list[float]:
    """The features of a slip with the log-odds that sound gives its name."""
    network = calibrate.models()[found.kind]
    row = list(found.typed)
    row[LOGIT] = float(network.values(np.array([found.row]))[0]) if found.row else calibrate.NEVER
    row[LOGIT + 2] = row[LOGIT] * row[LOGIT + 1]
    return row


class Answer(NamedTuple):
    """What a query got: confidence, whether it is right, what it counts."""

    confidence: float
    right: bool
    query: Query


def _answers(number: int) -> list[Answer]:
    matcher, found = WAITING[number]
    answers = []
    for query in found:
        best = next(iter(matcher.candidates(query.surface, prior(query.told))), None)
        right = best is not None and best.canonical == query.answer
        answers.append(Answer(best.confidence if best else 0.0, right, query))
    return answers


def judge(asked: Sequence[Asked], several: bool) -> None:
    """Prints top-1, and recall at 95 and 99 % precision, bars set on the same queries; then what a
    confidence is worth, over all queries and by their kinds.
    """
    sizes: dict[int, list[Answer]] = defaultdict(list)
    for one, answers in zip(asked, each(asked, _answers), strict=True):
        sizes[len(one.matcher.names)] += answers
    for size, answers in sizes.items():
        print(f"\n== {size} {'full ' if several else ''}names, unseen")
        for kinds, which in (("garble apart", "garbles"), ("typed", "slips")):
            mine = [a for a in answers if a.query.kind in kinds.split()]
            rest = [a for a in answers if a.query.answer is None and a.query.kind != "near"]
            _recall(which, mine, rest)
        for told in (False, True):
            mine = [a for a in answers if a.query.kind == "garble" and bool(a.query.told) == told]
            first = sum(a.right for a in mine) / max(1, len(mine))
            print(f"script {'told' if told else 'not told'}: first {first:.3f} of {len(mine)}")
        _reliability(answers)


def _recall(what: str, mine: list[Answer], rest: list[Answer]) -> None:
    reached = {0.95: 0, 0.99: 0}
    hits = misses = 0.0
    for answer in sorted(mine + rest, key=lambda a: -a.confidence):
        hits += answer.right
        misses += 0 if answer.right else answer.query.weight
        for target in reached:
            if hits >= target * (hits + misses):
                reached[target] = int(hits)
    shares = ", ".join(f"{n / len(mine):.3f} at {target}" for target, n in reached.items())
    first = sum(a.right for a in mine) / len(mine)
    print(f"{what}: first {first:.3f}; recall {shares}; {len(mine)} queries")


def _reliability(answers: list[Answer]) -> None:
    for low, high in itertools.pairwise(BINS):
        inside = [a for a in answers if low <= a.confidence < high]
        if not inside:
            continue
        weight = sum(a.query.weight for a in inside)
        mean = sum(a.confidence * a.query.weight for a in inside) / weight
        right = sum(a.right * a.query.weight for a in inside) / weight
        wrong: dict[str, int] = defaultdict(int)
        for answer in inside:
            wrong[answer.query.kind] += not answer.right
        print(f"{mean:.3f} given, {right:.3f} right, {len(inside)} queries; wrong: {dict(wrong)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("people", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--avoid", type=Path, nargs="*", default=())
    options = parser.parse_args()
    by_language = read_pairs(options.source)
    spelt_by_rules(by_language)
    every = [Pair(a, b, (key, k)) for key in sorted(by_language) for a, b, k in by_language[key]]
    RANDOM.shuffle(every)
    avoid = {n.lower() for path in options.avoid for n in path.read_text("utf-8").split()}
    write_decoys(options.out, every, avoid)
    np.savez_compressed(options.out / "letters.npz", **letter_tables(by_language))
    seen = {key: [p for p in own if not kept_out(p[0], KEPT)] for key, own in by_language.items()}
    shown = {name: table * -letters.STEP for name, table in letter_tables(seen).items()}
    letters.models = lambda: letters.of_tables(shown)  # type: ignore[assignment]
    tables = {
        path.stem: channel.Table.read(path.read_text(encoding="utf-8"))
        for path in options.tables.glob("channel*.tsv")
    }
    channel.table = tables.__getitem__  # type: ignore[assignment]
    align.dense.cache_clear()

    names = list(dict.fromkeys(pair.name for pair in every))
    words = [w for w in english()[:40_000] if 4 <= len(w) <= 14]
    unseen = [pair for pair in every if kept_out(pair.name, FITTED)]
    full = queries.ask_full(Crowd(options.people, unseen), unseen, words, FULL)
    save(options.out, fit([*full, *queries.ask(unseen, names, words, SIZES)]))
    others = [p for p in every if kept_out(p.name, KEPT) and not kept_out(p.name, FITTED)]
    judge(queries.ask(others, names, words, JUDGED), several=False)
    crowd = Crowd(options.people, others)
    judge(queries.ask_full(crowd, others, words, JUDGED_FULL), several=True)


if __name__ == "__main__":
    main()
