"""Cleans columns of texts for a framework: settings in, clean texts and their accounts out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from repair.batch.jobs import Job, Limits, Part
from repair.batch.work import Plan, Worker
from repair.config import Config
from repair.version import __version__

EDITS, VERSION = "repair_edits", "repair_version"
_log = logging.getLogger("repair")


class Cleaned(NamedTuple):
    """Clean texts, and for each the list of its edits as plain values (`start` and `end` are code
    points of the original); None stays None.
    """

    texts: list[str | None]
    edits: list[list[dict[str, Any]]]


class Cleaner:
    """Cleans texts by settings; pickled as its settings, built once in each process.

    >>> Cleaner(Config(stages=("artifacts",))).clean(["a multi -billion deal", None]).texts
    ['a multi-billion deal', None]
    """

    def __init__(
        self, config: Config | None = None, text: str = "text", limits: Limits | None = None
    ) -> None:
        self.config = config or Config()
        self.text = text
        self.limits = limits or Limits()
        self._worker: Worker | None = None

    def clean(self, texts: Sequence[str | None], names: Sequence[str] = ()) -> Cleaned:
        """Clean the texts. `names` stand in the log for documents that fail."""
        if self._worker is None:
            self._worker = Worker(Plan(self.config, limits=self.limits))
        parts = [
            # pandas writes a missing text as NaN
            Part(names[i] if names else f"document {i}", None, t if isinstance(t, str) else None)
            for i, t in enumerate(texts)
        ]
        result = self._worker.do(Job("cells", tuple(parts)))
        for problem in result.problems:
            _log.warning("%s", problem)
        return Cleaned(result.outputs, result.accounts)  # type: ignore[arg-type]

    def columns(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """A batch given as columns, with the text column cleaned and the account added."""
        done = self.clean(list(batch[self.text]))
        more = {EDITS: done.edits, VERSION: [__version__] * len(done.texts)}
        return {**batch, self.text: done.texts, **more}

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_worker": None}
