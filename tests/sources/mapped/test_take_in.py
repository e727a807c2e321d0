"""From tables to a district: joined by code, then by confirmed names; totals tie; unknown stays unknown."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.arrive import arrive
from equity_alloc.sources.mapped.join import By, plain_name
from equity_alloc.sources.mapped.library import built_in_aliases, built_in_maps, read_aliases
from equity_alloc.sources.mapped.planned_money import WITHOUT_PUPILS
from equity_alloc.sources.mapped.read_map import read_map, write_map
from equity_alloc.sources.mapped.read_table import read_mapped
from equity_alloc.sources.mapped.table_map import RowKind, TableMap
from equity_alloc.sources.mapped.take_in import take_in
from equity_alloc.sources.workbook import read_workbook
from equity_alloc.sources.write_inputs import inputs_workbook
from tests.small_workbook import workbook_bytes
from tests.sources.mapped.tables import MONEY, public, read

SCHOOL_ROWS = (
    "Code,Name,Pupils,Poor\n0012,Ash Elementary,400,100\n0013,Birch Elementary,300,200\n0501,Cedar High,900,150\n"
)
MONEY_ROWS = (
    "School,Fund,Position,FTE,Line,Amount\n"
    "0012,General,Teacher,20,,1700000\n0013,General,Teacher,15.5,,1200001\n0501,General,Teacher,44,,4000000\n"
    "0012,Title I-A,Aide,1.25,,50000\n0501,General,,,Supplies,80000.10\n0013,Title I-A,,,Tutoring,20000\n"
)
SIGNED = Answers(name="Small", year="2026-27", who="Data office", when="2026-03-02", accepts=True)


def taken(*texts, answers=SIGNED):
    extracts = [read(text, MONEY) if text.startswith("School,Fund") else read(text) for text in texts]
    return take_in(extracts, answers)


def found(result):
    return [finding.code for finding in result.reading.findings]


def test_dollars_and_posts_of_the_files_are_those_of_the_district_to_the_cent():
    district = taken(SCHOOL_ROWS, MONEY_ROWS).reading.district
    assert {"General": 698_000_110, "Title I-A": 7_000_000} == {f.title: f.amount for f in district.funds}
    assert 80.75 == sum(row.fte for row in district.staffing) / 100
    assert [(False, "last-year"), (True, "")] == sorted((fund.counts, fund.shared_by) for fund in district.funds)
    teacher = next(position for position in district.positions if position.title == "Teacher")
    # 6,900,001 dollars for 79.5 posts: 86,792.465 each; half a post must cost whole cents.
    assert (8_679_246, 50) == (teacher.cost, teacher.step)
    assert isinstance(plan(district, default_scenario(district)), Plan)


def test_a_matching_name_is_asked_about_and_never_used_in_silence():
    other = SCHOOL_ROWS.replace("0012,Ash Elementary", "77,ASH ELEM").replace(",100\n", ",\n")
    first = taken(SCHOOL_ROWS, MONEY_ROWS, other)
    assert "match-unconfirmed" in found(first)
    [match] = first.joined.asked
    assert (By.NAME, "77", "0012") == (match.by, match.code, match.to)
    again = taken(SCHOOL_ROWS, MONEY_ROWS, other, answers=dataclasses.replace(SIGNED, matches={match.key: "0012"}))
    assert again.reading.district is not None
    assert any("matched by name" in decision.what for decision in again.reading.district.decisions)
    refused = taken(SCHOOL_ROWS, MONEY_ROWS, other, answers=dataclasses.replace(SIGNED, matches={match.key: ""}))
    assert refused.reading.district is not None
    assert 3 == len(refused.reading.district.schools)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("St. Matthews Elementary School", "SAINT MATTHEWS ELEM"),
        ("P.S. 030 Hernandez", "PS 30 Hernandez"),
        ("Peña", "Pena"),
    ],
)
def test_names_are_compared_as_people_read_them(one, two):
    assert plain_name(one) == plain_name(two)


@pytest.mark.parametrize(("one", "two"), [("West Seattle", "West Seattle High"), ("Lincoln Middle", "Lincoln High")])
def test_names_of_two_schools_stay_apart(one, two):
    assert plain_name(one) != plain_name(two)


def test_a_lost_zero_is_no_obstacle_where_only_one_school_can_be_meant():
    result = taken(SCHOOL_ROWS, MONEY_ROWS.replace("0012,", "12,").replace("0013,", "13,"))
    assert () == result.joined.asked
    assert {"0012", "0013", "0501"} == {row.school for row in result.reading.district.staffing}


def test_a_group_that_is_not_known_stays_unknown_and_the_finding_names_the_column():
    result = taken(SCHOOL_ROWS.replace(",200\n", ",\n"), MONEY_ROWS)
    assert result.reading.district.school_of["0013"].group("economically-disadvantaged") is None
    [finding] = [finding for finding in result.reading.findings if finding.code == "group-unknown"]
    assert "Economically disadvantaged is not known for 1 of 3 schools, first for Birch Elementary" in finding.what


def test_a_blank_means_zero_only_where_someone_says_so():
    blank = SCHOOL_ROWS.replace(",200\n", ",\n")
    decided = dataclasses.replace(SIGNED, blank_means_zero=("economically-disadvantaged",))
    district = taken(blank, MONEY_ROWS, answers=decided).reading.district
    assert 0 == district.school_of["0013"].group("economically-disadvantaged")
    assert "Data office" == district.decisions[0].who
    unsigned = taken(blank, MONEY_ROWS, answers=dataclasses.replace(decided, who=""))
    assert unsigned.reading.district is None
    assert "decision-unsigned" in found(unsigned)


def test_a_suppressed_count_is_planned_with_only_by_a_signed_decision():
    text = SCHOOL_ROWS.replace(",200\n", ",<10\n")
    assert taken(text, MONEY_ROWS).reading.district.school_of["0013"].group("economically-disadvantaged") is None
    middle = dataclasses.replace(SIGNED, middle_of_bounds=True)
    district = taken(text, MONEY_ROWS, answers=middle).reading.district
    assert 5 == district.school_of["0013"].group("economically-disadvantaged")  # the middle of 0 to 9, half up
    assert "middle of their bounds" in district.decisions[0].what


def test_a_total_that_does_not_tie_stops_the_file_until_someone_signs():
    text = MONEY_ROWS + "0012,Total,,21.25,,1750001\n"
    stopped = taken(SCHOOL_ROWS, text, answers=dataclasses.replace(SIGNED, accepts=False))
    assert (None, ["differences-undecided"]) == (stopped.reading.district, found(stopped)[:1])
    signed = taken(SCHOOL_ROWS, text, answers=dataclasses.replace(SIGNED, reason="Penny off in the ledger"))
    [decision] = [d for d in signed.reading.district.decisions if "printed" in d.what]
    assert ("Data office", True) == (decision.who, "Penny off in the ledger" in decision.what)


@pytest.mark.parametrize(("typed", "ties"), [("$7,050,001.10", True), ("7050001.11", False)])
def test_the_total_of_the_ledger_is_compared_to_the_cent(typed, ties):
    """1,700,000 + 1,200,001 + 4,000,000 + 50,000 + 80,000.10 + 20,000."""
    answers = dataclasses.replace(SIGNED, control={"table.csv": typed}, accepts=False)
    result = taken(SCHOOL_ROWS, MONEY_ROWS, answers=answers)
    assert ties == (result.reading.district is not None)
    assert ties == ("differences-undecided" not in found(result))


def test_dollars_of_a_school_without_pupils_are_kept_centrally_and_nothing_is_lost():
    result = taken(SCHOOL_ROWS, MONEY_ROWS + "0999,General,Teacher,2,,150000\n")
    district = result.reading.district
    assert [(WITHOUT_PUPILS, 15_000_000)] == [(block.line, block.amount) for block in district.central]
    assert 713_000_110 == next(fund.amount for fund in district.funds if fund.title == "General")
    assert "school-without-enrollment" in found(result)


def test_a_second_money_file_is_compared_and_not_added():
    second = MONEY_ROWS.replace("Aide", "").replace("1.25", "").replace(",20000\n", ",20001\n").replace("FTE", "Post")
    result = taken(SCHOOL_ROWS, MONEY_ROWS, second)
    assert 705_000_110 == sum(fund.amount for fund in result.reading.district.funds)
    [off] = [check for check in result.reconciled.against if not check.ties]
    assert ("Birch Elementary", 122_000_200, 122_000_100) == (off.subject, off.printed, off.found)
    assert "differ at 1 of 3 schools" in result.reading.district.decisions[0].what


def test_without_money_there_is_no_plan_with_nothing():
    assert "money-missing" in found(taken(SCHOOL_ROWS))


def test_without_pupils_there_is_no_district():
    assert "enrollment-missing" in found(taken(MONEY_ROWS))


def test_a_school_whose_money_is_not_known_is_not_taken_for_the_poorest():
    only = "\n".join(line for line in MONEY_ROWS.splitlines() if not line.startswith("0013"))
    assert "school-without-money" in found(taken(SCHOOL_ROWS, only))
    result = taken(SCHOOL_ROWS, only, answers=dataclasses.replace(SIGNED, leave_out_without_money=True))
    assert ["0012", "0501"] == [school.code for school in result.reading.district.schools]
    assert any("left out" in decision.what for decision in result.reading.district.decisions)


def test_a_protected_group_mapped_as_need_is_refused():
    from equity_alloc.sources.mapped.table_map import RowKind, TableMap

    text = "Code,Pupils,Hispanic pupils,Dollars\n1,100,40,9\n"
    columns = (("school", ("Code",)), ("enrollment", ("Pupils",)), ("need:Hispanic", ("Hispanic pupils",)))
    result = take_in([read(text, TableMap("p", "P", RowKind.SCHOOL, columns))], SIGNED)
    assert "group-protected" in found(result)


def test_a_district_of_new_york_plans_from_three_of_its_exports(shared):
    names = ("demographic_snapshot_2017_2022", "galaxy_budget_fy2018_2022", "galaxy_allocations_fy2018_2022")
    extracts = [public(shared, f"raw/nyc_csd05_{name}.csv") for name in names]
    assert "school-without-money" in found(take_in(extracts, SIGNED))  # one school of 28 opened with no dollars yet
    result = take_in(extracts, dataclasses.replace(SIGNED, leave_out_without_money=True))
    district = result.reading.district
    assert 27 == len(district.schools)
    printed = public(shared, "nyc_csd05_schools_fy2022.csv").schools
    assert {school.code for school in printed} == set(district.school_of)
    assert sum(row.cents for row in extracts[1].money) == sum(fund.amount for fund in district.funds)
    assert isinstance(plan(district, default_scenario(district)), Plan)


def test_the_first_kentucky_door_and_the_map_give_the_same_district(shared):
    from equity_alloc.sources.kentucky import read_kentucky

    data = (shared / "data" / "ky_schools_2016_17.csv").read_bytes()
    old = read_kentucky(data, "165").district
    new = take_in([public(shared, "ky_schools_2016_17.csv", district="165")], Answers()).reading.district
    assert old.name == new.name
    assert {s.code: (s.name, s.kind, s.enrollment, s.title_one) for s in old.schools} == {
        s.code: (s.name, s.kind, s.enrollment, s.title_one) for s in new.schools
    }
    for group in old.groups:
        assert [s.group(group.code) for s in old.schools] == [s.group(group.code) for s in new.schools]
    assert {row.school: row.amount for row in old.spending} == {row.school: row.amount for row in new.spending}


@pytest.mark.parametrize("table_map", built_in_maps(), ids=lambda m: m.code)
def test_every_map_that_comes_along_reads_back_as_itself(table_map):
    assert table_map == read_map(write_map(table_map))
    assert table_map.source is not None
    assert table_map.recognize


def test_no_alias_stands_for_two_fields_that_could_be_meant_by_one_heading():
    seen: dict[str, str] = {}
    for name, headings in built_in_aliases().items():
        for heading in headings:
            assert seen.setdefault(heading, name) == name, heading


def test_aliases_of_a_district_may_be_written_by_hand():
    assert {"enrollment": ("Kopfzahl",)} == read_aliases('[aliases]\nenrollment = ["Kopfzahl"]\n')


def _district(shared, *names, **wanted):
    extracts = [public(shared, name, **wanted) for name in names]
    signed = dataclasses.replace(SIGNED, name="", year="", leave_out_without_money=True)
    first = take_in(extracts, signed)
    matches = {match.key: match.to for match in first.joined.asked}
    return take_in(extracts, dataclasses.replace(signed, matches=matches)).reading.district


PUBLIC_DISTRICTS = {
    "Community District 5": (
        "raw/nyc_csd05_demographic_snapshot_2017_2022.csv",
        "raw/nyc_csd05_galaxy_budget_fy2018_2022.csv",
    ),
    "Seattle": ("seattle_school_budgets_2023_24.csv", "seattle_closure_cost_components_2024_06.csv"),
    "Jefferson County, 2017": ("ky_schools_2016_17.csv", "ky_jefferson_salary_schedule_2016_17.csv"),
    "Jefferson County, report card": ("raw/ky_report_card_profile_2017.csv",),
    "Jefferson County, 2020": ("raw/ky_spending_per_student_2020.csv", "raw/ky_educator_experience_2023.csv"),
}


@pytest.mark.parametrize("title", PUBLIC_DISTRICTS)
def test_a_district_from_public_files_leaves_as_a_workbook_and_comes_back_as_the_same(shared, title):
    names = PUBLIC_DISTRICTS[title]
    wanted = {"district": "275"} if "Jefferson" in title else {}
    district = _district(shared, *names, **wanted)
    assert district is not None
    again = read_workbook(inputs_workbook(district, default_scenario(district)))
    assert () == again.errors
    assert district == again.district


def test_sheets_of_one_name_in_two_workbooks_stay_apart():
    table = {"Sheet1": [["Site code", "Students"], ["01", 40], ["02", 60]]}
    first, second = (arrive(name, workbook_bytes(table))[0] for name in ("a.xlsx", "b.xlsx"))
    assert ("a.xlsx: Sheet1", "b.xlsx: Sheet1") == (first.key, second.key)
    assert first.grid.shown != second.grid.shown


def named(name, text, table_map=MONEY):
    return read_mapped(csv_grid(name, text.encode()), table_map, {})


def test_a_second_money_file_is_added_where_a_person_says_so_and_signs():
    """7,050,001.10 of the first file and 30,000 of the grant."""
    grant = "School,Fund,Position,FTE,Line,Amount\n0012,Grant,,,Tutoring,10000\n0013,Grant,,,Tutoring,20000\n"
    files = [read(SCHOOL_ROWS), read(MONEY_ROWS, MONEY), named("grant.csv", grant)]
    added = dataclasses.replace(SIGNED, added=("grant.csv",))
    result = take_in(files, added)
    assert 708_000_110 == sum(fund.amount for fund in result.reading.district.funds)
    assert () == result.reconciled.against
    [decision] = [d for d in result.reading.district.decisions if "grant.csv" in d.what]
    assert ("Data office", True) == (decision.who, "added" in decision.what)
    unsigned = take_in(files, dataclasses.replace(added, who=""))
    assert "decision-unsigned" in found(unsigned)


def test_a_blank_that_means_none_says_nothing_of_a_school_that_the_file_does_not_name():
    pupils = "Code,Name,Pupils\n0012,Ash,400\n0013,Birch,300\n0501,Cedar,900\n"
    poor = TableMap("n", "Need", RowKind.SCHOOL, (("school", ("Code",)), ("low_income", ("Poor",))))
    need = read("Code,Poor\n0012,\n0013,200\n", poor)
    signed = dataclasses.replace(SIGNED, blank_means_zero=("economically-disadvantaged",))
    plain = TableMap(
        "s", "S", RowKind.SCHOOL, (("school", ("Code",)), ("school_name", ("Name",)), ("enrollment", ("Pupils",)))
    )
    district = take_in([read(pupils, plain), need, read(MONEY_ROWS, MONEY)], signed).reading.district
    assert {"0012": 0, "0013": 200, "0501": None} == {
        school.code: school.group("economically-disadvantaged") for school in district.schools
    }


def test_a_correction_of_posts_is_netted_within_its_post():
    """20 posts for 1,700,000, less half a post for 42,500: 19.5 posts for 1,657,500."""
    district = taken(SCHOOL_ROWS, MONEY_ROWS + "0012,General,Teacher,-0.5,,-42500\n").reading.district
    [row] = [row for row in district.staffing if (row.school, row.position) == ("0012", "teacher")]
    assert (1950, 8_500_000) == (row.fte, row.actual)


def test_money_that_no_school_with_pupils_has_keeps_its_fund_and_what_the_fund_counts_for():
    district = taken(SCHOOL_ROWS, MONEY_ROWS + "0999,Title II,,,Training,5000\n").reading.district
    [fund] = [fund for fund in district.funds if fund.title == "Title II"]
    assert (500_000, False) == (fund.amount, fund.counts)


def test_a_printed_total_without_posts_says_nothing_of_posts():
    """1,700,000 and 50,000 of school 0012."""
    extract = read(MONEY_ROWS + "0012,Total,,,,1750000\n", MONEY)
    [check] = extract.tally.checks
    assert (175_000_000, True) == (check.printed, check.ties)
