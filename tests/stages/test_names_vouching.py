"""People with names like those of famous ones: who of them bears whom out."""

from __future__ import annotations

import pytest

import repair

PANEL = (
    "The panel on soil chemistry met last week. Prof. Narendra Modhi spoke about phosphorus in "
    "black cotton soils, Dr. Rahul Ghandi presented a survey of zinc in wheat fields, and Sundar "
    "Pichay, a doctoral student, showed how earthworms change compost. Anil Ambany chaired the "
    "session on nitrogen, and the closing remarks came from Satia Nadela of the agricultural "
    "board. The proceedings appear in spring, with a foreword by the president of the society."
)
CREW = (
    "The crew of the Marigold came ashore on Tuesday. Captain Kristoffer Nolan thanked the harbour "
    "office; the mate, Ellon Muskk, has sailed with him for nine years. The cook, Angela Merkell, "
    "and the two deckhands, Jorge Clooney and Johnny Dep, will stay in the village until the "
    "repairs to the hull are finished."
)
PRACTICE = (
    "Staff of the veterinary practice: Dr. Anthony Fauchi (small animals), Dr. Jane Godall "
    "(horses) and Dr. Stephen Hawkin (goats). Reception is run by Rosalind Franklyn. The practice "
    "opens at eight and closes at six; on Sundays call the emergency line, and wait for somebody "
    "to answer."
)


@pytest.mark.parametrize("text", [PANEL, CREW, PRACTICE])
def test_people_of_many_circles_or_of_none_of_the_text_vouch_for_nobody(text: str) -> None:
    assert repair.clean(text).text == text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Yesterday Emanuel Makron met Angela Mirkel.", "Emmanuel Macron met Angela Merkel"),
        (
            "Narendra Modhi and Rahul Ghandi traded blows over the budget in New Delhi on Tuesday. "
            "Mr Modhi said that his government had built more roads than any before it, while "
            "Ghandi called the claims empty. Amit Shaw is to speak tomorrow.",
            "Narendra Modi and Rahul Gandhi traded blows",
        ),
        (
            "The summit was opened by Vladymir Putyn, who welcomed Narendra Modhi. Recep Tayyip "
            "Erdogen arrived late, and spoke of trade.",
            "Vladimir Putin, who welcomed Narendra Modi. Recep Tayyip Erdoğan",
        ),
    ],
)
def test_people_of_one_circle_vouch_for_each_other(text: str, fixed: str) -> None:
    assert fixed in repair.clean(text).text
