"""Only new lines: what git says they are, and which edits stand on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from repair.review.changed import GitError, OnChanged, new_lines, parse, unquoted
from tests.review.answers import repaired
from tests.writers.test_unified_diff import git

DIFF = b"""diff --git a/docs/a.txt b/docs/a.txt
index 1111111..2222222 100644
--- a/docs/a.txt
+++ b/docs/a.txt
@@ -1,3 +1,4 @@ heading
 one
-two
+two and
+more
 three
@@ -10 +11 @@
--- a tricky old line
+++ b/a tricky new line
\\ No newline at end of file
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-gone
diff --git "a/q\\t\\303\\244.txt" "b/q\\t\\303\\244.txt"
new file mode 100644
--- /dev/null
+++ "b/q\\t\\303\\244.txt"
@@ -0,0 +1,2 @@
+a\rb
+\xff
diff --git a/x.png b/x.png
Binary files a/x.png and b/x.png differ
"""


def test_a_recorded_diff() -> None:
    first, quoted = parse(DIFF)
    assert first.path == "docs/a.txt"
    assert first.hunks == [
        [(1, "one\n"), (2, "two and\n"), (3, "more\n"), (4, "three\n")],
        [(11, "++ b/a tricky new line")],
    ]
    assert first.added == [2, 3, 11]
    assert quoted.path == "q\tä.txt"
    assert quoted.hunks == [[(1, "a\rb\n"), (2, "\udcff\n")]]


def test_unquoted_with_the_tab_of_blanks() -> None:
    assert unquoted(b"b/a b.txt\t") == "b/a b.txt"


def test_new_lines_of_a_branch(tmp_path: Path) -> None:
    inner = tmp_path / "docs"
    inner.mkdir()
    (inner / "a.txt").write_text("Openi one\ntwo\nthree\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "checkout", "-qb", "work")
    (inner / "a.txt").write_text("Openi one\ntwo Openi\nthree\nOpeni four\n")
    git(tmp_path, "commit", "-qam", "two")
    (inner / "ä\tb.txt").write_text("Openi\n")
    lines = new_lines("main", inner)
    assert lines == {"a.txt": frozenset({2, 4}), "ä\tb.txt": None}
    done = repaired("Openi one\ntwo Openi\nthree\nOpeni four\n")
    assert OnChanged(lines)(done).text == "Openi one\ntwo OpenAI\nthree\nOpenAI four\n"
    assert OnChanged(lines)(repaired("Openi", "other.txt")).edits == ()
    assert OnChanged(lines)(repaired("Openi", "./ä\tb.txt")).text == "OpenAI"
    with pytest.raises(GitError, match="single revision"):
        new_lines("no-such", inner)
    with pytest.raises(GitError, match="single revision"):
        new_lines("--output=x", inner)
    assert not (inner / "x").exists()


def test_outside_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        new_lines("main", tmp_path)
