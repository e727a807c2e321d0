"""What is wrong on the sheets Indicators and Outcomes is told by cell, and nothing is guessed."""

from __future__ import annotations

import pytest

from equity_alloc.domain.shipped import DATA
from equity_alloc.sources.csv_folder import read_csv_folder

TINY = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
INDICATORS = "Indicator,Area,Better,Year,Source\nAbsent,outcome,fewer,2025-26,Report card\n"
HEADINGS = "Indicator,School,Student group,Cases,Pupils\n"


def read(outcomes: str, indicators: str = INDICATORS):
    files = TINY | {"indicators.csv": indicators.encode(), "outcomes.csv": (HEADINGS + outcomes).encode()}
    return read_csv_folder(files)


def schools():
    return [row.split(",")[0] for row in TINY["schools.csv"].decode("utf-8-sig").splitlines()[1:]]


@pytest.mark.parametrize(
    ("row", "code", "where"),
    [
        ("Late,{school},all pupils,1,9", "outcome-indicator-unknown", "outcomes.csv!A2"),
        ("Absent,9999,all pupils,1,9", "school-unknown", "outcomes.csv!B2"),
        ("Absent,{school},Left-handed,1,9", "outcome-group-unknown", "outcomes.csv!C2"),
        ("Absent,{school},all pupils,10,9", "cases-more-than-pupils", "outcomes.csv!D2"),
        ("Absent,{school},all pupils,-1,9", "cases-negative", "outcomes.csv!D2"),
        ("Absent,{school},all pupils,<10,9", "cases-text", "outcomes.csv!D2"),
        ("Absent,{school},all pupils,1,9\nAbsent,{school},all pupils,1,9", "row-twice", "outcomes.csv!C3"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_cell(row, code, where):
    reading = read(row.format(school=schools()[0]) + "\n")
    assert reading.district is None
    assert [(code, where)] == [(error.code, error.where) for error in reading.errors]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Absent,attendance,fewer,,", "area-unknown"),
        ("Absent,outcome,,,", "better-blank"),
        ("Absent,outcome,fewer,,\nAbsent,access,more,,", "row-twice"),
    ],
)
def test_an_indicator_that_is_not_understood_is_refused(row, code):
    reading = read("", INDICATORS.splitlines()[0] + "\n" + row + "\n")
    assert [code] == [error.code for error in reading.errors]


def test_a_group_larger_than_its_school_is_refused():
    school = schools()[0]
    group = TINY["schools.csv"].decode("utf-8-sig").splitlines()[0].split("Pupils: ")[1].split(",")[0]
    reading = read(f"Absent,{school},{group},5,20\nAbsent,{school},all pupils,4,90\n")
    [error] = reading.errors
    assert ("group-more-than-school", "outcomes.csv!D2") == (error.code, error.where)
    assert f"in the group {group}" in error.what


def test_a_group_with_more_pupils_without_a_case_than_its_school_is_refused():
    school = schools()[0]
    group = TINY["schools.csv"].decode("utf-8-sig").splitlines()[0].split("Pupils: ")[1].split(",")[0]
    reading = read(f"Absent,{school},{group},2,95\nAbsent,{school},all pupils,10,100\n")
    [error] = reading.errors
    assert "93 pupils without a case" in error.what and "and 90 of all pupils" in error.what


def test_blank_stays_unknown():
    reading = read(f"Absent,{schools()[0]},all pupils,,90\n")
    assert () == reading.errors
    [count] = reading.district.outcomes
    assert (None, 90) == (count.cases, count.pupils)
