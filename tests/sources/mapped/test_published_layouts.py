"""Doors whose whole files are not at hand: rows after the published layouts, headings and words as publishers print them.

Sources, read in public repositories and on public pages on the day of writing: NCES Common Core of Data files 029, 033 and
052 (headings, TOTAL_INDICATOR and DMS_FLAG; the lunch rows are those of two schools of Madison, Wisconsin, LEAID 5508520,
2021-22); Munis year-to-date budget reports of two towns (headings of the spreadsheet); Texas Education Agency, code tables
C145 and C146 and the account code of the Resource Guide; Ed-Fi, domain certification, finance, API v5 (its own examples);
1EdTech OneRoster 1.1 and 1.2 CSV (headings).
"""

from __future__ import annotations

import json

import pytest

from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.library import built_in_maps
from equity_alloc.sources.mapped.take_in import take_in
from tests.sources.mapped.tables import codes
from tests.sources.mapped.test_specified_files import extract, zipped

MEMBER = (
    "SCHOOL_YEAR,FIPST,STATENAME,ST,SCH_NAME,STATE_AGENCY_NO,UNION,ST_LEAID,LEAID,ST_SCHID,NCESSCH,SCHID,GRADE,RACE_ETHNICITY,SEX,"
    "STUDENT_COUNT,TOTAL_INDICATOR,DMS_FLAG\n"
)
TOTAL, NO_ADULTS = "Education Unit Total", "Derived - Education Unit Total minus Adult Education Count"
BY_RACE = "Derived - Subtotal by Race/Ethnicity and Sex minus Adult Education Count"


def member(
    count, indicator, grade="No Category Codes", race="No Category Codes", sex="No Category Codes", flag="Reported"
):
    return (
        f"2022-2023,55,WISCONSIN,WI,Ash,01,,WI-3269,5508520,WI-3269-0440,550852000373,5500373,{grade},{race},{sex},{count},"
        f"{indicator},{flag}\n"
    )


def test_adult_education_is_no_part_of_a_schools_pupils_and_what_has_no_grade_is_counted():
    """20 + 30 + 3 ungraded + 2 without a grade = 55; the eight adults are beside them."""
    by_grade = "Subtotal 4 - By Grade"
    text = MEMBER + member(63, TOTAL) + member(20, by_grade, "Grade 1") + member(55, NO_ADULTS, flag="Derived")
    text += member(30, by_grade, "Grade 2") + member(3, by_grade, "Ungraded") + member(2, by_grade, "Not Specified")
    text += member(8, by_grade, "Adult Education")
    found = extract("m.csv", text)
    [school] = found.schools
    assert (55, 5) == (school.counts["enrollment"].low, school.counts["grade_ungraded"].low)
    assert [(55, 55)] == [(check.printed, check.found) for check in found.tally.checks]


def test_where_only_the_total_with_adults_is_there_it_is_read():
    [school] = extract("m.csv", MEMBER + member(63, TOTAL)).schools
    assert 63 == school.counts["enrollment"].low


def test_race_is_added_up_over_both_sexes_for_audits_and_a_suppressed_sex_leaves_it_unknown():
    text = MEMBER + member(55, NO_ADULTS)
    text += member(10, BY_RACE, race="White", sex="Female") + member(12, BY_RACE, race="White", sex="Male")
    text += member(9, BY_RACE, race="Asian", sex="Female") + member(
        "", BY_RACE, race="Asian", sex="Male", flag="Suppressed"
    )
    [school] = extract("m.csv", text).schools
    assert 22 == school.counts["white"].low
    assert "asian" not in school.counts


LUNCH = (
    "SCHOOL_YEAR,FIPST,STATENAME,ST,SCH_NAME,STATE_AGENCY_NO,UNION,ST_LEAID,LEAID,ST_SCHID,NCESSCH,SCHID,DATA_GROUP,LUNCH_PROGRAM,"
    "STUDENT_COUNT,TOTAL_INDICATOR,DMS_FLAG\n"
)


def lunch(code, name, program, count, indicator, group="Free and Reduced-price Lunch Table"):
    return f"2021-2022,55,WISCONSIN,WI,{name},01,,WI-3269,5508520,x,{code},y,{group},{program},{count},{indicator},Reported\n"


