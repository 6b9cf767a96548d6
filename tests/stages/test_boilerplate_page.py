"""Pages: units, prose without word lists, wrapped text, the guards, the network, odd input."""

import os
import subprocess
import sys
import textwrap
import time

import pytest

import repair
from repair.stages.boilerplate import context, guards, triggers
from repair.stages.boilerplate.headline import headline
from repair.stages.boilerplate.page import Page, is_prose

PROSE = (
    "The ferry company said on Tuesday that the new boats would arrive in spring, {n} of them.",
    "Two of the boats were built in Norway, and the third was bought second-hand for {n} crowns.",
    "Nobody in the town had been asked about the colour, which is a kind of green, she said.",
    "The mayor cut the ribbon and then walked across the bridge on her own, {n} steps in all.",
)
MENU = (
    *("Skip to main content", "Home", "News", "Sport", "Weather", "Opinion", "Podcasts", "Log in"),
    *("Subscribe", "Newsletters", "My account", "Search", "Menu", "Close", "Jobs", "Events"),
    *("Share this article", "Facebook", "Twitter", "WhatsApp"),
)
FOOT = (
    *("Most read", "Storm closes the northern harbour", "Bakers warn of dearer bread"),
    *("Latest news", "Island schools get a second teacher", "Ferry fares rise again in May"),
    *("About us", "Contact us", "Careers", "Privacy policy", "Terms of use", "Cookie policy"),
    *("Advertise with us", "Sitemap", "Accessibility", "Follow us", "RSS", "© 2024 Ferry Gazette"),
    "All rights reserved",
)


def article(units: int) -> list[str]:
    return [PROSE[n % 4].format(n=n) for n in range(units)]


@pytest.mark.parametrize("mode", ["cautious", "full"])
def test_a_whole_page_keeps_its_article(mode: str) -> None:
    body = ["New boats for the ferry company in spring", *article(14)]
    text = "\n".join((*MENU, *body, *FOOT)) + "\n"
    config = repair.Config(stages=("boilerplate",), boilerplate=mode)
    done = repair.clean(text, config)
    assert [line for line in article(14) if line not in done.text] == []
    left = [line for line in (*MENU, *FOOT) if line in done.text.split("\n")]
    assert len(left) <= 6, left
    assert repair.clean(done.text, config).edits == ()


def test_every_edit_can_be_put_back() -> None:
    text = "\n".join((*MENU, *article(14), *FOOT)) + "\n"
    done = repair.clean(text, repair.Config(stages=("boilerplate",)))
    assert done.script.inverse().apply(done.text) == text
    assert all(edit.evidence[0].startswith("family: ") for edit in done.edits)


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("Er sagte am Montag, dass nichts dergleichen jemals geplant gewesen sei.", True),
        ("橋の再開は春以降になる見通しだと、市は火曜日の夜に発表した。秋の大雨だという。", True),
        ("Мост откроют не раньше весны, сообщили во вторник вечером в администрации.", True),
        ("Home | News | Sport | Weather | Shop | Earth | Travel | Capital | Culture | More", False),
        ("Storm Closes The Northern Harbour For Second Day As Bakers Warn Of Bread", False),
        ("Price (Low) Price (High) Name (A to Z) Name (Z to A)", False),
    ],
)
def test_prose_in_any_language(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


def test_wrapped_paragraphs_are_one_unit() -> None:
    words = (" ".join(article(3))).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) + 1 > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    page = Page("\n".join([*lines, line, "", "Read more"]) + "\n")
    assert len(page) == 2
    assert page.prose == [True, False]


@pytest.mark.parametrize("indent", ["", "    "])
def test_a_long_address_and_a_menu_do_not_hide_that_a_text_is_wrapped(indent: str) -> None:
    paragraphs = [" ".join(article(4)[n:]) for n in range(3)]
    menu = ["o Home", "o Island news and weather", "https://example.org/" + "x" * 150]
    lines = [line for p in paragraphs for line in textwrap.wrap(indent + p, 76)]
    assert len(Page("\n".join([*menu, *lines])).anchors) == 3
    broken = [line for p in paragraphs for line in (*textwrap.wrap(p, 68), "")]
    assert len(Page("\n".join([*menu, *broken]))) == len(menu) + 3


def test_lines_that_are_no_wrapped_text_stay_apart() -> None:
    assert len(Page("\n".join((*MENU, *article(14), *FOOT)))) == len(MENU) + 14 + len(FOOT)


