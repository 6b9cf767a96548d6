"""Documents that no pipeline survives, for the tests of the runner: what a reviewer's decisions are
applied by is any function, and these do to a document what their names say.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

from repair.text.document import Repaired


def poisoned(done: Repaired) -> Repaired:
    """Acts on the word the document begins with."""
    word = done.document.text.split(" ", 1)[0]
    if word == "DIE":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "LOOP":
        while True:
            pass
    if word == "EAT":
        bytearray(1 << 40)
    if word == "RAISE":
        raise KeyError("unforeseen")
    if word == "SLOW":
        time.sleep(0.01)
    return replace(done, suggestions=())
