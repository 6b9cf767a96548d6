"""Slips of translation, spinning and copying: doubled words, orphan blanks, braces, glued words."""
