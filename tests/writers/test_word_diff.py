"""Rows that a person reads: place, rule, confidence, and the change among its neighbours."""

from __future__ import annotations

import io
from typing import Any

from repair.text.document import Document, Repaired
from repair.text.edits import Edit, Span
from repair.writers import writer
from tests.writers.nasty import result

PROSE = "It was said by many people, long ago and far away, that teh word of one man was enough."


def swap(text: str, before: str, after: str, rule: str = "test/swap") -> Edit:
    at = text.index(before)
    return Edit(Span(at, at + len(before)), before, after, rule, "letters swapped", 0.9)


def shown(done: Repaired, style: str = "word", **options: Any) -> list[str]:
    out = io.StringIO()
    writer(style, **options)([done], out)
    return out.getvalue().split("\n")[:-1]


def test_word_row() -> None:
    done = result(Document(PROSE + "\n", "a.txt"), [swap(PROSE, "teh", "the")])
    assert shown(done) == [
        "a.txt",
        "  1:57  test/swap  0.90",
        "    …people, long ago and far away, that [-teh-]{+the+} word of one man was enough.",
    ]


def test_near_edits_share_a_row_and_far_ones_do_not() -> None:
    edits = [swap(PROSE, "teh", "the"), swap(PROSE, "word", "wort"), swap(PROSE, "It", "it")]
    rows = shown(result(Document(PROSE, "a.txt"), edits))
    assert len(rows) == 1 + 2 + 3
    assert "[-teh-]{+the+} [-word-]{+wort+} of" in rows[-1]


def test_suggestions_say_so_and_can_be_left_out() -> None:
    done = result(Document(PROSE, "a.txt"), [], (swap(PROSE, "man", "men"),))
    assert shown(done)[1].endswith("0.90  suggested")
    assert "[?man?]{?men?}" in shown(done)[2]
    assert shown(done, suggestions=False) == []


def test_a_suggestion_that_lies_over_an_edit_has_a_row_of_its_own() -> None:
    done = result(
        Document(PROSE, "a.txt"),
        [swap(PROSE, "word", "wort")],
        (swap(PROSE, "teh word of", "the words of"),),
    )
    rows = shown(done)
    assert "[?teh word of?]{?the words of?} one man" in rows[2]
    assert "teh [-word-]{+wort+} of one man" in rows[4]


def test_damage_without_repair() -> None:
    done = result(Document(PROSE, "a.txt"), [], (swap(PROSE, "man", "man"),))
    assert "[?man?]" in shown(done)[2]


def test_unseen_characters_are_named_and_escapes_inert() -> None:
    text = "a\u200bb \x1b[2J \u202e teh\u00a0x"
    done = result(
        Document(text, "\x1b]0;x\a.txt"), [swap(text, "\u200b", ""), swap(text, "teh", "")]
    )
    everything = "\n".join(shown(done))
    assert not set("\x1b\u202e\u200b\a") & set(everything)
    assert "a[-⟨ZERO WIDTH SPACE⟩-]b ⟨ESC⟩[2J" in everything


def test_no_row_is_a_workflow_command() -> None:
    text = "::error::x teh ##[add-path]y\n"
    done = result(Document(text, "::stop-commands::x"), [swap(text, "teh", "the")])
    for style in ("word", "side"):
        rows = shown(done, style)
        assert not any(row.lstrip().startswith("::") or "##[" in row for row in rows)


def test_a_long_deletion_shows_both_ends() -> None:
    menu = "Home\nNews\nSport\n" * 100
    done = result(Document(menu + "Text\n", "a.txt"), [swap(menu, menu, "")])
    row = shown(done)[2]
    assert row.startswith("    [-Home⏎News⏎")
    assert "1,440 characters, 270 lines" in row
    assert len(row) < 300


def test_colour_only_if_asked() -> None:
    done = result(Document(PROSE, "a.txt"), [swap(PROSE, "teh", "the")])
    assert "\x1b" not in "".join(shown(done))
    assert "\x1b[31m[-teh-]\x1b[0m\x1b[32m{+the+}\x1b[0m" in shown(done, colour=True)[2]


def test_side_by_side() -> None:
    done = result(Document(PROSE, "a.txt"), [swap(PROSE, "teh", "the")])
    rows = shown(done, "side", width=60)
    assert all(row.index(" | ") == 30 for row in rows[2:])
    assert any("[-teh-]" in row.split(" | ")[0] for row in rows[2:])
    assert any("{+the+}" in row.split(" | ")[1] for row in rows[2:])


def test_many_edits_on_one_line_are_linear() -> None:
    text = "teh word and more of it, " * 8_000
    edits = [
        Edit(Span(at, at + 3), "teh", "the", "test/swap", "", 0.9) for at in range(0, len(text), 25)
    ]
    assert len(shown(result(Document(text, "a.txt"), edits))) == 1 + 8_000 + 1
