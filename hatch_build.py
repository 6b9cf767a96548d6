"""Writes into the wheel what is only worth having compiled: the first look into the packs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FirstLookHook(BuildHookInterface[Any]):
    """Adds `repair/dictionaries/models/first_look.txt`, made from the packs of this tree."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file. An editable install reads the packs themselves and gets none."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from repair.lexicon import first_look
        from repair.lexicon.lexicon import load

        self.made = Path(tempfile.mkdtemp()) / "first_look.txt"
        self.made.write_bytes(first_look.content(load(("auto",))))
        build_data["force_include"][str(self.made)] = "repair/dictionaries/models/first_look.txt"
