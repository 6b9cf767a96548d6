"""Lines counted over a site's documents: what goes, what stays, and that tables merge."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import repair
from repair.lexicon.tables import DictionaryError
from repair.stages.boilerplate.site import SiteCounts, counted

TOP = ("Ferry Gazette", "Tides and Times", "Harbour Desk")
END = ("Your lighthouse, your news", "Printed by hand on Mondays", "Ask Captain Olsen")


def document(number: int) -> str:
    article = (
        f"Nobody had expected that the bridge number {number} would open before the winter came.",
        "Home again, home again!",
        f"The mayor of town {number} cut the ribbon and then walked across it on her own.",
    )
    return "\n".join((*TOP, *article, *END))


def table(folder: Path, numbers: range) -> Path:
    path = folder / "sites.tsv"
    counted(("gazette.example", document(n)) for n in numbers).write(path)
    return path


def test_repeated_lines_go_and_the_refrain_stays(tmp_path: Path) -> None:
    config = repair.Config(stages=("boilerplate",), site_table=str(table(tmp_path, range(6))))
    done = repair.clean(document(40), config)
    assert "Home again, home again!" in done.text
    assert not [line for line in (*TOP[:2], *END) if line in done.text]
    assert {edit.rule for edit in done.edits} == {"boilerplate/site"}
    assert "6 of 6 documents" in done.edits[0].reason
    assert repair.clean(done.text, config).edits == ()


def test_a_text_of_another_site_is_left_alone(tmp_path: Path) -> None:
    config = repair.Config(stages=("boilerplate",), site_table=str(table(tmp_path, range(6))))
    text = "Harbour Desk\nThe archive that we sent to the council holds three pictures in all.\n"
    assert repair.clean(text, config).edits == ()


def test_shards_merge_to_the_whole(tmp_path: Path) -> None:
    whole = counted(("s", document(n)) for n in range(8))
    parts = counted(("s", document(n)) for n in range(3))
    parts.merge(counted(("s", document(n)) for n in range(3, 8)))
    whole.write(tmp_path / "whole.tsv")
    parts.write(tmp_path / "parts.tsv")
    assert (tmp_path / "whole.tsv").read_bytes() == (tmp_path / "parts.tsv").read_bytes()
    again = SiteCounts.read(tmp_path / "whole.tsv")
    assert (again.documents, again.lines) == (whole.documents, whole.lines)


@pytest.mark.parametrize("text", ["nothing of ours\n", "site\tline\tdocuments\na\tb\n"])
def test_a_broken_table_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(DictionaryError, match=r"broken\.tsv:\d: "):
        SiteCounts.read(path)


def test_the_command_counts_and_merges(tmp_path: Path) -> None:
    rows = [{"url": f"https://www.gazette.example/{n}", "text": document(n)} for n in range(4)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-c", "from repair.cli.main import run; run()", "learn-site"]
    subprocess.run([*command, "a.jsonl", "--out", "1.tsv", "-q"], cwd=tmp_path, check=True)
    merge = ["--merge", "1.tsv", "--merge", "1.tsv", "--out", "2.tsv", "-q"]
    subprocess.run([*command, *merge], cwd=tmp_path, check=True)
    counts = SiteCounts.read(tmp_path / "2.tsv")
    assert counts.documents == {"gazette.example": 8}
