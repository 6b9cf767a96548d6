"""Words and numbers come back from a shelf as they were put there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.lexicon.shelf import FileLines, Shelf, Writer

WORDS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))
RUNS = st.lists(st.integers(0, 2**32 - 1))


@given(WORDS)
def test_words_are_found_by_number_and_by_letters(words: list[str]) -> None:
    writer = Writer()
    writer.strings("words", words, sought=True)
    found = Shelf(writer.content()).strings("words")
    assert list(found) == words
    assert [found[number] for number in range(len(found))] == words
    assert [found.number(word) for word in words] == [words.index(word) for word in words]
    assert found.number("not there at all") == -1
    assert found.number("\udc80") == -1


@given(st.dictionaries(st.text(st.characters(exclude_characters="\n"), max_size=5), RUNS))
def test_a_table_is_a_mapping(rows: dict[str, list[int]]) -> None:
    rows = {word.encode("utf-8", "replace").decode(): run for word, run in rows.items()}
    writer = Writer()
    writer.table("rows", rows)
    writer.numbers("more", range(5))
    shelf = Shelf(writer.content())
    table = shelf.table("rows", list)
    assert dict(table) == rows
    assert list(table) == list(rows)
    assert all(word in table and table.get(word) == run for word, run in rows.items())
    assert table.get("not there at all") is None
    assert list(shelf.numbers("more")) == [0, 1, 2, 3, 4]


def test_words_that_are_not_sought_are_not_found() -> None:
    writer = Writer()
    writer.strings("words", ["one"])
    with pytest.raises(TypeError, match="table"):
        Shelf(writer.content()).strings("words").number("one")


def test_the_lines_of_a_file_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    path, lines = tmp_path / "table.tsv", ["a\tb", "", "größer\tc"]
    writer = Writer()
    writer.lines("lines", "first\tsecond", lines)
    found = FileLines(path, Shelf(writer.content()).numbers("lines"))
    assert len(found) == 3
    path.write_bytes(b"\n".join(line.encode() for line in ("first\tsecond", *lines)))
    assert list(found) == lines
    assert found[2] == lines[2]
    with pytest.raises(IndexError):
        found[3]


def test_a_word_with_a_line_end_is_refused() -> None:
    with pytest.raises(ValueError, match="line end"):
        Writer().strings("words", ["a\nb"])


@pytest.mark.parametrize("content", [b"", b"repair shelf 1\n\0", b"something else" * 9])
def test_what_is_no_shelf_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="shelf"):
        Shelf(content)


def test_what_was_cut_off_is_refused() -> None:
    writer = Writer()
    writer.strings("words", ["one", "two"])
    with pytest.raises(ValueError, match="cut off"):
        Shelf(writer.content()[:-1])
