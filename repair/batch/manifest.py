"""Remembers how far a run has come, so that a killed one goes on, and keeps two runs apart.

While a run writes into `out`, the folder `out/.repair-run/1-of-1/` (or `2-of-4/`, a shard) holds
what it runs with (`run.json`) and how many of its files are done (`checkpoint.json`, replaced as
a whole). When all shards have finished, the folder goes. Beginning again with the same settings
goes on; with others it is refused, because half of the output would be of another making.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repair.batch.sinks import sweep, write_whole
from repair.batch.sources import Source, shown
from repair.batch.summary import Tally

FOLDER = ".repair-run"


class ManifestError(ValueError):
    """Two runs that must not be mixed; the message says which, and the mend."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a run has come: so many of its sources are done, so many bytes of each account file
    are theirs, and the counts over them.
    """

    sources: int
    offsets: dict[str, int]
    tally: Tally
    finished: bool = False


class Manifest:
    """The state of one run into one folder; holds the lock on it until `close`.

    `settings` is what has to be equal for two runs to go together.
    """

    def __init__(self, out: Path, shard: tuple[int, int], settings: dict[str, Any]) -> None:
        self._out = out
        self._root = out / FOLDER
        self._shard, self._of = shard
        self._folder = self._root / f"{self._shard}-of-{self._of}"
        self._settings = settings | {"shards": self._of}
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock: int | None = _locked(self._folder / "lock", out)
        if hasattr(os, "register_at_fork"):
            # A worker that outlives a killed run for a moment must not keep its lock.
            os.register_at_fork(after_in_child=self.close)
        try:
            self._agree()
        except BaseException:
            self.close()
            raise

    def begin(self, sources: Sequence[Source]) -> Checkpoint:
        """Where to go on: after the sources that an earlier run with the same settings has done.

        What that run left half done is swept away.
        """
        if self._of == 1:
            sweep(self._out)
        write_whole(self._folder / "run.json", _json(self._settings))
        nothing = Checkpoint(0, {}, Tally())
        try:
            noted = json.loads((self._folder / "checkpoint.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return nothing
        done = int(noted["sources"])
        if noted["digest"] != _digest(sources[:done]) or done > len(sources):
            return nothing  # other documents than before: begin again
        tally = Tally.from_json(noted["tally"])
        return Checkpoint(done, noted["offsets"], tally, noted["finished"] and done == len(sources))

    def note(self, sources: Sequence[Source], at: Checkpoint) -> None:
        """Remember this much. What it speaks of has to be on the disk already."""
        noted = {
            "sources": at.sources,
            "digest": _digest(sources[: at.sources]),
            "offsets": at.offsets,
            "tally": at.tally.as_json(whole=True),
            "finished": at.finished,
        }
        write_whole(self._folder / "checkpoint.json", _json(noted))

    def end(self) -> None:
        """The run is over and whole: forget it, or, as one of several shards, wait for the rest."""
        if self._of > 1:
            (self._folder / "whole").touch()
            parts = [self._root / f"{i}-of-{self._of}" / "whole" for i in range(1, self._of + 1)]
            if not all(part.exists() for part in parts):
                return
        shutil.rmtree(self._root, ignore_errors=True)

    def close(self) -> None:
        """Give the lock back."""
        lock, self._lock = self._lock, None
        if lock is not None:
            with suppress(OSError):
                os.close(lock)

    def _agree(self) -> None:
        """Refuse to go on where a run with other settings has begun."""
        for file in sorted(self._root.glob("*/run.json")):
            try:
                theirs = json.loads(file.read_bytes())
            except (OSError, ValueError):
                continue
            other = [k for k, v in self._settings.items() if theirs.get(k) != v]
            if other:
                what = f"{other[0]}: {_brief(theirs.get(other[0]))}, now"
                raise ManifestError(
                    f"{shown(self._out)}: holds an unfinished run with other settings ({what}"
                    f" {_brief(self._settings[other[0]])}); run that one to its end,"
                    f" or begin again with --fresh"
                )


def forget(out: Path) -> None:
    """Drop the state of all runs into a folder (`--fresh`)."""
    for lock in (out / FOLDER).glob("*/lock"):
        os.close(_locked(lock, out))
    shutil.rmtree(out / FOLDER, ignore_errors=True)


def _locked(file: Path, out: Path) -> int:
    """The open lock file. Raises ManifestError while another living process has it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        import fcntl
    except ImportError:  # not on Windows
        return handle
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        who = os.read(handle, 100).decode("utf-8", "replace").strip()
        os.close(handle)
        raise ManifestError(
            f"{shown(out)}: another run is writing there ({who}); wait for it or choose another"
            " folder"
        ) from None
    os.truncate(handle, 0)
    os.write(handle, f"process {os.getpid()} on {os.uname().nodename}\n".encode())
    return handle


def _digest(sources: Sequence[Source]) -> str:
    """Tells whether these are the same files as before: by name, size and time of change."""
    from hashlib import sha256

    digest = sha256()
    for source in sources:
        changed = 0
        with suppress(OSError):
            changed = source.path.stat().st_mtime_ns if source.path else 0
        digest.update(f"{source.name}\0{source.size}\0{changed}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode() + b"\n"


def _brief(value: object) -> str:
    text = str(value)
    return text if len(text) <= 16 else text[:12] + "..."