def test_lunch_counts_of_two_schools_of_madison():
    """James Wright Middle 174 = 174 + 0, Spring Harbor Middle 57 = 53 + 4; direct certification is not given."""
    wright, harbor = "550852000373", "550852000381"
    text = LUNCH + lunch(wright, "James Wright Middle", "Not Applicable", "", TOTAL, "Direct Certification")
    for code, name, free, reduced in ((wright, "James Wright Middle", 174, 0), (harbor, "Spring Harbor Middle", 53, 4)):
        text += lunch(code, name, "No Category Codes", free + reduced, TOTAL)
        text += lunch(code, name, "Free lunch qualified", free, "Category Set A")
        text += lunch(code, name, "Reduced-price lunch qualified", reduced, "Category Set A")
    found = {s.name: {n: c.low for n, c in s.counts.items()} for s in extract("l.csv", text).schools}
    assert {"low_income": 174, "free_lunch": 174, "reduced_lunch": 0} == found["James Wright Middle"]
    assert {"low_income": 57, "free_lunch": 53, "reduced_lunch": 4} == found["Spring Harbor Middle"]


@pytest.mark.parametrize(
    ("status", "is_open"), [(1, True), (2, False), (3, True), (4, True), (5, True), (6, False), (7, False), (8, True)]
)
def test_a_school_counts_by_its_updated_status(status, is_open):
    text = (
        "SCHOOL_YEAR,ST,SCH_NAME,LEA_NAME,LEAID,ST_SCHID,NCESSCH,SY_STATUS,SY_STATUS_TEXT,UPDATED_STATUS,LEVEL,GSLO,GSHI\n"
        f"2022-2023,AL,Ash,Tallapoosa,0100005,AL-1-10,010000500870,1,Open,{status},Elementary,KG,05\n"
    )
    assert is_open == bool(extract("d.csv", text).schools)


def test_one_national_file_with_directory_pupils_and_lunch():
    text = (
        "NCESSCH,SURVYEAR,STABR,LEAID,LEA_NAME,SCH_NAME,GSLO,GSHI,SCHOOL_LEVEL,STATUS,SY_STATUS_TEXT,TOTFRL,FRELCH,REDLCH,DIRECTCERT,"
        "TOTAL,FTE\n10000500870,2020-2021,AL,100005,Albertville City,Ash,KG,05,Elementary,1,Open,45,40,5,-1,110,9.5\n"
        "10000500871,2020-2021,AL,100005,Albertville City,Elm,09,12,High,1,Open,-1,-1,-1,30,401,-2\n"
    )
    found = extract("c.csv", text)
    ash, elm = found.schools
    assert ("010000500870", 110, 45) == (ash.code, ash.counts["enrollment"].low, ash.counts["low_income"].low)
    assert (401, False, False) == (
        elm.counts["enrollment"].low,
        "low_income" in elm.counts,
        "teacher_fte" in elm.numbers,
    )


MUNIS = (
    "FUND,DEPARTMENT,ORG,OBJ,ACCOUNT,ACCOUNT DESCRIPTION,TYPE,ROLLUP,SUB-ROLLUP,ORIGINAL APPROP,TRANFRS/ADJSMTS,REVISED BUDGET,{spent},"
    "ENCUMBRANCES\n0100,122,12201,511100,0100-12201-511100,SALARIES,E,100,110,1000.10,-0.10,1000.00,10.00,0.00\n"
    "0100,,,,,Total 122 ASH ELEMENTARY,,,,1000.10,-0.10,1000.00,10.00,0.00\n"
    "0100,122,12290,432000,0100-12290-432000,STATE AID,R,200,210,-400.00,0.00,-400.00,-5.00,0.00\n"
)


@pytest.mark.parametrize("spent", ["YTD EXPENDED", "YTD ACTUAL"])
def test_a_munis_report_of_either_form_leaves_revenue_out_and_ties(spent):
    found = extract("ytd.csv", MUNIS.format(spent=spent))
    assert [("122", 100_000)] == [(row.school, row.cents) for row in found.money]
    assert "revenue, which these reports print below zero" in [left.why for left in found.tally.left_out]
    assert [True] == [check.ties for check in found.tally.checks]


