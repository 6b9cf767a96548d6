"""Confidence: networks that fit the features, chances in range, letters that tell scripts."""

import math

import numpy as np
import pytest

from repair import Lexicon
from repair.lexicon import calibrate, letters
from repair.lexicon.channel import PIVOTS
from repair.lexicon.matcher import Matcher
from repair.lexicon.pool import Pool, looks_like

NAMES = ["OpenAI", "Copilot", "Azure", "Satya Nadella", "Elon Musk"]


@pytest.mark.parametrize(("surface", "kind"), [("Kopailot", "one"), ("Satia Nadila", "many")])
def test_the_features_fit_the_shipped_networks(surface: str, kind: str) -> None:
    asked, row, found = Matcher(NAMES).features(surface)
    assert asked == kind
    assert found
    assert len(row) == len(calibrate.models()[kind].mean)


def test_the_columns_fit_the_network_that_orders() -> None:
    heard = Pool(["openai", "copilot"]).judged("opnai")
    assert heard is not None
    assert heard.columns.shape == (2, len(calibrate.models()["order"].mean))


def test_a_network_is_a_sum_and_a_layer() -> None:
    network = calibrate.Network.read(
        {
            "mean": [0.0], "spread": [1.0], "direct": [2.0], "constant": 1.0,
            "into": [[1.0]], "bias": [0.0], "out": [3.0],
        }
    )  # fmt: skip
    (value,) = network.values(np.array([[0.5]]))
    assert value == pytest.approx(2.0 * 0.5 + 1.0 + 3.0 * math.tanh(0.5))
    assert 0 < network.chance([0.5]) < calibrate.CAP
    assert network.chance([1e9]) == network.chance([calibrate.CLIP])


def test_every_pivot_has_its_letters() -> None:
    models = letters.models()
    assert {"flat", "name", "english", "plain", "back", "garble", *PIVOTS} <= set(models.names)
    looks = looks_like("shattarasttok")
    assert np.exp(looks).sum() == pytest.approx(1.0, abs=1e-4)
    assert PIVOTS[int(looks.argmax())] == "devanagari"


def test_letters_in_bytes_lose_little() -> None:
    table = letters.fit(["anna", "hannah", "nana"])
    packed = letters.packed_bytes({"name": table})["name"] * -letters.STEP
    assert np.abs(packed - table).max() <= letters.STEP / 2 + 1e-9


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Ay Bi Em", "IBM"),
        ("Awbn Iyh Ay", "OpenAI"),
        ("Chat Ji Pi Ti", "ChatGPT"),
        ("Maaikrosophtta", "Microsoft"),
        ("Amizwn", "Amazon"),
        ("Phesabuk", "Facebook"),
    ],
)
def test_scripts_that_no_pairs_were_had_of(surface: str, name: str) -> None:
    names = ["IBM", "OpenAI", "ChatGPT", "Microsoft", "Amazon", "Facebook", "Azure", "Apple"]
    best = Lexicon.of(names).candidates(surface)[0]
    assert best.canonical == name
    assert best.confidence > 0.8


def test_a_candidate_says_how_it_was_found() -> None:
    lexicon = Lexicon.of(["OpenAI", "Copilot"])
    ways = [lexicon.candidates(s)[0].via for s in ("OpenAI", "Open Ai", "Openi")]
    assert ways == ["exact", "folded", "sound"]
