"""Skeletons: what garbles and names have in common."""

import pytest

from repair.lexicon import skeleton, skeleton_runs, sounds


def test_a_name_and_its_garble_share_a_skeleton() -> None:
    index = sounds.SkeletonIndex(["openai", "copilot", "azure", "gemini", "waymo", "huawei"])
    for garble, right in (("cooplot", 1), ("ezor", 2), ("jemini", 3), ("vemo", 4), ("hoawei", 5)):
        assert right in index.candidates(garble, 10), garble


def test_the_most_alike_come_first_when_there_are_many() -> None:
    names = ["mistral", *(f"mastar{letter}" for letter in "abcdefghij")]
    assert sounds.SkeletonIndex(names).candidates("mestral", 1) == [0]


def test_empty_is_empty() -> None:
    assert sounds.skeletons([]) == []
    assert sounds.SkeletonIndex([]).candidates("openi", 5) == []


def test_a_silent_letter_gives_two_skeletons() -> None:
    assert set(skeleton.variants("knight")) >= {"NKT", "KNKT"}


def test_a_long_word_is_bounded() -> None:
    assert len(skeleton.variants("ch" * 500)) <= skeleton.MOST
    sounds.SkeletonIndex(["b" * 5000]).candidates("bcd" * 3000, 5)


def test_many_look_ups_propose_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = "bcdkmnprst"
    names = [f"{a}o{b}a{c}" for a in letters for b in letters for c in letters]
    asked = ["bokas", "kotar", "mopan", "zzz", "tso"]
    index = sounds.SkeletonIndex(names)
    slowly = [index.candidates(word, most) for word in asked for most in (5, 100, 1000)]
    monkeypatch.setattr(sounds, "MANY", 0)
    monkeypatch.setattr(sounds, "LONG", 0)
    assert [index.candidates(word, most) for word in asked for most in (5, 100, 1000)] == slowly
    monkeypatch.setattr(sounds, "DENSE", 0)
    assert [index.candidates(word, most) for word in asked for most in (5, 100, 1000)] == slowly


def test_very_many_words_are_sorted_to_the_same_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{a}{v}{b}ce{c}" for a in "bcghwkx" for v in "aiowh" for b in "clrszt" for c in "gnv"]
    names += ["a", "huawei", "hhw", "", "b" * 50, "bcdk" * 9, "uao"]
    mapped = sounds.SkeletonIndex(names)._lists
    monkeypatch.setattr(sounds, "VERY_MANY", 0)
    monkeypatch.setattr(skeleton_runs, "AT_ONCE", 100)
    found = sounds.SkeletonIndex(names)._lists
    assert isinstance(found, skeleton_runs.SkeletonRuns)
    assert {key: list(run) for key, run in found.items()} == {k: list(r) for k, r in mapped.items()}
    assert found.get("PPPPPP") is None
    assert found.get("P" * 20) is None
    assert len(sounds.SkeletonIndex([])._lists) == 0
    assert not isinstance(sounds.SkeletonIndex(["b2b"])._lists, skeleton_runs.SkeletonRuns)
