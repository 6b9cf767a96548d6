"""What is compiled into the wheel answers as what is built, and only for its own sources."""

from pathlib import Path

import pytest

from repair.lexicon import compiled, pack
from repair.lexicon.heard import Heard
from repair.lexicon.lexicon import Lexicon, load
from repair.lexicon.shelf import Shelf
from repair.lexicon.spun import Spun
from repair.lexicon.terms import Terms


@pytest.fixture(scope="module")
def content() -> bytes:
    return compiled.content(load(("auto",)))


@pytest.fixture(scope="module")
def shelved(content: bytes) -> Lexicon:
    shelf = Shelf(content)
    return Lexicon(pack.on(shelf), shelf)


@pytest.fixture(scope="module")
def built() -> Lexicon:
    return Lexicon(tuple(map(pack.read, map(pack.find, pack.available()))))


def test_the_same_sources_give_the_same_bytes(content: bytes, shelved: Lexicon) -> None:
    assert compiled.content(Lexicon(shelved.packs)) == content


def test_the_packs_are_those_that_are_read(shelved: Lexicon, built: Lexicon) -> None:
    for here, there in zip(shelved.packs, built.packs, strict=True):
        assert (here.name, here.path, here.names) == (there.name, there.path, there.names)
        assert here.keep == there.keep
        assert here.garbles == there.garbles
        numbers = range(0, len(here.names), 7)
        assert [here.entry(n) for n in numbers] == [there.entry(n) for n in numbers]
    for name in ("names", "keys", "number", "by_key", "keep", "vetoed", "_parts", "_whole"):
        assert getattr(shelved, name) == getattr(built, name), name


def test_what_undoes_spinners_is_what_is_built(shelved: Lexicon, built: Lexicon) -> None:
    here, there = Spun(shelved), Spun(built)
    for name in ("words", "originals", "parts", "keys", "triggers"):
        assert getattr(here, name) == getattr(there, name), name
    assert list(here.originals) == list(there.originals)


def test_what_undoes_spun_terms_is_what_is_built(shelved: Lexicon) -> None:
    here, there = Terms(shelved.shelf), Terms()
    for name in ("known", "originals", "openers", "beginnings"):
        assert getattr(here, name) == getattr(there, name), name
    assert list(here.originals) == list(there.originals)


def test_the_tables_of_names_are_those_that_are_built(shelved: Lexicon, built: Lexicon) -> None:
    assert shelved.starts == built.starts
    assert dict(shelved._seconds) == built._seconds
    assert list(shelved._sounding) == built._sounding


def test_the_circles_are_those_that_are_built(shelved: Lexicon, built: Lexicon) -> None:
    here, there = shelved.circles, built.circles
    for name in ("around", "topics", "told"):
        assert list(getattr(here, name).items()) == list(getattr(there, name).items()), name
    for name in ("versions", "shorts", "terms", "forenames"):
        assert getattr(here, name) == getattr(there, name), name


def test_the_garbles_are_those_that_are_built(shelved: Lexicon, built: Lexicon) -> None:
    here, there = shelved.garbles, built.garbles
    assert list(here) == list(there)
    assert here.single == there.single
    assert dict(here.triggers) == there.triggers
    assert dict(here.rarest) == there.rarest
    for phrase in list(there._spelt)[::50]:
        assert here.spelt(phrase) == there.spelt(phrase)
    assert here.spelt("nothing of the sort") is None
    assert "nothing of the sort" not in here.triggers


def test_the_parts_are_those_that_are_built(shelved: Lexicon, built: Lexicon) -> None:
    here, there = Heard(shelved), Heard(built)
    assert list(here._strings) == there._strings
    assert list(here.parts.items()) == list(there.parts.items())


@pytest.mark.parametrize(
    "word", ["cooplot", "openi", "ezor", "kwen", "mestral", "anthrophic", "zzyzx", "bbc", "a"]
)
def test_a_word_sounds_like_the_same_names(word: str, shelved: Lexicon, built: Lexicon) -> None:
    assert Heard(shelved).near(word) == Heard(built).near(word)
    assert list(shelved.sounds_like(word)) == list(built.sounds_like(word))


def test_what_was_made_from_something_else_is_not_used(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "indexes.bin"
    monkeypatch.setattr(compiled, "place", lambda: path)
    assert compiled.shipped.__wrapped__() is None
    path.write_bytes(content)
    assert compiled.shipped.__wrapped__() is not None
    monkeypatch.setattr(compiled, "source", lambda: b"another")
    assert compiled.shipped.__wrapped__() is None
    monkeypatch.undo()


@pytest.mark.parametrize("cut", [0, 3, 40, 5_000])
def test_a_damaged_file_is_not_used(
    content: bytes, cut: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "indexes.bin"
    path.write_bytes(content[:cut])
    monkeypatch.setattr(compiled, "place", lambda: path)
    assert compiled.shipped.__wrapped__() is None
