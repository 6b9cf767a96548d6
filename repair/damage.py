"""How a text was damaged as a whole: spun, translated, transcribed, stripped of markup, re-encoded.

Some repairs are right in a damaged text and vandalism in a clean one ("p.c" for percent), so rules
ask here first. Each channel has its tells; what is known of them is data
(`dictionaries/damage/tells.tsv`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CHANNELS = ("spun", "translated", "transcribed", "markup-stripped", "re-encoded")


@dataclass(frozen=True, slots=True)
class Damage:
    """The channels of a text with a score in [0, 1] each, and the tells that speak for them."""

    scores: Mapping[str, float]
    tells: tuple[tuple[str, str, float], ...] = ()

    @classmethod
    def of(cls, text: str) -> Damage:
        """What the tells in `text` say."""
        return cls(MappingProxyType(dict.fromkeys(CHANNELS, 0.0)))
