"""A channel of a user's own: what is read, what is learned, what a pack carries."""

from pathlib import Path

import pytest

from repair.lexicon import channel, refit
from repair.lexicon import lexicon as module
from repair.lexicon.tables import DictionaryError

# An engine of somebody's that writes q for every c and k, and doubles every a.
NAMES = (
    *("Acme", "Carter", "Baker", "Kodak", "Lancia", "Tesco", "Nikon", "Mascot", "Accra", "Casio"),
    *("Kia", "Skoda", "Cisco", "Dacia", "Oracle", "Atlas", "Canal", "Karma", "Cobalt", "Yakult"),
    *("Nordica", "Marca", "Facto", "Carma", "Kandak"),
)


def garbled(name: str) -> str:
    return name.replace("a", "aa").replace("c", "q").replace("k", "q")


def write(tmp_path: Path, rows: str, header: str = "garble\tcanonical") -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(f"{header}\n{rows}", encoding="utf-8")
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return write(tmp_path, "".join(f"{garbled(name)}\t{name}\n" for name in NAMES))


def test_a_fitted_table_likes_what_it_was_fitted_to(pairs: Path) -> None:
    fitted = refit.fit(refit.read_pairs(pairs), "pairs.tsv")
    assert fitted.pairs == len(NAMES)
    assert fitted.after > fitted.before + 1
    table = channel.Table.read(fitted.text)
    # It has learned the habit, not the names; and what it does not touch stays.
    assert channel.score("bakalarska", "baaqaalaarsqaa", table) > channel.score(
        "bakalarska", "baaqaalaarsqaa", channel.table()
    )
    assert channel.score("copilot", "cooplot", table) == pytest.approx(
        channel.score("copilot", "cooplot", channel.table()), abs=3
    )


def test_a_pack_carries_its_table(pairs: Path, tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    fitted = refit.fit(refit.read_pairs(pairs), "pairs.tsv")
    (pack / "channel.tsv").write_text(fitted.text, encoding="utf-8")
    (pack / "names.tsv").write_text(
        "canonical\tkind\ttopic\towner\tcues\torigin\nBakalarska\tcompany\tai\t\tx\town\n",
        encoding="utf-8",
    )
    lexicon = module.load((str(pack),))
    assert lexicon.units.weights == channel.Table.read(fitted.text).weights
    assert lexicon.candidates("Baaqaalaarsqaa")[0].canonical == "Bakalarska"
    assert module.Lexicon.of(["Acme"]).units is channel.table()


def test_a_garbles_table_of_a_pack_will_do(tmp_path: Path) -> None:
    rows = "".join(f"{garbled(name)}\t{name}\tasr\town\n" for name in NAMES)
    path = write(tmp_path, rows, "surface\tcanonical\tvia\torigin")
    assert len(refit.read_pairs(path)) == len(NAMES)


def test_full_names_are_read_word_by_word(tmp_path: Path) -> None:
    path = write(tmp_path, "Satia Nadila\tSatya Nadella\nOpen Ey Ay\tOpenAI\n" * 10)
    assert refit.read_pairs(path)[:3] == [
        ("satya", "satia"), ("nadella", "nadila"), ("openai", "openeyay")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "header", "complaint"),
    [
        ("Openi\tOpenAI\n", "garble\tname", "pairs.tsv:1: no column 'canonical'"),
        ("Openi\tOpenAI\n", "garble\tcanonical", "pairs.tsv:1: 1 pairs of words; it takes 20"),
        ("Openi\tOpenAI\nКлод\tClaude\n", "garble\tcanonical", "pairs.tsv:3: 'Клод' has no"),
        (f"{'x' * 50}\tOpenAI\n", "garble\tcanonical", "pairs.tsv:2: a word of more than 40"),
        ("Openi\n", "garble\tcanonical", "pairs.tsv:2: 1 cells"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, rows: str, header: str, complaint: str) -> None:
    with pytest.raises(DictionaryError, match=complaint):
        refit.read_pairs(write(tmp_path, rows, header))


def test_a_table_that_was_changed_is_refused(pairs: Path, tmp_path: Path) -> None:
    path = tmp_path / "channel.tsv"
    text = refit.fit(refit.read_pairs(pairs), "pairs.tsv").text
    path.write_text(text.replace("\t", "\t\t", 1), encoding="utf-8")
    with pytest.raises(DictionaryError, match=r"channel.tsv:4: .* is no unit"):
        refit.read(path)
    path.write_text(f"{text}b\td\t1.00\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="checksum; make it anew"):
        refit.read(path)
