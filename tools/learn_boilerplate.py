"""Learns the weights of the context model of the boilerplate stage from labelled pages.

    python tools/learn_boilerplate.py BENCH --out dictionaries/models/boilerplate.npz
    python tools/learn_boilerplate.py BENCH --folds FOLDER     four folds by site, for measuring

BENCH is a folder with the benchmark's `score.py` and `data/*.jsonl.gz`: the development pages of
three public collections (scrapinghub/article-extraction-benchmark, MIT; adbar/trafilatura's
evaluation data, Apache-2.0; AndyTheFactory/article-extraction-dataset, Apache-2.0), each as two
plain-text renderings, and what nine extractors left of them. Only numbers leave this script: the
weights of a network over the shapes of lines. No text of a page enters the project.

Each text is seen as it is and, half of the time for what extractors left, once more without its
blank lines or hard-wrapped; the labelled pages twice more with the article of another page of the
fold in place of their own. A line weighs with the logarithm of its length, a line of the article
double; in what extractors left with the root of its length. The weights for what extractors left
start from those for whole pages. The weights of words are learned first, by a logistic regression
for prose and one for other lines; in training the network sees what other sites taught of them.
Needs jax.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from repair.stages.boilerplate import triggers
from repair.stages.boilerplate.blocks import found_in
from repair.stages.boilerplate.context import MIXED, STEPS
from repair.stages.boilerplate.features import Wording, Words, features, openings, said, words_of
from repair.stages.boilerplate.page import Page

WIDTH = 32
FOLDS = 4
SIZES = (32, 64, 128, 256, 512)  # lines a batch is padded to
LINES = 4096  # lines a batch
EPOCHS = {"whole": 9, "residue": 12}
RATE = {"whole": 3e-3, "residue": 1e-3}
SWAPS = 2  # copies of a labelled page with another article
KEEP = 2.0  # how much more a line of the article weighs than one of boilerplate
LEAST_SITES = 10  # sites a word has to be on for a weight of its own
RIDGE = 0.3  # the inverse of the penalty on the weights of words
NO_WORDS = Wording(np.zeros(1, np.uint32), np.zeros(1, np.float32), np.zeros(1, np.float32))
Weights = dict[str, Any]


@dataclass(slots=True)
class Example:
    """One text: features, label and weight of each unit, and its fold; its words and its lines."""

    x: np.ndarray
    letters: np.ndarray
    weight: np.ndarray
    fold: int
    residue: bool
    site: str
    words: Words
    prose: np.ndarray
    bodies: tuple[str, ...]
    y: np.ndarray


def examples(bench: Path) -> list[Example]:
    """Every text of the benchmark, and the reshaped copies."""
    spec = importlib.util.spec_from_file_location("score", bench / "score.py")
    assert spec
    assert spec.loader
    score = importlib.util.module_from_spec(spec)
    sys.modules["score"] = score
    spec.loader.exec_module(score)
    chance = random.Random(0)
    found: list[Example | None] = []
    rows = score.load(bench / "data", ("a", "b", "c", "residue"))
    for row in rows:
        found.append(example(row, score))
        if row.group != "residue" or chance.random() < 0.5:
            variant = chance.choice(("noblank", "wrapped"))
            if row.labels or variant == "noblank":
                found.append(example(score.VARIANTS[variant](row), score))
    pages = [row for row in rows if row.labels and not row.rendering.startswith("residue")]
    found += [example(row, score) for row in swapped(pages, chance)]
    return [one for one in found if one]


def fold_of(site: str) -> int:
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def swapped(rows: list[Any], chance: random.Random) -> Iterator[Any]:
    """The pages with the article of another page, and some of their furniture left out."""
    kin: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        kin.setdefault((fold_of(row.site), row.rendering), []).append(row)
    for row in rows:
        for _ in range(SWAPS):
            other = chance.choice(kin[fold_of(row.site), row.rendering])
            if other.site == row.site or "m" not in row.labels or "m" not in other.labels:
                continue
            (above, _, below), (_, within, _) = parts(row), parts(other)
            rate = chance.choice((0, 0.1, 0.3))
            lines = [
                (line, label)
                for line, label in (*above, *within, *below)
                if label == "m" or chance.random() >= rate
            ]
            text = "".join(line for line, _ in lines)
            labels = "".join(label for _, label in lines)
            yield replace(row, text=text, labels=labels, stray=())


def parts(row: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """The lines with their labels above, within and below the article."""
    lines = [line.rstrip("\n") + "\n" for line in row.text.splitlines()]
    both = list(zip(lines, row.labels, strict=True))
    first, last = row.labels.index("m"), row.labels.rindex("m") + 1
    return both[:first], both[first:last], both[last:]


def example(row: Any, score: Any) -> Example | None:
    page = Page(row.text)
    if not len(page):
        return None
    hits = found_in(page, triggers.shipped())
    strong = np.array([i in hits and not hits[i].weak for i in range(len(page))])
    weak = np.array([i in hits and hits[i].weak for i in range(len(page))])
    letters = labelled(page, row, score) if row.labels else by_strings(page, row)
    size = np.array([len(unit.body.replace(" ", "")) for unit in page.units])
    heavy = {"m": KEEP, "b": 1.0, "t": 0.5}
    residue = row.rendering.startswith("residue")
    weight = np.array([heavy.get(letter, 0.0) for letter in letters])
    weight *= np.sqrt(size) / 6 if residue else np.log1p(size) / 4
    if not row.labels:
        weight *= 2
    return Example(
        x=features(page, strong, weak, NO_WORDS),
        letters=np.array(letters),
        weight=weight.astype(np.float32),
        fold=fold_of(row.site),
        residue=residue,
        site=row.site,
        words=words_of(page),
        prose=np.array(page.prose, np.float32),
        bodies=tuple(unit.body for unit in page.units),
        y=np.array([letter == "b" for letter in letters], np.float32),
    )


def labelled(page: Page, row: Any, score: Any) -> list[str]:
    """The commonest label of the lines of each unit."""
    starts = [start for start, _, _ in score.line_spans(row.text)]
    letters = []
    for unit in page.units:
        first = bisect_right(starts, unit.start) - 1
        last = max(bisect_left(starts, unit.end), first + 1)
        seen = row.labels[first:last].replace(".", "")
        letters.append(max(set(seen), key=seen.count) if seen else ".")
    return letters


def by_strings(page: Page, row: Any) -> list[str]:
    """Labels from strings that must stay and strings that must go; most units get none."""
    wanted = [" ".join(s.split()) for s in row.wanted]
    unwanted = [" ".join(s.split()) for s in row.unwanted]
    letters = []
    for unit in page.units:
        body = " ".join(unit.body.split())
        if any(s in body or (len(body) >= 15 and body in s) for s in wanted):
            letters.append("m")
        elif any(s in body or (len(body) >= 8 and body in s) for s in unwanted):
            letters.append("b")
        else:
            letters.append(".")
    return letters


def fresh(key: Any, inputs: int) -> Weights:
    keys = jax.random.split(key, len(STEPS) + 3)
    p: Weights = {
        "w0": jax.random.normal(keys[0], (inputs, WIDTH)) * np.sqrt(2 / inputs),
        "b0": jnp.zeros(WIDTH),
        "wg": jax.random.normal(keys[1], (WIDTH, WIDTH)) * 0.1,
        "bg": jnp.zeros(WIDTH),
        "wo": jax.random.normal(keys[2], (WIDTH,)) * 0.1,
        "bo": jnp.zeros(()),
    }
    for i in range(len(STEPS)):
        size = (3, WIDTH, WIDTH)
        p[f"w{i + 1}"] = jax.random.normal(keys[i + 3], size) * np.sqrt(1 / (3 * WIDTH))
        p[f"b{i + 1}"] = jnp.zeros(WIDTH)
    return p


def scores(p: Weights, x: Any, mask: Any, key: Any) -> Any:
    """The network of repair/stages/boilerplate/context.py, with dropout."""
    keys = jax.random.split(key, len(STEPS) + 1)

    def dropped(h: Any, which: Any, rate: float) -> Any:
        return h * jax.random.bernoulli(which, 1 - rate, h.shape) / (1 - rate)

    there = mask[..., None]
    h = jax.nn.relu(dropped(x, keys[0], 0.1) @ p["w0"] + p["b0"]) * there
    for i, step in enumerate(STEPS):
        size = h.shape[1]
        up = jnp.pad(h, ((0, 0), (step, 0), (0, 0)))[:, :size]
        down = jnp.pad(h, ((0, 0), (0, step), (0, 0)))[:, step:]
        w = p[f"w{i + 1}"]
        z = up @ w[0] + h @ w[1] + down @ w[2] + p[f"b{i + 1}"]
        h = (h + dropped(jax.nn.relu(z), keys[i + 1], 0.15)) * there
        if i == MIXED:
            mean = h.sum(1) / jnp.maximum(there.sum(1), 1)
            h = (h + jax.nn.relu(mean @ p["wg"] + p["bg"])[:, None]) * there
    return h @ p["wo"] + p["bo"]


def loss(p: Weights, x: Any, mask: Any, y: Any, weight: Any, key: Any) -> Any:
    z = scores(p, x, mask, key)
    each = jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z)))
    return (each * weight).sum() / jnp.maximum(weight.sum(), 1)


@partial(jax.jit)
def step(state: Any, t: Any, rate: Any, batch: Any, key: Any) -> Any:
    """One step of Adam with decoupled weight decay."""
    p, m, v = state
    value, slope = jax.value_and_grad(loss)(p, *batch, key)
    m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, slope)
    v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, slope)
    m1, v1 = 1 - 0.9**t, 1 - 0.999**t
    p = jax.tree.map(
        lambda q, a, b: q * (1 - rate * 0.01) - rate * (a / m1) / (jnp.sqrt(b / v1) + 1e-8), p, m, v
    )
    return (p, m, v), value


def batches(data: list[Example], centre: Any, spread: Any, chance: Any) -> Iterator[Any]:
    """Texts of about one length together, padded; of a long text a random stretch."""
    groups: dict[int, list[int]] = {size: [] for size in SIZES}
    for i in chance.permutation(len(data)):
        lines = len(data[i].x)
        groups[next((size for size in SIZES if lines <= size), SIZES[-1])].append(int(i))
    parts = []
    for size, group in groups.items():
        many = max(4, LINES // size)
        parts += [(size, many, group[at : at + many]) for at in range(0, len(group), many)]
    chance.shuffle(parts)
    for size, many, part in parts:
        x = np.zeros((many, size, len(centre)), np.float32)
        mask, y, weight = (np.zeros((many, size), np.float32) for _ in range(3))
        for row, i in enumerate(part):
            one, lines = data[i], len(data[i].x)
            a = int(chance.integers(0, lines - size + 1)) if lines > size else 0
            b = min(lines, a + size)
            x[row, : b - a] = (one.x[a:b] - centre) / spread
            mask[row, : b - a], y[row, : b - a] = 1, one.y[a:b]
            weight[row, : b - a] = one.weight[a:b]
        yield x, mask, y, weight


def learn(data: list[Example], kind: str, p: Weights | None, scale: Any) -> Weights:
    chance = np.random.default_rng(0)
    key = jax.random.PRNGKey(0)
    p = p or fresh(key, data[0].x.shape[1])
    zero = jax.tree.map(jnp.zeros_like, p)
    state = (p, zero, zero)
    total = EPOCHS[kind] * sum(1 for _ in batches(data, *scale, chance))
    t = 0
    for epoch in range(EPOCHS[kind]):
        values = []
        for batch in batches(data, *scale, chance):
            t += 1
            rate = RATE[kind] * min(1, t / 50) * 0.5 * (1 + np.cos(np.pi * t / total)) + 1e-5
            key, part = jax.random.split(key)
            state, value = step(state, float(t), rate, batch, part)
            values.append(float(value))
        print(f"{kind}: pass {epoch + 1}, loss {np.mean(values):.4f}", flush=True)
    return state[0]


def wording(data: list[Example]) -> Wording:
    """The weights of words: of those on so many sites, from lines that differ."""
    share = len({one.fold for one in data}) / FOLDS
    sites: dict[str, set[int]] = {}
    lines: dict[bool, tuple[list[np.ndarray], list[bool]]] = {True: ([], []), False: ([], [])}
    seen: set[tuple[str, str]] = set()
    for one in data:
        words = openings(one.words)
        order = np.argsort(words.of, kind="stable")
        hashes = words.hashes[order]
        cut = np.searchsorted(words.of[order], np.arange(len(one.bodies) + 1))
        for i, body in enumerate(one.bodies):
            if one.letters[i] in "mbt" and (one.site, body) not in seen:
                seen.add((one.site, body))
                here = hashes[cut[i] : cut[i + 1]]
                sites.setdefault(one.site, set()).update(here.tolist())
                lines[bool(one.prose[i])][0].append(here)
                lines[bool(one.prose[i])][1].append(bool(one.letters[i] == "b"))
    every, count = np.unique(
        np.concatenate([np.array(sorted(found), np.uint32) for found in sites.values()]),
        return_counts=True,
    )
    known = every[count >= LEAST_SITES * share]
    weights = (regression(known, *lines[prose], prose) for prose in (True, False))
    return Wording(known, *weights)


def regression(
    known: np.ndarray, lines: list[np.ndarray], goes: list[bool], prose: bool
) -> np.ndarray:
    """Ridge logistic regression over the words of lines, by gradient descent (Adam)."""
    if not prose:
        lines, goes = lines[::3], goes[::3]
    size = np.array([len(line) for line in lines])
    row = np.repeat(np.arange(len(lines)), size)
    hashes = np.concatenate(lines)
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    hit = known[at] == hashes
    row, at = row[hit], at[hit]
    value = 1 / np.sqrt(np.maximum(np.bincount(row, minlength=len(lines)), 1))[row]
    y = np.array(goes, float)
    weight = np.where(y > 0, len(y) / 2 / max(y.sum(), 1), len(y) / 2 / max((1 - y).sum(), 1))
    weight = weight * (np.log1p(6 * size) if prose else 1)
    p, m, v = (np.zeros(len(known) + 1) for _ in range(3))
    for t in range(1, 251):
        z = np.bincount(row, p[at] * value, len(y)) + p[-1]
        rest = RIDGE * weight * (1 / (1 + np.exp(-z)) - y)
        slope = np.append(np.bincount(at, rest[row] * value, len(known)) + p[:-1], rest.sum())
        m, v = 0.9 * m + 0.1 * slope, 0.99 * v + 0.01 * slope**2
        p -= 0.05 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-9)
    return p[:-1].astype(np.float32)


def worded(data: list[Example]) -> tuple[list[Example], Wording]:
    """The texts with what words of other folds say of their lines, and the weights of all."""
    folds = {one.fold for one in data}
    apart = {fold: wording([one for one in data if one.fold != fold]) for fold in folds}
    found = []
    for one in data:
        x = one.x.copy()
        weights = said(one.words, apart[one.fold], one.prose, len(x))
        x[:, -2], x[:, -1] = weights * one.prose, weights * (1 - one.prose)
        found.append(replace(one, x=x))
    return found, wording(data)


def weights_of(data: list[Example]) -> dict[str, np.ndarray]:
    """The weights of all kinds, the scaling of the features folded into the first layer."""
    data, words = worded(data)
    whole = [one for one in data if not one.residue]
    every = np.concatenate([one.x for one in whole[::3]])
    centre, spread = every.mean(0), every.std(0) + 1e-3
    learned: dict[str, Weights] = {}
    learned["whole"] = learn(whole, "whole", None, (centre, spread))
    rest = [one for one in data if one.residue]
    learned["residue"] = learn(rest, "residue", dict(learned["whole"]), (centre, spread))
    stored: dict[str, np.ndarray] = {
        "wording.hashes": words.hashes,
        "wording.prose": words.prose,
        "wording.short": words.short,
    }
    for kind, p in learned.items():
        p = {name: np.asarray(value, np.float32) for name, value in p.items()}
        p["b0"] = p["b0"] - (centre / spread) @ p["w0"]
        p["w0"] = p["w0"] / spread[:, None]
        for name, value in p.items():
            flat = value.reshape(-1, WIDTH) if value.ndim == 3 else value
            stored[f"{kind}.{name}"] = flat.astype(np.float32)
    return stored


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folds", type=Path)
    args = parser.parse_args()
    data = examples(args.bench)
    print(f"{len(data)} texts, {sum(len(one.x) for one in data)} units", flush=True)
    for fold in range(FOLDS) if args.folds else ():
        stored = weights_of([one for one in data if one.fold != fold])
        np.savez(args.folds / f"{fold}.npz", **stored)
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(args.out, **weights_of(data))
        digest = hashlib.sha256(args.out.read_bytes()).hexdigest()
        args.out.with_suffix(".sha256").write_text(f"{digest}  {args.out.name}\n", "utf-8")


if __name__ == "__main__":
    main()
