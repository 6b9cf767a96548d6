"""Writers render hunks for people and programs; none of them compares two texts."""
