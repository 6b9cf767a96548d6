"""Many pairs at once get the scores of one by one, to the last bit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from repair.lexicon import channel, pairs
from repair.lexicon.heard import MANY, Heard
from repair.lexicon.lexicon import Lexicon

WORDS = st.text("abcdehikopstuz", max_size=14)
NAMES = (
    "openai",
    "copilot",
    "azure",
    "gemini",
    "waymo",
    "huawei",
    "mistral",
    "anthropic",
    "google",
)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20))
def test_scores_are_those_of_the_channel(some: list[tuple[str, str]]) -> None:
    units = pairs.Units(channel.table())
    found = pairs.scores([name for name, _ in some], [garble for _, garble in some], units)
    assert found == [channel.score(*pair, channel.table()) for pair in some]


def test_long_and_odd_words() -> None:
    some = [("q" * 50, "q" * 44), ("abc7", "abc7"), ("", ""), ("copilot", "cooplot")]
    found = pairs.scores(*map(list, zip(*some, strict=True)), pairs.Units(channel.table()))
    assert found == [channel.score(*pair, channel.table()) for pair in some]


def test_many_words_are_heard_as_one_by_one() -> None:
    words = [name.replace(old, new) for name in NAMES for old in "aeio" for new in ("", "u", "ee")]
    one, many = Heard(Lexicon.of(NAMES)), Heard(Lexicon.of(NAMES))
    many._compared = MANY
    many.hear(words)
    assert [many.near(word) for word in words] == [one.near(word) for word in words]
    assert any(map(one.near, words))
