"""How names sound, and how surely one is heard in what a recogniser wrote."""

import pytest

from repair.lexicon import spoken


def said(text: str) -> str:
    return "".join(spoken.of_word(word)[0] for word in text.split())


def heard(name: str, text: str) -> float:
    return max(spoken.heard(mine, said(text)) for mine in spoken.of_name(name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("GitHub", "git hop"),
        ("Haiku", "hi coup"),
        ("TSMC", "tea s m c"),
        ("LiteLLM", "light llm"),
        ("PyTorch", "pie torch"),
        ("Hugging Face", "hugging phase"),
        ("Grafana", "graph ana"),
        ("Gemini 2.5 Pro", "gemini two point five pro"),
        ("GPT-4", "g p t four"),
    ],
)
def test_a_name_is_heard_in_other_words(name: str, text: str) -> None:
    assert heard(name, text) > -3.5


@pytest.mark.parametrize(
    ("name", "text"),
    [("GitHub", "coffee shop"), ("GPT-4", "g p t five"), ("MCP", "n p c"), ("Haiku", "how far")],
)
def test_another_thing_is_not_heard(name: str, text: str) -> None:
    assert heard(name, text) < -4.5


def test_names_are_found_by_their_sounds() -> None:
    names = spoken.Said(["GitHub", "GitLab", "Grafana", "GPT-4"])
    assert [name for name, _ in names.like(said("git hop"), -5.0)] == ["GitHub"]
    assert not list(names.like(said("g p t four"), -5.0))


def test_long_words_and_signs_are_silent() -> None:
    assert spoken.of_word("x" * 100) == ()
    assert spoken.of_word("") == ()
    assert spoken.of_name("...") == ()
