"""A small HTTP service for pipelines that are not Python: JSON in, clean text and its account out.

    POST /clean   {"text": "..."}            -> {"text", "edits", "suggestions", "error"}
    POST /clean   {"texts": ["...", ...]}    -> {"results": [ ... as above ... ]}
    GET  /health                             -> {"status", "version", "fingerprint", "workers"}

It listens on this machine alone, answers requests addressed to it by a local name alone (a web page
cannot make a browser use it), and cleans in processes of its own, so that a document that ends one
of them costs an error and not the service.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from repair.batch.jobs import MIB, Job, Part
from repair.batch.work import Plan, Worker
from repair.config import Config
from repair.version import __version__

LOCAL = ("127.0.0.1", "localhost", "::1")
MOST = 1024  # texts a request
_worker: Worker | None = None


class Refused(Exception):
    """A request that is not answered: HTTP status and reason."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Service:
    """The pool and its limits: `mebibytes` a request, `queue` requests at a time."""

    def __init__(self, plan: Plan, workers: int, mebibytes: int = 16, queue: int = 64) -> None:
        self.plan, self.workers, self.mebibytes, self.queue = plan, workers, mebibytes, queue
        self._under_way = 0
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, initializer=_begin, initargs=(self.plan,))

    async def clean(self, request: Request) -> JSONResponse:
        """Answer POST /clean."""
        try:
            texts, many = await self._asked(request)
            if self._under_way >= self.queue:
                raise Refused(503, "busy; try again in a moment")
            self._under_way += 1
            try:
                told = await asyncio.get_running_loop().run_in_executor(self._pool, _clean, texts)
            except BrokenProcessPool:
                self._pool = self._new_pool()
                raise Refused(500, "a text ended its worker process") from None
            finally:
                self._under_way -= 1
        except Refused as refused:
            return JSONResponse({"error": str(refused)}, refused.status)
        return JSONResponse({"results": told} if many else told[0])

    async def _asked(self, request: Request) -> tuple[list[str], bool]:
        """The texts of a request, and whether they came as a list."""
        if not request.headers.get("content-type", "").startswith("application/json"):
            raise Refused(415, "send Content-Type: application/json")
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > self.mebibytes * MIB:
                raise Refused(413, f"a request holds at most {self.mebibytes} MiB")
        try:
            asked = json.loads(body)
        except (ValueError, RecursionError):
            raise Refused(400, "not JSON") from None
        one, many = (asked.get("text"), asked.get("texts")) if isinstance(asked, dict) else (0, 0)
        if isinstance(one, str):
            return [one], False
        if isinstance(many, list) and all(isinstance(text, str) for text in many):
            if len(many) > MOST:
                raise Refused(413, f"a request holds at most {MOST} texts")
            return many, True
        raise Refused(400, 'send {"text": "..."} or {"texts": ["...", ...]}')

    async def health(self, request: Request) -> JSONResponse:
        """Answer GET /health."""
        return JSONResponse(
            {
                "status": "ok",
                "version": __version__,
                "fingerprint": self.plan.config.fingerprint(),
                "workers": self.workers,
            }
        )

    def application(self) -> Starlette:
        """The ASGI application."""

        @asynccontextmanager
        async def life(app: Starlette) -> AsyncIterator[None]:
            yield
            self._pool.shutdown(cancel_futures=True)

        return Starlette(
            routes=[
                Route("/clean", self.clean, methods=["POST"]),
                Route("/health", self.health, methods=["GET"]),
            ],
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL, "[::1]"])],
            lifespan=life,
        )


def _begin(plan: Plan) -> None:
    global _worker
    _worker = Worker(plan)


def _clean(texts: list[str]) -> list[dict[str, Any]]:
    """What the worker processes do: the answer for each text."""
    assert _worker is not None
    result = _worker.do(Job("cells", tuple(Part(f"{i}", None, t) for i, t in enumerate(texts))))
    errors = {problem.name: problem.message for problem in result.problems}
    return [
        {
            "text": text,
            "edits": [_plain(edit) for edit in done.edits],
            "suggestions": [_plain(edit) for edit in done.suggestions],
            "error": errors.get(str(i)),
        }
        for i, (text, done) in enumerate(zip(result.outputs, result.kept, strict=True))
    ]


def _plain(edit: Any) -> dict[str, Any]:
    return {
        "start": edit.start,
        "end": edit.end,
        "before": edit.before,
        "after": edit.after,
        "rule": edit.rule,
        "reason": edit.reason,
        "confidence": round(edit.confidence, 4),
        "evidence": list(edit.evidence),
    }


def serve(config: Config, host: str, port: int, workers: int, mebibytes: int) -> None:
    """Answer until the process is ended. Raises ValueError for an address that is not local."""
    import uvicorn

    if host not in LOCAL:
        raise ValueError(f"{host}: not this machine; put a proxy before {LOCAL[0]} to go further")
    service = Service(Plan(config, keep=True), workers, mebibytes)
    uvicorn.run(service.application(), host=host, port=port, log_level="warning")