def test_the_headline_is_the_line_that_says_what_the_article_says() -> None:
    head = "New boats for the ferry company in spring"
    above = [f"{head} - Ferry Gazette", "Home", "Ferry fares rise", head, "By Ines Falk"]
    page = Page("\n".join((*above, *article(6))))
    assert headline(page) == 3
    assert headline(Page("\n".join(article(6)))) == -1
    assert headline(Page("\n".join(("Home", "Sport", *article(6))))) == -1


@pytest.mark.parametrize("mode", ["cautious", "full"])
def test_a_list_above_the_article_ends_at_the_headline(mode: str) -> None:
    head = ["New boats for the ferry company in spring", "Green, fast and bought second-hand"]
    text = "\n".join((*MENU, "Most read", *FOOT[1:3], *head, "By Ines Falk", *article(14)))
    done = repair.clean(text, repair.Config(stages=("boilerplate",), boilerplate=mode))
    assert FOOT[1] not in done.text
    assert head[0] in done.text
    assert head[1] in done.text or mode == "full"


def test_the_guards_beat_any_score() -> None:
    page = Page("\n".join((*article(5), "A subhead", *article(5), "1. Ines Falk", "Record: 2")))
    scores = [9.0] * len(page)
    taken = guards.allowed(page, scores, {}, "cautious", "whole")
    assert not [i for i in taken if page.prose[i]]
    assert 5 not in taken
    assert 11 not in taken


@pytest.mark.parametrize(
    "line",
    [
        "Crew chief: Ola Berg",
        "R : 50,000₩",
        "Ines Falk, Norway",
        "Engines burn no oil, only sun, while everybody aboard is idle or asleep on deck till noon",
    ],
)
def test_an_entry_of_a_list_has_to_be_surer(line: str) -> None:
    page = Page("\n".join((line, "Most read", *article(14))))
    least = guards.BARS["cautious", "whole"].anywhere
    for over, taken in ((1.0, [1]), (2.5, [0, 1])):
        scores = [least + over, least + over, *[-9.0] * 14]
        assert guards.allowed(page, scores, {}, "cautious", "whole") == taken


def test_the_weights_are_those_of_the_checksum() -> None:
    page = Page("\n".join((*MENU, *article(14), *FOOT)))
    none = [False] * len(page)
    for kind in context.KINDS:
        assert len(context.shipped().scores(page, none, none, kind)) == len(page)


def test_clean_text_needs_no_numpy() -> None:
    code = (
        "import sys, repair\n"
        "config = repair.Config(stages=('boilerplate',))\n"
        "repair.clean('A title\\n\\nA sentence of eight words stands here alone.\\n', config)\n"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_phrase_stands_for_a_whole_line() -> None:
    shipped = triggers.shipped()
    assert shipped.match("» 1,204 Comments:")
    assert shipped.match("Share this article")
    assert not shipped.match("Share this article of faith with the rest of us")
    assert not shipped.match("cookie dough")


@pytest.mark.parametrize(
    "text",
    [
        "Share\n" * 20_000,
        "x" * 500_000,
        "(" * 100_000 + "\n" + "[" * 100_000,
        "a \n" * 50_000,
        "Read more: " + "a b " * 50_000,
        "\n" * 200_000,
        "\ud800\n© 2024\n" * 100,
    ],
    ids=["triggers", "one word", "brackets", "short lines", "long line", "blank", "surrogates"],
)
def test_hostile_input_is_linear(text: str) -> None:
    began = time.process_time()
    repair.clean(text, repair.Config(stages=("boilerplate",)))
    assert time.process_time() - began < 5


def test_reasons_are_the_same_in_every_process() -> None:
    """Two notices in one line: the same one is named whatever the seed of the hashes."""
    program = (
        "import repair\n"
        "prose = 'The ferry company said on Tuesday that the boats would arrive in spring.\\n'\n"
        "notice = 'Sign up for our weekly newsletter and have it delivered to your inbox.\\n'\n"
        "done = repair.clean(prose * 3 + notice + prose, repair.Config(stages=('boilerplate',)))\n"
        "print([(edit.reason, edit.evidence) for edit in done.edits])\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "1234"
    }
    assert len(seen) == 1
    assert b"newsletter" in seen.pop()


def test_a_text_in_capitals_may_name_an_author() -> None:
    line = "THE FERRY WILL CALL AT ALL OF THE OTHER PLACES OF THE COAST, AND AT SOME OF THE ISLANDS"
    text = f"{line} ONE\nOLA BERG IS A SENIOR EDITOR AT THE HARBOUR POST AND {line}\n{line} TWO\n"
    assert repair.clean(text, repair.Config(stages=("boilerplate",))).text == text
