"""The review in a browser: the report's page, served to this machine alone, with answers sent back.

The server listens on 127.0.0.1 and answers only to an address that holds a random token, asked for
under its own name (a page elsewhere can neither read it nor post to it, nor rename itself into it).
The page loads nothing from outside, and a client can only choose an answer to an edit that was
shown: everything else of a decision comes from here.
"""

from __future__ import annotations

import hmac
import io
import json
import secrets
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from repair.review.decisions import ANSWERS, UNDO
from repair.review.sitting import Question, Sitting
from repair.writers.html_page import Review, content_policy, write

# Bytes of a posted list of answers: ten thousand edits accepted at once need some 6 MB.
_LARGEST = 64 << 20
# Edits on one page.
LIMIT = 20_000


class RefusedError(ValueError):
    """A posted answer that is not one to an edit of this sitting."""


class Server(ThreadingHTTPServer):
    """Serves one sitting; `address` is where the page is."""

    daemon_threads = True

    def __init__(self, sitting: Sitting, port: int = 0, title: str = "Review") -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.sitting = sitting
        self.title = title
        self.token = secrets.token_urlsafe(24)
        self.lock = threading.Lock()
        self._steps: list[frozenset[tuple[str, str]]] = []
        self._questions = {(q.identity.id, _shown(q.document)): q for q in sitting.questions}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, str]:
        return f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"

    def page(self) -> bytes:
        """The page with the answers given so far."""
        with self.lock:
            sitting = self.sitting
            asked = sitting.questions
            answers = {
                (asked[number].document, asked[number].identity.id): (
                    given.answer,
                    given.replacement or "",
                )
                for number, given in sitting.answers.items()
            }
            shown = frozenset((q.document, q.identity.id) for q in asked)
            out = io.StringIO(newline="")
            review = Review("answers", answers, shown)
            write(sitting.results, out, title=self.title, limit=LIMIT, review=review)
        return out.getvalue().encode("utf-8")

    def answer(self, records: object) -> int:
        """Record posted answers; how many open questions they settled. Raises RefusedError."""
        if not isinstance(records, list) or not records:
            raise RefusedError("a list of answers is wanted")
        with self.lock:
            step = frozenset(self._key(record) for record in records)
            if all(record.get("answer") == UNDO for record in records):
                if not self._steps or self._steps[-1] != step:
                    raise RefusedError("only the last step can be taken back")
                self._steps.pop()
                self.sitting.undo()
                return 0
            count = self.sitting.give_all([self._given(record) for record in records])
            self._steps.append(step)
            return count

    def _key(self, record: object) -> tuple[str, str]:
        if not isinstance(record, Mapping):
            raise RefusedError("an answer is an object")
        key = record.get("id"), record.get("document")
        if not all(isinstance(part, str) for part in key) or key not in self._questions:
            raise RefusedError("an answer to an edit that was not asked about")
        return str(key[0]), str(key[1])

    def _given(self, record: Mapping[str, Any]) -> tuple[Question, str, str | None]:
        answer, replacement = record.get("answer"), record.get("replacement")
        if answer not in ANSWERS:
            raise RefusedError("no such answer")
        if answer == "replace" and not isinstance(replacement, str):
            raise RefusedError("a replacement is a text")
        text = replacement if answer == "replace" else None
        return self._questions[self._key(record)], answer, text


def _shown(document: str) -> str:
    """The name as a page can hold it: what is no text is a replacement character."""
    return document.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version, sys_version = "repair", ""
    timeout = 60

    def do_GET(self) -> None:
        if not self._welcome() or self.path != f"/{self.server.token}/":
            self._send(404, b"not here\n", "text/plain")
            return
        self._send(200, self.server.page(), "text/html")

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if not self._welcome() or self.path != f"/{self.server.token}/answers":
            self._send(404, b"not here\n", "text/plain")
        elif self.headers.get_content_type() != "application/json":
            self._send(415, b"JSON is wanted\n", "text/plain")
        elif not size.isdigit() or int(size) > _LARGEST:
            self._send(413, b"too much\n", "text/plain")
        else:
            try:
                count = self.server.answer(json.loads(self.rfile.read(int(size))))
            except (ValueError, RecursionError) as error:
                self._send(400, f"{error}\n".encode("ascii", "replace"), "text/plain")
            else:
                self._send(200, json.dumps({"settled": count}).encode(), "application/json")

    def _welcome(self) -> bool:
        """Whether the request comes from our own page, or from someone who was given its address.

        A foreign page that was resolved to this machine has its own name in `Host`, and one that
        posts from elsewhere has its own in `Origin`.
        """
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        named = host in self.server.hosts
        token = self.path.split("/")[1] if self.path.count("/") > 1 else ""
        right = hmac.compare_digest(token.encode(), self.server.token.encode())
        own = origin is None or origin in {f"http://{name}" for name in self.server.hosts}
        return named and right and own

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", f"{content_policy()}; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the terminal belongs to the person who started the review."""
