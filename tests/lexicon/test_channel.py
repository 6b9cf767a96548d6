"""The channel: cheap changes, dear changes, and two aligners that agree."""

import numpy as np
import pytest

from repair.lexicon import align, channel


def test_a_garble_scores_above_a_stranger() -> None:
    table = channel.table()
    assert channel.score("copilot", "cooplot", table) > 10
    assert channel.score("copilot", "garden", table) < 0


def test_path_adds_up_to_the_score() -> None:
    table = channel.table()
    units = channel.path("benzema", "banzima", table)
    assert "".join(name for name, _, _ in units) == "^benzema$"
    assert sum(w for _, _, w in units) == pytest.approx(channel.score("benzema", "banzima", table))


@pytest.mark.parametrize("garble", ["openi", "ezor", "kwalkom", "x", "satianadila"])
def test_numpy_and_plain_python_agree(garble: str) -> None:
    names = ["openai", "azure", "qualcomm", "satyanadella", "xiaomi", "nvidia"]
    table = channel.table()
    many = align.Packed(names).scores(garble, align.dense("channel"))
    for name, value in zip(names, many, strict=True):
        plain = channel.score(name, garble, table)
        if abs(len(name) - len(garble)) <= 3 and plain > -100:
            assert float(value) == pytest.approx(plain, abs=0.01)


def test_nothing_is_long() -> None:
    assert channel.score("a" * 10_000, "b" * 10_000, channel.table()) < 0


def test_no_names_no_scores() -> None:
    assert align.Packed([]).scores("abc", align.dense("channel")).shape == (0,)
    assert isinstance(align.dense("channel"), np.ndarray)


def test_a_table_reads_what_it_is_given() -> None:
    table = channel.Table.read("# remark\na\te\t1.5\n\tx\t-2.0\n")
    assert table.weights == {("a", "e"): 1.5, ("", "x"): -2.0}


@pytest.mark.parametrize("garble", ["openi", "ezor", "kwalkom", "satianadila", "nvidea"])
def test_a_least_score_changes_no_score_above_it(garble: str) -> None:
    table = channel.table()
    for name in ["openai", "azure", "qualcomm", "satyanadella", "xiaomi", "nvidia"]:
        exact = channel.score(name, garble, table)
        for least in (-10.0, 0.0, 3.0, 8.0, exact):
            found = channel.score(name, garble, table, least, channel.bounds(name, table))
            assert found == exact if exact >= least else found < least
