"""Each check of `repair dict lint`, on a pack with one thing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from repair.lexicon.lint import clean_hits, lint
from repair.lexicon.tables import DictionaryError

NAMES = "canonical\tkind\ttopic\towner\tcues\torigin\n"
SURFACES = "surface\tcanonical\tvia\torigin\n"
TERMS = "surface\tcanonical\tuse\torigin\n"
KEEP = "surface\treason\n"
GOOD = NAMES + "Acme Cloud\tcloud\tcloud|software\tAcme\thosting|anvil\town\n"
GOOD += "Zentara\tcompany\tbusiness\t\tbank\town\n"


def pack(folder: Path, **tables: str) -> Path:
    folder.mkdir(exist_ok=True)
    for table, text in {"names": GOOD, **tables}.items():
        (folder / f"{table}.tsv").write_text(text, encoding="utf-8")
    return folder


def said(folder: Path, **tables: str) -> str:
    return "\n".join(map(str, lint([pack(folder / "mine", **tables)])))


def test_a_good_pack(tmp_path: Path) -> None:
    surfaces = SURFACES + "Akme Cloud\tAcme Cloud\ttranslit\town\n"
    terms = TERMS + "anvil mist\tanvil cloud\tcontext\town\n"
    keep = KEEP + "Akme\ta town\n"
    assert said(tmp_path, surfaces=surfaces, terms=terms, keep=keep) == ""


@pytest.mark.parametrize(
    ("table", "text", "problem"),
    [
        ("names", NAMES + "B\tcompany\tai\t\tx\town\nA\tcompany\tai\t\tx\town\n", "out of order"),
        ("names", NAMES + "A\tcompany\tai\t\tx\town\nA\tchip\tai\t\tx\town\n", "stands twice"),
        ("names", NAMES + "A\tfirm\tai\t\tx\town\n", "no kind 'firm'"),
        ("names", NAMES + "A\tcompany\tai|tea\t\tx\town\n", "no topic 'tea'"),
        ("names", NAMES + "A\tcompany\tai\t\t\town\n", "no cues"),
        ("names", NAMES + "A\tcompany\tai\t\tx\t\n", "no origin"),
        ("names", NAMES + "A \tcompany\tai\t\tx\town\n", "stray blanks"),
        ("names", NAMES + "A\u200b\tcompany\tai\t\tx\town\n", "invisible"),
        ("names", NAMES + "Cafe\u0301\tcompany\tai\t\tx\town\n", "not composed"),
        ("surfaces", SURFACES + "Zentara\tZentara\ttypo\town\n", "repairs itself"),
        ("surfaces", SURFACES + "Zentara\tAcme Cloud\ttypo\town\n", "is a listed name"),
        ("surfaces", SURFACES + "Zentra\tZentora\ttypo\town\n", "'Zentora' is not listed"),
        ("surfaces", SURFACES + "Garden\tZentara\tasr\town\n", "ordinary word"),
        ("surfaces", SURFACES + "Zen Tara\tZentara\tguess\town\n", "no via 'guess'"),
        ("terms", TERMS + "a b\tb c\tsafe\town\nb c\tc d\tsafe\town\n", "a garble itself"),
    ],
)
def test_one_thing_wrong(tmp_path: Path, table: str, text: str, problem: str) -> None:
    assert problem in said(tmp_path, **{table: text})


def test_a_garble_that_leads_to_two_names_or_is_kept(tmp_path: Path) -> None:
    surfaces = SURFACES + "Akme\tAcme Cloud\ttypo\town\n"
    terms = TERMS + "Akme\tacme\tsafe\town\n"
    assert "leads to two names" in said(tmp_path, surfaces=surfaces, terms=terms)
    assert "is kept at" in said(tmp_path, surfaces=surfaces, keep=KEEP + "Akme\ta town\n")


def test_a_name_in_two_packs(tmp_path: Path) -> None:
    first, second = pack(tmp_path / "a"), pack(tmp_path / "b")
    assert sum("is listed at" in str(p) for p in lint([first, second])) == 2
    assert sum("is listed at" in str(p) for p in lint([second], known=[first])) == 2


def test_a_folder_without_tables(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="no pack"):
        list(lint([tmp_path]))


def test_hits_on_clean_text(tmp_path: Path) -> None:
    mine = pack(tmp_path / "mine", surfaces=SURFACES + "Akme Cloud\tAcme Cloud\ttypo\town\n")
    texts = ["The Akme Cloud Festival is in May.", "Acme Cloud grew."]
    (hit,) = clean_hits([mine], texts)
    assert "'Akme Cloud' stands 1 times" in str(hit)


def test_two_packs_that_differ_on_the_use_of_a_term(tmp_path: Path) -> None:
    one = pack(tmp_path / "one", terms=TERMS + "anvil mist\tanvil cloud\tcontext\town\n")
    two = pack(tmp_path / "two", names=NAMES, terms=TERMS + "anvil mist\tanvil cloud\tsafe\town\n")
    problems = "\n".join(map(str, lint([one, two])))
    assert "'anvil mist' is of two uses" in problems
