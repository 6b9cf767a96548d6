"""Learns how names change on their way through another script: the tables of the name channel.

    python tools/learn_channel.py PAIRS.tsv[.gz] OUT_FOLDER [--pairs 60000] [--keep-out 0]

PAIRS has a header and the columns name, plain, bt, language: an English name, its spelling in the
language romanised letter by letter, and the name a back-transliterator made of it (may be empty).
Written are channel.tsv (all languages) and channel-LANGUAGE.tsv (85 % that language, 15 % all).

Expectation-maximisation over all ways to cut a name and its garble into units of up to two letters
(forward-backward in numpy, eight rounds). The data behind the shipped tables are the Wikidata
pairs of github.com/steveash/NETransliteration-COLING2018 (Merhav and Ash, COLING 2018), CC0 1.0,
romanised with uroman; the tables are CC0 as well.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Pairs = Sequence[tuple[str, str]]
Array = Any  # numpy arrays; their shapes stand in the docstrings

LETTERS = "^$abcdefghijklmnopqrstuvwxyz"  # ^ and $ mark the ends of a word
BASE = len(LETTERS) + 1
CODE = {letter: number for number, letter in enumerate(LETTERS, 1)}
DEAD = BASE * BASE  # stands for a segment that would run past the end
SIZE = DEAD + 1
SHAPES = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (2, 2))  # letters of the name, of the garble
ROUNDS = 8
BATCH = 4096
DISCOUNT = 0.3  # taken from every count each round, which keeps the table sparse
FLOOR = 2e-6  # probability of a change of one letter that was never seen
PRUNE = 5e-6  # units rarer than this are dropped: halves the table, costs no accuracy
OWN = 0.85  # share of a language's own units in its table
KINDS = ("plain", "bt")
HEAD = """\
# Unit weights of the name channel{what}: letters of the name, of the garble, log-odds in nats.
# Learned by tools/learn_channel.py from {count} Wikidata name pairs (CC0 1.0) of the
# NETransliteration-COLING2018 set; this table is CC0 too. SHA-256 of the rows: {digest}
"""


def kept_out(name: str, share: int) -> bool:
    """Whether a name belongs to the `share` percent that are left for testing."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 100 < share


def read_pairs(path: Path, keep_out: int = 0) -> dict[str, list[tuple[str, str]]]:
    """Language -> (name, garble), both kinds of garble."""
    found: dict[str, list[tuple[str, str]]] = {}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        columns = next(lines).rstrip("\n").split("\t")
        for line in lines:
            row = dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
            if not kept_out(row["name"], keep_out):
                mine = found.setdefault(row["language"], [])
                mine += [(row["name"], row[kind]) for kind in KINDS if row[kind]]
    return found


def code_of(segment: str) -> int:
    """0 for nothing, 1 to 28 for a letter, from 30 on for two."""
    code = 0
    for letter in segment:
        code = code * BASE + CODE[letter]
    return code


def batches(pairs: Pairs) -> Iterator[tuple[Array, Array, Array, Array]]:
    """Letter codes of names and of garbles as (position, pair), padded with 0, and the lengths."""
    marked = sorted(((f"^{a}$", f"^{b}$") for a, b in pairs), key=lambda p: (len(p[0]), len(p[1])))
    for start in range(0, len(marked), BATCH):
        part = marked[start : start + BATCH]
        sides = []
        for side in (0, 1):
            codes = np.zeros((max(len(p[side]) for p in part), len(part)), np.int64)
            for column, pair in enumerate(part):
                codes[: len(pair[side]), column] = [CODE[c] for c in pair[side]]
            sides.append(codes)
        yield sides[0], sides[1], (sides[0] > 0).sum(0), (sides[1] > 0).sum(0)


def segments(codes: Array) -> dict[int, Array]:
    """Codes of the one- and two-letter segments starting at each position; DEAD past the end."""
    after = np.vstack([codes[1:], np.zeros((1, codes.shape[1]), np.int64)])
    return {
        0: np.zeros((1, codes.shape[1]), np.int64),
        1: np.where(codes > 0, codes, DEAD),
        2: np.where(after > 0, codes * BASE + after, DEAD),
    }


