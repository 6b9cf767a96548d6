"""Distorted terms that no dictionary lists, put together again from reverse synonyms.

A spinner's words are ordinary ones, so this is only asked of a text that looks spun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

from repair.lexicon import terms
from repair.lexicon.entry import Garble
from repair.lexicon.vocabulary import ordinary_phrase
from repair.stages.names.reading import Reading
from repair.stages.names.suspects import Suspect

COMPOSED = "composed"  # `via` of such a garble
MOST = 300  # such terms of one text that are looked at
PLACE = "terms/terms.tsv"


def composed(reading: Reading, listed: Iterable[Suspect], *, sure: bool) -> Iterator[Suspect]:
    """Windows whose words stand for those of a right term: "side ratio" for aspect ratio.

    Not those that are `listed` already. Where no tells make it `sure` that the prose was spun too,
    all of them may be good English.
    """
    taken = {(suspect.first, suspect.count) for suspect in listed}
    known, found = terms.shipped(), 0
    plain: dict[str, bool] = {}
    lower = reading.lower
    openers = compress(range(len(lower) - 1), map(known.openers.__contains__, lower))
    for first in [n for n in openers if known.opens(lower[n], lower[n + 1])]:
        for count, each in known.at(lower, first):
            if (
                count < 2
                or (first, count) in taken
                or not reading.joined(first, count)
                or found >= MOST
            ):
                continue
            found += 1
            span = reading.span(first, count)
            surface = reading.text[span.start : span.end]
            phrase = " ".join(reading.lower[first : first + count])
            if phrase not in plain:
                plain[phrase] = not sure or not known.odd(each) or ordinary_phrase(phrase)
            garble = Garble(surface, each.name, COMPOSED, PLACE, False, plain[phrase])
            yield Suspect(
                first, count, surface, each.name, "names/term",
                garble=garble, swapped=each.swapped, kept=each.kept,
            )  # fmt: skip
