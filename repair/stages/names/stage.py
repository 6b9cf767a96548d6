"""The names stage: garbled names back to their right form, where the document bears it out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from repair.damage import maybe_spun
from repair.stages.names.glance import idle
from repair.stages.names.transcripts import transcript
from repair.text.edits import Edit, Rule

if TYPE_CHECKING:
    from repair.lexicon.lexicon import Lexicon
    from repair.stages.names.outlook import Outlook
    from repair.stages.names.scan import Scanner

RULES: tuple[Rule, ...] = (
    Rule("names/listed", "a garbled form that a dictionary lists: Wall Road Journal", tier="safe"),
    Rule("names/case", "a name in the wrong case: Openai", tier="safe"),
    Rule("names/split", "blanks inside a name: Chat GPT", tier="safe"),
    Rule("names/merged", "blanks lost inside a name: Googlecloud", tier="safe"),
    Rule("names/spun", "a name written with synonyms: Floor Professional", tier="safe"),
    Rule("names/term", "a distorted technical term: profound learning", tier="safe"),
    Rule("names/sound", "a name garbled by sound or script: Cooplot", tier="evidence"),
    Rule("names/real", "a word that stands for a name: Open for OpenAI", tier="evidence"),
)


class Names:
    """Repairs names. `dictionaries` are packs by name or path; "auto" for all that are shipped.

    A text in which no proposal can come to the confidence `least`, in [0, 1], is passed over.
    """

    name = "names"
    rules = RULES

    def __init__(self, dictionaries: tuple[str, ...] = ("auto",), least: float = 0.02) -> None:
        self.dictionaries = dictionaries
        self.least = least
        self._read = dictionaries != ("auto",)
        if self._read:
            self.scanner  # noqa: B018 - a broken pack of the user's is said at once

    @cached_property
    def lexicon(self) -> Lexicon:
        """The packs. The shipped ones are read when the first text comes that may need them."""
        from repair.lexicon.lexicon import load

        self._read = True
        return load(self.dictionaries)

    @cached_property
    def scanner(self) -> Scanner:
        """Tells doubtful words from dull ones."""
        from repair.lexicon.heard import Heard
        from repair.stages.names.scan import Scanner

        return Scanner(self.lexicon, Heard(self.lexicon))

    @cached_property
    def outlook(self) -> Outlook:
        """Tells texts in which there is nothing to propose."""
        from repair.stages.names.outlook import Outlook

        return Outlook(self.scanner, self.least)

    def propose(self, text: str) -> Iterable[Edit]:
        """Edits of `text`, disjoint."""
        if not self._read and idle(text):
            return ()
        with _uncollected():
            return tuple(self._edits(text))

    def _edits(self, text: str) -> Iterable[Edit]:
        if not self.lexicon.names:
            return ()
        prospect = self.outlook.of(text)
        if prospect.hopeless:
            return ()
        doubtful = self.scanner.doubtful(text, prospect.phrases)
        spun = (
            doubtful
            or prospect.begin is None
            or prospect.begin
            or maybe_spun(set(text.lower().split()))
        )
        if not doubtful and not spun and not transcript(text):
            return ()
        from repair.stages.names import decide
        from repair.stages.names.reading import Reading

        reading = prospect.reading or Reading(text, self.lexicon)
        return decide.edits(reading, decide.decide(reading, doubtful, self.scanner))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for circles of dead objects: the indexes that the first texts call for are a
    million live ones, and going through them again and again took half of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
