"""The HTTP service: answers, limits, and to whom it does not speak."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx")

from starlette.testclient import TestClient

from repair.adapters.service import Service, serve
from repair.batch.jobs import Limits
from repair.batch.work import Plan
from repair.config import Config
from tests.batch.poison import poisoned

BAD, GOOD = "a multi -billion deal", "a multi-billion deal"
CONFIG = Config(stages=("artifacts",))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    plan = Plan(CONFIG, honour=poisoned, keep=True, limits=Limits(seconds=0.5))
    app = Service(plan, 1, mebibytes=1).application()
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_one_text_and_many(client: TestClient) -> None:
    told = client.post("/clean", json={"text": BAD}).json()
    assert (told["text"], told["error"]) == (GOOD, None)
    assert told["edits"][0]["rule"] == "artifacts/orphan-hyphen"
    told = client.post("/clean", json={"texts": [BAD, "LOOP x", "fine"]}).json()["results"]
    assert [row["text"] for row in told] == [GOOD, "LOOP x", "fine"]
    assert "took more than" in told[1]["error"]


def test_health(client: TestClient) -> None:
    told = client.get("/health").json()
    assert (told["status"], told["fingerprint"]) == ("ok", CONFIG.fingerprint())


def test_a_text_that_ends_its_worker(client: TestClient) -> None:
    assert client.post("/clean", json={"text": "DIE now"}).status_code == 500
    assert client.post("/clean", json={"text": BAD}).json()["text"] == GOOD


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"nonsense", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"text": 3}', "application/json", 400),
        (b'"text"', "application/json", 400),
        (b'{"text": "x"}', "text/plain", 415),
        (b'{"text": "%s"}' % (b"x" * (1 << 20)), "application/json", 413),
        (json.dumps({"texts": [""] * 1025}).encode(), "application/json", 413),
    ],
)
def test_refused(client: TestClient, body: bytes, kind: str, status: int) -> None:
    told = client.post("/clean", content=body, headers={"content-type": kind})
    assert told.status_code == status
    assert told.json()["error"]


def test_it_answers_to_local_names_only(client: TestClient) -> None:
    assert client.get("/health", headers={"host": "evil.example"}).status_code == 400
    with pytest.raises(ValueError, match="not this machine"):
        serve(CONFIG, "0.0.0.0", 1, 1, 1)


def test_the_command(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "repair", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen([*command, "--stages", "artifacts"], stderr=subprocess.DEVNULL)
    try:
        told = _asked(f"http://127.0.0.1:{port}/clean", {"text": BAD})
    finally:
        server.terminate()
        server.wait(20)
    assert told["text"] == GOOD


def _asked(url: str, body: dict[str, Any]) -> Any:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    for _ in range(200):
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer")
