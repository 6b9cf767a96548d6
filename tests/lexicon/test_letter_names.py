"""Letters read aloud."""

import pytest

from repair.lexicon import letter_names


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("IBM", ["aibiem"]),
        ("OpenAI", ["openeiai"]),
        ("ChatGPT", ["chatjipiti"]),
        ("SK Hynix", ["eskeihynix"]),
        ("NVIDIA", []),
        ("iPhone", []),
        ("Apple", []),
        ("", []),
    ],
)
def test_capitals_are_read_out(name: str, spoken: list[str]) -> None:
    assert list(letter_names.spoken(name)) == spoken
