"""Signs of code, markup and records: "=back", ".menu {", "name: value", a title over dashes.

A phrase of furniture among such signs is no furniture: "=back" is not "Back". And a text full of
them is a program, a table of settings, a record, whose short lines are its content.
"""

from __future__ import annotations

from collections.abc import Sequence

from repair.text.patterns import later

# At the beginning of a line: "=item", ".dark-mode", ":target:", "#!", "<p", "{", "$x",
# "\name", "//", "/*", "*/", "--help", "-v", "%s", ">>>", "..\sdirective".
_HEAD = r"(?:[=.:%$\\][^\W\d_]|</?[A-Za-z]|<!|[{}]|#!|/[/*]|\*/|--?[a-z]|>>>|\.\.\s)"
# At the end of a line: "{", ";", "=", "\", "::", "=>", "->", "/>", "()", "',", "},", "*/".
_TAIL = r"(?:[={}\\;]|::|=>|->|/>|[\w ]\(\)|['\"}\])],|\*/)"
# "x = 1", "Files_Found = yes"
_SETTING = r"[\w.-]{1,24} = "
_FIRST, _LAST = frozenset("=.:%$\\<{}#/*->"), frozenset("={}\\;:>)],/")
_BEGINS, _ENDS, _SETS = later(_HEAD), later(_TAIL + r"\Z"), later(_SETTING)
_SIGN, _NAME = 3, 27  # the longest sign at an end, and the longest name with what follows it
# "Copyright: 2015, Ola Berg", "Comment:"; not the questions and answers of an interview
_FIELD = later(r"([A-Za-z][\w-]{1,24}):(?:\s.{0,70})?")
# A record has so many fields with different names; pictures have only "Photo: Ola Berg".
_NAMES = 4
# "#include", '"topo",', "See-also: T12", "see #1635", "accept.2", columns parted by blanks
_PARTS = later(
    r"#[^\W_]|[\"'][^\"']*[\"'],?\Z|[A-Za-z]+-[a-z]+:\s"
    r"|.*?(?:#\d{2}|[a-z]\.\d\Z|\S {4,}\S|\S\t+\S| = |[{}])"
)
# "-----" under a title
_RULE, _RULES = later(r"([-=~^\"*+#])\1{2,}"), frozenset('-=~^"*+#')
# Of 816 pages of a benchmark two have more signs for each unit, of 90 manuals, sources and records
# with words of furniture 60 %. A field counts half: recipes and results have them too.
_MANY = 0.12


def is_code(body: str) -> bool:
    """Whether a stripped line begins or ends with a sign of code.

    >>> [is_code(body) for body in (".menu {", "=back", "* Back", "Back >")]
    [True, True, False, False]
    """
    if body[:1] in _FIRST and _BEGINS.match(body):
        return True
    if body[-1:] in _LAST and _ENDS.search(body[-_SIGN:]):
        return True
    return " = " in body[:_NAME] and _SETS.match(body) is not None


def belongs(body: str) -> bool:
    """Whether signs around the words of a stripped line, or within, make them no phrase.

    >>> [belongs(body) for body in ('"share",', "See also #1635.", "(Share)")]
    [True, True, False]
    """
    return not body.isalpha() and (_PARTS.match(body) is not None or is_code(body))


def is_rule(body: str) -> bool:
    """Whether a line is nothing but the line under a title."""
    return body[:1] in _RULES and _RULE.fullmatch(body) is not None


def is_technical(bodies: Sequence[str]) -> bool:
    """Whether the text of these lines is code, markup or a record rather than a page."""
    names = [
        found[1] for body in bodies if ":" in body[:_NAME] and (found := _FIELD.fullmatch(body))
    ]
    signs: float = sum(
        is_code(body)
        for body in bodies
        if body[0] in _FIRST or body[-1] in _LAST or " = " in body[:_NAME]
    )
    if names and len(set(names)) >= _NAMES:
        signs += len(names) / 2
    return signs > len(bodies) * _MANY
