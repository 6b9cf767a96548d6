"""The seeds, cleaned by the README's own command, are the golden documents; and back again.

`python -m pytest tests/test_documents.py --rewrite` writes the golden files anew: review them as a
diff.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repair.config import Config
from repair.text.decode import decode
from tests.laws import check_laws, check_repaired

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "documents"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def readme_command() -> list[str]:
    """The `repair clean seeds ...` of the README's first command."""
    block = (ROOT / "README.md").read_text(encoding="utf-8").split("<!-- demonstration -->")[1]
    found = re.search(r"repair (clean seeds [^\n&]*)", block)
    assert found
    return [sys.executable, "-m", "repair", *shlex.split(found[1])]


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the README's command was run."""
    place = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "seeds", place / "seeds")
    done = subprocess.run(readme_command(), cwd=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return place


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_golden(seed: Path, cleaned: Path, rewrite: bool) -> None:
    golden = GOLDEN / seed.stem
    records = [
        line
        for line in (cleaned / "cleaned.jsonl").read_text(encoding="utf-8").splitlines()
        if json.loads(line)["document"] == f"seeds/{seed.name}"
    ]
    made = {
        "repaired.txt": (cleaned / "cleaned" / seed.name).read_bytes(),
        "report.jsonl": "".join(line + "\n" for line in records).encode(),
    }
    for name, content in made.items():
        if rewrite:
            golden.mkdir(parents=True, exist_ok=True)
            (golden / name).write_bytes(content)
        assert (golden / name).read_bytes() == content, f"{name}: see --rewrite"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_a_seed_obeys_the_laws(seed: Path) -> None:
    raw = seed.read_bytes()
    done = check_laws(Config().pipeline(), decode(raw).text)
    check_repaired(done)
    check_repaired(Config().pipeline().repair(decode(raw)), raw)


def test_the_seeds_come_back(cleaned: Path) -> None:
    command = [sys.executable, "-m", "repair", "revert", "cleaned", "--report", "cleaned.jsonl"]
    done = subprocess.run([*command, "--out", "back"], cwd=cleaned, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for seed in SEEDS:
        (back,) = (cleaned / "back").rglob(seed.name)
        assert back.read_bytes() == seed.read_bytes()


def test_the_patch_applies(cleaned: Path) -> None:
    for step in (["init", "-q"], ["add", "seeds"], ["apply", "cleaned.patch"]):
        subprocess.run(["git", *step], cwd=cleaned, check=True, capture_output=True)
    for seed in SEEDS:
        result = (cleaned / "seeds" / seed.name).read_bytes()
        assert result == (cleaned / "cleaned" / seed.name).read_bytes()
