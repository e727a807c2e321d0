"""The command export writes documents into a folder and says what it wrote."""

from __future__ import annotations

from pathlib import Path

from equity_alloc.reports.family import all_documents
from tests.test_cli import run


def test_export_lists_its_documents() -> None:
    done = run("export", "--list")
    assert 0 == done.returncode, done.stderr
    assert [document.code for document in all_documents()] == [line.split()[0] for line in done.stdout.splitlines()]


def test_export_writes_what_was_asked_for_and_marks_a_draft(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    done = run("export", "sample", "--to", "federal-worksheets", "-o", folder, "--unfinished", "No hearing yet.")
    assert 0 == done.returncode, done.stderr
    [path] = folder.iterdir()
    assert path.name.startswith("DRAFT-")
    assert path.name.endswith("-federal-worksheets-internal.xlsx")
    assert "DRAFT  No hearing yet." in done.stderr
    assert "1 of 1" in done.stdout


def test_export_refuses_an_unknown_document_and_a_place_that_is_no_folder(tmp_path: Path) -> None:
    done = run("export", "sample", "--to", "poster", "-o", tmp_path)
    assert 2 == done.returncode
    assert "There is no document called poster" in done.stderr
    taken = tmp_path / "file"
    taken.write_text("x", encoding="utf-8")
    done = run("export", "sample", "--to", "federal-worksheets", "-o", taken)
    assert 2 == done.returncode
    assert "cannot be a folder" in done.stderr


def test_blanks_on_the_line_are_no_document_and_no_open_business(tmp_path: Path) -> None:
    done = run("export", "sample", "--to", "budget-lines,", "-o", tmp_path, "--unfinished", "")
    assert 0 == done.returncode, done.stderr
    assert "DRAFT" not in done.stderr
    [path] = tmp_path.iterdir()
    assert not path.name.startswith("DRAFT-")


def test_a_pattern_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    done = run("export", "sample", "--accounts", tmp_path / "none.toml", "-o", tmp_path)
    assert 2 == done.returncode
    assert "none.toml cannot be read: No such file or directory. Check the path" in done.stderr
    assert "Errno" not in done.stderr
