"""Fits the judge of the name look-up: letter models, decoys, order of candidates, confidence.

    python tools/fit_matcher.py PAIRS.tsv[.gz] OUT_FOLDER --tables FOLDER [--avoid NAMES.txt ...]

PAIRS as for `learn_channel.py`. FOLDER holds channel tables learned with `--keep-out 20`, so that
the scores of the names used here are those of unseen names. Written are letters.npz, decoys.tsv
and matcher.json. The pairs are CC0 1.0 (Wikidata); the English words are the list that symspellpy
ships (MIT). Names in the `--avoid` files become no decoys. With `--judge` half of the kept names
are used for fitting, and the figures for the other half are printed; nothing is written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from learn_channel import kept_out, read_pairs, spelt_by_rules
from networks import fit_chance, fit_order

from repair.lexicon import align, calibrate, channel, letters
from repair.lexicon import words as language
from repair.lexicon.channel import PIVOTS
from repair.lexicon.matcher import Matcher

Array = Any
Pairs = Sequence[tuple[str, str]]
RANDOM = random.Random(1)
KEPT = 20  # percent of the names that the tables have not seen
# Dictionaries to fit on: (names, garbles asked).
SIZES = ((300, 600), *[(1_000, 1_700)] * 3, (3_000, 1_700), (10_000, 3_000))
JUDGED = ((1_000, 1_700), (1_000, 1_700), (1_000, 1_700), (10_000, 2_500))
FIRSTS = 400  # first names, used as often as their rank tells
FULL = ((1_000, 1_000), (10_000, 2_000))
# Queries without an answer for each with one: absent names, garbles of such, English words; names
# a letter or two from one that is there.
ABSENT, GARBLED, WORDS, NEAR = 0.4, 0.4, 1.0, 0.15
WORD_WEIGHT = 0.25  # there are more of them here than their number says
NEAR_WEIGHT = 0.3  # and far more of these
UNITS = {"order": 16, "one": 16, "many": 8}


class Query(NamedTuple):
    """A surface, the name it stands for (None: none), and what it counts."""

    surface: str
    answer: str | None
    weight: float


class Rows(NamedTuple):
    """What was found for queries: features, whether the first was right, weights."""

    features: list[list[float]]
    right: list[bool]
    weights: list[float]


def english() -> list[str]:
    """English words of four letters and more, the common ones first."""
    path = language._package("symspellpy")
    assert path is not None
    text = (path / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return [w for w in text.split()[::2] if w.isascii() and w.isalpha()]


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


def write_decoys(out: Path, pairs: Pairs, avoid: set[str]) -> None:
    free = [(a, b) for a, b in pairs if a not in avoid and b not in avoid and len(b) > 3]
    words = [w for w in english()[:30_000] if len(w) > 3 and w not in avoid]
    surfaces = {a: "name" for a, _ in free[:100]}
    surfaces |= {b: "garble" for _, b in free[100:200]}
    surfaces |= dict.fromkeys(RANDOM.sample(words, 100), "word")
    rows = "".join(f"{s}\t{kind}\n" for s, kind in sorted(surfaces.items()))
    (out / "decoys.tsv").write_text(f"surface\tkind\n{rows}", encoding="utf-8")


def queries(pairs: Pairs, inside: set[str], count: int, words: list[str]) -> list[Query]:
    """Garbles of the names inside, and strangers of all kinds."""
    known = [(a, b) for a, b in pairs if a in inside]
    absent = [(a, b) for a, b in pairs if a not in inside and b not in inside]
    found = [Query(b, a, 1.0) for a, b in RANDOM.sample(known, min(count, len(known)))]
    many = len(found)
    free = list(dict.fromkeys(a for a, _ in absent))
    found += [Query(a, None, 1.0) for a in RANDOM.sample(free, int(ABSENT * many))]
    found += [Query(b, None, 1.0) for _, b in RANDOM.sample(absent, int(GARBLED * many))]
    chosen = [w for w in words if w not in inside]
    common = RANDOM.sample(chosen[:5_000], min(5_000, int(WORDS / 2 * many)))
    rarer = RANDOM.sample(chosen, int(WORDS * many) - len(common))
    return found + [Query(w, None, WORD_WEIGHT) for w in (*common, *rarer)]


def neighbours(names: Pairs, inside: Sequence[str], count: int) -> Iterator[Query]:
    """Absent names that are a letter or two from one that is there."""
    from rapidfuzz import distance, process

    free = sorted({a for a, _ in names} - set(inside))
    for name in RANDOM.sample(free, min(len(free), 15 * count)):
        most = 2 if len(name) > 5 else 1
        if process.extractOne(
            name, inside, scorer=distance.Levenshtein.distance, score_cutoff=most
        ):
            yield Query(name, None, NEAR_WEIGHT)
            count -= 1
            if not count:
                return


def dictionary(names: Sequence[str], size: int, must: Sequence[str]) -> list[str]:
    """`size` names, half of them (at most) of those that must be there."""
    chosen = RANDOM.sample(must, min(size // 2, len(must) // 2))
    taken = set(chosen)
    rest = [name for name in names if name not in taken]
    return chosen + RANDOM.sample(rest, min(len(rest), size - len(chosen)))


class Asked(NamedTuple):
    """A dictionary, and what it is asked."""

    matcher: Matcher
    queries: list[Query]


def ask(unseen: Pairs, names: list[str], words: list[str], sizes: Any) -> list[Asked]:
    """Dictionaries of random names, half of them unseen ones, with queries."""
    fresh = list(dict.fromkeys(a for a, _ in unseen))
    found = []
    for size, count in sizes:
        matcher = Matcher(dictionary(names, size, fresh))
        inside = set(matcher.names)
        asked = queries(unseen, inside, count, words)
        near = neighbours(unseen, matcher.names, int(NEAR * count))
        found.append(Asked(matcher, [*asked, *near]))
    return found


def order_lists(asked: Sequence[Asked]) -> Iterator[tuple[Array, int]]:
    """For each garble with its name among the best few: their features, the place of the right."""
    for matcher, found in asked:
        pool = matcher._joined
        for query in found:
            if query.answer and len(pool.strings) >= 1_000 and (h := pool.judged(query.surface)):
                names = [pool.strings[n] for n in h.numbers]
                if query.answer in names:
                    yield h.columns, names.index(query.answer)


def rows_of(asked: Sequence[Asked]) -> dict[str, Rows]:
    """Features of the best match for all queries, by the network that will judge them."""
    found = {"one": Rows([], [], []), "many": Rows([], [], [])}
    WAITING[:] = asked
    with multiprocessing.get_context("fork").Pool(2) as workers:
        for part in workers.imap(_rows, range(len(asked))):
            for kind, rows in part.items():
                for mine, more in zip(found[kind], rows, strict=True):
                    mine.extend(more)
    return found


WAITING: list[Asked] = []  # what the workers inherit


def _rows(number: int) -> dict[str, Rows]:
    matcher, asked = WAITING[number]
    into = {"one": Rows([], [], []), "many": Rows([], [], [])}
    for query in asked:
        kind, row, matches = matcher.features(query.surface)
        if matches:
            into[kind].features.append(row)
            into[kind].right.append(matcher.names[matches[0].name] == query.answer)
            into[kind].weights.append(query.weight)
    print(f"{len(matcher.names)} names, {len(asked)} queries", flush=True)
    return into


def two_words(pairs: Pairs, count: int) -> list[tuple[str, str]]:
    """Full names and their garbles, put together from pairs of single ones; first names repeat."""
    firsts = RANDOM.sample(list(pairs), FIRSTS)
    weights = [1 / rank for rank in range(1, FIRSTS + 1)]
    lasts = RANDOM.choices(list(pairs), k=count)
    chosen = RANDOM.choices(firsts, weights, k=count)
    # A first name is the same in all its bearers, but goes another way each time.
    ways: dict[str, list[str]] = {}
    for name, garble in pairs:
        ways.setdefault(name, []).append(garble)
    return [
        (f"{a} {c}", f"{RANDOM.choice(ways[a])} {d}")
        for (a, _), (c, d) in zip(chosen, lasts, strict=True)
    ]


def relatives(inside: set[str], names: list[str], count: int) -> list[Query]:
    """Absent people who share a name with one who is there."""
    found = []
    for name in RANDOM.sample(sorted(inside), min(count // 2, len(inside))):
        first, last = name.split()
        other = RANDOM.choice(names)
        surface = f"{first} {other}" if RANDOM.random() < 0.5 else f"{other} {last}"
        found.append(Query(surface, None, 1.0))
    return found


def ask_full(unseen: Pairs, names: list[str], words: list[str], sizes: Any) -> list[Asked]:
    """The same with names of two words."""
    found = []
    for size, count in sizes:
        full = two_words(unseen, size // 2 + 4 * count)
        inside = {a for a, _ in full[: size // 2]}
        other = two_words(unseen, size)
        matcher = Matcher([*dict.fromkeys([*sorted(inside), *(a for a, _ in other)])][:size])
        pairs_of_words = [" ".join(RANDOM.sample(words, 2)) for _ in range(2 * count)]
        asked = queries(full, inside, count, pairs_of_words)
        found.append(Asked(matcher, asked + relatives(inside, names, count)))
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


def fit(asked: Sequence[Asked], full: Sequence[Asked], models: dict[str, Any]) -> None:
    """The three networks, one after the other, since each works with what came before."""
    if asked:
        models["order"] = fit_order(list(order_lists(asked)), UNITS["order"])
        use(models)
    for kind, found in rows_of([*full, *asked]).items():
        if found.features:
            table, right = np.array(found.features), np.array(found.right, float)
            models[kind] = fit_chance(table, right, np.array(found.weights), UNITS[kind])
    use(models)


def judge(asked: Sequence[Asked]) -> None:
    """Prints top-1, and recall at 95 and 99 % precision, bars set on the same queries."""
    for matcher, found in asked:
        ranked, right, garbles = [], 0, 0
        for query in found:
            best = next(iter(matcher.candidates(query.surface)), None)
            good = best is not None and best.canonical == query.answer
            garbles += query.answer is not None
            right += good
            if best and query.weight != NEAR_WEIGHT:
                ranked.append((best.confidence, good, query.weight))
        reached = {0.95: 0, 0.99: 0}
        hits = misses = 0.0
        for _, good, weight in sorted(ranked, reverse=True):
            hits, misses = (hits + 1, misses) if good else (hits, misses + weight)
            for target in reached:
                if hits >= target * (hits + misses):
                    reached[target] = int(hits)
        shares = ", ".join(f"{n / garbles:.3f} at {target}" for target, n in reached.items())
        print(f"{len(matcher.names)} names: first {right / garbles:.3f}; recall {shares}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--avoid", type=Path, nargs="*", default=())
    parser.add_argument("--judge", action="store_true", help="fit on half of them, judge the rest")
    options = parser.parse_args()
    by_language = read_pairs(options.source)
    spelt_by_rules(by_language)
    every = [(a, b) for key in sorted(by_language) for a, b, _ in by_language[key]]
    RANDOM.shuffle(every)
    if not options.judge:
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

    names = list(dict.fromkeys(a for a, _ in every))
    words = [w for w in english()[:40_000] if 4 <= len(w) <= 14]
    share = KEPT // 2 if options.judge else KEPT
    unseen = [(a, b) for a, b in every if kept_out(a, share)]
    models: dict[str, Any] = {}
    fit(ask(unseen, names, words, SIZES), ask_full(unseen, names, words, FULL), models)
    if options.judge:
        others = [(a, b) for a, b in every if kept_out(a, KEPT) and not kept_out(a, share)]
        judge([*ask(others, names, words, JUDGED), *ask_full(others, names, words, FULL)])
    else:
        save(options.out, models)


if __name__ == "__main__":
    main()
