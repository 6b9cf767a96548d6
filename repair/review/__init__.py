"""Decisions on edits: accept, reject, remember, apply again."""
