"""Writes into the wheel what is worth having compiled: a first look, and indexes of the packs."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledHook(BuildHookInterface[Any]):
    """Adds two files to `repair/dictionaries/models`, made from the packs of this tree."""

    PLUGIN_NAME = "custom"
    made: Path | None = None  # the folder of the files, while the wheel is put together

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files. An editable install reads the packs themselves and gets none."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from repair.lexicon import compiled, first_look
        from repair.lexicon.lexicon import load

        self.made = Path(tempfile.mkdtemp())
        for part in (first_look, compiled):
            file = self.made / part.place().name
            file.write_bytes(part.content(load(("auto",))))
            build_data["force_include"][str(file)] = f"repair/dictionaries/models/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the folder away; the files are in the wheel."""
        if self.made is not None:
            shutil.rmtree(self.made, ignore_errors=True)
