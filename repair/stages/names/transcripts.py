"""Tells a text that was taken down from speech; cheap, since every text is asked.

A speech recogniser sets hardly a full stop; a transcript made by hand has labels of speakers.
"""

from __future__ import annotations

import re

from repair.text.patterns import later

HEAD = 4_000  # characters in which capitals are counted
_PARAGRAPH = later(r"^(?=.*\S)", re.MULTILINE)  # a line that is not blank
# Host: So which model do you use?
_LABEL = later(r"^[A-Z][A-Za-z .]{0,24}: (?=\S)", re.MULTILINE)


def transcript(text: str) -> bool:
    """Whether a text was taken down from speech: hardly a full stop, or a dialogue with labels."""
    if len(text) < 120:
        return False
    if sum(map(text.count, ".,;!?")) * 240 < len(text) and text.count(" ") * 8 > len(text):
        head = text[:HEAD]
        # else these are headlines, or another script with other full stops
        return sum(map(str.isupper, head)) * 40 < len(head) < 1.05 * sum(map(str.isascii, head))
    if "\n" not in text or text.count(": ") < 3:
        return False
    labels = _LABEL.findall(text)
    # Half of the paragraphs are turns; a page that says "Update: " here and there is no dialogue.
    turns = len(labels) * 2 >= len(_PARAGRAPH.findall(text))
    return turns and len(labels) >= 3 and len(set(labels)) * 2 <= len(labels) + 1