class Lattice:
    """All ways to cut the pairs of one batch into units, with the units' probabilities."""

    def __init__(self, names: Array, garbles: Array, prob: Array) -> None:
        self.width, self.height, self.pairs = len(names), len(garbles), names.shape[1]
        of_name, of_garble = segments(names), segments(garbles)
        self.codes = {
            (k, h): of_name[k][:, None, :] * SIZE + of_garble[h][None, :, :] for k, h in SHAPES
        }
        self.units = {shape: prob.ravel()[codes] for shape, codes in self.codes.items()}

    def forward(self) -> Array:
        """Sums over all cuttings of the beginnings: (letters of name, of garble, pair)."""
        unit, height = self.units, self.height
        sums = np.zeros((self.width + 3, height + 3, self.pairs))
        sums[0, 0] = 1.0
        for i in range(self.width + 1):
            for j in range(height):
                sums[i, j + 1] += sums[i, j] * unit[0, 1][0, j]
            if i < self.width:
                for k, h in ((1, 0), (1, 1), (1, 2), (2, 1), (2, 2)):
                    rows = height + 1 if h == 0 else height
                    weight = unit[k, h][i] if h else unit[k, h][i, 0]
                    sums[i + k, h : h + rows] += sums[i, :rows] * weight
        return sums

    def backward(self, end: Array) -> Array:
        """Sums over all cuttings of the rests; `end` holds what stands at the ends."""
        unit, height = self.units, self.height
        sums = end
        for i in range(self.width, -1, -1):
            if i < self.width:
                for k, h in ((1, 0), (1, 1), (1, 2), (2, 1), (2, 2)):
                    rows = height + 1 if h == 0 else height
                    weight = unit[k, h][i] if h else unit[k, h][i, 0]
                    sums[i, :rows] += weight * sums[i + k, h : h + rows]
            for j in range(height - 1, -1, -1):
                sums[i, j] += unit[0, 1][0, j] * sums[i, j + 1]
        return sums

    def add_counts(self, forward: Array, backward: Array, counts: Array) -> None:
        """Adds the expected number of each unit."""
        for k, h in SHAPES:
            rows, columns = self.width + (not k), self.height + (not h)
            after = backward[k : k + rows, h : h + columns]
            weight = forward[:rows, :columns] * self.units[k, h] * after
            codes = np.broadcast_to(self.codes[k, h], weight.shape)
            counts += np.bincount(codes.ravel(), weight.ravel(), counts.size)


def learn(pairs: Pairs, rounds: int) -> Array:
    """The joint probability of every unit: [code of the name's segment, of the garble's]."""
    prob = np.full((SIZE, SIZE), 1e-3)
    prob[DEAD, :] = prob[:, DEAD] = 0.0
    packed = list(batches(pairs))
    for turn in range(rounds):
        counts = np.zeros(SIZE * SIZE)
        for names, garbles, n, m in packed:
            lattice = Lattice(names, garbles, prob)
            forward = lattice.forward()
            here = np.arange(lattice.pairs)
            total = forward[n, m, here]
            end = np.zeros_like(forward)
            end[n, m, here] = np.divide(1.0, total, out=np.zeros_like(total), where=total > 1e-280)
            lattice.add_counts(forward, lattice.backward(end), counts)
        if turn < rounds - 1:
            counts = np.maximum(counts - DISCOUNT, 0.0)
        prob = (counts / counts.sum()).reshape(SIZE, SIZE)
        prob[prob < 1e-9] = 0.0
    return prob


def letter_logs(words: Iterable[str]) -> dict[str, float]:
    """Log-probability of each letter in marked words."""
    counts = Counter("".join(f"^{word}$" for word in words))
    total = sum(counts.values())
    return {c: float(np.log((counts[c] + 0.5) / total)) for c in LETTERS}


def weights(prob: Array, pairs: Pairs) -> dict[tuple[str, str], float]:
    """Log-odds of the units against letters that meet by chance."""
    of_names, of_garbles = letter_logs(a for a, _ in pairs), letter_logs(b for _, b in pairs)
    all_segments = ["", *LETTERS, *(a + b for a in LETTERS for b in LETTERS)]
    found = {}
    for a in all_segments:
        for b in all_segments:
            single = len(a) <= 1 and len(b) <= 1 and bool(a or b)
            p = prob[code_of(a), code_of(b)]
            if single and not set(a + b) & set("^$"):
                p = max(p, FLOOR)
            if p > 0 and (single or p >= PRUNE):
                chance = sum(of_names[c] for c in a) + sum(of_garbles[c] for c in b)
                found[a, b] = float(np.log(p)) - chance
    return found


def write(path: Path, table: dict[tuple[str, str], float], what: str, count: int) -> None:
    rows = "".join(f"{a}\t{b}\t{w:.2f}\n" for (a, b), w in sorted(table.items()))
    digest = hashlib.sha256(rows.encode()).hexdigest()
    path.write_text(HEAD.format(what=what, count=count, digest=digest) + rows, encoding="utf-8")
    print(f"{path}: {len(table)} units from {count} pairs", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=int, default=60_000, help="of all languages; own: the same")
    parser.add_argument("--keep-out", type=int, default=0, metavar="PERCENT", help="for testing")
    options = parser.parse_args()
    by_language = read_pairs(options.source, options.keep_out)
    shuffle = random.Random(2).shuffle
    pooled = [pair for language in sorted(by_language) for pair in by_language[language]]
    shuffle(pooled)
    pooled = pooled[: options.pairs]
    prob = learn(pooled, ROUNDS)
    write(options.out / "channel.tsv", weights(prob, pooled), "", len(pooled))
    for language, own in sorted(by_language.items()):
        shuffle(own)
        own = own[: options.pairs]
        mixed = OWN * learn(own, ROUNDS - 1) + (1 - OWN) * prob
        what = f" through {language}"
        write(options.out / f"channel-{language}.tsv", weights(mixed, pooled), what, len(own))


if __name__ == "__main__":
    main()
