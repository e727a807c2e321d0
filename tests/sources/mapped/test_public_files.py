"""Every public file beside the repository comes in through its door, with the counts and totals that its publishers print.

Expected numbers are those of SOURCES.md, data.md and the printed totals beside the files, none of them from our reading.
"""

from __future__ import annotations

import csv
import json

import pytest

from equity_alloc.sources.mapped.extract import Measured
from tests.sources.mapped.tables import public

ROWS = {
    "ky_schools_2016_17.csv": ("kentucky-school-table", 1_435),
    "seattle_school_budgets_2023_24.csv": ("seattle-school-budgets", 104),
    "seattle_closure_cost_components_2024_06.csv": ("seattle-school-components", 73),
    "wa_districts_2024_25.csv": ("washington-districts", 315),
    "chicago_schools_2018_19.csv": ("chicago-school-profile", 660),
    "us_saipe_district_poverty_2023.csv": ("us-census-district-poverty", 13_144),
    "us_cwift_2022_lea.csv": ("us-wage-index", 13_152),
    "ky_jefferson_salary_schedule_2016_17.csv": ("salary-schedule", 205),
    "nyc_csd05_schools_fy2022.csv": ("new-york-city-demographics", 27),
    "raw/ky_spending_per_student_2019.csv": ("kentucky-spending-2019", 1_156),
    "raw/ky_spending_per_student_2020.csv": ("kentucky-spending-2020", 1_654),
    "raw/ky_report_card_profile_2017.csv": ("kentucky-report-card-profile", 1_613),
    # SOURCES.md counts the heading of this file as a row: 1,588.
    "raw/ky_educator_experience_2023.csv": ("kentucky-educator-experience", 1_587),
    "raw/nyc_csd05_galaxy_budget_fy2018_2022.csv": ("new-york-city-galaxy-budget", 7_682),
    "raw/nyc_csd17_galaxy_budget_fy2018_2022.csv": ("new-york-city-galaxy-budget", 14_585),
    "raw/nyc_csd05_galaxy_allocations_fy2018_2022.csv": ("new-york-city-galaxy-allocations", 6_906),
    "raw/nyc_csd17_galaxy_allocations_fy2018_2022.csv": ("new-york-city-galaxy-allocations", 11_743),
    "raw/nyc_csd05_demographic_snapshot_2017_2022.csv": ("new-york-city-demographics", 137),
    "raw/nysed_enrollment_2021_22_all_public_schools.xlsx": ("new-york-state-enrollment", 4_736),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_public_file_is_recognized_and_each_of_its_rows_is_used_or_left_out_with_a_reason(shared, name):
    code, rows = ROWS[name]
    extract = public(shared, name)
    assert (code, rows) == (extract.map.code, extract.tally.rows)
    if "district-not-chosen" not in [finding.code for finding in extract.findings]:
        assert rows == extract.tally.used + sum(left.rows for left in extract.tally.left_out)
        assert all(left.why for left in extract.tally.left_out)


def test_every_school_year_of_a_new_york_export_ties_once_its_totals_are_out(shared):
    """data.md section 1: dollars and positions tie in every school-year; this district has 246 of the 411 named there."""
    checks = [
        check
        for year in range(2018, 2023)
        for check in public(shared, "raw/nyc_csd17_galaxy_budget_fy2018_2022.csv", year=str(year)).tally.checks
    ]
    for measured in (Measured.CENTS, Measured.FTE):
        of_kind = [check for check in checks if check.measured is measured]
        assert 246 == len(of_kind)
        assert [] == [check for check in of_kind if not check.ties]


def test_reading_every_row_of_that_export_would_count_the_dollars_more_than_twice(shared):
    """data.md section 1: 2.00 to 2.67 times the true dollars, school-year by school-year; so never less than twice."""
    extract = public(shared, "raw/nyc_csd17_galaxy_budget_fy2018_2022.csv", year="2022")
    printed = sum(check.printed for check in extract.tally.checks if check.measured is Measured.CENTS)
    with (shared / "data" / "raw" / "nyc_csd17_galaxy_budget_fy2018_2022.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["fiscal_year"] == "2022"]
    naive = sum(100 * int(row["amount"].replace("$", "").replace(",", "").strip()) for row in rows)
    assert printed == sum(row.cents for row in extract.money)
    assert 2 <= naive / printed <= 2.67


def test_the_new_york_export_without_totals_meets_the_joined_table(shared):
    """SOURCES.md: 27 schools of community district 5, joined independently, with dollars and positions by school."""
    with (shared / "data" / "nyc_csd05_schools_fy2022.csv").open() as file:
        expected = {row["loc"]: row for row in csv.DictReader(file)}
    extract = public(shared, "raw/nyc_csd05_galaxy_budget_fy2018_2022.csv", year="2022")
    dollars = dict.fromkeys(expected, 0)
    posts = dict.fromkeys(expected, 0)
    for row in extract.money:
        dollars[row.school] += row.cents
        posts[row.school] += row.fte
    assert {loc: round(float(row["total_budget"]) * 100) for loc, row in expected.items()} == dollars
    assert {loc: round(float(row["total_positions"]) * 100) for loc, row in expected.items()} == posts


def test_seattle_meets_its_printed_totals_by_level_and_in_all(shared):
    printed = json.loads((shared / "data" / "seattle_school_budgets_2023_24_official_totals.json").read_text())
    extract = public(shared, "seattle_school_budgets_2023_24.csv")
    assert (104, 208) == (len(extract.schools), len(extract.money))
    assert printed["Grand Total"]["projected_enrollment"] == sum(s.counts["enrollment"].low for s in extract.schools)
    assert printed["Grand Total"]["total_budget"] * 100 == sum(row.cents for row in extract.money)
    for fund, column in (("grants", "grant_budget"), ("general", "non_grant_budget")):
        assert printed["Grand Total"][column] * 100 == sum(row.cents for row in extract.money if row.fund == fund)
    levels = {"Elementary": "Elementary Schools Total", "Middle": "Middle School Total", "High": "High School Total"}
    for level, title in levels.items():
        pupils = sum(s.counts["enrollment"].low for s in extract.schools if s.texts["kind"] == level)
        assert printed[title]["projected_enrollment"] == pupils


def test_two_schools_of_one_name_stay_two(shared):
    names = [s.name for s in public(shared, "seattle_school_budgets_2023_24.csv").schools]
    assert 2 == names.count("West Seattle")


def test_seattle_components_add_up_within_two_dollars(shared):
    extract = public(shared, "seattle_closure_cost_components_2024_06.csv")
    assert 73 == len(extract.schools)
    assert () == extract.findings


def test_revenue_adds_up_in_all_315_washington_districts(shared):
    extract = public(shared, "wa_districts_2024_25.csv")
    assert 315 == len(extract.districts)
    assert [] == [finding for finding in extract.findings if finding.code == "row-sum-differs"]


@pytest.mark.parametrize(
    ("field", "expected"), [("enrollment", 92_632), ("low_income", 62_005), ("ell", 7_631), ("sped", 10_363)]
)
def test_jefferson_county_has_the_pupils_that_are_printed(shared, field, expected):
    """data.md section 0, row (a)."""
    extract = public(shared, "ky_schools_2016_17.csv", district="Jefferson County")
    assert 134 == len(extract.schools)
    assert expected == sum(s.counts[field].low for s in extract.schools if field in s.counts)


def test_district_totals_inside_a_kentucky_file_are_found_and_compared(shared):
    extract = public(shared, "raw/ky_spending_per_student_2020.csv", district="001")
    [check] = extract.tally.checks
    assert (2_598, 2_598) == (check.printed, check.found)  # printed in the file's second line
    assert "District Total" in check.subject


def test_each_kentucky_district_total_is_met_by_its_schools_in_the_whole_file(shared):
    """data.md section 4, rule 3: 176 district totals and one of the state."""
    extract = public(shared, "raw/ky_spending_per_student_2020.csv", district="275")
    assert 177 == len(extract.choices["district"])
    assert extract.tally.checks[0].ties


def test_codes_that_lost_their_zeros_have_them_again(shared):
    extract = public(shared, "raw/ky_report_card_profile_2017.csv", district="1")
    assert "001016" in [school.code for school in extract.schools]
    assert "zeros-put-back" in [finding.code for finding in extract.findings]


def test_two_kentucky_files_of_different_years_give_one_school_the_same_code(shared):
    codes = [
        {school.code for school in public(shared, name, district="Adair County").schools}
        for name in ("raw/ky_spending_per_student_2019.csv", "raw/ky_spending_per_student_2020.csv")
    ]
    assert "001010" in codes[0] & codes[1]


def test_above_95_percent_stays_a_bound(shared):
    extract = public(shared, "raw/nyc_csd05_demographic_snapshot_2017_2022.csv", year="2019-20")
    school = next(school for school in extract.schools if school.code == "M030")
    assert (236, None) == (school.counts["enrollment"].low, school.counts["low_income"].exact)
    # More than 95 % of 236 pupils: 224.2 and up to all of them.
    assert (225, 236) == (school.counts["low_income"].low, school.counts["low_income"].high)


def test_every_new_york_state_school_has_as_many_pupils_as_its_grades(shared):
    extract = public(shared, "raw/nysed_enrollment_2021_22_all_public_schools.xlsx", district="010100010000")
    assert [] == [finding for finding in extract.findings if finding.code == "row-sum-differs"]
    first = extract.schools[0]
    assert ("010100010014", 326, 54) == (first.code, first.counts["enrollment"].low, first.counts["grade_1"].low)
    assert "ALBANY" == extract.names["010100010000"]


def test_chicago_keeps_its_three_schools_without_pupils(shared):
    """data.md section 4, rule 6."""
    extract = public(shared, "chicago_schools_2018_19.csv")
    assert 3 == sum(1 for school in extract.schools if school.counts["enrollment"].low == 0)


def test_district_files_of_the_nation_keep_their_seven_digits(shared):
    poverty = public(shared, "us_saipe_district_poverty_2023.csv").districts
    index = public(shared, "us_cwift_2022_lea.csv").districts
    assert all(7 == len(facts.code) for facts in (*poverty, *index))
    albertville = next(facts for facts in poverty if facts.code == "0100005")
    assert (4825, 1042) == (albertville.numbers["children"], albertville.numbers["children_in_poverty"])
