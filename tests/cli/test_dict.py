"""`repair dict`: each command once, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_lint_of_a_good_and_a_broken_pack(run: Run, tmp_path: Path) -> None:
    assert run("dict", "add", "Zentara", "--kind", "company", "--pack", "mine").status == 0
    assert run("dict", "add", "Zentra=Zentara", "--pack", "mine").status == 0
    assert run("dict", "lint", "mine").status == 0
    table = tmp_path / "mine" / "surfaces.tsv"
    table.write_text(table.read_text() + "Aaa\tZentara\ttypo\t\n")
    ran = run("dict", "lint", "mine")
    assert ran.status == 1
    assert b"out of order" in ran.out
    assert b"no origin" in ran.out


def test_lint_against_clean_text(run: Run, tmp_path: Path) -> None:
    run("dict", "add", "Zentara", "--pack", "mine")
    run("dict", "add", "Zentra=Zentara", "--pack", "mine")
    (tmp_path / "clean.txt").write_text("The Zentra river is long.")
    ran = run("dict", "lint", "mine", "--reference", "clean.txt")
    assert ran.status == 1
    assert b"stands 1 times" in ran.out


def test_examples_of_a_pack(run: Run, tmp_path: Path) -> None:
    run("dict", "add", "Zentara", "--pack", "mine")
    table = tmp_path / "mine" / "tests.tsv"
    good = "He likes the the soup.\tHe likes the soup.\tdoubled\n"
    table.write_text("text\tfixed\twhy\n" + good)
    assert run("dict", "test", "mine").status == 0
    table.write_text("text\tfixed\twhy\n" + good + "A good day.\tA bad day.\tno\n")
    ran = run("dict", "test", "mine")
    assert ran.status == 1
    assert b"tests.tsv:3" in ran.out


def test_add_refuses_what_would_spoil_good_text(run: Run) -> None:
    assert run("dict", "add", "OpenAI=ChatGPT").status == 2
    assert "ordinary word" in run("dict", "add", "opening=OpenAI").err
    assert run("dict", "add", "same=same").status == 2
    assert run("dict", "add", "--keep", "Ezor").status == 0
    assert Path(".repair/pack/keep.tsv").read_text() == "surface\treason\nEzor\tgood as it is\n"


def test_list_and_compile(run: Run) -> None:
    assert b"\nai " in run("dict", "list").out
    run("dict", "add", "Zentara", "--pack", "mine")
    ran = run("dict", "compile", "mine", "ai", "--out", "all")
    assert ran.status == 0
    assert "Zentara\t" in Path("all/names.tsv").read_text(encoding="utf-8")
    assert run("dict", "compile", "nowhere", "--out", "x").status == 2


def test_mine_writes_a_table(run: Run, tmp_path: Path) -> None:
    rows = '{"body": "The Zentarion fair"}\n' * 3
    (tmp_path / "a.jsonl").write_text(rows + "{broken\n")
    run("dict", "add", "Zentara", "--pack", "mine")
    ran = run("dict", "mine", "a.jsonl", "--dictionary", "mine", "--text-field", "body")
    assert ran.status == 0
    assert ran.out.startswith(b"surface\tkind\tcanonical\t")
    assert b"\nZentarion\t" in ran.out
    assert "a.jsonl:4" in ran.err


def test_explain_tells_how_a_document_was_damaged(run: Run, tmp_path: Path) -> None:
    text = "Folks say, in keeping with the agency, that the pill costs 999 {dollars}, ten p.c less."
    (tmp_path / "a.txt").write_text(text)
    ran = run("explain", "--document", "a.txt")
    assert ran.status == 0
    assert ran.out.startswith(b"a.txt: spun")
    assert b" p.c " in ran.out
    assert b'"channel": "spun"' in run("explain", "--document", "a.txt", "--format", "json").out


def test_fit_writes_a_table_into_the_pack(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"Qaaro{c}\tCaro{c}\n" for c in "abcdefghijklmnopqrstuvwxyz")
    (tmp_path / "pairs.tsv").write_text(f"garble\tcanonical\n{rows}")
    ran = run("dict", "fit", "pairs.tsv", "--pack", "mine")
    assert ran.status == 0
    assert "26 pairs" in ran.err
    assert (tmp_path / "mine" / "channel.tsv").read_text().startswith("# Unit weights")
    assert run("dict", "fit", "pairs.tsv", "--out", "table.tsv").status == 0
    assert (tmp_path / "table.tsv").is_file()


def test_fit_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("garble\tcanonical\n???\tCaro\n")
    ran = run("dict", "fit", "pairs.tsv")
    assert ran.status == 2
    assert "pairs.tsv:2: '???' has no letters a to z" in ran.err
