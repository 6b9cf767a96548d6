"""What web pages cost: the boilerplate and artifacts stages beside ftfy and the rules of C4.

    python bench/pages.py [--pages 100] [--texts FILE.jsonl]

The pages (9 kB: menus, an article of the seeds, teasers, a foot) are made here, each with other
lines; --texts are rows with a "text" to be used instead. Prints milliseconds of CPU a page, the
least of five runs, and the ratio to `ftfy.fix_text`. Read the ratios: they hold on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import ftfy

from repair.lexicon import tables
from repair.stages.artifacts.stage import Artifacts
from repair.stages.boilerplate import triggers
from repair.stages.boilerplate.stage import Boilerplate

RUNS = 5
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
MENU, TEASERS, FOOT = 45, 30, 40  # lines


def pages(count: int) -> list[str]:
    """Pages around the articles of the seeds, of lines that differ from page to page."""
    rows = tables.rows(tables.folder() / "boilerplate" / "en.tsv", ("phrase", "kind"))
    phrases = [row.cells[0].replace("#", "12") for row in rows if "*" not in row.cells[0]]
    articles = [seed.read_text(encoding="utf-8") for seed in SEEDS]
    words = " ".join(articles).split()
    made = []
    for number in range(count):
        pick = random.Random(number)
        starts = pick.sample(range(len(words) - 12), TEASERS + FOOT)
        teasers = [" ".join(words[at : at + 4 + at % 6]).capitalize() for at in starts]
        menu, foot = pick.sample(phrases, MENU), pick.sample(phrases, FOOT)
        article = articles[number % len(articles)] + articles[(number + 1) % len(articles)]
        lines = (*menu, *teasers[FOOT:], article, "Most read", *teasers[:FOOT], *foot)
        made.append("\n".join(lines) + "\n")
    return made


def c4(text: str) -> str:
    """The lines that the rules of the C4 corpus keep."""
    kept = []
    for line in text.split("\n"):
        small = line.lower()
        ended = line.rstrip().endswith((".", "!", "?", '"'))
        policy = any(p in small for p in ("terms of use", "privacy policy", "use cookies"))
        if ended and len(line.split()) >= 3 and "javascript" not in small and not policy:
            kept.append(line)
    return "\n".join(kept)


def least(work: Callable[[str], object], texts: list[str]) -> float:
    """Milliseconds of CPU a text: for each the least of some runs, lines as new in every run."""
    best = [float("inf")] * len(texts)
    for _ in range(RUNS):
        triggers.shipped().forget()
        for i, text in enumerate(texts):
            started = time.thread_time()
            work(text)
            best[i] = min(best[i], time.thread_time() - started)
    return sum(best) / len(texts) * 1e3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--texts", type=Path)
    given = parser.parse_args()
    rows = given.texts.read_text(encoding="utf-8").splitlines() if given.texts else ()
    texts = [json.loads(row)["text"] for row in rows] or pages(given.pages)
    print(f"{len(texts)} texts of {sum(map(len, texts)) / len(texts) / 1e3:.1f} kB")
    cautious, full, artifacts = Boilerplate("cautious"), Boilerplate("full"), Artifacts()
    theirs = least(ftfy.fix_text, texts)
    for name, work in (
        ("ftfy.fix_text", ftfy.fix_text),
        ("rules of C4", c4),
        ("boilerplate, cautious", lambda text: list(cautious.propose(text))),
        ("boilerplate, full", lambda text: list(full.propose(text))),
        ("artifacts", lambda text: list(artifacts.propose(text))),
    ):
        ours = least(work, texts)
        print(f"{name}: {ours:.2f} ms, {ours / theirs:.2f} of ftfy.fix_text")


if __name__ == "__main__":
    main()
