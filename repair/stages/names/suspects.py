"""Windows of a text that may be names in disguise, before the document has been heard.

Each way of being garbled has its own search: listed forms, letters parted or in the wrong case,
words that sound like a name, spun words. A window lies in one phrase and outside of addresses,
code and names that are spelt right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress

from repair.lexicon import fold
from repair.lexicon import words as language
from repair.lexicon.entry import Garble
from repair.lexicon.garbles import words_of
from repair.lexicon.heard import Heard, Near, Part
from repair.lexicon.spun import Spun
from repair.stages.names.reading import Reading
from repair.stages.names.scan import Scanner

SPUN_WORDS = 6  # of a window that is read as a spun name
# Rules that ask for so much evidence that ordinary words may be kept words.
DOUBTED = frozenset({"names/real", "names/case", "names/spun"})
TELLING = 4.2  # Zipf frequency from which a word points at no name in particular
FUNCTION = 5.6  # Zipf frequency from which a word beside a garble is nothing but itself
MOST_WORDS = 4  # of a window whose letters, joined, are a name


@dataclass(frozen=True, slots=True)
class Suspect:
    """A window of `count` words from token `first`, and a name it may stand for.

    `score` is what the channel says of the words that differ, in nats; `among` is the number of
    names that hold the words that do not (0: there are none); `rule` is the rule that found it.
    """

    first: int
    count: int
    surface: str
    canonical: str
    rule: str
    score: float = 0.0
    among: int = 0
    garble: Garble | None = None
    swapped: tuple[tuple[str, str], ...] = ()  # (spun word, word of the name)
    kept: tuple[str, ...] = ()
    heard: float = 0.0  # ln P(these sounds | the name is said); 0: the window was not listened to
    rare: float = 0.0  # -ln P(these words) in what people say
    whole: str = ""  # the listed name that `canonical` is a part of

    @property
    def variant(self) -> bool:
        """Whether only case and blanks are wrong, which people get wrong themselves."""
        return self.rule in ("names/case", "names/split", "names/merged")

    def tokens(self) -> range:
        return range(self.first, self.first + self.count)


def collect(reading: Reading, doubtful: set[str], scanner: Scanner) -> list[Suspect]:
    """All suspects of a text; `doubtful` are the words that the scanner pointed at."""
    reading.places.mark({word.lower() for word in doubtful})
    makers = (
        listed(reading, doubtful),
        respelt(reading, doubtful),
        parted(reading, lower=False),
        respun(reading, scanner.spun),
        sounding(reading, {w for w in doubtful if w[0].isupper()}, scanner),
    )
    return allowed(reading, (suspect for maker in makers for suspect in maker))


def allowed(reading: Reading, found: Iterable[Suspect]) -> list[Suspect]:
    """The suspects that change something, each once, outside of addresses, code and kept words."""
    lexicon = reading.lexicon
    kept: dict[tuple[int, int, str], Suspect] = {}
    for suspect in found:
        where = suspect.first, suspect.count, suspect.canonical
        doubted = suspect.rule in DOUBTED or (suspect.garble and not suspect.garble.safe)
        keep = lexicon.vetoed if doubted else lexicon.keep
        if where in kept or not _differs(suspect) or suspect.surface in keep:
            continue
        span = reading.span(suspect.first, suspect.count)
        if not reading.protected.touches(span) and not _glued(reading.text, *span):
            kept[where] = suspect
    return list(kept.values())


def _differs(suspect: Suspect) -> bool:
    """Whether there is anything to mend; a form listed for its case alone has to stand just so."""
    garble, surface = suspect.garble, suspect.surface
    if surface == suspect.canonical:
        return False
    if garble is not None and surface.lower() == garble.canonical.lower():
        return surface == garble.surface
    return True


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a window is part of an identifier, a path or a tag."""
    before, after = text[start - 1 : start], text[end : end + 2]
    return (
        before in ("_", "@", "#", "/", "\\", ".", "<", "$", "=", "-")
        or after[:1] in ("_", "@", "/", "\\", "=")
        or (after[:1] in (".", ":", "-") and after[1:].isalnum())
    )


def listed(reading: Reading, doubtful: set[str]) -> Iterator[Suspect]:
    """Surface forms that a pack lists."""
    lexicon = reading.lexicon
    for low in {word.lower() for word in doubtful}:
        if low in lexicon.garbles.single and (garble := lexicon.garbles.get((low,))):
            for at in reading.places.get(low, ()):
                yield _listed(reading, at, 1, garble)
        for phrase in lexicon.garbles.triggers.get(low, ()):
            words = tuple(phrase.split(" "))
            offset = words.index(low)
            for at in reading.places.get(low, ()):
                first = at - offset
                if first >= 0 and _stands(reading, first, words):
                    count = _width(reading, first, words)
                    if garble := lexicon.garbles.get(words):
                        yield _listed(reading, first, count, garble)


def _stands(reading: Reading, first: int, words: tuple[str, ...]) -> bool:
    count = _width(reading, first, words)
    return count > 0 and reading.joined(first, count)


