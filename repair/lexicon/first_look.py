"""A look at a small text that can tell, without loading the packs, that no name is in question.

Loading twenty thousand names and their garbles costs more than cleaning a page. When the wheel is
built, all listed surface forms of the shipped packs are written into one sorted file, in which a
word is found by bisection. A text of common words in which none of the forms stands needs no
lexicon. In a checkout there is no such file, and the packs are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from repair.lexicon.tables import folder

if TYPE_CHECKING:
    from repair.lexicon.lexicon import Lexicon


def place() -> Path:
    """Where the file lies, if it was made."""
    return folder() / "models" / "first_look.txt"


def content(lexicon: Lexicon) -> bytes:
    """The file for a lexicon: its listed surface forms, lower case, sorted, one a line."""
    forms = sorted({" ".join(words).encode() for words in lexicon.garbles})
    return b"".join(b"\n" + form for form in forms) + b"\n"


@cache
def shipped() -> FirstLook | None:
    """The look into the shipped packs; None in a checkout."""
    try:
        return FirstLook(place().read_bytes())
    except OSError:
        return None


class FirstLook:
    """The listed surface forms, by their first words.

    >>> look = FirstLook(b"\\nopeni\\nwall road journal\\n")
    >>> look.sees({"the", "wall"}, "behind the wall"), look.sees({"openi"}, "openi")
    (False, True)
    """

    def __init__(self, forms: bytes) -> None:
        self._forms = forms

    def sees(self, words: Iterable[str], low: str) -> bool:
        """Whether a listed form that begins with one of the lower-case words may stand in the
        lower-case text.
        """
        for word in words:
            for form in self._beginning(word.encode("utf-8", "surrogatepass")):
                phrase = form.decode()
                if " " not in phrase or phrase in low or phrase.replace(" ", "-") in low:
                    return True
        return False

    def _beginning(self, word: bytes) -> Iterator[bytes]:
        """The forms whose first word this is."""
        forms, at = self._forms, self._first(word)
        while forms.startswith(word, at):
            end = forms.index(b"\n", at)
            if forms[at + len(word) : at + len(word) + 1] in (b"\n", b" "):
                yield forms[at:end]
            at = end + 1

    def _first(self, word: bytes) -> int:
        """Where the first line stands that does not sort before the word."""
        low, high = 0, len(self._forms) - 1  # both on the line end before a form
        while low < high:
            middle = self._forms.rfind(b"\n", low, (low + high) // 2 + 1)
            end = self._forms.index(b"\n", middle + 1)
            if self._forms[middle + 1 : end] < word:
                low = end
            else:
                high = middle
        return low + 1
