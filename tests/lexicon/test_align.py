"""Many names at once: sums over all cuttings, and names against themselves."""

from functools import cache

import numpy as np
import pytest

from repair.lexicon import align, channel

NAMES = ["openai", "azure", "qualcomm", "satyanadella", "x"]


def summed(name: str, garble: str, units: channel.Table) -> float:
    """The odds of all cuttings, slowly."""
    a, b = f"^{name}$", f"^{garble}$"

    @cache
    def rest(i: int, j: int) -> float:
        if i == len(a) and j == len(b):
            return 1.0
        total = 0.0
        for k, h in ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (2, 2)):
            weight = units.weights.get((a[i : i + k], b[j : j + h]))
            if weight is not None and i + k <= len(a) and j + h <= len(b):
                total += float(np.exp(weight)) * rest(i + k, j + h)
        return total

    return float(np.log(rest(0, 0)))


@pytest.mark.parametrize("garble", ["opnai", "kwalkwm", "satyanadila", "ezor"])
def test_a_stack_sums_all_cuttings_of_each_table(garble: str) -> None:
    tables = ("channel-arabic", "channel-devanagari")
    found = align.stack(tables).sums(align.Packed(NAMES), np.arange(len(NAMES)), garble)
    for row, table in zip(found, tables, strict=True):
        for name, value in zip(NAMES, row, strict=True):
            slow = summed(name, garble, channel.table(table))
            if slow > -40:
                assert float(value) == pytest.approx(slow, abs=0.01)


def test_a_sum_is_no_less_than_the_best_cutting() -> None:
    packed, which = align.Packed(NAMES), np.arange(len(NAMES))
    for garble in ("opnai", "asur"):
        best = packed.scores(garble, align.dense("channel-russian"))
        summed_up = align.stack(("channel-russian",)).sums(packed, which, garble)[0]
        assert (summed_up[best > -40] >= best[best > -40] - 1e-3).all()


def test_names_against_themselves() -> None:
    table = channel.table()
    own = align.Packed(NAMES).own(align.dense("channel"))
    for name, value in zip(NAMES, own, strict=True):
        assert float(value) <= channel.score(name, name, table) + 0.01
        assert float(value) > 0 or name == "x"
