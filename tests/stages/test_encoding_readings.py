"""Readings of damaged lines: tables, layers, lost bytes, swaps; and what must stay."""

import pytest

import repair
from repair.stages.encoding import letters, lost, strict, swaps
from repair.stages.encoding.tables import NAMES, charsets, sequences, table

RUSSIAN = "Старый мост через реку закрыли на ремонт до конца осени."
CZECH = "Příští týden začíná v našem městě veliký závod starých automobilů."
FRENCH = "L’hôtel était fermé, mais la fenêtre de la cuisine restait grande ouverte."
GREEK = "Το παλιό γεφύρι έκλεισε για επισκευή μέχρι το φθινόπωρο."
GERMAN = "Früher hörte man hier schöne Lieder über große Bäume."


def read(text: str, level: str = "default") -> repair.Repaired:
    config = repair.Config(stages=("encoding",), encoding_level=level)
    return repair.clean(text, config)


def sloppy(data: bytes, name: str) -> str:
    chars = table(name).chars
    return "".join(chars[byte] for byte in data)


@pytest.mark.parametrize("name", NAMES)
def test_utf8_read_in_any_table(name: str) -> None:
    for text in (FRENCH, RUSSIAN):
        damaged = sloppy(text.encode(), name)
        assert read(damaged).text == text


@pytest.mark.parametrize("way", [("cp1252", "cp1250"), ("cp1251", "cp1251"), ("cp850", "cp1252")])
def test_two_layers(way: tuple[str, str]) -> None:
    damaged = FRENCH
    for name in way:
        damaged = sloppy(damaged.encode(), name)
    assert read(damaged).text == FRENCH


@pytest.mark.parametrize("name", ["gbk", "cp949", "cp932"])
def test_utf8_read_in_pairs(name: str) -> None:
    text = "Das große Bild hängt schräg über dem Sofa."
    try:
        damaged = text.encode().decode(name)
    except UnicodeDecodeError:
        pytest.skip("these bytes are nothing in this charset")
    assert read(damaged).text == text


def test_good_and_bad_in_one_line() -> None:
    assert read(GERMAN + " " + sloppy(GERMAN.encode(), "cp1252")).text == f"{GERMAN} {GERMAN}"


@pytest.mark.parametrize(
    ("text", "meant", "shown"),
    [
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "koi8-r", "cp1251"),
        (RUSSIAN, "cp866", "cp1251"),
        (CZECH, "cp1250", "cp1252"),
        (GREEK, "cp1253", "cp1252"),
        (GERMAN, "mac_roman", "cp1252"),
        (GERMAN, "cp850", "cp1252"),
    ],
)
def test_swapped_charsets(text: str, meant: str, shown: str) -> None:
    damaged = sloppy(text.encode(meant), shown)
    assert read(damaged).text == text
    assert read(damaged).edits[0].rule == "encoding/swap"
    assert read(damaged, "safe").text != text


def test_lost_bytes_are_read_where_one_reading_is_far_ahead() -> None:
    damaged = "“Nous avons fini,” dit-elle; ça suffit.".encode()
    text = sloppy(damaged, "cp1252").replace("\x9d", "\ufffd")
    done = read(text)
    assert done.text == "“Nous avons fini,” dit-elle; ça suffit."
    assert "encoding/lost-byte" in {e.rule for h in done.script.hunks for e in h.edits}


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        # the words of a language decide where its letters do not
        ("Ð¡ÐµÐ³Ð¾Ð´Ð½Ñ\ufffd Ð²Ñ‹Ð¿Ð°Ð» Ñ\ufffdÐ½ÐµÐ³.", "Сегодня выпал снег."),
        # a quote closes before a blank: the blank behind it is none of its bytes
        ("â€œDone,â€ she said â€“ and left the cafÃ©.", "“Done,” she said – and left the café."),
        # a no-break space and the blank behind it became one blank
        ("Nous allons Ã la gare, dÃ©jÃ en retard.", "Nous allons à la gare, déjà en retard."),
        # a quote that was straightened inside a word
        ("Cena wynosi 25 zÅ', a przesyÅ'ka nic.", "Cena wynosi 25 zł, a przesyłka nic."),
    ],
)
def test_words_decide_between_readings(damaged: str, mended: str) -> None:
    assert read(damaged).text == mended


def test_the_safe_level_guesses_nothing() -> None:
    text = sloppy("“Fini,” dit-elle.".encode(), "cp1252").replace("\x9d", "\ufffd")
    rules = {e.rule for h in read(text, "safe").script.hunks for e in h.edits}
    assert not rules & {"encoding/lost-byte", "encoding/swap"}


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="encoding_level"):
        repair.Config(encoding_level="wild")


@pytest.mark.parametrize(
    "text",
    [
        "The bug printed `Ã©` where an é belongs.",
        "Le manuel écrit « Ã© » au lieu de « é ».",
        "“Â” is a letter, and so is “Ã”.",
        "SUA MÃE COMPROU MAÇÃS; O AVÔ TAMBÉM.",
        "x² + y² = z², ±3 °C, § 12, ½ € ¢",
        "┌─┐ │ok│ └─┘",
        "Ôôô, disse ele… “É?”",
        "ὁ ἄνθρωπος, ᾧ",
        "Đường phố đã vắng, đó là đêm.",
        "Öğle yemeği için teşekkürler…",
    ],
)
def test_good_text_stays(text: str) -> None:
    done = read(text)
    assert done.text == text
    assert done.suggestions == ()


def test_a_sequence_is_found_in_every_table_that_has_it() -> None:
    assert NAMES.index("cp1252") in charsets("é caf" + sloppy("é".encode(), "cp1252"))
    assert not charsets("Ein schöner Tag — für alle")
    assert [char for _, char in sequences("Ã©Ã", table("cp1252"))] == ["é"]


def test_the_judge_prefers_language() -> None:
    assert letters.cost(CZECH) < letters.cost(sloppy(CZECH.encode("cp1250"), "cp1252"))
    assert letters.cost(RUSSIAN) < letters.cost(RUSSIAN.swapcase())
    assert len(letters.essence("word " * 1_000 + "é")) < 500


def test_parts_of_the_search() -> None:
    assert strict.best("plain é").way == ()
    assert swaps.best("ordinary text") is None
    loss, guesses = lost.guesses("voil\u00c3 tout, d\u00c3\u00a9j\u00c3 fini", table("cp1252"))
    assert {guess.after for guess in guesses} >= {"voilà tout,"}
    assert loss.name
