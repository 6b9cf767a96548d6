"""A corpus from end to end: the same bytes whoever does the work, and poison that stays alone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from repair.batch.corpus import Order, Outcome, clean
from repair.batch.delivery import Places
from repair.batch.jobs import Limits
from repair.batch.manifest import ManifestError
from repair.batch.sources import find
from repair.batch.work import Plan
from repair.config import Config
from repair.writers import writer
from tests.batch.poison import poisoned

BAD, GOOD = "a multi -billion deal", "a multi-billion deal"
CONFIG = Config(stages=("normalize", "artifacts"))


def rows(count: int, text: str = BAD) -> bytes:
    lines = [json.dumps({"id": i, "text": f"{text} {i}", "n": 1.0}) for i in range(count)]
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for number in range(70):
        (folder / "deep" / f"{number}.txt").write_text(f"{BAD} number {number}\n")
    (folder / "a.jsonl").write_bytes(rows(900))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(rows(400)))
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "odd.jsonl").write_bytes(
        b'\n{"text": 7}\n{"no": 1}\nnonsense\n{"text": "' + b'a  b"}'
    )
    return tmp_path


def run(out: str = "out", workers: int = 0, honour: object = None, **more: object) -> Outcome:
    found = find(["in"])
    limits = more.pop("limits", Limits())
    plan = Plan(
        CONFIG,
        renderers=(("jsonl", writer("jsonl")),),
        honour=honour,  # type: ignore[arg-type]
        limits=limits,  # type: ignore[arg-type]
    )
    report = Path(f"{out}.report")
    places = Places(Path(out))
    return clean(Order(found.sources, plan, places, {"jsonl": report}, workers, **more))  # type: ignore[arg-type]


def everything(out: str) -> dict[str, bytes]:
    files = {str(p.relative_to(out)): p.read_bytes() for p in Path(out).rglob("*") if p.is_file()}
    return files | {
        "report": Path(f"{out}.report").read_bytes().replace(f'"{out}/'.encode(), b'"OUT/')
    }


def test_the_same_bytes_for_any_number_of_workers(corpus: Path) -> None:
    outcome = run("out0")
    told = everything("out0")
    assert outcome.tally.documents == 70 + 900 + 400 + 4
    assert outcome.tally.failed == 3
    assert json.loads(told["a.jsonl"].splitlines()[3]) == {"id": 3, "text": f"{GOOD} 3", "n": 1.0}
    assert gzip.decompress(told["b.jsonl.gz"]) == told["a.jsonl"][: len(rows(400, GOOD))]
    assert told["odd.jsonl"].startswith(b'\n{"text": 7}\n{"no": 1}\nnonsense\n')
    for workers in (1, 2, 5):
        other = run(f"out{workers}", workers)
        assert everything(f"out{workers}") == told
        assert other.tally.as_json() == outcome.tally.as_json()
        assert other.problems == outcome.problems


def test_shards_together_are_the_whole(corpus: Path) -> None:
    run("whole")
    for shard in (3, 1, 2):
        found = find(["in"])
        clean(Order(found.sources, Plan(CONFIG), Places(Path("parts")), shard=(shard, 3)))
    whole, parts = everything("whole"), Path("parts")
    assert sorted(whole) == sorted(
        [str(p.relative_to(parts)) for p in parts.rglob("*") if p.is_file()] + ["report"]
    )
    assert all(
        (parts / name).read_bytes() == data for name, data in whole.items() if name != "report"
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_poison_stays_alone(corpus: Path, workers: int) -> None:
    words = ["ok", "DIE", "ok", "LOOP", "RAISE", "EAT", "ok"] * 2
    lines = [json.dumps({"text": f"{word} {BAD}"}) for word in words]
    (corpus / "in" / "a.jsonl").write_text("\n".join(lines))
    (corpus / "in" / "deep" / "7.txt").write_text(f"DIE {BAD}")
    limits = Limits(seconds=0.3, seconds_per_mib=0)
    outcome = run("out", workers + 1, poisoned, limits=limits)
    texts = [json.loads(line)["text"] for line in Path("out/a.jsonl").read_text().splitlines()]
    assert texts == [f"ok {GOOD}" if word == "ok" else f"{word} {BAD}" for word in words]
    assert Path("out/deep/7.txt").read_text() == f"DIE {BAD}"
    assert Path("out/deep/8.txt").read_text() == f"{GOOD} number 8\n"
    said = {p.name: p.message for p in outcome.problems}
    assert "ended its worker" in said["in/a.jsonl:2"]
    assert "took more than 0 s" in said["in/a.jsonl:4"]
    assert "KeyError" in said["in/a.jsonl:5"]
    assert "memory" in said["in/a.jsonl:6"]
    assert "ended its worker" in said["in/deep/7.txt"]


def test_a_killed_run_goes_on(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("whole")
    seen = 0

    def stop(progress: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 6:
            raise KeyboardInterrupt

    found = find(["in"])
    plan = Plan(CONFIG, renderers=(("jsonl", writer("jsonl")),))
    order = Order(found.sources, plan, Places(Path("out")), {"jsonl": Path("out.report")})
    monkeypatch.setattr("repair.batch.corpus.NOTED_EVERY", 0.0)
    with pytest.raises(KeyboardInterrupt):
        clean(order, stop)
    assert not Path("out.report").exists()
    other = Order(found.sources, Plan(Config(stages=("normalize",))), Places(Path("out")))
    with pytest.raises(ManifestError, match="unfinished run with other settings"):
        clean(other)
    outcome = clean(order)
    assert outcome.resumed == 3
    assert everything("out") == everything("whole")
    assert not list(corpus.rglob(".repair-*"))


def test_two_runs_do_not_mix(corpus: Path) -> None:
    found = find(["in"])
    order = Order(found.sources, Plan(CONFIG), Places(Path("out")))
    refused = []

    def other(progress: object) -> None:
        if not refused:
            with pytest.raises(ManifestError, match="another run is writing there"):
                clean(order)
            refused.append(True)

    clean(order, other)
    assert refused


def test_a_line_without_end_is_copied(corpus: Path) -> None:
    long = json.dumps({"text": BAD + " x" * (1 << 20)})
    (corpus / "in" / "a.jsonl").write_text(long + "\n" + json.dumps({"text": BAD}) + "\n")
    outcome = run("out", limits=Limits(mebibytes=1))
    assert Path("out/a.jsonl").read_text() == f'{long}\n{{"text": "{GOOD}"}}\n'
    assert str(outcome.problems[0]).startswith("in/a.jsonl:1: larger than 1 MiB")


def test_bombs_and_broken_archives_are_refused(corpus: Path) -> None:
    (corpus / "in" / "b.jsonl.gz").write_bytes(gzip.compress(b" " * (8 << 20)))
    (corpus / "in" / "cut.jsonl.gz").write_bytes(gzip.compress(rows(5000))[:-200])
    (corpus / "in" / "no.jsonl.gz").write_bytes(b"no archive")
    (corpus / "in" / "no.parquet").write_bytes(b"no table")
    outcome = run("out", limits=Limits(mebibytes=1))
    said = {p.name: p.message for p in outcome.problems}
    assert "decompression bomb" in said["in/b.jsonl.gz"]
    assert "ends too early" in said["in/cut.jsonl.gz"]
    assert "cannot be read" in said["in/no.jsonl.gz"]
    assert "in/no.parquet" in said
    assert sorted(p.name for p in Path("out").iterdir()) == [
        "a.jsonl",
        "deep",
        "empty.jsonl",
        "odd.jsonl",
    ]


def test_half_a_surrogate_pair_stays_alone(corpus: Path) -> None:
    lines = ['{"text": "half \\ud800 pair  ."}', json.dumps({"text": BAD})]
    (corpus / "in" / "a.jsonl").write_text("\n".join(lines))
    outcome = run("out")
    assert Path("out/a.jsonl").read_text() == f'{lines[0]}\n{{"text": "{GOOD}"}}'
    assert "half a surrogate pair" in outcome.problems[0].message


def test_ids_are_no_paths(corpus: Path) -> None:
    row = {"id": "../../etc/x", "path": "/etc/passwd", "text": BAD}
    (corpus / "in" / "a.jsonl").write_text(json.dumps(row) + "\n")
    run("out")
    assert json.loads(Path("out/a.jsonl").read_text()) == row | {"text": GOOD}
    assert sorted(p.name for p in corpus.iterdir()) == ["in", "out", "out.report"]


def test_parquet_keeps_columns_and_order(corpus: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    texts = [f"{BAD} {i}" if i % 3 else None for i in range(1000)]
    table = pa.table({"id": range(1000), "text": texts, "tag": ["x"] * 1000})
    pq.write_table(table, corpus / "in" / "t.parquet", compression="zstd")
    for workers in (0, 2):
        run(f"out{workers}", workers)
    done = pq.read_table("out0/t.parquet")
    assert done.column_names == ["id", "text", "tag", "repair_edits", "repair_version"]
    assert done["text"].to_pylist()[1] == f"{GOOD} 1"
    assert done["text"].to_pylist()[3] is None
    edit = done["repair_edits"].to_pylist()[1][0]
    assert (edit["start"], edit["before"], edit["after"]) == (7, " ", "")
    assert Path("out0/t.parquet").read_bytes() == Path("out2/t.parquet").read_bytes()


def test_zstandard(corpus: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    (corpus / "in" / "a.jsonl.zst").write_bytes(zstandard.compress(rows(50)))
    run("out")
    with zstandard.open("out/a.jsonl.zst", "rb") as file:
        assert file.read() == rows(50, GOOD)
