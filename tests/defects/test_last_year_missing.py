"""Sheets of last year that hold nothing: a district may start from nothing, but never without being told."""

from __future__ import annotations

import pytest

from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.workbook import read_workbook
from tests.small_workbook import csv_bytes, good_rows, put, workbook_bytes


def emptied(*sheets: str, headings: bool = False):
    rows = good_rows()
    for sheet in sheets:
        rows[sheet] = rows[sheet][:1] if headings else []
    return rows


@pytest.mark.parametrize("headings", [False, True], ids=["wholly", "below its headings"])
@pytest.mark.parametrize(
    ("sheet", "code", "words"),
    [
        ("Staffing", "staffing-empty", "last year has no posts"),
        ("Spending", "spending-empty", "last year has no dollars beside posts"),
    ],
)
def test_an_empty_sheet_of_last_year_is_a_warning(sheet, code, words, headings):
    reading = read_workbook(workbook_bytes(emptied(sheet, headings=headings)))
    [finding] = [f for f in reading.warnings if f.code == code]
    assert f"{sheet}!A1" == finding.where
    assert words in finding.what
    assert () == reading.errors
    assert reading.district is not None


def test_a_file_of_last_year_with_headings_only_is_a_warning():
    files = csv_bytes(good_rows())
    files["staffing.csv"] = b"School,Position,Fund,FTE\n"
    [finding] = [f for f in read_csv_folder(files).warnings if f.code == "staffing-empty"]
    assert "staffing.csv!A1" == finding.where


@pytest.mark.parametrize("sheet", ["Staffing", "Spending"])
def test_a_missing_sheet_of_last_year_is_a_warning_where_others_lean_on_it(sheet):
    rows = good_rows()
    put("Funds", "H2", "Supplies")(rows)
    del rows[sheet]
    reading = read_workbook(workbook_bytes(rows))
    [finding] = [f for f in reading.warnings if f.code == f"{sheet.lower()}-empty"]
    assert sheet == finding.where
    assert "line-unknown" not in [f.code for f in reading.findings]


def test_a_district_that_starts_from_nothing_is_told_once():
    reading = read_workbook(workbook_bytes(emptied("Staffing", "Spending")))
    assert ["last-year-missing"] == [f.code for f in reading.warnings if f.where.startswith("S")]
    assert "last year has no posts" in next(f for f in reading.warnings if f.code == "last-year-missing").what
    assert reading.district is not None


def test_a_district_without_positions_needs_no_posts():
    rows = emptied("Staffing")
    rows["Positions"], rows["Vacant posts"] = [], []
    put("Funds", "G3", "all")(rows)
    assert "staffing-empty" not in [f.code for f in read_workbook(workbook_bytes(rows)).findings]


def test_a_sheet_of_last_year_that_cannot_be_read_is_not_called_empty():
    rows = good_rows()
    put("Staffing", "A1", "Place")(rows)
    assert ["column-missing"] == [f.code for f in read_workbook(workbook_bytes(rows)).errors]
    assert "staffing-empty" not in [f.code for f in read_workbook(workbook_bytes(rows)).findings]
