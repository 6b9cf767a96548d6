"""Speed as ratios: the whole pipeline beside ftfy, on text made here from the seeds.

    python bench/speed.py [--megabytes 2] [--names FILE] [--texts FILE.jsonl]

Prints CPU time, megabytes per second and the ratio to `ftfy.fix_text` on the same text, for clean
text, for the damaged seed, for the names stage alone (all packs, and a pack of a thousand names:
those of --names, one a line, or every fortieth that is shipped), and for the composition of many
edits. Read the ratios: they hold on a busy machine. --texts are rows with a "text" to be
used for clean text instead of the seed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ftfy

import repair
from repair.lexicon.lexicon import load
from repair.lexicon.pack import NAME_COLUMNS
from repair.stages.encoding.stage import Encoding
from repair.stages.names.stage import Names
from repair.text.edits import Edit, EditScript, Span
from tests.stages.test_encoding_as_ftfy import SENTENCES

TAB = "\t"
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


def kinds(megabytes: float) -> dict[str, str]:
    """One document of each kind for the encoding stage: the lines of the clean seed, the same
    with curly quotes, sentences of sixteen languages, and damaged lines.
    """
    plain = SEEDS[1].read_text(encoding="utf-8")
    ascii_only = plain.encode("ascii", "ignore").decode()
    curly = ascii_only.replace("'", "’").replace(' "', " “").replace('"', "”")
    texts = {
        "ASCII": ascii_only,
        "curly English": curly if "’" in curly else curly.replace(" the ", " the editor’s “own” "),
        "sixteen languages": "\n".join(SENTENCES),
        "damaged lines, most of them repeated": curly.encode().decode("cp1252", "replace"),
    }
    return {
        name: "\n".join(
            f"{number}\n\n{text}" for number in range(int(megabytes * 1e6 / len(text)) + 1)
        )
        for name, text in texts.items()
    }


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


def thousand(folder: Path, names: Path | None) -> str:
    """The path of a pack of a thousand names."""
    every = names.read_text(encoding="utf-8").split("\n") if names else load().names[::40]
    found = sorted({name.strip() for name in every if name.strip()})[:1000]
    rows = ["\t".join(NAME_COLUMNS), *(f"{name}{TAB * (len(NAME_COLUMNS) - 1)}" for name in found)]
    (folder / "names.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(folder)


def warm(stage: Names, texts: list[str]) -> float:
    """CPU seconds of a names stage over texts whose words it has met."""
    for text in texts:
        stage.propose(text)
    return cost(lambda: [stage.propose(text) for text in texts])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--texts", type=Path)
    given = parser.parse_args()
    size = given.megabytes
    cleaner = repair.Config().pipeline()
    cleaner.repair(
        repair.Document(SEEDS[0].read_text(encoding="utf-8"))
    )  # load what is loaded once
    clean = documents(SEEDS[1], size)
    if given.texts:
        rows = given.texts.read_text(encoding="utf-8").splitlines()
        clean = [json.loads(row)["text"] for row in rows]
    for name, texts in (("clean text", clean), ("damaged text", documents(SEEDS[0], size))):
        ours = cost(lambda texts=texts: [cleaner.repair(repair.Document(t)) for t in texts])
        theirs = cost(lambda texts=texts: [ftfy.fix_text(t) for t in texts])
        rate = sum(map(len, texts)) / 1e6 / ours
        print(f"{name}: {rate:.1f} MB/s, {theirs / ours:.1f} times ftfy.fix_text")
    theirs = cost(lambda: [ftfy.fix_text(text) for text in clean])
    tokens = sum(len(text.split()) for text in clean)
    with tempfile.TemporaryDirectory() as folder:
        few = Names((thousand(Path(folder), given.names),), least=0.5)
    for name, stage in (("all packs", Names(least=0.5)), ("a thousand names", few)):
        ours = warm(stage, clean)
        rate = f"{sum(map(len, clean)) / 1e6 / ours:.1f} MB/s, {tokens / 1e6 / ours:.2f} M tokens/s"
        print(f"names, {name}: {rate}, {theirs / ours:.1f} times ftfy.fix_text")
    for name, text in kinds(size).items():
        ours = cost(lambda text=text: list(Encoding().propose(text)))  # new: it remembers no line
        theirs = cost(lambda text=text: ftfy.fix_text(text))
        rate = len(text.encode()) / 1e6 / ours
        print(f"encoding, {name}: {rate:.1f} MB/s, {theirs / ours:.1f} times ftfy.fix_text")
    first, second = many_edits(38_000)
    print(f"composition of 38,000 hunks: {cost(lambda: first.then(second)):.2f} s")


if __name__ == "__main__":
    main()
