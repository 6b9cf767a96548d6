"""Fits the judge of the name look-up: letter models, decoys, order of candidates, confidence.

    python tools/fit_matcher.py PAIRS.tsv[.gz] OUT_FOLDER --tables FOLDER [--avoid NAMES.txt ...]

PAIRS as for `learn_channel.py`. FOLDER holds channel tables learned with `--keep-out 20`, so that
the scores of the names used here are those of unseen names. Written are letters.npz, decoys.tsv
and matcher.json. The pairs are CC0 1.0 (Wikidata); the English words are the list that symspellpy
ships (MIT). Names in the `--avoid` files become no decoys.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from learn_channel import kept_out, read_pairs

from repair.lexicon import align, calibrate, channel
from repair.lexicon import words as language
from repair.lexicon.calibrate import LetterModel
from repair.lexicon.matcher import Matcher

Array = Any
RANDOM = random.Random(1)
SIZES = ((300, 600), (1_000, 1_200), (10_000, 1_200))  # names, queries
FIRSTS = 400  # first names, used as often as their rank tells
FULL = ((1_000, 400), (10_000, 600))
# Queries without an answer for each with one: absent names, garbles of such, English words.
ABSENT, GARBLED, WORDS = 0.3, 0.3, 0.6
WORD_WEIGHT = 0.25  # there are more of them here than their number says


class Query(NamedTuple):
    """A surface, the name it stands for (None: none), and what it counts."""

    surface: str
    answer: str | None
    weight: float


def english() -> list[str]:
    """English words of four letters and more, the common ones first."""
    path = language._package("symspellpy")
    assert path is not None
    text = (path / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return [w for w in text.split()[::2] if w.isascii() and w.isalpha()]


def write_letters(out: Path, pairs: Sequence[tuple[str, str]]) -> None:
    names = list(dict.fromkeys(name for name, _ in pairs))
    garbles = [garble for _, garble in pairs]
    models = {
        "garble": LetterModel.fit(garbles),
        "name": LetterModel.fit(names),
        "english": LetterModel.fit(english()[:40_000]),
        "flat": LetterModel.fit(garbles, order=1),
    }
    tables = {name: model.table.astype(np.float16) for name, model in models.items()}
    np.savez_compressed(out / "letters.npz", **tables)


def write_decoys(out: Path, pairs: Sequence[tuple[str, str]], avoid: set[str]) -> None:
    free = [(a, b) for a, b in pairs if a not in avoid and b not in avoid and len(b) > 3]
    words = [w for w in english()[:30_000] if len(w) > 3 and w not in avoid]
    surfaces = {a: "name" for a, _ in free[:100]}
    surfaces |= {b: "garble" for _, b in free[100:200]}
    surfaces |= dict.fromkeys(RANDOM.sample(words, 100), "word")
    rows = "".join(f"{s}\t{kind}\n" for s, kind in sorted(surfaces.items()))
    (out / "decoys.tsv").write_text(f"surface\tkind\n{rows}", encoding="utf-8")


def queries(
    pairs: Sequence[tuple[str, str]], inside: set[str], count: int, words: list[str]
) -> list[Query]:
    """Garbles of the names inside, and strangers of all kinds, shuffled."""
    known = [(a, b) for a, b in pairs if a in inside]
    absent = [(a, b) for a, b in pairs if a not in inside and b not in inside]
    found = [Query(b, a, 1.0) for a, b in RANDOM.sample(known, min(count, len(known)))]
    many = len(found)
    found += [Query(a, None, 1.0) for a, _ in RANDOM.sample(absent, int(ABSENT * many))]
    found += [Query(b, None, 1.0) for _, b in RANDOM.sample(absent, int(GARBLED * many))]
    chosen = RANDOM.sample([w for w in words if w not in inside], int(WORDS * many))
    return found + [Query(w, None, WORD_WEIGHT) for w in chosen]


def dictionary(names: Sequence[str], size: int, must: Sequence[str]) -> list[str]:
    """`size` names, half of them (at most) of those that must be there."""
    chosen = list(must[: size // 2])
    rest = [name for name in names if name not in set(chosen)]
    return chosen + RANDOM.sample(rest, min(len(rest), size - len(chosen)))


def order_rows(matcher: Matcher, asked: Sequence[Query]) -> Iterator[tuple[Array, int]]:
    """For each garble with its name among the best few: their features, the place of the right."""
    pool = matcher._joined
    for query in asked:
        head, stacked, _ = pool.tables(query.surface, 1)
        names = [pool.strings[n] for n in head]
        if query.answer in names:
            yield (
                np.array(
                    [
                        calibrate.order_features(
                            query.surface, name, [float(s) for s in stacked[:, k]], pool.own(int(n))
                        )
                        for k, (n, name) in enumerate(zip(head, names, strict=True))
                    ]
                ),
                names.index(query.answer),
            )


def fit_order(lists: Sequence[tuple[Array, int]]) -> dict[str, list[float]]:
    """Softmax over the candidates of each list, by gradient ascent with momentum."""
    joined = np.vstack([rows for rows, _ in lists])
    mean, spread = joined.mean(0), joined.std(0) + 1e-9
    scaled = [((rows - mean) / spread, right) for rows, right in lists]
    weight, speed = np.zeros(joined.shape[1]), np.zeros(joined.shape[1])
    for turn in range(300):
        gradient = -1e-4 * len(scaled) * weight
        for rows, right in scaled:
            value = rows @ weight
            chance = np.exp(value - value.max())
            gradient += rows[right] - (chance / chance.sum()) @ rows
        speed = 0.9 * speed + gradient / len(scaled)
        weight = weight + (0.3 if turn < 200 else 0.1) * speed
    return {"mean": mean.tolist(), "spread": spread.tolist(), "weight": weight.tolist()}


def fit_chance(rows: Array, right: Array, weights: Array, ridge: float = 1.0) -> dict[str, Any]:
    """Logistic regression by Newton's method; the constant comes last."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    z = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    b = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(z @ b, -30, 30)))
        curve = (z * (weights * p * (1 - p))[:, None]).T @ z + ridge * np.eye(len(b))
        b += np.linalg.solve(curve, z.T @ (weights * (right - p)) - ridge * b)
    return {"mean": mean.tolist(), "spread": spread.tolist(), "weight": b.tolist()}


