"""Slips of the finger: found among many names, lined up, and weighed like the other candidates."""

import random
import time
from functools import cache

import pytest

from repair import Lexicon
from repair.lexicon import typo
from repair.lexicon.typo import TypoIndex, lined_up

NAMES = ["Anthropic", "Microsoft", "Google", "NVIDIA", "Tesla", "Samsung", "Hugging Face", "IBM"]
NAMES += ["Massachusetts Institute of Technology", "Perplexity", "Stable Diffusion", "Twitter"]


@cache
def known() -> Lexicon:
    return Lexicon.of(NAMES)


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Anhtropic", "Anthropic"),
        ("Micorsoft", "Microsoft"),
        ("Goolge", "Google"),
        ("Nvdia", "NVIDIA"),
        ("Telsa", "Tesla"),
        ("Sasmung", "Samsung"),
        ("Googgle", "Google"),
        ("Twtter", "Twitter"),
        ("Hugging Fcae", "Hugging Face"),
        ("Hugignface", "Hugging Face"),
        ("Massachusets Insitute of Technolgoy", "Massachusetts Institute of Technology"),
    ],
)
def test_a_slip_is_a_candidate(surface: str, name: str) -> None:
    best = known().candidates(surface)[0]
    assert best.canonical == name
    assert best.confidence > 0.5


def test_what_only_a_finger_does_says_so() -> None:
    assert known().candidates("Telsa")[0].via == "typo"


@pytest.mark.parametrize("surface", ["Goggles", "Sampling", "Texas", "Madras Institute"])
def test_other_words_are_no_slips(surface: str) -> None:
    assert all(c.confidence < 0.5 for c in known().candidates(surface))


@pytest.mark.parametrize(
    ("name", "surface", "kinds"),
    [
        ("google", "goolge", ("swapped",)),
        ("google", "gogle", ("single",)),
        ("google", "googgle", ("doubled",)),
        ("nvidia", "nvdia", ("lost",)),
        ("amazon", "amazpn", ("beside",)),
        ("amazon", "amazone", ("more",)),
        ("amazon", "amazonm", ("added",)),
        ("tesla", "tasla", ("vowel",)),
        ("tesla", "tebla", ("other",)),
        ("tesla", "tesla", ()),
    ],
)
def test_kinds_of_slips(name: str, surface: str, kinds: tuple[str, ...]) -> None:
    assert lined_up(name, surface)[1] == kinds


def test_every_slip_in_a_row_of_letters_is_found() -> None:
    draw = random.Random(3)
    names = ["".join(draw.choices("abcdefghij", k=draw.randrange(4, 20))) for _ in range(300)]
    index = TypoIndex(names)
    for at, name in enumerate(names):
        for place in range(1, len(name)):
            lost = name[:place] + name[place + 1 :]
            if len(lost) > 3 and lost not in names:
                assert at in {slip.name for slip in index.near(lost)}, (name, lost)


def test_keys_side_by_side() -> None:
    assert typo.beside("a") == frozenset("qwsz")
    assert typo.beside("é") == frozenset()


def test_hostile_strings() -> None:
    index = TypoIndex(["a" * n for n in range(1, 100)] + ["ab" * 50])
    start = time.process_time()
    for surface in ("", "a", "a" * 60, "a" * 10_000, "ab" * 50):
        index.near(surface)
    assert time.process_time() - start < 1.0
    assert TypoIndex([]).near("anthropic") == []
