"""Text and edits: the ground floor, pure types that know nothing of the rest of the house."""
