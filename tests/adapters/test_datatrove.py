"""datatrove, installed and run: documents, accounts, stats, and a kill in the middle."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("datatrove")

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader

from repair.adapters.datatrove import Repair, WholeJsonlWriter, WholeParquetWriter
from repair.config import Config
from repair.version import __version__

BAD, GOOD = "a multi -billion deal", "a multi-billion deal"
CONFIG = Config(stages=("normalize", "artifacts"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for part in range(4):
        rows = [{"id": f"{part}-{n}", "text": f"{BAD} {n}", "lang": "en"} for n in range(30)]
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (tmp_path / "in" / f"{part}.jsonl").write_text(text)
    return tmp_path


def test_cleans_and_keeps_the_account(corpus: Path) -> None:
    steps = [JsonlReader(str(corpus / "in")), Repair(CONFIG), WholeJsonlWriter(str(corpus / "out"))]
    stats = LocalPipelineExecutor(steps, tasks=2, logging_dir=str(corpus / "logs")).run()
    rows = [json.loads(line) for line in _lines(corpus / "out")]
    assert len(rows) == 120
    assert {row["text"] for row in rows} == {f"{GOOD} {n}" for n in range(30)}
    meta = rows[0]["metadata"]
    assert (meta["lang"], meta["repair_version"]) == ("en", __version__)
    assert [edit["rule"] for edit in meta["repair_edits"]] == ["artifacts/orphan-hyphen"]
    told = next(step for step in stats.stats if "repair" in step.name).stats
    assert told["edits artifacts/orphan-hyphen"].total == 120


def test_parquet(corpus: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    writer = WholeParquetWriter(str(corpus / "out"))
    steps = [JsonlReader(str(corpus / "in")), Repair(CONFIG), writer]
    LocalPipelineExecutor(steps, logging_dir=str(corpus / "logs")).run()
    (file,) = (corpus / "out").iterdir()
    assert pq.read_table(file)["text"][0].as_py() == f"{GOOD} 0"


SCRIPT = """
import sys, time
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from repair.adapters.datatrove import Repair, WholeJsonlWriter
from repair.config import Config

def slowly(data, rank=0, world_size=1):
    for document in data:
        time.sleep(float(sys.argv[1]))
        yield document

if __name__ == "__main__":
    steps = [JsonlReader("in"), Repair(Config(stages=("normalize", "artifacts"))), slowly]
    steps.append(WholeJsonlWriter("out"))
    LocalPipelineExecutor(steps, tasks=4, workers=1, logging_dir="logs").run()
"""


def test_killed_and_run_again(corpus: Path) -> None:
    (corpus / "run.py").write_text(SCRIPT)
    command = [sys.executable, "run.py"]
    run = subprocess.Popen(
        [*command, "0.05"], cwd=corpus, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list(corpus.glob("logs/completions/*")):
        time.sleep(0.05)
    time.sleep(0.3)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    done = list((corpus / "out").glob("*.gz"))
    assert 1 <= len(done) < 4
    assert all(len(gzip.decompress(file.read_bytes()).splitlines()) == 30 for file in done)
    again = subprocess.run([*command, "0"], cwd=corpus, capture_output=True, text=True, check=True)
    assert "already completed" in again.stderr
    assert sorted(json.loads(line)["id"] for line in _lines(corpus / "out")) == sorted(
        f"{part}-{n}" for part in range(4) for n in range(30)
    )


def _lines(folder: Path) -> list[bytes]:
    files = sorted(folder.glob("*.jsonl.gz"))
    return [line for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
