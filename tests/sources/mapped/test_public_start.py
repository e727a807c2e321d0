"""Any district of the nation from public files: pupils, need and typical costs, and each guess says that it is one."""

from __future__ import annotations

import csv
import zipfile

import pytest

from equity_alloc.domain.finding import Finding
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.arrive import arrive, read_all
from equity_alloc.sources.mapped.cut import cut_to_district
from equity_alloc.sources.mapped.take_in import take_in
from equity_alloc.sources.working_workbook import read_plan
from tests.sources.mapped.tables import public
from tests.sources.mapped.test_specified_files import DIRECTORY, LUNCH, MEMBERSHIP

ALBERTVILLE = "0100005"
START = Answers(who="Workshop", when="2026-03-02", accepts=True, typical=True)


@pytest.fixture(scope="module")
def taken(shared):
    extracts = []
    for name, text in (("directory.csv", DIRECTORY), ("membership.csv", MEMBERSHIP), ("lunch.csv", LUNCH)):
        extracts += read_all(arrive(name, text.encode()), {}, {"district": ALBERTVILLE, "year": ""})
    extracts += [public(shared, name) for name in ("us_saipe_district_poverty_2023.csv", "us_cwift_2022_lea.csv")]
    return take_in(extracts, START)


def test_schools_pupils_and_need_are_those_of_the_public_files(taken):
    district = taken.reading.district
    ash, elm = district.schools
    assert ("Ash", 110, 45, "elementary") == (
        ash.name,
        ash.enrollment,
        ash.group("economically-disadvantaged"),
        ash.kind,
    )
    assert ("Tallapoosa", "2022-2023") == (district.name, district.year)
    assert (401, None) == (elm.enrollment, elm.group("economically-disadvantaged"))


def test_typical_costs_follow_the_wage_index_of_the_district(taken):
    """The public wage index of Albertville is 0.814: 95,000 x 0.814 = 77,330; 110 / 15.5 = 7.1 posts, 7.0 in halves."""
    district = taken.reading.district
    assert 7_733_000 == district.position_of["teacher"].cost
    posts = {(row.school[-3:], row.position): row.fte for row in district.staffing}
    assert (700, 2_600) == (posts["870", "teacher"], posts["871", "teacher"])  # 401 / 15.5 = 25.87
    assert (100, 100) == (posts["870", "principal"], posts["871", "principal"])


def test_every_guess_is_marked_and_travels_into_the_plan_that_leaves(taken):
    district = taken.reading.district
    guesses = [decision for decision in district.decisions if decision.what.startswith("A guess, not checked")]
    assert 7 == len(guesses)  # five positions, supplies, and the wage index
    assert all("(typical)" in position.title for position in district.positions)
    assert "typical-costs" in [finding.code for finding in taken.reading.findings]
    found = plan(district, default_scenario(district))
    assert isinstance(found, Plan)
    assert district == read_plan(plan_workbook(found)).district


def test_the_census_share_stands_beside_the_schools_counts(taken):
    """1,042 of 4,825 children: 21.6 %; lunch counts are known for one school, 45 of 110: 40.9 %."""
    [finding] = [finding for finding in taken.reading.findings if finding.code == "poverty-of-district"]
    assert "1,042 of 4,825" in finding.what
    assert "21.6 %" in finding.what
    assert "40.9 %" in finding.what


