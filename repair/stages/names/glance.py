"""Tells of a small text of everyday words that the names stage has nothing to do, packs unread.

It may only say so where the full look would find no doubtful word: every word is common, no two
words with capitals stand together, and no listed form stands in the text.
"""

from __future__ import annotations

from repair.damage import maybe_spun
from repair.lexicon import first_look
from repair.lexicon import words as language
from repair.stages.names.transcripts import transcript
from repair.text.patterns import later
from repair.text.words import WORD, bare

# "Physician Unusual", "Home windows 11", "The Book of Carol": a capital, then more words with a
# capital or a digit, small words between them
CAPITALS = later(r"\b[A-Z][\w’']*(?:[ -](?:[a-z]\w{0,3} |[a-z]+ (?=\d)){0,2}[A-Z&\d][\w’']*){1,6}")

LARGEST = 200_000  # characters; a longer text is worth the packs
WIDEST = 400  # different words looked up


def idle(text: str) -> bool:
    """Whether the stage would find nothing in the text. False where it is not known."""
    if transcript(text):
        return False
    if len(text) > LARGEST or (look := first_look.shipped()) is None or CAPITALS.search(text):
        return False
    words = {bare(word).lower() for word in WORD.findall(text)}
    words = {word for word in words if not word.isdigit()}
    if len(words) > WIDEST or not all(map(language.common, words)):
        return False
    return not look.sees(words, text.lower()) and not maybe_spun(words)
