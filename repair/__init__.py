"""Repair damaged text, and account for every character touched.

>>> import repair
>>> repair.clean("the cafÃ© is open").text
'the café is open'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from repair.version import __version__

if TYPE_CHECKING:
    from repair.config import Config
    from repair.lexicon.lexicon import Lexicon
    from repair.text.decode import decode
    from repair.text.document import Document, Repaired
    from repair.text.edits import Edit, EditScript, Span

__all__ = [
    "Config",
    "Document",
    "Edit",
    "EditScript",
    "Lexicon",
    "Repaired",
    "Span",
    "__version__",
    "clean",
    "clean_bytes",
    "decode",
]

# Where each public name lives; read when it is first asked for, so that `import repair` costs
# nothing.
_HOMES = {
    "Config": "repair.config",
    "Lexicon": "repair.lexicon.lexicon",
    "decode": "repair.text.decode",
    "Document": "repair.text.document",
    "Repaired": "repair.text.document",
    "Edit": "repair.text.edits",
    "EditScript": "repair.text.edits",
    "Span": "repair.text.edits",
}


def clean(text: str, config: Config | None = None) -> Repaired:
    """Repair a text. Of the result, `text` is the clean text and `edits` the account of it."""
    from repair.config import Config
    from repair.text.document import Document

    return (config or Config()).pipeline().repair(Document(text))


def clean_bytes(
    data: bytes, config: Config | None = None, *, name: str = "-", encoding: str | None = None
) -> Repaired:
    """Repair bytes: the encoding is found (or given), and the result can be taken back to the same
    bytes.

    Raises `repair.text.decode.UndecodableError` for binary data.
    """
    from repair.config import Config
    from repair.text.decode import decode

    return (config or Config()).pipeline().repair(decode(data, name, encoding))


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'repair' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
