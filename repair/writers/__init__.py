"""Writers render what was repaired: patches, reports, pages, annotations. They decide nothing.

A writer is a function `write(results, out)`: an iterable of `Repaired`, read once and in order, and
a text stream. It imports only `repair.text`, renders the hunks of the script, and never compares
two texts. Options are keywords; bind them to get a plain `Writer`:

    from repair.writers import writer
    write = writer("patch", prefix="docs")  # a Writer: (Iterable[Repaired], TextIO) -> None
    with open("all.patch", "wb") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as out:
        write(results, out)

| name    | module       | writes                 | keywords (defaults)                            |
|---------|--------------|------------------------|------------------------------------------------|
| `jsonl` | json_report  | the report, JSON lines |                                                |
| `patch` | unified_diff | what `git apply` takes | `prefix=""`, `colour=False`, `inert=False`     |
| `word`  | word_diff    | rows for a terminal    | `colour=False`, `suggestions=True`, `around=40`|
| `side`  | word_diff    | two columns            | also `width=100`                               |
| `sarif` | sarif        | SARIF 2.1.0 with fixes | `prefix=""`, `rules=()` (for their summaries)  |
| `rdjsonl`| rdjsonl     | reviewdog diagnostics  | `prefix=""`                                    |
| `github`| github       | workflow annotations   | `prefix=""`, `shown=10`, `summary=None` (a file|
|         |              |                        | for the step summary in Markdown)              |
| `html`  | html_page    | one self-contained page| `title="..."`, `limit=10_000` (edits shown)    |

**Paths.** `document.name` is the path relative to the folder the command ran in, with `/`. `prefix`
is that folder seen from the root of the repository (`git rev-parse --show-prefix`): `git apply`
skips, without a word, what it does not find from there.

**Streams.** Open files with `encoding="utf-8", newline=""`. `patch` is bytes: it writes to
`out.buffer` where there is one, else (a `StringIO`) text with `surrogateescape`. All others write
text that plain UTF-8 can hold, whatever the document holds. On a terminal show `word`, or `patch`
with `inert=True, colour=...`: a raw patch carries the escape sequences of the text.

**What a reader may put into `document.meta`** and the writers use: `output` (where the clean text
went, for `revert`), `error` (one line: the document failed; give it an empty text and an empty
script), `mode` (of the file, an int).

**Reading back**: `json_report.read(lines)` gives a `DocumentReport` for each document, with
`.edits`, `.suggestions`, `.script()` (its inverse leads back), hashes and encoding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import Any, TextIO

from repair.text.document import Repaired

Writer = Callable[[Iterable[Repaired], TextIO], None]

# name: (module, keywords that are fixed); a module is imported when its writer is asked for
WRITERS: dict[str, tuple[str, dict[str, Any]]] = {
    "jsonl": ("json_report", {}),
    "patch": ("unified_diff", {}),
    "word": ("word_diff", {"style": "word"}),
    "side": ("word_diff", {"style": "side"}),
    "sarif": ("sarif", {}),
    "rdjsonl": ("rdjsonl", {}),
    "github": ("github", {}),
    "html": ("html_page", {}),
}


def writer(name: str, **options: Any) -> Writer:
    """The writer of that name with its options bound. Raises KeyError for an unknown name.

    >>> import io, repair
    >>> out = io.StringIO()
    >>> writer("patch")([repair.clean("Nothing to do.\\n")], out)
    >>> out.getvalue()
    ''
    """
    module, fixed = WRITERS[name]
    write: Writer = import_module(f"repair.writers.{module}").write
    return partial(write, **fixed, **options)
