"""How names change when they pass through another script and back: the table and the best path.

A name and its garble are cut into units of up to two letters on either side ("ph" -> "f"). The
table holds for each unit the log-odds, in nats, that the two pieces stand for each other rather
than meeting by chance; the score of a pair is the best sum over all ways to cut it. So the table
knows both which changes are cheap and which agreements are worth something.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from repair.lexicon.tables import folder

# The scripts with a table of their own, `models/channel-PIVOT.tsv`.
PIVOTS = (
    "arabic", "chinese", "devanagari", "hebrew", "katakana", "korean", "nastaliq", "russian"
)  # fmt: skip
LONGEST = 40  # letters; nothing longer is compared
IMPOSSIBLE = -1e9
BAND = 5  # how far the two readings may run apart, in letters

Path = tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)  # one table is one key, whatever its rows
class Table:
    """Unit weights: (letters of the name, letters of the garble) -> nats."""

    weights: dict[tuple[str, str], float]
    # For each segment of the name (up to two letters): segment of the garble -> weight.
    rows: dict[str, dict[str, float]]
    # For each segment of the name: the most it can earn.
    tops: dict[str, float]

    @classmethod
    def of(cls, weights: dict[tuple[str, str], float]) -> Table:
        rows: dict[str, dict[str, float]] = {}
        for (name, garble), weight in weights.items():
            rows.setdefault(name, {})[garble] = weight
        return cls(weights, rows, {name: max(row.values()) for name, row in rows.items()})

    @classmethod
    def read(cls, text: str) -> Table:
        """The table in the form of `dictionaries/models/channel.tsv`."""
        weights = {}
        for line in text.splitlines():
            if line and not line.startswith("#"):
                name, garble, weight = line.split("\t")[:3]
                weights[name, garble] = float(weight)
        return cls.of(weights)


@cache
def table(name: str = "channel") -> Table:
    """A shipped table by name: "channel" for all scripts pooled."""
    return Table.read((folder() / "models" / f"{name}.tsv").read_text(encoding="utf-8"))


def bounds(name: str, units: Table) -> tuple[float, ...]:
    """The most, in nats, that the rest of a name can earn from each of its places on, the marks of
    its ends included.
    """
    a, tops = f"^{name[:LONGEST]}$", units.tops
    most = [0.0] * (len(a) + 2)
    for i in range(len(a) - 1, -1, -1):
        single = tops.get(a[i], IMPOSSIBLE) + most[i + 1]
        double = tops.get(a[i : i + 2], IMPOSSIBLE) + most[i + 2] if i + 1 < len(a) else IMPOSSIBLE
        most[i] = max(single, double)
    # Letters that the garble adds may earn something, too, in a table other than ours.
    added = max(0.0, tops.get("", 0.0)) * (LONGEST + 2)
    return tuple(value + added for value in most)


def floor(name: str, units: Table) -> float:
    """A score, in nats, that a name reaches against itself at least: its letters one by one, or
    two by two.
    """
    a, weights = f"^{name[:LONGEST]}$", units.weights
    before, best = IMPOSSIBLE, 0.0
    for at, letter in enumerate(a):
        single = best + weights.get((letter, letter), IMPOSSIBLE)
        pair = a[at - 1 : at + 1] if at else ""
        double = before + weights.get((pair, pair), IMPOSSIBLE) if pair else IMPOSSIBLE
        before, best = best, max(single, double)
    return best


def score(
    name: str,
    garble: str,
    units: Table,
    least: float = IMPOSSIBLE,
    most: tuple[float, ...] | None = None,
) -> float:
    """The log-odds, in nats, that a folded surface is a garble of a folded name.

    At most `LONGEST` letters each; linear in their length, since the readings may run apart by no
    more than `BAND` letters. A score under `least` is of no interest, and may come out as anything
    lower: a beginning that cannot come to it, by the `bounds` of the name, is not followed up.
    """
    a, b = f"^{name[:LONGEST]}$", f"^{garble[:LONGEST]}$"
    n, m = len(a), len(b)
    if abs(n - m) > BAND + 2:
        return IMPOSSIBLE
    rows, none = units.rows, {}  # type: dict[str, dict[str, float]], dict[str, float]
    inserted = rows.get("", none)
    best = [[IMPOSSIBLE] * (m + 3) for _ in range(n + 3)]
    best[0][0] = 0.0
    if most is None or least <= IMPOSSIBLE:
        floors = [-60.0] * (n + 1)
    else:
        floors = [max(-60.0, least - 1e-6 - value) for value in most[: n + 1]]
    for i in range(n + 1):
        here, one, two = best[i], best[i + 1], best[i + 2]
        single = rows.get(a[i : i + 1], none) if i < n else none
        double = rows.get(a[i : i + 2], none) if i + 1 < n else none
        drop, floor = single.get("", IMPOSSIBLE), floors[i]
        for j in range(max(0, i - BAND), min(m, i + BAND) + 1):
            at = here[j]
            if at < floor:
                continue
            if at + drop > one[j]:
                one[j] = at + drop
            if j == m:
                continue
            c = b[j]
            value = at + inserted.get(c, IMPOSSIBLE)
            if value > here[j + 1]:
                here[j + 1] = value
            value = at + single.get(c, IMPOSSIBLE)
            if value > one[j + 1]:
                one[j + 1] = value
            if c in double and at + double[c] > two[j + 1]:
                two[j + 1] = at + double[c]
            cc = b[j : j + 2]
            if cc in single and at + single[cc] > one[j + 2]:
                one[j + 2] = at + single[cc]
            if cc in double and at + double[cc] > two[j + 2]:
                two[j + 2] = at + double[cc]
    return best[n][m]


def path(name: str, garble: str, units: Table) -> Path:
    """The units of the best path: (letters of the name, of the garble, nats); for reports."""
    a, b = f"^{name[:LONGEST]}$", f"^{garble[:LONGEST]}$"
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    shapes = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (2, 2))
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if (i, j) not in best:
                continue
            at = best[i, j][0]
            for k, h in shapes:
                weight = units.weights.get((a[i : i + k], b[j : j + h]))
                to = i + k, j + h
                if weight is None or to[0] > len(a) or to[1] > len(b):
                    continue
                if to not in best or at + weight > best[to][0]:
                    best[to] = at + weight, (k, h)
    found, at_end = [], (len(a), len(b))
    while at_end in best and at_end != (0, 0):
        k, h = best[at_end][1]
        i, j = at_end
        unit = a[i - k : i], b[j - h : j]
        found.append((*unit, units.weights[unit]))
        at_end = i - k, j - h
    return tuple(reversed(found))
