"""The seeds lose their furniture, whole and clean, and nothing else."""

from pathlib import Path

import pytest

import repair

SEEDS = Path(__file__).parents[2] / "seeds"
PIPELINE = repair.Config(stages=("boilerplate",)).pipeline()

STRAY = {
    "000": (
        "You can like",
        "(Image Credit: Shutter Stock)",
        "More from Tom Guide",
        "Back to the laptop",
        "Bai Price (Minimum) Price (Less) Product Name (A to Z) Product Name (Z To A)"
        " Retailer Name (A to Z) Retailer Name (Z To A)",
    ),
    "001": (
        "Lire aussi",
        "Latest News",
        "- 10:03 UN nuclear watchdog declares Iran non-compliant with nuclear commitments",
        "- 09:50 Brian Wilson, the troubled genius behind The Beach Boys' iconic sound, dies at 82",
        "- 09:32 Russia-Ukraine conflict update day 1204",
        "- 09:20 Harvey Weinstein convicted of sexual assault in New York retrial",
        "- 09:02 US begins embassy evacuations amid escalating tensions in the Middle East",
        "- 08:50 UNHCR calls for urgent action as refugee crisis escalates in Chad",
        "- 08:31 Gibraltar and the EU reach post-Brexit free movement deal",
    ),
    "002": (
        "Select your language",
        "Google_openai_tpu_microsoft.jpg",
        "In case of any problems, contact us, we will help quickly and efficiently!",
    ),
    "003": ("Source link",),
    "004": ("0 comments:", "Post a Comment"),
}


@pytest.mark.parametrize("mode", ["cautious", "full"])
@pytest.mark.parametrize("number", sorted(STRAY))
def test_seed(number: str, mode: str) -> None:
    (path,) = SEEDS.glob(f"{number}-*.txt")
    text = path.read_bytes().decode()
    done = repair.clean(text, repair.Config(stages=("boilerplate",), boilerplate=mode))
    kept = [line for line in text.split("\n") if line.strip() and line not in STRAY[number]]
    assert [line for line in done.text.split("\n") if line.strip()] == kept
    assert "\n\n\n" not in done.text
    assert done.text.endswith("\n") == text.endswith("\n")
    assert not repair.clean(done.text, repair.Config(stages=("boilerplate",))).edits


def test_off_takes_nothing() -> None:
    text = "A sentence of eight words stands here alone.\nSource link\n"
    config = repair.Config(stages=("boilerplate",), boilerplate="off")
    assert repair.clean(text, config).text == text


def test_a_family_is_kept() -> None:
    text = "A sentence of eight words stands here alone.\nSource link\n0 comments:\n"
    config = repair.Config(stages=("boilerplate",), keep=("comments",))
    assert "0 comments:" in repair.clean(text, config).text
    assert "Source link" not in repair.clean(text, config).text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("{p}\n\nSource link\n\n{p}\n", "{p}\n\n{p}\n"),
        ("{p}\nSource link\n\n{p}\n", "{p}\n\n{p}\n"),
        ("{p}\n\nSource link", "{p}"),
        ("{p}\r\n\r\nSource link", "{p}"),
        ("{p}\n\nSource link\n\n\n", "{p}\n"),
        ("\n\nSelect your language\n\n{p}\n", "{p}\n"),
        ("{p}\r\n\r\nSource link\r\n\r\n{p}\r\n", "{p}\r\n\r\n{p}\r\n"),
    ],
)
def test_no_ragged_blanks(text: str, fixed: str) -> None:
    prose = "Nobody had expected that the bridge would open before the winter."
    assert PIPELINE.repair(repair.Document(text.format(p=prose))).text == fixed.format(p=prose)


def test_never_leaves_nothing() -> None:
    assert repair.clean("Source link\n", repair.Config(stages=("boilerplate",))).edits == ()
