"""What cannot be seen is named, and nothing that a terminal obeys comes through."""

from __future__ import annotations

import pytest

from repair.text.visible import unseen, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain café, 日本", "plain café, 日本"),
        ("a\u00a0b", "a⟨NO-BREAK SPACE⟩b"),
        ("a\u200bb\u00adc", "a⟨ZERO WIDTH SPACE⟩b⟨SOFT HYPHEN⟩c"),
        ("\ufeff", "⟨BOM⟩"),
        ("\udc92", "⟨byte 92⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\ue000", "⟨U+E000⟩"),
        ("\x1b]0;title\a", "⟨ESC⟩]0;title⟨BEL⟩"),
        ("\u202egnp.exe", "⟨RIGHT-TO-LEFT OVERRIDE⟩gnp.exe"),
        ("a\nb\r\n", "a⏎b⟨CR⟩⏎"),
        ("\ufe0f", "⟨VARIATION SELECTOR-16⟩"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_nothing_that_acts_is_let_through() -> None:
    everything = "".join(map(chr, (*range(0x10000), *range(0xE0000, 0xE0200))))
    shown = visible(everything, newline="")
    assert not any(unseen(character) for character in set(shown))
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in set(shown))
