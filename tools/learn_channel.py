"""Learns how names change on their way through another script: the tables of the name channel.

    python tools/learn_channel.py PAIRS.tsv[.gz] OUT_FOLDER [--pairs 60000] [--keep-out 0]

PAIRS has a header and the columns name, plain, bt, language: an English name, its spelling in the
language romanised letter by letter, and the name a back-transliterator made of it (may be empty).
Written are channel.tsv (all languages), channel-LANGUAGE.tsv (85 % that language, 15 % all) and
letter-chances.tsv (how frequent letters are).

`repair.lexicon.learn` does the learning. For Devanagari and Nastaliq the pairs are made from the
same names by the hand-written rules of spell.py. The data behind the shipped tables are the
Wikidata pairs of github.com/steveash/NETransliteration-COLING2018 (Merhav and Ash, COLING 2018),
CC0 1.0, romanised with uroman; the tables are CC0 as well.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
from pathlib import Path

from spell import SCRIPTS
from spell import pairs as spelt

from repair.lexicon.align import LETTERS
from repair.lexicon.learn import ROUNDS, Chance, Weights, learn, weights

OWN = 0.85  # share of a language's own units in its table
SPELT = 20_000  # names that are spelt by rules, for each script; as many as other pivots have
KINDS = ("plain", "bt")
HEAD = """\
# Unit weights of the name channel{what}: letters of the name, of the garble, log-odds in nats.
# Learned by tools/learn_channel.py from {count} Wikidata name pairs (CC0 1.0) of the
# NETransliteration-COLING2018 set{how}; this table is CC0 too. SHA-256 of the rows: {digest}
"""
RULES = ", spelt by the rules of tools/spellings.tsv"


def kept_out(name: str, share: int) -> bool:
    """Whether a name belongs to the `share` percent that are left for testing."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 100 < share


def read_pairs(path: Path, keep_out: int = 0) -> dict[str, list[tuple[str, str, str]]]:
    """Language -> (name, garble, kind of garble)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        columns = next(lines).rstrip("\n").split("\t")
        for line in lines:
            row = dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
            if not kept_out(row["name"], keep_out):
                mine = found.setdefault(row["language"], [])
                mine += [(row["name"], row[kind], kind) for kind in KINDS if row[kind]]
    return found


def spelt_by_rules(found: dict[str, list[tuple[str, str, str]]]) -> None:
    """Add pairs of scripts that we have only rules for, from the names that are there."""
    names = sorted({name for own in found.values() for name, _, _ in own})
    for script in SCRIPTS:
        some = sorted(random.Random(script).sample(names, min(SPELT, len(names))))
        found[script] = [(name, garble, "rules") for name, garble in spelt(some, script)]


def write(path: Path, table: Weights, what: str, count: int, how: str = "") -> None:
    rows = "".join(f"{a}\t{b}\t{w:.2f}\n" for (a, b), w in sorted(table.items()))
    digest = hashlib.sha256(rows.encode()).hexdigest()
    path.write_text(
        HEAD.format(what=what, count=count, digest=digest, how=how) + rows, encoding="utf-8"
    )
    print(f"{path}: {len(table)} units from {count} pairs", flush=True)


def write_letters(path: Path, chance: Chance) -> None:
    """What the weights were measured against; `repair dict fit` needs it."""
    rows = (f"{c}\t{chance.names[c]:.4f}\t{chance.garbles[c]:.4f}\n" for c in LETTERS)
    path.write_text("letter\tnames\tgarbles\n" + "".join(rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=int, default=60_000, help="of all languages; own: the same")
    parser.add_argument("--keep-out", type=int, default=0, metavar="PERCENT", help="for testing")
    options = parser.parse_args()
    by_language = {
        language: [(name, garble) for name, garble, _ in own]
        for language, own in read_pairs(options.source, options.keep_out).items()
    }
    shuffle = random.Random(2).shuffle
    pooled = [pair for language in sorted(by_language) for pair in by_language[language]]
    shuffle(pooled)
    pooled = pooled[: options.pairs]
    prob, chance = learn(pooled, ROUNDS), Chance.measured(pooled)
    write(options.out / "channel.tsv", weights(prob, chance), "", len(pooled))
    write_letters(options.out / "letter-chances.tsv", chance)
    every = read_pairs(options.source, options.keep_out)
    spelt_by_rules(every)
    for language, rows in sorted(every.items()):
        own = by_language.get(language) or [(name, garble) for name, garble, _ in rows]
        shuffle(own)
        own = own[: options.pairs]
        mixed = OWN * learn(own, ROUNDS - 1) + (1 - OWN) * prob
        what = f" through {language}"
        path, how = options.out / f"channel-{language}.tsv", RULES if language in SCRIPTS else ""
        write(path, weights(mixed, chance), what, len(own), how)


if __name__ == "__main__":
    main()