def save(out: Path, models: dict[str, Any]) -> None:
    short = json.loads(json.dumps(models), parse_float=lambda s: float(f"{float(s):.5g}"))
    body = json.dumps(short, indent=0)
    about = (
        "learned by tools/fit_matcher.py from Wikidata name pairs (CC0 1.0) and the English word"
        " list of symspellpy (MIT)"
    )
    data = {"about": about, "sha256": hashlib.sha256(body.encode()).hexdigest(), "models": short}
    (out / "matcher.json").write_text(json.dumps(data, indent=0) + "\n", encoding="utf-8")
    calibrate.models.cache_clear()


def two_words(pairs: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
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


def rows_of(matcher: Matcher, asked: Sequence[Query], into: dict[str, list[Any]]) -> None:
    for query in asked:
        if found := matcher.matches(query.surface):
            kind, row = matcher.features(query.surface, found)
            right = matcher.names[found[0].name] == query.answer
            into[kind].append((row, right, query.weight))


def relatives(inside: set[str], names: list[str], count: int) -> list[Query]:
    """Absent people who share a name with one who is there."""
    found = []
    for name in RANDOM.sample(sorted(inside), min(count // 2, len(inside))):
        first, last = name.split()
        other = RANDOM.choice(names)
        surface = f"{first} {other}" if RANDOM.random() < 0.5 else f"{other} {last}"
        found.append(Query(surface, None, 1.0))
    return found


def order(
    unseen: Sequence[tuple[str, str]], names: list[str], fresh: list[str]
) -> dict[str, list[float]]:
    """The model that puts candidates in order."""
    lists = []
    for size, count in ((1_000, 500), (10_000, 1_500)):
        matcher = Matcher(dictionary(names, size, fresh))
        inside = set(matcher.names)
        asked = RANDOM.sample([p for p in unseen if p[0] in inside], count)
        lists += order_rows(matcher, [Query(b, a, 1.0) for a, b in asked])
    return fit_order(lists)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--avoid", type=Path, nargs="*", default=())
    parser.add_argument("--only-many", action="store_true", help="fit again for full names only")
    options = parser.parse_args()
    by_language = read_pairs(options.source)
    per_language = [by_language[key] for key in sorted(by_language)]
    every = [pair for own in per_language for pair in own]
    RANDOM.shuffle(every)
    models: dict[str, Any] = {}
    if options.only_many:
        models = json.loads((options.out / "matcher.json").read_text(encoding="utf-8"))["models"]
    else:
        write_letters(options.out, every)
        avoid = {n.lower() for path in options.avoid for n in path.read_text("utf-8").split()}
        write_decoys(options.out, every, avoid)

    tables = {
        path.stem: channel.Table.read(path.read_text(encoding="utf-8"))
        for path in options.tables.glob("channel*.tsv")
    }
    channel.table = tables.__getitem__  # type: ignore[assignment]
    align.dense.cache_clear()
    unseen = [(a, b) for a, b in every if kept_out(a, 20)]
    fresh = list(dict.fromkeys(a for a, _ in unseen))
    names = list(dict.fromkeys(a for a, _ in every))
    words = [w for w in english()[:40_000] if 4 <= len(w) <= 14]

    rows: dict[str, list[Any]] = {"many": []}
    if not options.only_many:
        models["order"] = order(unseen, names, fresh)
        save(options.out, models)
        rows["one"] = []
        for size, count in SIZES:
            matcher = Matcher(dictionary(names, size, fresh))
            rows_of(matcher, queries(unseen, set(matcher.names), count, words), rows)
            print(f"{size} names: {len(rows['one'])} rows", flush=True)
    for size, count in FULL:
        full = two_words(unseen, size // 2 + 4 * count)
        inside = {a for a, _ in full[: size // 2]}
        other = two_words(unseen, size)
        matcher = Matcher([*dict.fromkeys([*inside, *(a for a, _ in other)])][:size])
        pairs_of_words = [" ".join(RANDOM.sample(words, 2)) for _ in range(count)]
        asked = queries(full, inside, count, pairs_of_words) + relatives(inside, names, count)
        rows_of(matcher, asked, rows)
        print(f"{size} full names: {len(rows['many'])} rows", flush=True)
    for kind, found in rows.items():
        x = np.array([row for row, _, _ in found])
        y = np.array([float(right) for _, right, _ in found])
        models[kind] = fit_chance(x, y, np.array([weight for _, _, weight in found]))
    save(options.out, models)


if __name__ == "__main__":
    main()
