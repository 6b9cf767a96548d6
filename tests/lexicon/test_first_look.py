"""The first look finds what the lexicon would find, and nothing else is promised of it."""

import pytest

from repair.lexicon.first_look import FirstLook, content
from repair.lexicon.lexicon import load

FORMS = b"\na\nab\nopeni\nroad kill\nwall road journal\nwalls\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("openi", True),
        ("a", True),
        ("ab", True),
        ("b", False),
        ("wall", False),
        ("the wall road journal said", True),
        ("the wall-road-journal said", True),
        ("walls", True),
        ("road", False),
        ("zebra", False),
        ("", False),
        ("été", False),
    ],
)
def test_what_is_seen(text: str, seen: bool) -> None:
    assert FirstLook(FORMS).sees(text.replace("-", " ").split(), text) is seen


def test_every_listed_form_is_seen() -> None:
    lexicon = load(("auto",))
    look = FirstLook(content(lexicon))
    for words in lexicon.garbles:
        assert look.sees(words, f"so {' '.join(words)} said"), words