def _width(reading: Reading, first: int, words: tuple[str, ...]) -> int:
    """How many tokens from `first` spell the words; 0 if they do not."""
    spelt: list[str] = []
    for count in range(1, len(words) + 1):
        if first + count > len(reading.lower):
            return 0
        spelt += words_of(reading.lower[first + count - 1])
        if tuple(spelt) == words:
            return count
    return 0


def _listed(reading: Reading, first: int, count: int, garble: Garble) -> Suspect:
    span = reading.span(first, count)
    surface = reading.text[span.start : span.end]
    rule = "names/term" if garble.via == "term" else "names/listed"
    if (
        fold.key(surface) == fold.key(garble.canonical)
        and garble.canonical in reading.lexicon.number
    ):
        rule = "names/split" if count > 1 else "names/case"
    return Suspect(first, count, surface, garble.canonical, rule, garble=garble)


def respelt(reading: Reading, doubtful: set[str]) -> Iterator[Suspect]:
    """One word with the letters of a name: "Openai", "shopify", "Googlecloud"."""
    for word in doubtful:
        names = reading.lexicon.folded(word)
        if len(names) != 1 or names[0] == word or not word.isascii():
            continue
        rule = "names/case" if names[0].lower() == word.lower() else "names/merged"
        if rule == "names/merged" and not names[0].replace(" ", "").isalnum():
            continue
        garble = reading.lexicon.garbles.spelt(word)
        for at in reading.places.get(word.lower(), ()):
            if reading.spelt[at] == word:
                yield Suspect(at, 1, word, names[0], rule, garble=garble)


def respun(reading: Reading, spun: Spun) -> Iterator[Suspect]:
    """Words with capitals that a spinner may have put for those of a name."""
    if not spun.originals:
        return
    spelt, lower = reading.spelt, reading.lower
    begin = reading.begin
    if begin is None:
        near = compress(range(len(lower)), map(spun.triggers.__contains__, lower))
        ends = {last for at in near for last in range(at, min(at + SPUN_WORDS, len(lower)))}
    else:
        near = compress(range(len(lower)), map(begin.__contains__, spelt))
        ends = {last for at in near for last in range(at + 1, min(at + SPUN_WORDS, len(lower)))}
    for last in sorted(ends):
        if not (spelt[last][0].isupper() or spelt[last][0].isdigit()):
            # "Federal Reserve Financial institution": two words that stand for one
            pair = last > 0 and spelt[last - 1][0].isupper()
            if not pair or f"{lower[last - 1]} {lower[last]}" not in spun.originals:
                continue
        least = last  # the token up to which the words are known to stand in one phrase
        for first in _firsts(spelt, lower, last, spun):
            if begin is not None and spelt[first] not in begin:
                continue
            if not reading.linked(first, least - first + 1):
                break
            least = first
            yield from _respun(reading, first, reading.owned(first, last - first + 1), spun)


def _firsts(spelt: list[str], lower: list[str], last: int, spun: Spun) -> Iterator[int]:
    """Where windows begin that end at a token and may be spun, the shortest first."""
    spins = lower[last] in spun.triggers
    if not spun.may_hold(lower[last]):
        return
    for first in range(last - 1, max(last - SPUN_WORDS, -1), -1):
        if not spun.may_hold(lower[first]):
            return
        spins = spins or lower[first] in spun.triggers
        if spins and spelt[first][0].isupper():
            yield first


def _respun(reading: Reading, first: int, window: list[str], spun: Spun) -> Iterator[Suspect]:
    span = reading.span(first, len(window))
    surface = reading.text[span.start : span.end]
    if surface in reading.lexicon.number:
        return
    for each in spun.rebuilt(window):
        if each.name.casefold() == surface.casefold():
            continue
        listed = each.name in reading.lexicon.number
        whole = "" if listed else spun.parts.get(fold.key(each.name), ("", ""))[1]
        yield Suspect(
            first, len(window), surface, each.name, "names/spun",
            swapped=each.swapped, kept=each.kept, whole=whole,
        )  # fmt: skip


def parted(reading: Reading, *, lower: bool) -> Iterator[Suspect]:
    """Two to four words that are one name with blanks let in: "Chat GPT", "Shutter Stock".

    `lower`: also where the first of them has no capital.
    """
    lexicon, spelt = reading.lexicon, reading.spelt
    words = reading.forms if lower or reading.begin is None else reading.begin
    begin = {w for w in words if (lower or not w.islower()) and lexicon.begins(fold.key(w))}
    for first in compress(range(len(spelt)), map(begin.__contains__, spelt)):
        joined = fold.key(spelt[first])
        for count in range(2, MOST_WORDS + 1):
            if first + count > len(spelt) or len(joined) > 24:
                break
            key = fold.key(spelt[first + count - 1])
            joined += key
            if not key or not lexicon.begins(joined):
                break
            numbers = lexicon.by_key.get(joined)
            if numbers is None or len(numbers) != 1 or len(joined) < 5:
                continue
            name = lexicon.names[numbers[0]]
            if " " not in name and "-" not in name and reading.joined(first, count):
                span = reading.span(first, count)
                surface = reading.text[span.start : span.end]
                if "-" not in surface:
                    yield Suspect(first, count, surface, name, "names/split")


