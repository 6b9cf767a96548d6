"""The context model: how surely each line is furniture, from its own shape and its neighbours'.

A small network: one dense layer over the features of a line, then five residual convolutions that
look 1, 2, 4, 8 and 16 lines up and down, and once at the whole page. Two sets of weights, one for
whole pages and one for what an extractor left of a page; a model trained on both is unsafe on
either. The weights are learned by tools/learn_boilerplate.py and shipped as plain numbers.
"""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import TYPE_CHECKING, Any

from repair.lexicon import tables
from repair.stages.boilerplate.page import Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = "models/boilerplate.npz"
KINDS = ("whole", "residue")
# How far up and down each layer looks, in lines.
STEPS = (1, 2, 4, 8, 16)
# After which layer the mean of the page is mixed in.
MIXED = 1

# A whole page has many lines, few of them prose, and opens with its menus. Of the development
# pages 93 % of the whole ones and 3 % of the extractors' leavings are such.
_PAGE_LINES = 30
_PAGE_PROSE = 0.35
_OPENING, _MENUS = 12, 9


class Context:
    """The weights of both kinds of text; parsed, and numpy imported, on first use."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._weights: dict[str, Floats] = {}

    def scores(self, page: Page, strong: list[bool], weak: list[bool], kind: str) -> list[float]:
        """For each unit the log-odds that it is furniture, as the training pages have it.

        `strong` and `weak` tell which units are triggers; `kind` is one of `KINDS`.
        """
        import numpy as np

        from repair.stages.boilerplate.features import Wording, features

        if not self._weights:
            with np.load(io.BytesIO(self._data)) as stored:
                self._weights = {name: stored[name] for name in stored.files}
        wording = Wording(
            *(self._weights[f"wording.{name}"] for name in ("hashes", "prose", "short"))
        )
        return network(
            self._weights, kind, features(page, np.array(strong), np.array(weak), wording)
        )


def network(weights: dict[str, Floats], kind: str, x: Floats) -> list[float]:
    """The forward pass: `x` is (units, features), the answer one log-odds a unit."""
    import numpy as np

    def of(name: str) -> Floats:
        return weights[f"{kind}.{name}"]

    n = len(x)
    h: Any = np.maximum(x @ of("w0") + of("b0"), 0)
    width = h.shape[1]
    for i, step in enumerate(STEPS):
        around = np.zeros((n, 3 * width), np.float32)
        around[step:, :width] = h[:-step]
        around[:, width : 2 * width] = h
        around[: max(n - step, 0), 2 * width :] = h[step:]
        h += np.maximum(around @ of(f"w{i + 1}") + of(f"b{i + 1}"), 0)
        if i == MIXED:
            h += np.maximum(h.mean(0) @ of("wg") + of("bg"), 0)
    scores: list[float] = (h @ of("wo") + of("bo")).tolist()
    return scores


def kind_of(page: Page) -> str:
    """Which set of weights a text calls for."""
    many = len(page) >= _PAGE_LINES
    few = len(page.anchors) <= _PAGE_PROSE * len(page)
    menus = page.prose[:_OPENING].count(False) >= _MENUS
    return "whole" if many and few and menus else "residue"


@cache
def shipped() -> Context:
    """The shipped weights. Raises DictionaryError where they are missing or damaged."""
    path = tables.folder() / FILE
    try:
        data = path.read_bytes()
        wanted = path.with_suffix(".sha256").read_text(encoding="utf-8").split()[0]
    except (OSError, IndexError) as error:
        raise tables.DictionaryError(f"{path}: cannot be read; install again") from error
    if hashlib.sha256(data).hexdigest() != wanted:
        raise tables.DictionaryError(f"{path}: does not match its checksum; install again")
    return Context(data)
