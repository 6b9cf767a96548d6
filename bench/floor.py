"""The floor of quality that every commit has to keep: our own documents, damaged and whole.

    python bench/floor.py [--verbose]

Exits with 1 where a good text was changed, or where fewer damaged documents come back exactly
right than the floor says. It is small on purpose, so that it runs in seconds; the figures in docs/
come from larger sets.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

import repair

# Damaged documents that have to come back exactly as a careful editor would leave them, in
# percent. Raise it with the quality; it is a floor, never an aim.
EXACT = 75


def main() -> int:
    """Run every document through the default pipeline and hold the result against the floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--verbose", action="store_true", help="print every difference")
    verbose = parser.parse_args().verbose
    source = Path(__file__).with_name("floor.toml").read_text(encoding="utf-8")
    documents = tomllib.loads(source)["document"]
    damaged = exact = 0
    broken: list[str] = []
    for document in documents:
        done = repair.clean(document["text"])
        wanted = document.get("clean", document["text"])
        if wanted == document["text"]:
            if done.text != wanted:
                broken.append(document["label"])
        else:
            damaged += 1
            exact += done.text == wanted
        if verbose and done.text != wanted:
            print(f"{document['label']}\n  wanted {wanted!r}\n  got    {done.text!r}")
            for edit in (*done.edits, *done.suggestions):
                print(f"    {edit.rule} {edit.before!r} -> {edit.after!r} {edit.confidence:.2f}")
    share = 100 * exact / damaged
    good = len(documents) - damaged
    print(
        f"floor: {exact} of {damaged} damaged documents exactly right"
        f" ({share:.0f} %, at least {EXACT} %)"
    )
    print(f"floor: {len(broken)} of {good} good documents changed (none may be)")
    for label in broken:
        print(f"floor: changed: {label}")
    return int(bool(broken) or share < EXACT)


if __name__ == "__main__":
    sys.exit(main())
