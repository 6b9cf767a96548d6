"""What a corpus holds that no pack lists: garbles of names, variants, new names."""

from __future__ import annotations

from repair.lexicon.lexicon import Lexicon
from repair.lexicon.mine import COLUMNS, mine, table

LEXICON = Lexicon.of(["OpenAI", "Angela Merkel", "Copilot", "Boeing", "Reuters"])
TEXTS = [
    "Chancellor Angela Mirkel met the makers of Cooplot. Reuters said Zentarion announced a loss.",
    "On Monday Zentarion's shares fell, said Reuters. The chief of Zentarion left.",
    "An airline buys from Boing, and Copilot is sold by others. In May Zentarion closed.",
]


def test_garbles_and_names_with_their_places() -> None:
    found = {finding.surface: finding for finding in mine(TEXTS, LEXICON)}
    assert found["Angela Mirkel"].canonical == "Angela Merkel"
    assert found["Cooplot"].canonical == "Copilot"
    assert found["Boing"].canonical == "Boeing"
    assert "Mirkel" not in found
    new = found["Zentarion"]
    assert (new.kind, new.times, new.documents) == ("name", 4, 3)
    assert new.slot > 0
    assert any("announced" in context for context in new.contexts)
    assert not {"Monday", "The", "Reuters", "Copilot"} & found.keys()


def test_variants_of_one_unknown_name() -> None:
    texts = ["He said Zentarion grew."] * 12 + ["He said Zentaryon grew."]
    found = {finding.surface: finding for finding in mine(texts, LEXICON)}
    assert found["Zentaryon"].canonical == "Zentarion"
    assert found["Zentaryon"].kind == "variant"


def test_the_table_has_a_line_a_finding() -> None:
    header, *lines = table(mine(TEXTS, LEXICON))
    assert header.split("\t") == list(COLUMNS)
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines)
