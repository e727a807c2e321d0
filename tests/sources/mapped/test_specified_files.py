"""Kinds of files of which only the public specification is at hand: rows made by hand after it, sums made on paper."""

from __future__ import annotations

import io
import json
import zipfile

from equity_alloc.domain.finding import Finding
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.arrive import arrive, read_all
from equity_alloc.sources.mapped.extract import Measured
from equity_alloc.sources.mapped.open_tables import open_tables, without_names
from equity_alloc.sources.mapped.take_in import take_in


def extract(name, text, **wanted):
    tables = arrive(name, text if isinstance(text, bytes) else text.encode())
    [found] = read_all(tables, {}, {"district": "", "year": "", **wanted})
    return found


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", "."), text)
    return stream.getvalue()


DIRECTORY = (
    "SCHOOL_YEAR,ST,SCH_NAME,LEA_NAME,LEAID,ST_SCHID,NCESSCH,SY_STATUS,SY_STATUS_TEXT,UPDATED_STATUS,LEVEL,GSLO,GSHI\n"
    "2022-2023,AL,Ash,Tallapoosa,100005,AL-1-10,10000500870,1,Open,1,Elementary,KG,05\n"
    "2022-2023,AL,Elm,Tallapoosa,100005,AL-1-20,10000500871,1,Open,1,High,09,12\n"
    "2022-2023,AL,Old,Tallapoosa,100005,AL-1-30,10000500872,1,Open,2,High,09,12\n"
    "2022-2023,AL,Other,Elsewhere,100006,AL-2-10,10000600880,1,Open,1,High,09,12\n"
)
MEMBERSHIP = (
    "SCHOOL_YEAR,SCH_NAME,LEAID,NCESSCH,GRADE,RACE_ETHNICITY,SEX,STUDENT_COUNT,TOTAL_INDICATOR,DMS_FLAG\n"
    "2022-2023,Ash,0100005,010000500870,Kindergarten,White,Female,20,Category Set A - By Race/Ethnicity; Sex; Grade,Reported\n"
    "2022-2023,Ash,0100005,010000500870,Kindergarten,White,Male,30,Category Set A - By Race/Ethnicity; Sex; Grade,Reported\n"
    "2022-2023,Ash,0100005,010000500870,Kindergarten,No Category Codes,No Category Codes,50,Subtotal 4 - By Grade,Reported\n"
    "2022-2023,Ash,0100005,010000500870,Grade 1,No Category Codes,No Category Codes,60,Subtotal 4 - By Grade,Reported\n"
    "2022-2023,Ash,0100005,010000500870,No Category Codes,No Category Codes,No Category Codes,110,Education Unit Total,Reported\n"
    "2022-2023,Elm,0100005,010000500871,Grade 9,No Category Codes,No Category Codes,400,Subtotal 4 - By Grade,Reported\n"
    "2022-2023,Elm,0100005,010000500871,No Category Codes,No Category Codes,No Category Codes,401,Education Unit Total,Reported\n"
)
LUNCH = (
    "SCHOOL_YEAR,SCH_NAME,LEAID,NCESSCH,DATA_GROUP,LUNCH_PROGRAM,STUDENT_COUNT,TOTAL_INDICATOR,DMS_FLAG\n"
    "2022-2023,Ash,0100005,010000500870,Free and Reduced-price Lunch Table,Free lunch qualified,40,Category Set A,Reported\n"
    "2022-2023,Ash,0100005,010000500870,Free and Reduced-price Lunch Table,Reduced-price lunch qualified,5,Category Set A,Reported\n"
    "2022-2023,Ash,0100005,010000500870,Free and Reduced-price Lunch Table,No Category Codes,45,Education Unit Total,Reported\n"
    "2022-2023,Elm,0100005,010000500871,Free and Reduced-price Lunch Table,No Category Codes,,Education Unit Total,Missing\n"
)


def test_the_national_directory_leaves_closed_schools_out_and_puts_zeros_back():
    found = extract("dir.csv", DIRECTORY, district="0100005")
    assert ["010000500870", "010000500871"] == [school.code for school in found.schools]
    assert {"another district": 1, "a school that is closed, inactive or not open yet": 1} == {
        left.why: left.rows for left in found.tally.left_out
    }


