"""Learns which letters follow which in a hundred languages: dictionaries/models/letters.tsv.

    python tools/learn_letters.py --cldr CLDR/common --po django/ wagtail/ --out dictionaries/models

Sources, all of which may be used and passed on freely: the Unicode CLDR (names of countries,
languages, units and the key words of emoji; Unicode licence), and the translated interfaces of
Django and Wagtail (BSD licence). Only counts of letters are kept, no text.

For each language: words, with the weight count ** 0.6, so that rare words still teach; then the
cost (negative logarithm, in steps of 0.15 nats) of each letter behind two, one or no letters,
smoothed as 0.70 trigram + 0.22 bigram + 0.08 letter + 1e-6. A table row holds one language; its
cell `table` is a list, parted by blanks, of CONTEXT=LETTERS COSTS, where "_" is a gap between
words and each cost one character from "!" on.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import re
import sys
import unicodedata
import xml.etree.ElementTree as xml
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

STEP = 0.15
# Too few words teach nothing; these languages then count as unknown.
LEAST_WORDS = 900
SAME = {"zh-hans": "zh", "zh-hant": "zh-hant", "no": "nb", "pt-br": "pt", "fil": "tl"}
SKIP = frozenset(
    ("am", "ti", "chr", "brx", "ff-adlm", "kok", "yue", "yue-hans", "hi-latn", "sr-cyrl", "bs-cyrl")
) | {"kgp", "yrl", "pcm", "ks", "ne", "or"}
# What CLDR holds in words.
TAGS = frozenset(
    ("annotation", "language", "territory", "unitPattern", "displayName", "currency", "script")
) | {"exemplarCity", "relative", "month", "day", "variant", "type"}
# Scripts of thousands of signs: pairs are all that so few words can teach.
PAIRS_ONLY = {"han", "hangul"}
WORD = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u200c\u200d\u1000-\u109f]+[^\W\d_]*)*"
)
# "%(name)s", "{count}", "<b>", "&amp;", "\n"
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%\w|\{[^{}]*\}|<[^<>]*>|&\w+;|\\[a-z]|https?://\S+|\S+@\S+")
MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def language_of(name: str) -> str:
    """zh_Hant_HK -> zh-hant, pt_BR -> pt, sr_Latn -> sr-latn."""
    parts = name.replace("-", "_").split("_")
    script = [part.lower() for part in parts[1:] if len(part) == 4]
    key = "-".join([parts[0].lower(), *script[:1]])
    return SAME.get(key, key)


def cldr_strings(folder: Path) -> Iterator[tuple[str, str]]:
    for part in ("main", "annotations"):
        for path in sorted((folder / part).glob("*.xml")):
            for node in xml.parse(path).getroot().iter():
                if node.tag in TAGS and node.text and node.text not in ("↑↑↑", "∅∅∅"):
                    yield language_of(path.stem), re.sub(r"\{\d\}", " ", node.text)


def po_strings(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.po")):
        place = path.parts[path.parts.index("locale") + 1] if "locale" in path.parts else ""
        if not place:
            continue
        for found in MESSAGE.finditer(path.read_text("utf-8").split("\n\n", 1)[-1]):
            text = "".join(STRING.findall(found[1]))
            yield language_of(place), PLACEHOLDER.sub(" ", text)


def words(strings: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Language -> word -> how many different strings hold it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for language, text in sorted(set(strings)):
        text = unicodedata.normalize("NFC", text)
        counts[language].update(word.lower() for word in WORD.findall(text))
    return counts


def costs(counted: Counter[str], longest: int) -> dict[str, dict[str, int]]:
    """Context of 0, 1 or 2 letters (at most `longest`) -> letter -> cost in steps."""
    grams: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for word, count in counted.items():
        weight = count**0.6
        padded = f"__{word}_"
        for at in range(2, len(padded)):
            for size in range(3):
                grams[size][padded[at - size : at + 1]] += weight  # type: ignore[assignment]
    totals: Counter[str] = Counter()
    for table in grams:
        for gram, weight in table.items():
            totals[gram[:-1]] += weight
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    share = (0.08, 0.22, 0.70) if longest == 2 else (0.30, 0.70)
    for size in range(longest + 1):
        for gram in grams[size]:
            chance = 1e-6
            for part in range(size + 1):
                tail = gram[size - part :]
                chance += share[part] * grams[part][tail] / totals[tail[:-1]]
            rows[gram[:-1]][gram[-1]] = min(93, round(-math.log(chance) / STEP))
    return rows


def row(language: str, counted: Counter[str]) -> str:
    cells = []
    script = script_of(counted)
    longest = 1 if script in PAIRS_ONLY else 2
    for context, letters in sorted(costs(counted, longest).items()):
        ordered = sorted(letters, key=lambda letter: (letters[letter], letter))
        cells.append(
            f"{context}={''.join(ordered)}{''.join(chr(33 + letters[x]) for x in ordered)}"
        )
    return f"{language}\t{script}\t{sum(counted.values())}\t{' '.join(cells)}"


def contexts(counts: dict[str, Counter[str]]) -> Iterator[str]:
    """A row for each Latin letter beyond ASCII: the letter, and all pairs of letters around it."""
    around: dict[str, set[str]] = defaultdict(set)
    for counted in counts.values():
        if script_of(counted) != "latin":
            continue
        for word in counted:
            padded = f"_{word}_"
            for before, letter, after in zip(padded, padded[1:], padded[2:], strict=False):
                if "\u00c0" <= letter <= "\u024f":
                    around[letter].add(before + after)
    for letter, pairs in sorted(around.items()):
        yield f"{letter}\t{''.join(sorted(pairs))}"


def script_of(counted: Counter[str]) -> str:
    scripts: Counter[str] = Counter()
    for word in counted:
        name = unicodedata.name(word[0], "OTHER").split()[0].split("-")[0].lower()
        scripts["han" if name in ("hiragana", "katakana", "cjk") else name] += 1
    return scripts.most_common(1)[0][0]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cldr", type=Path, required=True)
    parser.add_argument("--po", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    strings = list(cldr_strings(args.cldr))
    for folder in args.po:
        strings += po_strings(folder)
    counts = words(strings)
    rows = [
        row(language, counted)
        for language, counted in sorted(counts.items())
        if len(counted) >= LEAST_WORDS and language not in SKIP
    ]
    text = "language\tscript\twords\ttable\n" + "\n".join(rows) + "\n"
    (args.out / "letters.tsv").write_text(text, "utf-8", newline="\n")
    known = {name: counted for name, counted in counts.items() if len(counted) >= LEAST_WORDS}
    rest = "letter\tpairs\n" + "\n".join(contexts(known)) + "\n"
    (args.out / "contexts.tsv").write_text(rest, "utf-8", newline="\n")
    print(
        f"{len(rows)} languages, {len(text.encode()) / 1e6:.2f} MB,"
        f" sha256 {hashlib.sha256(text.encode()).hexdigest()}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