def test_a_munis_report_without_departments_is_read_by_its_organizations():
    heads = "FUND,ORG,OBJ,PROJECT,ACCOUNT,ACCOUNT DESCRIPTION,TYPE,ROLLUP,SUB-ROLLUP,ORIGINAL APPROP,TRANFRS/ADJSMTS,REVISED BUDGET,YTD ACTUAL,ENCUMBRANCES,AVAILABLE BUDGET,% USED\n"
    found = extract("ytd.csv", heads + "0100,30001,511100,,x,SALARIES,E,1,2,10.00,0.00,10.00,1.00,0.00,9.00,10.0\n")
    assert [("30001", 1_000)] == [(row.school, row.cents) for row in found.money]


@pytest.mark.parametrize(
    "code",
    ["199-11-6299-19-001-0-11-900", "199-11-6299.19-001-011900", "199.11.6299.19.001.0.11.900", "19911629919001011900"],
)
def test_a_texas_account_code_has_its_parts_by_position_however_it_is_punctuated(code):
    [row] = extract("b.csv", f"Account Code,Current Budget\n{code},10\n").money
    assert ("001", "199", "Instruction", True) == (row.school, row.fund, row.line, row.counts)


@pytest.mark.parametrize(
    ("fund", "counts"), [("199", True), ("211", False), ("279", False), ("285", False), ("364", False), ("429", True)]
)
def test_federal_funds_of_texas_are_told_by_their_code_and_it_is_said_what_nobody_checked(fund, counts):
    """Funds 279, 285 and 364 are federal by the state's letter of August 26, 2021."""
    found = extract("b.csv", f"Account Code,Current Budget\n{fund}-11-6119-00-001-0-11-000,10\n")
    assert counts == found.money[0].counts
    assert "titles-unverified" in codes(found)


def test_ed_fi_examples_of_the_certification_meet_each_other():
    """LocalBudget, LocalAccount and ChartOfAccount as the certification prints them, with an operational unit added."""
    account = {"accountIdentifier": "LEA16-10-100-122300", "educationOrganizationId": 255901, "fiscalYear": 2020}
    chart = {"accountIdentifier": "10-100-120000", "educationOrganizationId": 255901, "fiscalYear": 2020}
    budgets = [
        {"asOfDate": "2020-07-01", "amount": 250000.00, "localAccountReference": account},
        {"asOfDate": "2020-09-01", "amount": 260000.00, "localAccountReference": account},
        {"asOfDate": "2019-09-01", "amount": 1.00, "localAccountReference": {**account, "fiscalYear": 2019}},
    ]
    accounts = [
        {"accountIdentifier": account["accountIdentifier"], "fiscalYear": 2020, "chartOfAccountReference": chart}
    ]
    charts = [
        {
            "accountIdentifier": chart["accountIdentifier"], "fiscalYear": 2020, "accountName": "Salaries",
            "fundDimensionReference": {"code": "10", "fiscalYear": 2020}, "objectDimensionReference": {"code": "100", "fiscalYear": 2020},
            "functionDimensionReference": {"code": "120000", "fiscalYear": 2020},
            "operationalUnitDimensionReference": {"code": "0012", "fiscalYear": 2020},
        },
        {"accountIdentifier": chart["accountIdentifier"], "fiscalYear": 2019, "operationalUnitDimensionReference": {"code": "0099"}},
    ]  # fmt: skip
    package = zipped(
        localBudgets__json=json.dumps(budgets),
        localAccounts__json=json.dumps(accounts),
        chartOfAccounts__json=json.dumps(charts),
    )
    found = extract("edfi.zip", package)
    assert [("0012", "10", "120000 100", 26_000_000)] == [(r.school, r.fund, r.line, r.cents) for r in found.money]
    assert {"an earlier amount of the same account": 1, "another year": 1} == {
        w.why: w.rows for w in found.tally.left_out
    }


def test_what_no_whole_file_was_read_of_says_so():
    open_ones = {table_map.code for table_map in built_in_maps() if not table_map.is_seen}
    assert {"nces-school-directory", "nces-school-membership", "nces-school-lunch", "munis-year-to-date", "texas-account-codes",
            "ed-fi-budgets", "one-roster-schools", "one-roster-enrollments", "us-census-district-poverty-download",
            "nces-school-characteristics"} == open_ones  # fmt: skip
    assert take_in([extract("m.csv", MEMBER + member(63, TOTAL))], Answers(typical=True)).reading.district.schools