def test_national_membership_counts_a_school_once_and_checks_its_grades():
    found = extract("membership.csv", MEMBERSHIP)
    ash, elm = found.schools
    assert (110, 401) == (ash.counts["enrollment"].low, elm.counts["enrollment"].low)
    assert (50, 60) == (ash.counts["grade_k"].low, ash.counts["grade_1"].low)
    assert [(110, 110), (401, 400)] == [(check.printed, check.found) for check in found.tally.checks]
    assert found.tally.asks


def test_national_lunch_counts_are_not_added_to_their_total_and_missing_stays_unknown():
    ash, elm = extract("lunch.csv", LUNCH).schools
    assert 45 == ash.counts["low_income"].low
    assert "low_income" not in elm.counts


def test_a_munis_report_ties_by_department_and_in_all():
    text = (
        "CITY SCHOOLS,,,,,,,,,\nYTD BUDGET REPORT,,,,,,,,,\n"
        "FUND,DEPARTMENT,ORG,OBJ,ACCOUNT DESCRIPTION,ORIGINAL APPROP,TRANFRS/ADJSMTS,REVISED BUDGET,YTD EXPENDED,ENCUMBRANCES\n"
        '0100,122,01001220,511100,TEACHERS,"1,000,000.00",-500.00,"999,500.00",10.00,0.00\n'
        '0100,122,01001220,561000,SUPPLIES,"10,000.00",0.00,"10,000.00",10.00,0.00\n'
        '0100,122,,,Total 122 ASH ELEMENTARY,"1,010,000.00",-500.00,"1,009,500.00",20.00,0.00\n'
        '0100,130,01001300,511100,TEACHERS,"700,000.00",0.00,"700,000.00",10.00,0.00\n'
        '0100,130,,,Total 130 ELM HIGH,"700,000.00",0.00,"700,000.00",10.00,0.00\n'
        ',,,,Grand Total,"1,710,000.00",-500.00,"1,709,500.00",30.00,0.00\n'
    )
    found = extract("ytd.csv", text)
    assert {"122": 100_950_000, "130": 70_000_000} == {
        code: sum(row.cents for row in found.money if row.school == code) for code in ("122", "130")
    }
    assert 3 == len(found.tally.checks)
    assert () == found.tally.differences
    assert all(check.measured is Measured.CENTS for check in found.tally.checks)


def test_a_texas_account_code_is_read_by_its_parts_with_and_without_dashes():
    text = (
        "Account Code,Description,Current Budget\n199-11-6299-19-001-0-11-900,SUPPLIES,$ 1200.50\n"
        "21111611900001011900,TEACHER,50000\n199-41-6119-00-701-0-99-000,SUPERINTENDENT,9000\n199-11-6299,TORN,5\n"
    )
    found = extract("budget.csv", text)
    first, second, third = found.money
    assert ("001", "199", "General fund", "Instruction", 120_050) == (
        first.school, first.fund, first.fund_title, first.line, first.cents,
    )  # fmt: skip
    assert ("001", "211", "Title I, Part A") == (second.school, second.fund, second.fund_title)
    assert ("701", "General administration") == (third.school, third.line)
    assert ["account-unreadable"] == [finding.code for finding in found.errors]


ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "d1,active,,Small,district,100,\ns1,active,,Ash,school,0012,d1\ns2,,,Elm,school,0013,d1\ns3,tobedeleted,,Old,school,0014,d1\n"
)
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
    "e1,active,,c1,s1,u1,student,,,\ne2,active,,c2,s1,u1,student,,,\ne3,active,,c1,s1,u2,student,,,\n"
    "e4,active,,c1,s1,t1,teacher,,,\ne5,,,c9,s2,u3,student,,,\ne6,tobedeleted,,c9,s2,u4,student,,,\n"
)
USERS = "sourcedId,status,orgSourcedIds,role,username,givenName,familyName\nu1,active,s1,student,a,Ada,Byron\n"


