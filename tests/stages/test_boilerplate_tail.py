"""Behind the article: comments go as one block, sources and authors only in full mode."""

import repair

ARTICLE = "".join(
    f"The ferry number {name} left the harbour on time and the company counted its passengers, "
    f"although the mayor of the {name} town had said that the boats were late in winter.\n"
    for name in ("first", "second", "third", "fourth", "fifth", "sixth")
)
COMMENTS = "3 comments\n" + "".join(
    f"{name}\nMarch {day}, 2019 at 10:0{day}\n"
    f"Honestly, whoever wrote that has never cooked {dish} without burning everything nearby.\n"
    for day, (name, dish) in enumerate((("Ola", "soup"), ("Ines", "rice"), ("Bo", "fish")), 1)
)
SOURCES = "Our sources\n" + "".join(
    f"Ferry Gazette, The {word} timetable of the harbour, May {year}\n"
    for word, year in (("old", 2001), ("new", 2005), ("last", 2011), ("long", 2014))
)


def _left(text: str, mode: str) -> str:
    return repair.clean(text, repair.Config(stages=("boilerplate",), boilerplate=mode)).text


def test_comments_go_as_one_block() -> None:
    for mode in ("cautious", "full"):
        left = _left(ARTICLE + COMMENTS, mode)
        assert left == ARTICLE
        assert _left(left, mode) == left


def test_comments_stay_where_they_are_kept() -> None:
    config = repair.Config(stages=("boilerplate",), keep=("comments",))
    assert repair.clean(ARTICLE + COMMENTS, config).text == ARTICLE + COMMENTS


def test_sources_stay_in_cautious_mode() -> None:
    text = ARTICLE + SOURCES + ARTICLE.splitlines()[0] + "\n"
    assert _left(text, "cautious") == text


def test_posts_with_comments_each_stay() -> None:
    text = (ARTICLE + "3 comments\n") * 3
    assert _left(text, "cautious").count("ferry number") == 18
    assert _left(text, "full").count("ferry number") == 18
