"""Measures the runner: memory over a long run, 2 workers against 1, and what it costs by itself.

    python bench/corpora.py [--documents 1000000] [--stages normalize] [--parts memory,workers]

The documents are short news-like rows, a tenth of them damaged. Resident memory is that of all
processes of the run, read every half second; "grows" compares the last quarter with the second.
One JSON line a part. Times are of the clock: the ratio of workers means nothing on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = (
    "The company said on Monday that it would open a second data centre in the spring.",
    "Shares rose by three per cent after the announcement, analysts said.",
    "A spokeswoman for the ministry declined to comment on the figures.",
    "The deal, first reported last week, still needs the approval of both regulators.",
)
DAMAGED = "OpenAI has signed a multi -billion deal with Google Google Cloud, the cafÃ© said . "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--stages", default="normalize")
    parser.add_argument("--parts", default="memory,workers,runner")
    parser.add_argument("--folder", type=Path, help="scratch; else a temporary one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        corpus = Path(scratch) / "corpus.jsonl"
        make(corpus, given.documents)
        for part in given.parts.split(","):
            told = {"memory": memory, "workers": workers, "runner": runner}[part](
                corpus, given.stages
            )
            print(json.dumps({"part": part, "documents": given.documents, **told}), flush=True)


def make(corpus: Path, documents: int) -> None:
    dice = random.Random(7)
    with corpus.open("w", encoding="utf-8") as file:
        for number in range(documents):
            text = " ".join(dice.choices(SENTENCES, k=dice.randint(2, 12)))
            text = DAMAGED + text if number % 10 == 0 else text
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")


def run(corpus: Path, stages: str, count: int) -> subprocess.Popen[bytes]:
    out = corpus.parent / f"out{count}"
    words = f"clean {corpus} --out {out} --stages {stages} --workers {count} --quiet --fresh"
    return subprocess.Popen([sys.executable, "-m", "repair", *words.split()])


def memory(corpus: Path, stages: str) -> dict[str, object]:
    process = run(corpus, stages, 2)
    seen: list[float] = []
    began = time.monotonic()
    while process.poll() is None:
        seen.append(resident(process.pid))
        time.sleep(0.5)
    quarter = max(len(seen) // 4, 1)
    second, last = max(seen[quarter : 2 * quarter] or [0]), max(seen[-quarter:])
    return {
        "status": process.returncode,
        "mb": round(corpus.stat().st_size / 1e6),
        "seconds": round(time.monotonic() - began, 1),
        "most_mib": round(max(seen)),
        "second_quarter_mib": round(second),
        "last_quarter_mib": round(last),
        "grows_mib": round(last - second, 1),
    }


def resident(process: int) -> float:
    """MiB that a process and its children hold, what they share counted once (Linux)."""
    total = 0.0
    for number in [process, *children(process)]:
        try:
            rollup = Path(f"/proc/{number}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
    return total / 1024


def children(process: int) -> list[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(number) for number in told.split()]


def workers(corpus: Path, stages: str) -> dict[str, object]:
    times = {}
    for count in (1, 2):
        began = time.monotonic()
        run(corpus, stages, count).wait()
        times[count] = time.monotonic() - began
    same = (corpus.parent / "out1" / corpus.name).read_bytes() == (
        corpus.parent / "out2" / corpus.name
    ).read_bytes()
    ratio = times[1] / times[2]
    return {"seconds_1": round(times[1], 1), "seconds_2": round(times[2], 1)} | {
        "ratio": round(ratio, 2),
        "same_bytes": same,
    }


def runner(corpus: Path, stages: str) -> dict[str, object]:
    """CPU of the pipeline alone and of the whole run in one process, over the first 20,000 rows."""
    from repair.batch.corpus import Order, clean
    from repair.batch.delivery import Places
    from repair.batch.sources import Source
    from repair.batch.work import Plan
    from repair.config import Config
    from repair.text.document import Document

    config = Config(stages=tuple(stages.split(",")))
    part = corpus.parent / "part.jsonl"
    with corpus.open("rb") as file:
        lines = [file.readline() for _ in range(20_000)]
    part.write_bytes(b"".join(lines))
    texts = [json.loads(line)["text"] for line in lines if line]
    pipeline = config.pipeline()
    bare, whole = [], []
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            pipeline.repair(Document(text))
        bare.append(time.process_time() - began)
        began = time.process_time()
        source = Source(part, "part.jsonl", "part.jsonl", "jsonl")
        clean(Order((source,), Plan(config), Places(corpus.parent / "out"), fresh=True))
        whole.append(time.process_time() - began)
    size = part.stat().st_size / 1e6
    return {
        "pipeline_ms_per_mb": round(min(bare) / size * 1e3, 1),
        "runner_ms_per_mb": round((min(whole) - min(bare)) / size * 1e3, 1),
    }


if __name__ == "__main__":
    main()
