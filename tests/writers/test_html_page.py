"""The page: complete, inert against hostile text, and fast in a real browser at 10,000 edits."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from repair.text.document import Document, Repaired
from repair.text.edits import Edit, EditScript, Span
from repair.writers import writer
from tests.writers.browser import CHROMIUM, Browser
from tests.writers.nasty import NASTY, mended, result

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")

EVIL = (
    "</script></style></textarea><script>document.title='owned'</script>"
    '<img src=x onerror="document.title=\'owned\'"> \u202eright\u2066 \x1b[31mred "'
    " onfocus='x' &amp; "
)


def page(*results: Repaired, **options: Any) -> str:
    out = io.StringIO()
    writer("html", **options)(results, out)
    return out.getvalue()


def many(count: int, name: str = "a.txt") -> Repaired:
    text = "teh word of a man is a word that he will keep, if he can.\n" * count
    width = len(text) // count
    edits = [
        Edit(
            Span(at, at + 3),
            "teh",
            "the",
            f"test/r{at % 7}",
            "letters swapped",
            0.85 + at % 15 / 100,
        )
        for at in range(0, len(text), width)
    ]
    return result(Document(text, name), edits)


def hostile() -> Repaired:
    edit = Edit(Span(0, len(EVIL)), EVIL, EVIL[::-1], f"t/{EVIL}", EVIL, 0.9, (EVIL,))
    return result(Document(EVIL + "\n" + EVIL, EVIL), [edit])


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(key for key, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_hostile_text_is_only_text() -> None:
    tags = Tags()
    tags.feed(page(hostile()))
    assert tags.tags.count("script") == 1
    assert "img" not in tags.tags
    assert not any(key.startswith("on") for key in tags.attributes)
    assert not set("\u202e\u2066\x1b") & set(page(hostile()))
    assert "<img src=x" in tags.text


def test_nothing_is_loaded_from_anywhere() -> None:
    text = page(mended(NASTY[0]))
    assert "default-src &#x27;none&#x27;" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "src=" not in text
    assert "url(" not in text


def test_every_nasty_document_can_be_written_as_utf8() -> None:
    assert page(*map(mended, NASTY)).encode("utf-8")


def test_numbers_of_the_summary_and_what_is_left_out() -> None:
    failed = Repaired(Document("", "b.bin", meta={"error": "binary <data>"}), "", EditScript())
    text = page(many(30), failed, limit=20)
    assert text.count('<li class="row"') == 20
    assert "10 more edits are not on this page" in text
    assert "<dt>edits</dt><dd>30</dd>" in text
    assert "failed: binary &lt;data&gt;" in text


def test_nothing_to_repair() -> None:
    assert "every document is as it should be" in page(result(Document("fine", "a.txt"), []))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


def shown(browser: Browser, path: Path, text: str) -> Browser:
    path.write_text(text, encoding="utf-8")
    browser.events.clear()
    browser.open(path.as_uri())
    return browser


def complaints(browser: Browser) -> list[dict[str, Any]]:
    bad = ("Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening")
    return [event for event in browser.events if event.get("method") in bad]


@needs_chromium
def test_hostile_text_is_inert_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path / "a.html", page(hostile(), title=EVIL))
    assert browser.js("document.title") != "owned"
    assert browser.js("document.images.length + document.scripts.length") == 1
    browser.js("document.querySelector('.mark').focus()")
    assert "<img src=x" in browser.js("document.querySelector('.tip').textContent")
    assert complaints(browser) == []
    asked = [e for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
    assert len(asked) == 1


@needs_chromium
def test_ten_thousand_edits(browser: Browser, tmp_path: Path) -> None:
    start = time.monotonic()
    shown(browser, tmp_path / "a.html", page(*(many(500, f"{n}.txt") for n in range(20))))
    assert time.monotonic() - start < 30  # some 3 s on two shared cores
    spent = browser.js(
        "(() => { const t = performance.now();"
        " document.querySelector('[data-facet=rule]').click();"
        " return performance.now() - t })()"
    )
    assert spent < 2_000
    left = browser.js("document.querySelectorAll('.row:not([hidden])').length")
    assert 1_000 < left < 2_000
    assert browser.js("document.getElementById('said').textContent").startswith("1,4")


@needs_chromium
def test_keys_answer_and_the_answers_are_written(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path / "a.html", page(many(6)))
    browser.js(
        "window.saved = ''; URL.createObjectURL = (blob) => {"
        " blob.text().then((t) => window.saved = t);"
        " return 'blob:x' }; HTMLAnchorElement.prototype.click = () => {}"
    )
    browser.keys("j", "n", "y", "u", "e")
    assert browser.js("document.getElementById('own').open")
    browser.js("document.querySelector('#own input').value = 'THE'")
    browser.keys("Enter")
    browser.js("new Promise((done) => setTimeout(done, 50))")
    browser.keys("w")
    browser.js("new Promise((done) => setTimeout(done, 50))")
    saved = [json.loads(line) for line in browser.js("window.saved").splitlines()]
    assert [record["answer"] for record in saved] == ["reject", "replace"]
    assert saved[1]["replacement"] == "THE"
    assert saved[0]["document"] == "a.txt"
    assert set(saved[0]) >= {"id", "place", "rule", "before", "after", "left", "right", "at"}


@needs_chromium
def test_views_find_and_print(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path / "a.html", page(many(4), mended(NASTY[6])))
    browser.keys("s")
    assert browser.js("document.querySelectorAll('.sides').length") > 1
    browser.keys("s", "t", "/")
    assert browser.js("document.activeElement.id") == "find"
    assert browser.js("document.querySelectorAll('.sides').length") == 0
    assert browser.js("document.documentElement.dataset.theme") in ("dark", "light")
    browser.js(
        "const find = document.getElementById('find'); find.value = 'removed.txt';"
        " find.dispatchEvent(new Event('input'))"
    )
    browser.js("new Promise((done) => setTimeout(done, 250))")
    assert browser.js("document.querySelectorAll('.doc:not([hidden])').length") == 1
    assert browser.pdf().startswith(b"%PDF")
    assert complaints(browser) == []