def test_nothing_is_guessed_unless_it_was_asked_for():
    extracts = read_all(arrive("m.csv", MEMBERSHIP.encode()), {}, {"district": "", "year": ""})
    taken = take_in(extracts, Answers(who="x", accepts=True))
    assert "money-missing" in [finding.code for finding in taken.reading.errors]


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_the_nation_is_cut_to_one_district_while_it_is_read(tmp_path, packed):
    path = tmp_path / "nation.csv"
    path.write_text("Banner\n" + DIRECTORY)
    if packed:
        with zipfile.ZipFile(tmp_path / "nation.zip", "w") as archive:
            archive.write(path, "nation.csv")
        path = tmp_path / "nation.zip"
    cut = cut_to_district(path, ALBERTVILLE).decode()
    assert 4 == len(cut.splitlines())  # heading and the three schools of the district, the closed one among them
    assert "Other" not in cut


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"a,b\n1,2\n" * 60, b"PK\x03\x04torn", b"LEAID," + b"x" * 300_000]
)
def test_what_cannot_be_cut_is_refused_in_words(tmp_path, data):
    for ending in ("csv", "zip"):
        path = tmp_path / f"f.{ending}"
        path.write_bytes(data)
        found = cut_to_district(path, "1")
        assert isinstance(found, Finding), (data[:10], ending)


COUNTY = "2101860"


def national(shared):
    """Return Fayette County's schools of 2016-17 in the layout of the national files; the numbers are the state's own."""
    with (shared / "data" / "ky_schools_2016_17.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["nces_id"].startswith(COUNTY) and row["school_type"] == "A1"]
    directory = "SCHOOL_YEAR,ST,SCH_NAME,LEA_NAME,LEAID,ST_SCHID,NCESSCH,SY_STATUS,SY_STATUS_TEXT,UPDATED_STATUS,LEVEL,GSLO,GSHI\n"
    members = "SCHOOL_YEAR,SCH_NAME,LEAID,NCESSCH,GRADE,RACE_ETHNICITY,SEX,STUDENT_COUNT,TOTAL_INDICATOR,DMS_FLAG\n"
    lunch = "SCHOOL_YEAR,SCH_NAME,LEAID,NCESSCH,DATA_GROUP,LUNCH_PROGRAM,STUDENT_COUNT,TOTAL_INDICATOR,DMS_FLAG\n"
    for row in rows:
        begin, name, code = "2016-2017", row["school_name"].replace(",", ""), row["nces_id"]
        directory += f"{begin},KY,{name},Fayette County,{COUNTY},KY-165,{code},1,Open,1,Other,{row['grade_low']},{row['grade_high']}\n"
        members += (
            f"{begin},{name},{COUNTY},{code},No Category Codes,No Category Codes,No Category Codes,{row['enrollment']},"
        )
        members += "Derived - Education Unit Total minus Adult Education Count,Derived\n"
        lunch += f"{begin},{name},{COUNTY},{code},Free and Reduced-price Lunch Table,No Category Codes,{row['frpl']},"
        lunch += "Education Unit Total,Reported\n"
    return {"directory.csv": directory, "membership.csv": members, "lunch.csv": lunch}


def test_a_real_county_is_ready_to_plan_from_national_files_with_each_guess_marked(shared):
    """50 of its 53 regular schools have a national code; Census and wage index are the published rows of 2101860."""
    with (shared / "data" / "ky_schools_2016_17.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["nces_id"].startswith(COUNTY) and r["school_type"] == "A1"]
    tables = [table for name, text in national(shared).items() for table in arrive(name, text.encode())]
    extracts = [*read_all(tables, {}, {"district": COUNTY, "year": ""})]
    extracts += [
        public(shared, name, district=COUNTY)
        for name in ("us_saipe_district_poverty_2023.csv", "us_cwift_2022_lea.csv")
    ]
    result = take_in(extracts, START)
    district = result.reading.district
    assert ("Fayette County", 50, 50) == (district.name, len(district.schools), len(rows))
    assert sum(int(row["enrollment"]) for row in rows) == sum(school.enrollment for school in district.schools)
    assert sum(int(row["frpl"]) for row in rows) == sum(s.group("economically-disadvantaged") for s in district.schools)
    assert {"poverty-of-district", "typical-costs"} <= {finding.code for finding in result.reading.findings}
    assert all(decision.what.startswith("A guess, not checked") for decision in district.decisions)
    found = plan(district, default_scenario(district))
    assert isinstance(found, Plan)
    assert {"teacher", "aide", "counselor", "office", "principal"} == set(district.position_of)
