"""What is passed over would have come to nothing, and nothing weighs more than it may."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from repair.damage import Damage
from repair.stages.names import decide, suspects
from repair.stages.names.ceiling import Ceilings
from repair.stages.names.evidence import Evidence
from repair.stages.names.outlook import Prospect
from repair.stages.names.reading import Reading
from repair.stages.names.stage import Names

HERE = Path(__file__).parent.parent
NAMES = Names(least=0.5)


def _texts() -> list[str]:
    tables = [tomllib.loads(p.read_text("utf-8")) for p in sorted((HERE / "cases").glob("*.toml"))]
    cases = [case["text"] for table in tables for case in table.get("case", ())]
    seeds = [p.read_text("utf-8") for p in sorted((HERE.parent / "seeds").glob("*.txt"))]
    lines = [line for text in (*cases, *seeds) for line in text.split("\n") if len(line) > 30]
    return list(dict.fromkeys((*cases, *seeds, *lines)))


def _read(text: str) -> tuple[Reading, set[str]]:
    return Reading(text, NAMES.lexicon), NAMES.scanner.doubtful(text)


class _NoOutlook:
    def of(self, text: str) -> Prospect:
        return Prospect()


def test_hopeless_texts_have_nothing_to_propose() -> None:
    hopeless = [text for text in _texts() if NAMES.outlook.hopeless(text)]
    assert len(hopeless) > 100
    reader = Names(least=0.5)
    reader.__dict__["outlook"] = _NoOutlook()
    for text in hopeless:
        found = [edit for edit in reader.propose(text) if edit.confidence >= reader.least]
        assert found == [], text


def test_nothing_weighs_more_than_its_ceiling() -> None:
    ceilings = Ceilings(NAMES.lexicon)
    for text in _texts():
        reading, doubtful = _read(text)
        if not doubtful or reading.unpunctuated:
            continue
        spun = Damage.of(text).scores["spun"] >= decide.SPUN_FROM
        evidence = Evidence(reading, (), 0.0, 0, spun)
        for suspect in suspects.collect(reading, doubtful, NAMES.scanner):
            here = suspect.canonical in text
            weight = evidence.weigh(suspect).odds
            assert weight <= ceilings.of(suspect, here=here).odds + 1e-9, (text, suspect)


@pytest.mark.parametrize(
    ("text", "hopeless"),
    [
        ("The city said on Monday, as it does, that it would buy forty buses.", True),
        ("OpenAI, Google Cloud and the Wall Street Journal are names, as they stand.", True),
        ("As the Wall Road Journal said, the city would buy forty buses.", False),
        ("As Chat GPT said, the city would buy forty buses, or fifty.", False),
        ("Openi, it said, would buy forty buses from Gogle, the owner.", False),
    ],
)
def test_texts(text: str, hopeless: bool) -> None:
    assert NAMES.outlook.hopeless(text) is hopeless
