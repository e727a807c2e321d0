"""Any district of the nation from public files: pupils, need and typical costs, and each guess says that it is one."""

from __future__ import annotations

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
