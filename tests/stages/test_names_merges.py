"""Names that lost their blanks: when several of them bear each other out."""

from __future__ import annotations

import pytest

import repair

NEWS = (
    "Apple's TimCook and Microsoft's SatyaNadella both spoke on the first day. ElonMusk, who had "
    "been expected, did not come. Analysts at GoldmanSachs said they had learned little."
)
TRAVEL = (
    "The minister met AngelaMerkel in NewYork before he flew to LosAngeles, where JoeBiden gave a "
    "speech about the UnitedNations. Reporters asked him why the talks had failed."
)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (NEWS, "Tim Cook and Microsoft's Satya Nadella both spoke on the first day. Elon Musk,"),
        (NEWS, "Analysts at Goldman Sachs said"),
        (TRAVEL, "met Angela Merkel in New York before he flew to Los Angeles, where Joe Biden"),
    ],
)
def test_a_text_full_of_merged_people_lost_its_blanks(text: str, fixed: str) -> None:
    assert fixed in repair.clean(text).text


@pytest.mark.parametrize(
    "text",
    [
        NEWS + " Follow #ElonMusk for more.",
        NEWS + " The call is `speak()`.",
        NEWS + " The class KeynoteSpeaker holds them.",
        "The library ships loaders for GoogleDrive, MicrosoftTeams and AmazonS3. The loader for "
        "GoogleDrive needs a token, and AmazonBedrock is used for the embeddings.",
        "Trending on the network: ElonMusk TaylorSwift SamAltman JoeBiden NewYork.",
        "The node called GoogleCloud talks to the node called AmazonBedrock. SamAltman is the name "
        "of the test user in the database.",
    ],
)
def test_tags_and_identifiers_stay(text: str) -> None:
    assert repair.clean(text).text == text
