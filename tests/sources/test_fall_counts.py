"""New counts from a file: read as they stand, and every problem named by its cell."""

from __future__ import annotations

import pytest

from equity_alloc.domain.recount import Recount
from equity_alloc.sources.fall_counts import counts_form, read_counts
from equity_alloc.sources.write_sheet import new_workbook
from tests.districts import random_district

DISTRICT = random_district(2, 3)
A, B, C = (school.code for school in DISTRICT.schools)
PUPILS = DISTRICT.school_of[B].enrollment


def read(text: str, name: str = "counts.csv"):
    return read_counts(text.encode(), name, DISTRICT)


def test_counts_are_read_with_groups_and_grades():
    text = f"School code,Fall count,Pupils: Poor,Grade K,Grade 1\n{B},{PUPILS},5,{PUPILS - 10},10\n"
    found = read(text)
    assert (Recount(B, PUPILS, (("poor", 5),), (("K", PUPILS - 10), ("1", 10))),) == found.counts


def test_the_form_reads_back_as_the_planned_counts():
    found = read(counts_form(DISTRICT))
    assert [(s.code, s.enrollment) for s in DISTRICT.schools] == [(c.school, c.enrollment) for c in found.counts]
    assert () == found.findings


def test_a_workbook_is_read_too():
    with new_workbook("counts") as (book, _, stream):
        sheet = book.add_worksheet("Counts")
        for row, cells in enumerate((("Code", "Enrollment"), (A, 9000), (C, 9001))):
            for place, cell in enumerate(cells):
                sheet.write(row, place, cell)
    found = read_counts(stream.getvalue(), "counts.xlsx", DISTRICT)
    assert [(A, 9000), (C, 9001)] == [(c.school, c.enrollment) for c in found.counts]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (f"Code,Enrollment\n{A},abc\n", "enrollment-text", "counts.csv!B2"),
        (f"Code,Enrollment\n{A},-3\n", "enrollment-negative", "counts.csv!B2"),
        (f"Code,Enrollment\n{A},\n", "enrollment-blank", "counts.csv!B2"),
        (f"Code,Enrollment\n{A},900\n{A},901\n", "count-twice", "counts.csv!A3"),
        ("Code,Enrollment\n9876,5\n", "school-unknown", "counts.csv!A2"),
        (f"Code\n{A}\n", "column-missing", "counts.csv!row 1"),
        (f"Code,Enrollment,Pupils: Martians\n{A},900,3\n", "group-unknown", "counts.csv"),
        (f"Code,Enrollment\n{A},1\n", "count-unfit", "counts.csv!B2"),
        ("Code,Enrollment\n", "counts-empty", "counts.csv"),
        ("\x00\x01", "file-not-csv", "counts.csv"),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value and "\n" not in value else "",
)
def test_each_problem_is_named_by_its_cell(text, code, where):
    found = read(text)
    assert found.counts is None
    assert (code, where) in [(f.code, f.where) for f in found.findings]
