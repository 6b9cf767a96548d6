"""An edit keeps its name while the text around it changes."""

from __future__ import annotations

from repair.text.edits import Edit, Span
from repair.text.identity import Identity, identities

TEXT = "Yesterday Openi has signed a contract. Later Openi has signed another."


def edit(text: str, before: str, after: str, nth: int = 0, rule: str = "names/typo") -> Edit:
    at = -1
    for _ in range(nth + 1):
        at = text.index(before, at + 1)
    return Edit(Span(at, at + len(before)), before, after, rule, "", 0.9)


def one(text: str, *edits: Edit) -> Identity:
    return next(identities(text, edits))


def test_text_added_above_and_below_changes_nothing() -> None:
    longer = f"A new first line.\n\n{TEXT} And more.\n"
    assert one(TEXT, edit(TEXT, "Openi", "OpenAI")) == one(longer, edit(longer, "Openi", "OpenAI"))


def test_places_differ_by_their_words() -> None:
    first, second = identities(
        TEXT, [edit(TEXT, "Openi", "OpenAI"), edit(TEXT, "Openi", "OpenAI", 1)]
    )
    assert first.id != second.id
    assert first.place != second.place


def test_repeated_lines_are_counted() -> None:
    text = "Openi wins\n" * 12
    edits = [edit(text, "Openi", "OpenAI", n) for n in range(12)]
    found = list(identities(text, edits))
    assert len({identity.id for identity in found}) == 12
    assert found[5].occurrence == 5
    assert len({identity.place for identity in found}) == 12


def test_same_change_from_wider_and_narrower_spans() -> None:
    wide = one(TEXT, edit(TEXT, "Openi has", "OpenAI has"))
    narrow = one(TEXT, edit(TEXT, "i", "AI"))
    exact = one(TEXT, edit(TEXT, "Openi", "OpenAI"))
    assert wide.before == exact.before == "Openi"
    assert wide.id == exact.id == narrow.id


def test_rule_and_after_are_in_the_id_and_not_in_the_place() -> None:
    first = one(TEXT, edit(TEXT, "Openi", "OpenAI"))
    other = one(TEXT, edit(TEXT, "Openi", "Open", rule="names/exact"))
    assert first.place == other.place
    assert first.id != other.id


def test_damage_without_a_repair_has_a_name() -> None:
    found = one(TEXT, edit(TEXT, "Openi", "Openi"))
    assert (found.before, found.after) == ("Openi", "Openi")


def test_insertions_and_lone_surrogates() -> None:
    text = "one\udc92two"
    found = one(text, Edit(Span(3, 3), "", " ", "artifacts/blank", "", 0.9))
    assert found.before == "one"
    assert len(found.id) == 16
