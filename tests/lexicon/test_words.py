"""Known words, and how common they are."""

from repair.lexicon import words


def test_common_words_and_their_forms() -> None:
    assert words.common("house")
    assert words.common("housed")
    assert not words.common("cooplot")


def test_frequencies_fall() -> None:
    assert words.zipf("the") > words.zipf("house") > words.zipf("gherkin") > 0
    assert words.zipf("zzyzxqq") == 0


def test_other_languages() -> None:
    assert words.elsewhere("eröffnung") > 3
    assert words.elsewhere("zzyzxqq") == 0
