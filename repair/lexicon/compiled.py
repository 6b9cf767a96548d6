"""The indexes of the shipped packs, built with the wheel and found there instead of built again.

What is compiled holds for the dictionaries and the code that it was made from, and says so: it
carries a checksum over both. Where they have changed, and in a checkout, which has no such file,
the indexes are built from the packs as they are for a user's own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from repair.lexicon import pack
from repair.lexicon.shelf import Shelf, Writer
from repair.lexicon.tables import folder

if TYPE_CHECKING:
    from repair.lexicon.lexicon import Lexicon

# The tables that go in, and the code that reads them and makes the indexes.
TABLES = ("names.tsv", "surfaces.tsv", "terms.tsv", "keep.tsv")
FOLDER = "synonyms"
CODE = (
    "lexicon/circles.py", "lexicon/compiled.py", "lexicon/fold.py", "lexicon/garbles.py",
    "lexicon/heard.py", "lexicon/lexicon.py", "lexicon/pack.py", "lexicon/shelf.py",
    "lexicon/sounds.py", "lexicon/spun.py", "lexicon/terms.py",
    "text/words.py",
)  # fmt: skip


def place() -> Path:
    """Where the file lies, if it was made."""
    return folder() / "models" / "indexes.bin"


def source() -> bytes:
    """The checksum of the dictionaries and of the code. Raises OSError where the code is not at
    hand.
    """
    code = Path(__file__).parents[1]
    paths = [code / name for name in CODE]
    tables = sorted(folder().glob("*/*.tsv"))
    paths += (path for path in tables if path.name in TABLES or path.parent.name == FOLDER)
    found = 0
    for path in paths:
        found = crc32(f"\0{path.parent.name}/{path.name}\0".encode(), found)
        found = crc32(path.read_bytes(), found)
    return f"{found:08x}".encode()


def content(lexicon: Lexicon) -> bytes:
    """The file for the lexicon of all shipped packs; the same bytes from the same sources."""
    from repair.lexicon.circles import Circles
    from repair.lexicon.heard import Heard
    from repair.lexicon.spun import Spun
    from repair.lexicon.terms import Terms

    writer = Writer()
    writer.raw("source", source())
    pack.put(lexicon.packs, writer)
    lexicon.put(writer)
    lexicon.garbles.put(writer)
    Heard(lexicon).put(writer)
    Spun(lexicon).put(writer)
    Circles(lexicon).put(writer, lexicon)
    Terms().put(writer)
    return writer.content()


@cache
def shipped() -> Shelf | None:
    """The indexes of the shipped packs; None if there are none, or none for just these packs."""
    try:
        shelf = Shelf.open(place())
        return shelf if shelf.raw("source") == source() else None
    except (OSError, ValueError):
        return None
