"""The door for Kentucky school tables, on the public file of 2016-17."""

from __future__ import annotations

import csv
import io
import json

import pytest

from equity_alloc.domain.district import Decision, GroupUse
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.sources.kentucky import read_kentucky

DECISION = Decision("A blank count of English learners means zero.", "test case", "2017-07-01")


@pytest.fixture(scope="module")
def data(shared):
    return (shared / "data" / "ky_schools_2016_17.csv").read_bytes()


@pytest.fixture(scope="module")
def official(shared):
    return json.loads((shared / "cases" / "F_fayette_statistics.json").read_text())


@pytest.mark.parametrize("district", ["Fayette County", "165", " fayette county "])
def test_fayette_county_has_53_regular_schools(data, district):
    reading = read_kentucky(data, district)
    assert reading.district is not None
    assert 53 == len(reading.district.schools)
    assert all(school.code.startswith("165") for school in reading.district.schools)
    assert "Fayette County" == reading.district.name


def test_counts_meet_the_case(data, official):
    district = read_kentucky(data, "165", blank_means_zero=DECISION).district
    assert district is not None
    assert official["students"] == sum(school.enrollment for school in district.schools)
    for group, expected in (
        ("economically-disadvantaged", official["frpl"]),
        ("english-learners", official["lep_missing_as_zero"]),
        ("students-with-disabilities", official["iep"]),
    ):
        assert expected == sum(school.group(group) or 0 for school in district.schools)


def test_a_blank_count_stays_unknown_without_a_decision(data):
    reading = read_kentucky(data, "165")
    assert ["group-unknown"] == [finding.code for finding in reading.findings]
    assert reading.district is not None
    assert reading.district.school_of["165018"].group("english-learners") is None
    [how] = reading.district.decisions
    assert "spending per student times its enrollment" in how.what


def test_what_the_file_says_of_title_one_is_a_flag_for_formulas(data):
    district = read_kentucky(data, "165").district
    assert district is not None
    rows = csv.DictReader(io.StringIO(data.decode()))
    served = {r["state_school_id"] for r in rows if r["district_id"] == "165" and r["title1_status"] == "Title 1"}
    flagged = {school.code for school in facts_of(district).schools if "Title I" in school.flags}
    assert flagged == served & set(district.school_of) != set()
    assert all(school.title_one is not None for school in district.schools)


def test_a_decision_about_blanks_is_kept_with_the_district(data):
    reading = read_kentucky(data, "165", blank_means_zero=DECISION)
    assert () == reading.findings
    assert reading.district is not None
    assert 0 == reading.district.school_of["165018"].group("english-learners")
    assert DECISION in reading.district.decisions


def test_a_pot_is_met_to_the_cent(data):
    district = read_kentucky(data, "165", pot=30_000_000_000).district
    assert district is not None
    assert 30_000_000_000 == district.funds[0].amount
    assert 30_000_000_000 == sum(row.amount for row in district.spending)


def test_spending_is_per_student_times_enrollment_where_no_pot_is_given(data):
    district = read_kentucky(data, "165").district
    assert district is not None
    row = next(row for row in district.spending if row.school == "165005")
    assert 16_525 * 357 * 100 == row.amount
    assert district.funds[0].amount == sum(row.amount for row in district.spending)


def test_race_is_for_audit_only(data):
    district = read_kentucky(data, "165").district
    assert district is not None
    drivers = {group.code for group in district.groups if group.use is GroupUse.NEED}
    assert {"economically-disadvantaged", "english-learners", "students-with-disabilities"} == drivers
    assert 10 == len(district.groups)


def test_a_district_that_does_not_exist_is_named(data):
    (finding,) = read_kentucky(data, "Springfield").errors
    assert "schools-empty" == finding.code
    assert "Springfield" in finding.what


def test_a_school_without_spending_stops_the_road(data):
    rows = list(csv.reader(io.StringIO(data.decode())))
    place = rows[0].index("spending_per_student")
    next(row for row in rows if row[0] == "165005")[place] = ""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (finding,) = read_kentucky(text.getvalue().encode(), "165").errors
    assert "spending-blank" == finding.code
    assert "Arlington Elementary School" in finding.what


@pytest.mark.parametrize("column", ["state_school_id", "school_name", "enrollment"])
def test_a_blank_cell_has_a_remedy_that_reads_to_its_end(data, column):
    """A column without an example once read: Enter it, for example , or delete the row."""
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    found = [row for row in rows if row["state_school_id"].startswith("165")]
    assert column in found[0]
    found[0][column] = ""
    table = io.StringIO()
    writer = csv.DictWriter(table, rows[0])
    writer.writeheader()
    writer.writerows(found)
    remedies = [finding.remedy for finding in read_kentucky(table.getvalue().encode(), "165").findings]
    assert not [words for words in remedies if "example ," in words or "  " in words]
    assert remedies


def test_rows_without_a_district_are_not_taken_for_the_one_that_nobody_named(data):
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    stray = {
        **next(row for row in rows if row["district_id"] == "165"),
        "district_name": "",
        "state_school_id": "999001",
    }
    text = io.StringIO()
    lines = csv.DictWriter(text, rows[0].keys())
    lines.writeheader()
    lines.writerows([*rows, stray])
    reading = read_kentucky(text.getvalue().encode(), "")
    assert reading.district is None
    assert any("No district was named" in finding.what for finding in reading.errors)
