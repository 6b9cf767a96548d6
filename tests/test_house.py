"""The face of the package: the public names, and that they cost nothing until used."""

import pickle
import subprocess
import sys

import repair


def test_clean_leaves_good_text() -> None:
    done = repair.clean("Nothing is wrong with this sentence.\n")
    assert done.text == done.document.text
    assert done.edits == ()


def test_pipeline_is_pickled_by_its_config() -> None:
    pipeline = repair.Config(stages=("normalize",)).pipeline()
    assert pickle.loads(pickle.dumps(pipeline)) is pipeline


def test_import_is_lazy() -> None:
    code = "import sys, repair; print([m for m in sys.modules if m.startswith('repair.')])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "['repair.version']"
