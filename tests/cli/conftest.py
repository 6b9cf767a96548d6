"""The command line, run in this process: a fixture that every test of a command uses."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from repair.cli import main


class Ran(NamedTuple):
    """What a command left: exit status, stdout in bytes, stderr."""

    status: int
    out: bytes
    err: str


Run = Callable[..., Ran]


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    """Runs `repair ARGUMENTS...` in an empty folder, with `stdin` as bytes."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["repair", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", _Stdin(stdin))
        status = 0
        try:
            main.run()
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else int(left.code is not None)
        out, err = capsysbinary.readouterr()
        return Ran(status, out, err.decode())

    return run
