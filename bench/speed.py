"""Speed as ratios: the whole pipeline beside ftfy, on text made here from the seeds.

    python bench/speed.py [--megabytes 2]

Prints CPU time, megabytes per second and the ratio to `ftfy.fix_text` on the same text, for clean
text, for the damaged seed, and for the composition of many edits. Read the ratios: they hold on a
busy machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import ftfy

import repair
from repair.text.edits import Edit, EditScript, Span

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def cost(work: Callable[[], object]) -> float:
    """The least CPU seconds of three runs."""
    times = []
    for _ in range(3):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def documents(seed: Path, megabytes: float) -> list[str]:
    """The seed again and again, each copy a document of its own."""
    text = seed.read_text(encoding="utf-8")
    return [f"{number}\n\n{text}" for number in range(int(megabytes * 1e6 / len(text)) + 1)]


def many_edits(count: int) -> tuple[EditScript, EditScript]:
    """Two scripts of `count` hunks each, every second one touching its neighbour of the other
    script.
    """
    first = [Edit(Span(k * 27, k * 27 + 3), "abc", "AB", "a/b", "made", 1.0) for k in range(count)]
    second = [
        Edit(Span(k * 26 + 1 + k % 2 * 9, k * 26 + 3 + k % 2 * 9), "xx", "y", "a/c", "made", 1.0)
        for k in range(count)
    ]
    return EditScript.of(first), EditScript.of(second)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=1.0)
    size = parser.parse_args().megabytes
    cleaner = repair.Config().pipeline()
    cleaner.repair(
        repair.Document(SEEDS[0].read_text(encoding="utf-8"))
    )  # load what is loaded once
    for name, seed in (("clean text", SEEDS[1]), ("damaged text", SEEDS[0])):
        texts = documents(seed, size)
        ours = cost(lambda texts=texts: [cleaner.repair(repair.Document(t)) for t in texts])
        theirs = cost(lambda texts=texts: [ftfy.fix_text(t) for t in texts])
        rate = sum(map(len, texts)) / 1e6 / ours
        print(f"{name}: {rate:.1f} MB/s, {theirs / ours:.1f} times ftfy.fix_text")
    first, second = many_edits(38_000)
    print(f"composition of 38,000 hunks: {cost(lambda: first.then(second)):.2f} s")


if __name__ == "__main__":
    main()
