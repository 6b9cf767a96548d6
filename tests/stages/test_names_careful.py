"""What a careful writer may have meant, asked of single suspects."""

from __future__ import annotations

import pytest

import repair
from repair.stages.names import careful
from repair.stages.names.suspects import Suspect


@pytest.mark.parametrize(
    ("surface", "canonical", "other"),
    [
        ("Vashington", "Wellington", True),  # Washington is a letter away
        ("Antropik", "Anthropic", False),
        ("Nettflix", "Netflix", False),  # the name itself is near
        ("Ezor", "Azure", False),  # short words have neighbours by chance
    ],
)
def test_a_common_word_may_be_nearer_than_a_name(surface: str, canonical: str, other: bool) -> None:
    suspect = Suspect(0, 1, surface, canonical, "names/sound", 20.0)
    assert careful.another_word(suspect) is other


ALONE = "The fund reported on Monday. {} is said to have bought shares, and will sell them in May."


@pytest.mark.parametrize("slip", ["Blooomberg", "Anthrophic", "Kristin Lagard"])
def test_a_slip_that_is_alone_in_a_sound_text_is_suggested_at_most(slip: str) -> None:
    done = repair.clean(ALONE.format(slip))
    assert not done.edits
    assert any(edit.before == slip for edit in done.suggestions)


def test_a_garble_that_no_finger_makes_is_mended_in_a_sound_text() -> None:
    text = "With a newer model, Cloud Opus, the figure rose above eighty percent, they wrote."
    assert "Claude Opus" in repair.clean(text).text


def test_a_users_own_row_is_believed(tmp_path: object) -> None:
    from pathlib import Path

    pack = Path(str(tmp_path)) / "mine"
    pack.mkdir()
    (pack / "names.tsv").write_text(
        "canonical\tkind\ttopic\towner\tcues\torigin\nHarbourlink\tcompany\tai\t\tfund\town\n"
        "Zendrolix\tcompany\tai\tHarbourlink\tfund|shares\town\n"
    )
    (pack / "surfaces.tsv").write_text(
        "surface\tcanonical\tvia\torigin\nZendrolixx\tZendrolix\ttypo\town\n"
    )
    config = repair.Config(dictionaries=(str(pack), "auto"))
    done = repair.clean(f"Harbourlink fell. {ALONE.format('Zendrolixx')}", config)
    assert "Zendrolix is said" in done.text


def test_a_people_is_not_its_country() -> None:
    done = repair.clean(
        "Emanuel Makron met Angela Mirkel and Vladymir Putyn in France. The French president said "
        "that ministers from Turkey had agreed, and that the Turkish markets were open."
    )
    assert "Emmanuel Macron met Angela Merkel" in done.text
    assert not {"French", "Turkish"} & {edit.before for edit in (*done.edits, *done.suggestions)}
