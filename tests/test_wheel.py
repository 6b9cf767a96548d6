"""The built wheel holds the dictionaries, the type marker and nothing of anybody else's."""

from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent


def test_the_wheel_holds_the_dictionaries(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    (built,) = wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = set(ZipFile(built).namelist())
    shipped = {
        f"repair/dictionaries/{path.relative_to(ROOT / 'dictionaries').as_posix()}"
        for path in (ROOT / "dictionaries").rglob("*")
        if path.is_file()
    }
    assert shipped
    assert shipped <= names
    assert "repair/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "bench/"))]