def test_a_one_roster_package_gives_pupils_by_school_and_no_names():
    package = zipped(orgs__csv=ORGS, enrollments__csv=ENROLLMENTS, users__csv=USERS)
    tables = arrive("roster.zip", package)
    assert ["orgs", "enrollments"] == sorted((t.grid.name for t in tables), reverse=True)
    schools, pupils = sorted(read_all(tables, {}, {}), key=lambda e: e.map.code, reverse=True)
    assert {"s1": "Ash", "s2": "Elm"} == {school.code: school.name for school in schools.schools}
    assert {"s1": 2, "s2": 1} == {school.code: school.counts["enrollment"].low for school in pupils.schools}
    kept = without_names("roster.zip", package)
    assert b"Byron" not in b"".join(zipfile.ZipFile(io.BytesIO(kept)).read(n) for n in ("orgs.csv", "enrollments.csv"))
    assert {"orgs.csv", "enrollments.csv"} == set(zipfile.ZipFile(io.BytesIO(kept)).namelist())


def test_a_file_with_names_of_pupils_is_not_taken():
    refused = without_names("users.csv", USERS.encode())
    assert isinstance(refused, Finding)
    assert "names of pupils" in refused.what


def test_ed_fi_budgets_meet_their_accounts_and_dimensions():
    budgets = [
        {"localAccountReference": {"accountIdentifier": "A1"}, "asOfDate": "2025-07-01", "amount": 1000.10},
        {"localAccountReference": {"accountIdentifier": "A2"}, "asOfDate": "2025-07-01", "amount": 2000},
        {"localAccountReference": {"accountIdentifier": "A1"}, "asOfDate": "2025-01-01", "amount": 1},
    ]
    accounts = [
        {"accountIdentifier": name, "chartOfAccountReference": {"accountIdentifier": chart}}
        for name, chart in (("A1", "C1"), ("A2", "C2"))
    ]
    charts = [
        {
            "accountIdentifier": name,
            "fundDimensionReference": {"code": "10"},
            "functionDimensionReference": {"code": "1000"},
            "objectDimensionReference": {"code": "610"},
            "operationalUnitDimensionReference": {"code": unit},
        }
        for name, unit in (("C1", "0012"), ("C2", "0013"))
    ]
    package = zipped(
        localBudgets__json=json.dumps(budgets),
        localAccounts__json=json.dumps(accounts),
        chartOfAccounts__json=json.dumps(charts),
    )
    [table] = arrive("edfi.zip", package)
    [found] = read_all([table], {}, {})
    assert [("0012", "10", "1000 610", 100_010), ("0013", "10", "1000 610", 200_000)] == [
        (row.school, row.fund, row.line, row.cents) for row in found.money
    ]
    assert [("an earlier amount of the same account", 1)] == [(left.why, left.rows) for left in found.tally.left_out]


def test_free_and_reduced_lunch_are_counted_together_where_nothing_else_counts_need():
    """Adair County High School 2016-17: 460 free, 33 reduced; the state's own table prints 493."""
    text = (
        "SCH_YEAR,DIST_NUMBER,DIST_NAME,SCH_NAME,SCH_CD,STATE_SCH_ID,NCESID,SPENDING_PER_STDNT,MEMBERSHIP_TOTAL,"
        "ENROLLMENT_FREE_LUNCH_CNT,ENROLLMENT_REDUCED_LUNCH_CNT\n"
        "20162017,1,Adair County,Adair County High School,1010,1001010,210003000001,11224,772,460,33\n"
    )
    taken = take_in([extract("profile.csv", text)], Answers())
    [school] = taken.reading.district.schools
    assert ("001010", 493) == (school.code, school.group("economically-disadvantaged"))
    assert "lunches-added" in [finding.code for finding in taken.reading.findings]


def test_json_that_is_no_list_of_records_is_refused():
    for data in (b"{}", b"[1, 2]", b"[" * 5_000, b'[{"a": '):
        found = open_tables("x.json", data)
        assert isinstance(found, Finding), data[:20]
