"""The review in a browser: a person's way through it, and everyone else kept out."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from repair.review.decisions import load
from repair.review.sitting import Choice, Sitting
from repair.review.web import Server
from tests.review.answers import repaired
from tests.writers.browser import CHROMIUM, Browser

TEXT = "Openi has Cooplot for customs.\nLater Openi <script>alert(1)</script> was odd.\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    results = (repaired(TEXT), repaired(TEXT, "b/\udcff.txt"))
    server = Server(Sitting(results, tmp_path / "d.jsonl"))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def call(address: str, data: object = None, **headers: str) -> tuple[int, bytes, Any]:
    body = None if data is None else json.dumps(data).encode()
    kind = {"Content-Type": "application/json"} if body is not None else {}
    request = urllib.request.Request(address, body, kind | headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


def record(server: Server, number: int, answer: str, **more: str) -> dict[str, str]:
    question = server.sitting.questions[number]
    return {
        "id": question.identity.id,
        "document": question.document,
        "answer": answer,
        **more,
    }


def test_page_and_its_headers(server: Server) -> None:
    status, page, headers = call(server.address)
    assert status == 200
    assert b"<script>alert" not in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("", {"Host": "evil.example"}),
        ("", {"Origin": "https://evil.example"}),
        ("../", {}),
        ("../wrong/", {}),
        ("more", {}),
        ("../../etc/passwd", {}),
    ],
)
def test_nobody_else_gets_in(server: Server, path: str, headers: dict[str, str]) -> None:
    status, body, _ = call(server.address + path, **headers)
    assert (status, body) == (404, b"not here\n")
    status, _, _ = call(server.address + "answers", [record(server, 0, "reject")], **headers)
    assert status == (404 if headers else 200)


def test_listens_to_this_machine_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert len(server.token) >= 32


def test_answers_and_undo(server: Server) -> None:
    posted = [record(server, 0, "reject"), record(server, 1, "replace", replacement="Co-Pilot")]
    assert call(server.address + "answers", posted)[:2] == (200, b'{"settled": 2}')
    assert {d.answer for d in load(server.sitting.path)} == {"reject", "replace"}
    assert b'data-answer="reject"' in call(server.address)[1]
    undone = [record | {"answer": "undo"} for record in posted]
    assert call(server.address + "answers", undone)[0] == 200
    assert load(server.sitting.path) == []
    assert call(server.address + "answers", undone)[0] == 400


@pytest.mark.parametrize(
    "posted",
    [
        {},
        [],
        ["x"],
        [{"id": "0" * 16, "document": "a.txt", "answer": "reject"}],
        [{"id": [], "document": {}, "answer": "reject"}],
    ],
)
def test_only_answers_to_edits_that_were_shown(server: Server, posted: object) -> None:
    assert call(server.address + "answers", posted)[0] == 400
    assert call(server.address + "answers", [record(server, 0, "burn")])[0] == 400
    assert call(server.address + "answers", [record(server, 0, "replace")])[0] == 400
    kind = {"Content-Type": "text/plain"}
    assert call(server.address + "answers", [record(server, 0, "reject")], **kind)[0] == 415
    assert load(server.sitting.path) == []


def test_only_what_was_chosen_is_on_the_page(tmp_path: Path) -> None:
    sitting = Sitting((repaired(TEXT),), tmp_path / "d", choice=Choice(applied=False))
    server = Server(sitting)
    assert server.page().count(b'<li class="row"') == 2
    server.server_close()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_a_person_in_a_browser(server: Server) -> None:
    """Five keys, one of them taken back, one own text; a reload goes on where they were."""
    with Browser() as browser:
        browser.open(server.address)
        assert browser.js("document.querySelector('.row.now .at').textContent") == "1:1"
        browser.keys("n", "y", "u", "a")
        browser.js("new Promise((done) => setTimeout(done, 300))")
        said = browser.js("document.getElementById('said').textContent")
        assert said == "3 of 10 answered", "rejected one; Copilot always, in both documents"
        browser.keys("e")
        browser.js("document.querySelector('#own input').value = 'bespoke'")
        browser.keys("Enter")
        browser.js("new Promise((done) => setTimeout(done, 300))")
        assert "bespoke" in browser.js("document.querySelector('.text').textContent")
        browser.open(server.address)
        assert browser.js("document.getElementById('said').textContent") == "4 of 10 answered"
    answers = sorted((d.before, d.answer, d.replacement) for d in load(server.sitting.path))
    assert answers == [
        ("Cooplot", "always", None),
        ("Openi", "reject", None),
        ("customs", "replace", "bespoke"),
    ]
