"""Lines that a site puts on its pages again and again, counted over the documents of a corpus.

A table says for each site how many documents were counted and on how many of them each line
stood. Tables of shards are merged by adding, in any order. A line counts by its words in lower
case, a short one with `#` for numbers, so that "12 comments" and "7 comments" are one line.

The stage is told no address: it knows a text's site by the lines they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from repair.lexicon.tables import DictionaryError
from repair.stages.boilerplate.blocks import Verdict
from repair.stages.boilerplate.page import Page
from repair.stages.boilerplate.triggers import Trigger, tokens_of

HEADER = "site\tline\tdocuments"
# A line is the site's where it stands on a third of the documents counted, and on three at least.
_LEAST_SHARE, _LEAST_DOCUMENTS = 0.34, 3
# So many lines in common tell a text's site.
_COMMON = 3
_SHORT = 6  # words; in a longer line the numbers tell one sentence from another
_LONGEST = 600  # characters; a longer line is never the site's


class SiteCounts:
    """Documents per site, and documents per site and line."""

    def __init__(self) -> None:
        self.documents: Counter[str] = Counter()
        self.lines: Counter[tuple[str, str]] = Counter()

    def add(self, site: str, text: str) -> None:
        """Count one document."""
        site = " ".join(site.split())
        self.documents[site] += 1
        keys = {key_of(body) for body in text.split("\n") if body.strip()}
        self.lines.update((site, key) for key in keys if key)

    def merge(self, other: SiteCounts) -> None:
        """Add the counts of another table."""
        self.documents.update(other.documents)
        self.lines.update(other.lines)

    def write(self, path: Path, least: int = 1) -> None:
        """Write the table, without the lines on fewer than `least` documents; merge first, leave
        out later.
        """
        rows = [(site, "", count) for site, count in self.documents.items()]
        rows += [(site, line, n) for (site, line), n in self.lines.items() if n >= least]
        text = "".join(f"{site}\t{line}\t{count}\n" for site, line, count in sorted(rows))
        beside = path.with_name(path.name + ".part")
        beside.write_text(f"{HEADER}\n{text}", encoding="utf-8")
        beside.replace(path)

    @classmethod
    def read(cls, path: Path) -> SiteCounts:
        """Raises DictionaryError where the file is none of ours."""
        counts = cls()
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise DictionaryError(f"{path}: cannot be read ({error})") from error
        if lines[0] != HEADER:
            message = "no table of site lines; make one with `repair learn-site`"
            raise DictionaryError(f"{path}:1: {message}")
        for number, row in enumerate(lines[1:], 2):
            if not row:
                continue
            cells = row.split("\t")
            if len(cells) != 3 or not cells[2].isdecimal():
                raise DictionaryError(f"{path}:{number}: not `site, line, count`; learn it again")
            if cells[1]:
                counts.lines[cells[0], cells[1]] += int(cells[2])
            else:
                counts.documents[cells[0]] += int(cells[2])
        return counts


def key_of(body: str) -> str:
    """A line as it is counted; "" for one that is not."""
    if len(body) > _LONGEST:
        return ""
    words = body.casefold().split()
    if len(words) > _SHORT:
        return " ".join(words)
    tokens = tokens_of(body)
    return " ".join(tokens) if any(token not in ("#", ":") for token in tokens) else ""


class SiteTable:
    """The repeated lines of each site of a corpus."""

    def __init__(self, counts: SiteCounts) -> None:
        self._sites: dict[str, dict[str, tuple[int, int]]] = {}
        for (site, line), n in counts.lines.items():
            of = counts.documents[site]
            if n >= _LEAST_DOCUMENTS and n >= of * _LEAST_SHARE:
                self._sites.setdefault(line, {})[site] = (n, of)

    def verdicts(self, page: Page, hits: Mapping[int, Trigger]) -> dict[int, Verdict]:
        """The repeated lines of the text's own site that stand above or below the article, or
        among others like them; a refrain, and a heading in front of what is new, stay.
        """
        keys = [key_of(unit.body) for unit in page.units]
        votes = Counter(site for key in set(keys) for site in self._sites.get(key, ()))
        if not votes:
            return {}
        site, common = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        if common < _COMMON:
            return {}
        found = [self._sites.get(key, {}).get(site) for key in keys]
        own = [count is not None for count in found]
        verdicts: dict[int, Verdict] = {}
        for i, count in enumerate(found):
            if count and (i in hits or _is_furniture(page, own, i)):
                n, of = count
                reason = f"stands on {n} of {of} documents of this site"
                evidence = (f"site: {site}",)
                verdicts[i] = Verdict("boilerplate/site", "site", reason, 0.95, evidence)
        return verdicts


def _is_furniture(page: Page, own: list[bool], i: int) -> bool:
    """Whether a repeated unit has repeated neighbours, or the end of the text, on both sides; with
    prose only where nothing but repeated lines stands above or below it.
    """
    above = i == 0 or own[i - 1]
    below = i + 1 == len(own) or own[i + 1]
    if page.prose[i]:
        return (above and all(own[:i])) or (below and all(own[i:]))
    if above and below:
        return True
    # The last of a block in front of what is new may be its heading; the first behind it is none.
    return below and not above and i + 1 < len(own)


def load(path: str | Path) -> SiteTable:
    """The table of a file. Raises DictionaryError."""
    return SiteTable(SiteCounts.read(Path(path)))


def counted(documents: Iterable[tuple[str, str]]) -> SiteCounts:
    """The counts over (site, text) pairs."""
    counts = SiteCounts()
    for site, text in documents:
        counts.add(site, text)
    return counts
