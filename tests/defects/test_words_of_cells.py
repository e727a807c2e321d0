"""What a finding about one cell advises: something that would mend this very cell."""

from __future__ import annotations

import pytest

from equity_alloc.sources.workbook import read_workbook
from tests.small_workbook import good_rows, put, workbook_bytes


def error_of(sheet, cell, typed):
    rows = good_rows()
    put(sheet, cell, typed)(rows)
    [finding] = read_workbook(workbook_bytes(rows)).errors
    assert f"{sheet}!{cell}" == finding.where
    return finding


@pytest.mark.parametrize("typed", ["five hundred", "1.2.3", "447.5", "n/a"])
def test_a_count_that_is_no_whole_number_is_told_how_to_look(typed):
    assert "Enter a whole number, like 574." == error_of("Schools", "D2", typed).remedy
    remedy = error_of("Schools", "G3", typed).remedy
    assert "Enter a whole number, like 574, or leave it blank if unknown." == remedy


def test_a_count_below_zero_is_told_to_be_zero_or_more():
    assert "Enter zero or more." == error_of("Schools", "D2", -3).remedy


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!"])
@pytest.mark.parametrize(
    ("sheet", "cell", "title"),
    [
        ("Funds", "C2", "Appropriation"),
        ("Staffing", "D2", "FTE"),
        ("Schools", "D2", "Enrollment"),
        ("Schools", "G2", "English learners"),
        ("Funds", "D2", "Counts toward the level"),
    ],
)
def test_an_error_of_the_spreadsheet_is_called_one(sheet, cell, title, shown):
    finding = error_of(sheet, cell, shown)
    assert f"The spreadsheet shows the error {shown} in {title} for " in finding.what
    assert "formula" in finding.remedy
