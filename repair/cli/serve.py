"""`repair serve`: the pipeline as a local HTTP service."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from repair.cli import options
from repair.cli.console import Console, give_up

Host = Annotated[str, typer.Option("--host", metavar="NAME", help="A name of this machine.")]
Port = Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535)]
Size = Annotated[int, typer.Option("--max-size", metavar="MIB", min=1, help="Of a request.")]


@options.cleaning
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8765,
    chosen: options.Chosen = options.NOTHING_CHOSEN,
    workers: options.Workers = 0,
    max_size: Size = 16,
    quiet: options.Quiet = False,
) -> None:
    """Clean over HTTP, for pipelines that are not Python; this machine only.

    \b
      repair serve --port 8765 &
      curl -s localhost:8765/health
      curl -s localhost:8765/clean -H 'Content-Type: application/json' \\
           -d '{"text": "a multi -billion deal"}'
    """
    from repair.cli import session

    try:
        from repair.adapters.service import serve as run
    except ImportError:
        give_up("needs starlette and uvicorn: pip install 'repair-text[serve]'")
    settings = chosen.settings()
    with session.no_traceback():
        settings.pipeline()
        Console(quiet).say(f"listening on http://{host}:{port}; Ctrl-C ends it")
        try:
            run(settings, host, port, workers or os.cpu_count() or 1, max_size)
        except ValueError as error:
            give_up(str(error))