def sounding(reading: Reading, doubtful: set[str], scanner: Scanner) -> Iterator[Suspect]:
    """Unknown words, alone or with their neighbours, that sound like a name."""
    heard = scanner.heard
    for word in doubtful:
        if not scanner.unknown(word):
            continue
        near = heard.near(fold.letters(word))
        for at in reading.places.get(word.lower(), ()):
            if reading.spelt[at] != word or at in reading.covered:
                continue
            for each in near:
                for part in heard.parts[each.letters]:
                    if suspect := fitted(reading, at, each, part, heard):
                        yield suspect


def fitted(reading: Reading, at: int, near: Near, part: Part, heard: Heard) -> Suspect | None:
    """The window in which a word stands where a name has `part`, if its other words fit as well."""
    first, words = at - part.position, part.words
    if first < 0 or first + len(words) > len(reading.spelt):
        return None
    score, same = 0.0, []
    for number, word in enumerate(words, first):
        letters = fold.letters(reading.spelt[number])
        if letters == word:
            if language.zipf(word) < TELLING:
                same.append(word)
            continue
        if number != at and language.zipf(letters) > FUNCTION:
            return None  # "Samsong has" is no Samsung Health
        if number != at and len(letters) != len(word) and _ends_alike(letters, word):
            return None  # superintelligence is another thing than intelligence
        value = near.score if number == at else score_beside(letters, word, heard)
        if value is None:
            return None
        score += value
    if not reading.joined(first, len(words)):
        return None
    among = 0
    if same:
        holders = [{p.name for p in heard.parts.get(word, ())} for word in same]
        among = max(1, len(set.intersection(*holders))) if all(holders) else 1
    span = reading.span(first, len(words))
    surface = reading.text[span.start : span.end]
    if fold.key(surface) == fold.key(part.name) or ("-" in surface and "-" not in part.name):
        return None
    return Suspect(first, len(words), surface, part.name, "names/sound", score, among)


def _ends_alike(word: str, other: str) -> bool:
    """Whether one word is the other with letters before or behind it."""
    short, long = sorted((word, other), key=len)
    return len(short) > 4 and (long.endswith(short) or long.startswith(short))


def score_beside(letters: str, word: str, heard: Heard) -> float | None:
    """What a neighbour scores against its word of the name; None if it is another word."""
    if len(letters) < 2 or not letters.isalpha():
        return None
    value = heard.score(word, letters)
    return value if value >= max(1.0, 0.3 * heard.own(word)) else None


def run_together(reading: Reading, doubtful: set[str], scanner: Scanner) -> Iterator[Suspect]:
    """Windows around an unknown word whose letters, run together, sound like a name: AIRMS race."""
    for word in doubtful:
        if scanner.unknown(word) or word.isupper():
            for at in reading.places.get(word.lower(), ()):
                if at not in reading.covered:
                    yield from _windows(reading, at, scanner.heard)


def _windows(reading: Reading, at: int, heard: Heard) -> Iterator[Suspect]:
    for first in range(max(0, at - 1), at + 1):
        for count in (2, 3):
            if first + count <= at or not reading.joined(first, count):
                continue
            if _has_small(reading, first, count):
                continue
            window = reading.spelt[first : first + count]
            letters = "".join(map(fold.letters, window))
            if not all(map(str.isalpha, window)) or not 5 <= len(letters) <= 30:
                continue
            yield from _whole(reading, first, count, letters, heard)


def _whole(
    reading: Reading, first: int, count: int, letters: str, heard: Heard
) -> Iterator[Suspect]:
    span = reading.span(first, count)
    surface = reading.text[span.start : span.end]
    tail = reading.lower[first + count - 1] if count > 1 else ""
    for name, key in reading.lexicon.sounds_like(letters, 30):
        words = name.split()
        if len(words) == count or abs(len(key) - len(letters)) > 3 or key == letters:
            continue  # the same number of words is compared word by word
        if len(words) > count and fold.key(" ".join(words[:-1])) in reading.lexicon.by_key:
            continue  # "Mistral AI" where "Mistral" will do
        value = heard.score(key, letters)
        among = 0
        if tail and words[-1].lower() == tail:  # a word that is the same earns nothing by itself
            value -= heard.own(fold.letters(tail))
            among = len(heard.parts.get(fold.letters(tail), ()))
        parts = [fold.letters(word) for word in surface.split()]
        if count > 1 and max(heard.score(key, part) for part in parts) >= value:
            continue  # "Liverbool won" is Liverpool and a verb
        if value >= max(6.0, 0.35 * heard.own(key)):
            yield Suspect(first, count, surface, name, "names/sound", value, among)


def _has_small(reading: Reading, first: int, count: int) -> bool:
    """Whether a window holds a word as common as "the"; such a word belongs to no name's sound."""
    return any(language.zipf(word) > 6.2 for word in reading.lower[first : first + count])
