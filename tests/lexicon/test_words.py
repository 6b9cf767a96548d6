"""Known words, and how common they are."""

import pytest

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


@pytest.mark.parametrize("name", ["large_en", "small_fr", "small_tr", "small_ru"])
def test_few_words_are_found_as_in_the_whole_table(name: str) -> None:
    table = words._table(name)
    few = words.Few(name)
    asked = sorted(table)[:: len(table) // 25]
    asked += [word[1:] for word in asked] + ["", "zzyzxqq", "\udc80", "x" * 40, "x" * 300]
    assert [few.get(word) for word in asked] == [table.get(word, 0.0) for word in asked]
    whole = words.Few(name)
    more = sorted(table)[: words.FEW + 3]
    assert [whole.get(word) for word in more] == [table[word] for word in more]


def test_a_word_is_found_in_the_list_without_frequencies() -> None:
    held = words._english_list()
    for word in (*sorted(held)[::9_000], "the", "of", "zzyzxqq", "", " ", "the of", "the\n", "é"):
        assert words._in_english_list(word) is (word in held)
