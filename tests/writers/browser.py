"""A headless Chromium driven over a pipe, with nothing but the standard library."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")

_FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars
--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage
--remote-debugging-pipe"""


class Browser:
    """One page of one browser. Chromium reads commands on file 3 and answers on file 4."""

    def __init__(self, width: int = 1400, height: int = 1000) -> None:
        assert CHROMIUM
        self._profile = tempfile.mkdtemp()
        commands, self._out = os.pipe()
        answers, write = os.pipe()

        def place() -> None:
            high = os.dup(commands), os.dup(write)  # out of the way of 3 and 4
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        flags = [
            *_FLAGS.split(),
            f"--window-size={width},{height}",
            f"--user-data-dir={self._profile}",
        ]
        flags.append("about:blank")
        self._process = subprocess.Popen(
            [CHROMIUM, *flags],
            preexec_fn=place,
            close_fds=False,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(write)
        self._in = os.fdopen(answers, "rb")
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        pages = [t for t in self("Target.getTargets")["targetInfos"] if t["type"] == "page"]
        target = pages[0]["targetId"]
        attached = self("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self(f"{domain}.enable")
        self("Emulation.setFocusEmulationEnabled", enabled=True)

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        self._in.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                result = answer["result"]
                assert isinstance(result, dict)
                return result
            self.events.append(answer)

    def _read(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            assert byte, "the browser has ended"
            data += byte
        value = json.loads(data)
        assert isinstance(value, dict)
        return value

    def open(self, address: str) -> None:
        """Go there and wait until the page's script has run."""
        self.js("document.body && (document.body.dataset.ready = '')")
        self("Page.navigate", url=address)
        for _ in range(200):
            if self.js("document.body?.dataset.ready || ''") == "1":
                return
            self.js("new Promise((done) => setTimeout(done, 50))")
        raise AssertionError(f"{address} never was ready")

    def js(self, expression: str) -> Any:
        found = self(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def keys(self, *keys: str) -> None:
        for key in keys:
            text: dict[str, Any] = {"text": key} if len(key) == 1 else {}
            if key == "Enter":
                text = {"text": "\r", "windowsVirtualKeyCode": 13}
            self("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
            self("Input.dispatchKeyEvent", type="keyUp", key=key)

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self("Page.captureScreenshot")["data"]))

    def pdf(self) -> bytes:
        return base64.b64decode(self("Page.printToPDF", printBackground=True)["data"])
