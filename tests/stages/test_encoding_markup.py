"""Documents that are markup keep their entities; texts with a tag or two are no such documents."""

import time

import pytest

import repair
from repair.stages.encoding.markup import is_markup
from repair.stages.encoding.stage import LEVELS


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html>\n<p>a &lt; b",
        '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<rss>',
        '<!-- saved -->\n\n  <HTML lang="en">\n<body>',
        "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>",
        "<p>one</p>\n<p>two</p>\n<p>three</p>",
    ],
)
def test_markup(text: str) -> None:
    assert is_markup(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a < b and c > d </",
        "<b>ok</b>\nfish &amp; chips",
        "<b>a</b> <i>b</i> <u>c</u> &amp; on one line\nfish &amp; chips",
        "The tag <html> opens a page, and </html> closes it.",
        "<p>one</p>\n<p>two</p>\n<p>three</p>\n" + "a whole book\n" * 10_000,
    ],
)
def test_no_markup(text: str) -> None:
    assert not is_markup(text)


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_even_suggested_in_a_page(level: str) -> None:
    text = "<html>\n<pre>\n" + "i &lt; n &amp;amp; caf&eacute &#8217;\n" * 100 + "</pre>\n"
    config = repair.Config(stages=("encoding",), encoding_level=level)
    done = repair.clean(text, config)
    assert (done.text, done.edits, done.suggestions) == (text, (), ())


def test_escaped_markup_is_decoded_once_and_then_stays() -> None:
    config = repair.Config(stages=("encoding",))
    text = "&lt;p&gt;one&lt;/p&gt;\n&lt;p&gt;two&lt;/p&gt;\n&lt;p&gt;R&amp;amp;D&lt;/p&gt;"
    once = repair.clean(text, config).text
    assert once == "<p>one</p>\n<p>two</p>\n<p>R&D</p>"
    assert repair.clean(once, config).text == once


def test_hostile_tags_cost_no_more_than_their_length() -> None:
    started = time.process_time()
    for text in ("</" * 300_000, "</a" * 300_000, "</" + "a" * 600_000, "\t" * 600_000 + "<x"):
        is_markup(text)
    assert time.process_time() - started < 1
