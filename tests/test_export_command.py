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
