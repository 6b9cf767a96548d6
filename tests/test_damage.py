"""What is believed of a text as a whole: each channel by its tells, and clean text as clean."""

from __future__ import annotations

import dataclasses

import pytest

from repair.damage import CHANNELS, ROOM, Damage

SPUN = (
    "The agency says its new pill is cheaper than final yr's mannequin, in keeping with folks at"
    " the plant. Costs begin at 399 {dollars}, ten p.c lower than earlier than."
)
CAPTIONS = 3 * (
    "so yeah today we look at the garden and um you know the roses they need a lot of water and i"
    " mean they really do so we take the hose and then we go round the house "
)
STRIPPED = (
    "The firm launched it in June.The garden show followed, and theLily Prize went toRoger Moss of"
    " the town. He thanked theBotanic Club."
)
TRANSLATED = (
    "He stressed that the multi -billion deal is near, pointing out that the high -profile guests"
    " are here. It is noteworthy that the minister was absent. Recently. , he was seen in town."
)
MOJIBAKE = "The cafÃ© doesnâ€™t open on Sundays, but the naÃ¯ve guest comes anyway."
CLEAN = (
    "The council met on Monday to talk about the bridge. People said that it costs too much, and"
    " that the ferry, which runs every hour, is good enough. A vote is expected in May."
)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        (SPUN, "spun"),
        (CAPTIONS, "transcribed"),
        (STRIPPED, "markup-stripped"),
        (TRANSLATED, "translated"),
        (MOJIBAKE, "re-encoded"),
        (CLEAN, "clean"),
        ("", "clean"),
    ],
)
def test_the_channel(text: str, channel: str) -> None:
    damage = Damage.of(text)
    assert damage.channel == channel, damage
    assert set(damage.scores) == set(CHANNELS)
    assert all(0 <= score <= 1 for score in damage.scores.values())


def test_every_tell_is_reported_with_its_weight() -> None:
    tells = {tell.tell: tell for tell in Damage.of(SPUN).tells}
    assert tells["p.c"].weight > 0
    assert tells["p.c"].channel == "spun"
    assert "{dollars}" in tells


def test_the_language_that_was_translated_from() -> None:
    assert Damage.of(TRANSLATED).language == "ar"
    assert Damage.of(CLEAN).language == ""


def test_a_long_text_needs_more_tells() -> None:
    long = f"{CLEAN} " * (10 * ROOM // len(CLEAN.split()))
    assert Damage.of(long + "It rose ten p.c on the day.").channel == "clean"


def test_a_script_without_capitals_is_no_transcript() -> None:
    assert Damage.of("यह एक परीक्षण है जो बहुत लंबा है " * 30).channel == "clean"


def test_frozen_and_linear() -> None:
    damage = Damage.of("the p.c " * 200_000)
    with pytest.raises(dataclasses.FrozenInstanceError):
        damage.language = "es"  # type: ignore[misc]
    with pytest.raises(TypeError):
        damage.scores["spun"] = 1.0  # type: ignore[index]
