"""Kills a run over a corpus at random moments, again and again, and looks at what is left.

    python bench/kills.py [--kills 50] [--documents 2000] [--workers 2] [--seed 1]

At no time may a file stand under its final name that is not whole, and when the run is at last left
alone, its output, report and patch have to equal those of an undisturbed run byte for byte.
Prints one line of figures; exit status 1 if a promise was broken.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCE = "Openi has signed a multi -billion deal with Google Google Cloud, said a source . "


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        told = trial(Path(scratch), given.kills, given.documents, given.workers, given.seed)
    print(json.dumps(told))
    return 0 if told["partial"] == 0 and told["equal"] else 1


def trial(root: Path, kills: int, documents: int, workers: int, seed: int) -> dict[str, object]:
    """Kill so many runs, and tell: how many kills, how many partial files, is the end equal."""
    dice = random.Random(seed)
    make_corpus(root / "in", documents, dice)
    began = time.monotonic()
    if command(root, "whole", workers).wait():
        sys.exit("the undisturbed run failed; is the package installed?")
    whole, length = state(root, "whole"), time.monotonic() - began
    partial = done = 0
    while done < kills:
        run = command(root, "out", workers)
        try:
            run.wait(dice.uniform(0.05, 0.95) * length)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            done += 1
        else:  # it came to its end: compare, and begin anew
            if run.returncode:
                sys.exit(f"a run that was left alone ended with status {run.returncode}")
            partial += state(root, "out") != whole
            clear(root)
            continue
        partial += sum(whole.get(name) != data for name, data in state(root, "out").items())
    if command(root, "out", workers).wait():
        sys.exit("the last run failed")
    left = list(root.rglob(".repair-*"))
    return {
        "kills": done,
        "documents": documents,
        "workers": workers,
        "seconds_undisturbed": round(length, 2),
        "partial": partial,
        "equal": state(root, "out") == whole and not left,
    }


def make_corpus(folder: Path, documents: int, dice: random.Random) -> None:
    """Half of the documents as files in folders, half as rows of six JSONL files."""
    for number in range(documents // 2):
        file = folder / f"part{number % 7}" / f"{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SENTENCE * dice.randint(1, 40) + "\n")
    for part in range(6):
        rows = [
            json.dumps({"id": f"../../etc/{n}", "text": SENTENCE * dice.randint(1, 40)})
            for n in range(documents // 12)
        ]
        data = "".join(f"{row}\n" for row in rows).encode()
        packed = gzip.compress(data, mtime=0) if part % 2 else data
        (folder / f"rows{part}.jsonl{'.gz' if part % 2 else ''}").write_bytes(packed)


def command(root: Path, out: str, workers: int) -> subprocess.Popen[bytes]:
    """A run of the command line into a folder, with a report and a patch."""
    words = f"clean in --out {out} --report {out}.jsonl --patch {out}.patch --quiet"
    words += f" --stages normalize,artifacts --workers {workers}"
    repair = [sys.executable, "-m", "repair", *words.split()]
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return subprocess.Popen(repair, cwd=root, stderr=subprocess.DEVNULL, env=environment)


def state(root: Path, out: str) -> dict[str, bytes]:
    """What stands under a final name; temporary files and the state of the run have none."""
    files = [path for path in (root / out).rglob("*") if path.is_file()]
    files = [path for path in files if not any(p.startswith(".repair-") for p in path.parts)]
    found = {path.relative_to(root / out).as_posix(): path.read_bytes() for path in files}
    for account in ("jsonl", "patch"):
        path = root / f"{out}.{account}"
        if path.exists():
            found[account] = path.read_bytes().replace(f'"{out}/'.encode(), b'"OUT/')
    return found


def clear(root: Path) -> None:
    for path in [*(root / "out").rglob("*"), root / "out.jsonl", root / "out.patch"]:
        if path.is_file():
            path.unlink()


if __name__ == "__main__":
    sys.exit(main())
