"""The rules of the encoding stage: what it is able to mend."""

from __future__ import annotations

from repair.text.edits import Rule

MOJIBAKE, ENTITY, HALVES = "encoding/mojibake", "encoding/entity", "encoding/surrogate"
BARE, CONTROL, LOST, SWAP = (
    "encoding/bare-entity",
    "encoding/control",
    "encoding/lost-byte",
    "encoding/swap",
)
RULES: tuple[Rule, ...] = (
    Rule(MOJIBAKE, "UTF-8 that was read in another charset: caf\u00c3\u00a9 -> café"),
    Rule(ENTITY, "HTML entities: &eacute; &#8217; &amp;amp; -> é ’ &"),
    Rule(BARE, "entities of letters that lost their semicolon: caf&eacute -> café"),
    Rule(HALVES, "characters that came as two halves, and halves alone"),
    Rule(CONTROL, "control characters U+0080 to U+009F that are Windows-1252: \\x92 -> ’"),
    Rule(LOST, "mojibake that lost bytes, where one reading is far ahead", tier="evidence"),
    Rule(SWAP, "one charset read as another: ïðèâåò -> привет", tier="evidence"),
)
