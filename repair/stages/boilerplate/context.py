"""The context model: how surely each line is furniture, from its own shape and its neighbours'.

A small network: one dense layer over the features of a line, then five residual convolutions that
look 1, 2, 4, 8 and 16 lines up and down, and once at the whole page. Two sets of weights, one for
whole pages and one for what an extractor left of a page; a model trained on both is unsafe on
either. The weights are learned by tools/learn_boilerplate.py and shipped as plain numbers.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from repair.lexicon import tables
from repair.stages.boilerplate.page import Page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repair.stages.boilerplate.features import Wording

    Floats = NDArray[np.float32]

FILE = "models/boilerplate.npz"
KINDS = ("whole", "residue")
# How far up and down each layer looks, in lines.
STEPS = (1, 2, 4, 8, 16)
# After which layer the mean of the page is mixed in.
MIXED = 1

# Waking a second processor for a product of this size costs more than it saves (OpenBLAS does so
# from 262,144 multiplications on; a layer has 3,072 a line).
_ROWS = 80

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
        self._wording: Wording | None = None

    def scores(
        self, page: Page, strong: Sequence[bool], weak: Sequence[bool], kind: str
    ) -> list[float]:
        """For each unit the log-odds that it is furniture, as the training pages have it.

        `strong` and `weak` tell which units are triggers; `kind` is one of `KINDS`.
        """
        import numpy as np

        from repair.stages.boilerplate.features import Wording, features

        if not self._weights:
            with np.load(io.BytesIO(self._data)) as stored:
                self._weights = {name: stored[name] for name in stored.files}
        if not self._wording:
            names = ("hashes", "prose", "short")
            self._wording = Wording(*(self._weights[f"wording.{name}"] for name in names))
        sides = np.array((strong, weak))
        return network(self._weights, kind, features(page, sides[0], sides[1], self._wording))


def network(weights: dict[str, Floats], kind: str, x: Floats) -> list[float]:
    """The forward pass: `x` is (units, features), the answer one log-odds a unit."""
    import numpy as np

    def of(name: str) -> Floats:
        return weights[f"{kind}.{name}"]

    n = len(x)
    h: Any = _dense(x, of("w0"), of("b0"))
    width = h.shape[1]
    around = np.zeros((n, 3 * width), np.float32)
    for i, step in enumerate(STEPS):
        around[:step, :width] = 0
        around[step:, :width] = h[:-step]
        around[:, width : 2 * width] = h
        around[: max(n - step, 0), 2 * width :] = h[step:]
        around[max(n - step, 0) :, 2 * width :] = 0
        h += _dense(around, of(f"w{i + 1}"), of(f"b{i + 1}"))
        if i == MIXED:
            h += np.maximum(np.add.reduce(h, 0) / n @ of("wg") + of("bg"), 0)
    scores: list[float] = (h @ of("wo") + of("bo")).tolist()
    return scores


def _dense(x: Any, weights: Floats, bias: Floats) -> Any:
    """One layer, so many lines at a time that the library asks no second processor."""
    import numpy as np

    y = np.empty((len(x), len(bias)), np.float32)
    for at in range(0, len(x), _ROWS):
        np.matmul(x[at : at + _ROWS], weights, out=y[at : at + _ROWS])
    y += bias
    return np.maximum(y, 0, out=y)


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
    import hashlib  # dear to load, and only a page with witnesses comes here

    if hashlib.sha256(data).hexdigest() != wanted:
        raise tables.DictionaryError(f"{path}: does not match its checksum; install again")
    return Context(data)
