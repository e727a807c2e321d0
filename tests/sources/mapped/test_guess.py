"""The generic door: any table is guessed, looked at, kept as a small file, and known again next year."""

from __future__ import annotations

import pytest

from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.mapped.extract import Measured
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.guess import guess_map, make_map
from equity_alloc.sources.mapped.library import built_in_aliases, joined_aliases, recognize
from equity_alloc.sources.mapped.read_map import read_map, write_map
from equity_alloc.sources.mapped.read_table import read_mapped
from equity_alloc.sources.mapped.table_map import RowKind
from tests.sources.mapped.tables import grid_of


def guessed(text, aliases=None):
    return guess_map(csv_grid("t.csv", text.encode()), aliases or built_in_aliases())


def read_by_guess(grid, **wanted):
    guess = guess_map(grid, built_in_aliases())
    return read_mapped(grid, make_map("t", "T", guess.rows, guess.columns), wanted)


def test_headings_that_were_seen_before_are_known():
    guess = guessed(
        "Site code,Building,Students,% FRL,ELL,Total budget\n01,Ash,400,40%,20,$ 900\n02,Elm,300,10%,9,$ 800\n"
    )
    assert RowKind.SCHOOL is guess.rows
    assert {
        "school": "Site code",
        "school_name": "Building",
        "enrollment": "Students",
        "low_income_share": "% FRL",
        "ell": "ELL",
        "spending": "Total budget",
    } == guess.columns


def test_a_column_of_words_is_not_taken_for_numbers():
    assert "enrollment" not in guessed("School code,Students\n01,many\n02,few\n").columns


def test_percentages_under_a_heading_of_pupils_are_shares():
    columns = guessed("School code,Enrollment,Low income\n01,400,40.5%\n02,300,11.0%\n").columns
    assert "Low income" == columns["low_income_share"]
    assert "low_income" not in columns


def test_a_protected_attribute_is_only_ever_for_audit():
    columns = guessed(
        "School code,Enrollment,Pacific Islander pupils,Muslim students\n01,400,4,5\n02,300,1,7\n"
    ).columns
    for name, heading in columns.items():
        if heading in ("Pacific Islander pupils", "Muslim students"):
            assert "audit only" == field_of(name).group.use.value
    assert "audit:Muslim students" in columns


def test_rows_with_a_fund_and_dollars_are_money():
    guess = guessed("Location,Fund,Object,FTE,Amount\n01,100,111,2.0,$ 9\n01,100,610,,$ 4\n")
    assert RowKind.MONEY is guess.rows
    assert "Amount" == guess.columns["dollars"]


def test_a_district_adds_its_own_words():
    text = "Gebäude,Kopfzahl\n01,400\n02,300\n"
    assert {} == guessed(text).columns
    own = joined_aliases({"school": ("Gebäude",), "enrollment": ("Kopfzahl",)})
    assert {"school": "Gebäude", "enrollment": "Kopfzahl"} == guessed(text, own).columns


def test_a_map_is_known_again_next_year_and_can_be_handed_on():
    first = "Site code,Building,Students,Total budget\n01,Ash,400,900\n"
    guess = guessed(first)
    kept = read_map(write_map(make_map("ours", "Our table", guess.rows, guess.columns)))
    next_year = csv_grid("next.csv", b"Banner,,,,\nBuilding,Note,Site code,Total budget,Students\nAsh,x,01,950,390\n")
    assert kept == recognize(next_year, [kept])
    [school] = read_mapped(next_year, kept).schools
    assert ("01", 390) == (school.code, school.counts["enrollment"].low)


def test_a_map_without_a_school_is_refused():
    with pytest.raises(InvalidValue, match="school"):
        make_map("x", "X", RowKind.SCHOOL, {"enrollment": "Students"})


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "format = 1", "format = 2\n", 'format = 1\ncode = "a"\ntitle = "A"\nrows = "planet"\n[columns]\nschool = "S"',
        'format = 1\ncode = "a"\ntitle = "A"\nrows = "school"\n[columns]\nplanet = "S"',
        'format = 1\ncode = "a"\ntitle = "A"\nrows = "school"\ncolumns = 3',
        'format = 1\ncode = 5\ntitle = "A"\nrows = "school"\n[columns]\nschool = "S"',
        'format = 1\ncode = "a"\ntitle = "A"\nrows = "school"\nsurprise = 1\n[columns]\nschool = "S"',
        'format = 1\ncode = "a"\ntitle = "A"\nrows = "school"\n[columns]\nschool = "S"\n[[money]]\ncolumn = "x"\nevil = 1',
        'format = 1\ncode = "a"\ntitle = "A"\nrows = "school"\n[columns]\nschool = "S"\n[[money]]\ncolumn = "x"',
        'format = 1\ncode = "a"\ntitle = "A"\nrows = "school"\n[columns]\nschool = "S"\n[widths]\nschool = "x"',
        "a" * 200_000,
    ],
)  # fmt: skip
def test_a_file_that_is_no_map_is_refused_in_words(text):
    with pytest.raises(StoredFormat, match="map"):
        read_map(text)


def test_a_new_york_export_that_nobody_described_still_loses_its_totals(shared):
    """data.md section 1: found by label (Sub-Total) and by arithmetic (one total row for each of 49 schools of 2022)."""
    grid = grid_of(shared / "data" / "raw" / "nyc_csd17_galaxy_budget_fy2018_2022.csv")
    described = read_mapped(grid, recognize(grid), {"year": "2022"})
    by_guess = read_by_guess(grid, year="2022")
    printed = sum(check.printed for check in described.tally.checks if check.measured is Measured.CENTS)
    assert printed == sum(row.cents for row in by_guess.money)
    assert [49] == [left.rows for left in by_guess.tally.left_out if left.is_guess]


@pytest.mark.parametrize(
    ("name", "pupils"), [("seattle_school_budgets_2023_24.csv", 48_115), ("chicago_schools_2018_19.csv", None)]
)
def test_public_tables_are_read_without_their_maps(shared, name, pupils):
    extract = read_by_guess(grid_of(shared / "data" / name))
    assert extract.tally.rows == extract.tally.used
    if pupils:
        doubled = next(finding for finding in extract.findings if finding.code == "school-twice")
        assert "West Seattle" == doubled.value  # two schools of one name: a person has to say what their code is
