"""Every compliance test: each verdict once by hand, what lacks named by column and sheet, planted breaches found."""

from __future__ import annotations

import dataclasses
import io
import re
import tomllib
from pathlib import Path

import openpyxl
import pytest

from equity_alloc.compliance.base import Outcome, Verdict
from equity_alloc.compliance.family import Judged, compliance_tests, comply
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import CentralSpending, District, School, Spending, Staffing
from equity_alloc.domain.federal import Federal, FundSource, Ranking, Serving, TitleOne, facts_asked
from equity_alloc.domain.finding import Gap
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.reports.compliance_workbook import compliance_workbook
from equity_alloc.rules.fund_sharing import fund_shares
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.tables import SHEETS
from tests.districts import random_district
from tests.draws import odd_district
from tests.federal.test_comparability_rules import CASE, made, staffed
from tests.federal.title1_cases import FUND, district_of

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/federal/maintenance_of_effort.toml").read_text())
SAMPLE = sample_reading()


def verdict(code: str, district: District, allocation: Allocation | None = None, **scenario: object) -> Verdict:
    found = comply(district, Scenario(**scenario), allocation or district.today)
    return next(item.verdict for item in found if item.test.code == code)


def with_federal(**facts: object) -> District:
    return dataclasses.replace(made(), federal=Federal(**facts))


@pytest.mark.parametrize("test", compliance_tests(), ids=lambda test: test.code)
def test_every_test_introduces_itself(test):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", test.code)
    assert len(test.code) <= 31  # The name of a sheet.
    assert not test.title.endswith(".")
    assert test.says.endswith(".")
    assert test.source.locator
    assert test.source.url.startswith("https://")


@pytest.mark.parametrize("seed", range(16))
def test_no_district_stops_a_test_and_what_lacks_is_a_column_that_we_ask_for(seed):
    district = odd_district(seed) if seed % 2 else random_district(seed, 5)
    asked = {(sheet.name, column.title) for sheet in SHEETS for column in sheet.columns}
    asked |= {("Federal", info.title) for info in facts_asked().values()}
    for item in comply(district, Scenario(), district.today):
        found = item.verdict
        assert {(gap.sheet, gap.column) for gap in found.gaps} <= asked
        assert not found.gaps or found.outcome is Outcome.NOT_TESTABLE
        assert found.words.endswith(".")
        assert all(len(row) == len(found.worksheet.headings) for row in found.worksheet.rows)
        assert len(found.worksheet.headings) == len(found.worksheet.units)


def test_the_sample_passes_what_it_can_be_tested_on():
    found = comply(SAMPLE.district, SAMPLE.scenario, SAMPLE.district.today)
    outcomes = {item.test.code: item.verdict.outcome for item in found}
    assert outcomes.pop("supplement-not-supplant") is Outcome.NOT_TESTABLE
    assert {Outcome.PASSED} == set(outcomes.values())


@pytest.mark.parametrize("name", CASES)
def test_effort_by_hand(name):
    case = CASES[name]
    facts = {key: value * 100 if key in case["dollars"] else value for key, value in case["facts"].items()}
    found = verdict(case["test"], with_federal(**facts))
    assert case["outcome"] == found.outcome.value
    assert all(words in f"{found.words} {found.by}" for words in case["says"])


def test_posts_that_federal_money_pays_do_not_count():
    district = made()
    pay = dict(staffed().pay)
    title = dataclasses.replace(
        district.funds[0], code="T1A", source=FundSource.FEDERAL, counts=False, shared_by="last-year"
    )
    district = dataclasses.replace(district, funds=(*district.funds, title))
    moved = {**pay, ("St. Helena", "TCH", "GEN"): 57 * 10_000_000, ("St. Helena", "TCH", "T1A"): 10_000_000}
    allocation = Allocation.of(staffed().fte_of, moved, {})
    assert Outcome.PASSED is verdict("comparability", made(), staffed()).outcome
    # 57 of 58 posts are the district's own: 0.31 short of 57.31; by dollars 57 x 100,000 / 808 = $7,054 is above $7,021.
    found = verdict("comparability", district, allocation)
    assert (Outcome.PASSED, True) == (found.outcome, "dollars per pupil" in found.words)
    fewer = {**moved, ("St. Helena", "TCH", "GEN"): 56 * 10_000_000, ("St. Helena", "TCH", "T1A"): 20_000_000}
    found = verdict("comparability", district, Allocation.of(staffed().fte_of, fewer, {}))
    assert (Outcome.FAILED, "lacks 1.31 FTE at 1 school") == (found.outcome, found.by)


TITLE_1 = {"A": (500, 400, 0), "B": (500, 300, 0), "C": (500, 200, 20), "D": (400, 100, 0), "E": (600, 50, 0)}


def title_1(allocation: int = 700_000, **changes: object) -> District:
    plain = {
        "eligibility": "35 percent",
        "private": "whole allocation",
        "reservations": {"family engagement": 7_000, "homeless children": 1},
    }
    return district_of(TITLE_1, **{**plain, "allocation": allocation, **changes})  # fmt: skip


def shared_by_hand(district: District, **shares: int) -> tuple[District, Allocation]:
    """Return the district with Title I shared out by hand in dollars, as last year's spending."""
    fund = dataclasses.replace(district.fund_of[FUND], shared_by="last-year")
    rows = tuple(Spending(school, "Supplies", FUND, dollars * 100) for school, dollars in shares.items())
    pot = sum(shares.values()) * 100 + district.central_of(FUND)
    district = dataclasses.replace(district, funds=(dataclasses.replace(fund, amount=pot),), spending=rows)
    assert {code: cents // 100 for code, cents in fund_shares(district, district.funds[0]).items() if cents} == shares
    return district, district.today


def test_what_the_law_shares_out_passes_every_title_1_test():
    district = title_1()
    for code in ("title-1-rank", "title-1-amounts", "title-1-reservations", "title-1-private-schools"):
        assert Outcome.PASSED is verdict(code, district).outcome, code


def test_a_school_passed_over_is_found():
    found = verdict("title-1-rank", *shared_by_hand(title_1(), A=300_000, C=150_000))
    assert Outcome.FAILED is found.outcome
    assert "B (code B) (60.0 %) is passed over, while C (code C) (40.0 %) is served." in found.words


def test_a_school_passed_over_in_another_grade_span_is_lawful_below_75_percent_only():
    def spans(*poor: str) -> Verdict:
        district, allocation = shared_by_hand(title_1(ranking=Ranking.SPANS), C=150_000)
        schools = tuple(
            dataclasses.replace(s, kind="high" if s.code in poor else "elementary") for s in district.schools
        )
        return verdict("title-1-rank", dataclasses.replace(district, schools=schools), allocation)

    assert "A (code A) (80.0 %) is passed over" in spans("A", "B").words
    assert "B (code B)" not in spans("A", "B").words


def test_a_high_school_above_50_percent_that_was_put_first_is_not_passed_over():
    district, allocation = shared_by_hand(title_1(first_at_half=("high",)), A=300_000, C=150_000)
    schools = tuple(
        dataclasses.replace(
            s, kind="high" if s.code == "B" else "elementary", low_income=280 if s.code == "B" else s.low_income
        )
        for s in district.schools
    )
    schools = tuple(dataclasses.replace(s, low_income=290) if s.code == "C" else s for s in schools)
    # B (56 %) comes first although C (58 %) has more poverty.
    found = verdict("title-1-rank", dataclasses.replace(district, schools=schools), allocation)
    assert "B (code B) (56.0 %) is passed over, while C (code C) (58.0 %) is served." in found.words


def test_a_served_school_that_is_not_eligible_is_found():
    found = verdict("title-1-rank", *shared_by_hand(title_1(), A=300_000, B=200_000, C=100_000, D=50_000, E=1_000))
    assert "D (code D) is served at 25.0 %, and it is not eligible." in found.words


def test_a_skipped_school_needs_as_much_from_other_money():
    district = title_1()
    schools = tuple(
        dataclasses.replace(s, title_one=TitleOne.SKIPPED, instead_of_title_one=1_000_00) if s.code == "B" else s
        for s in district.schools
    )
    found = verdict("title-1-rank", dataclasses.replace(district, schools=schools))
    assert Outcome.FAILED is found.outcome
    assert "B (code B) is skipped and gets $1,000" in found.words
    blank = tuple(dataclasses.replace(s, instead_of_title_one=None) for s in schools)
    found = verdict("title-1-rank", dataclasses.replace(district, schools=blank))
    assert (Gap("Schools", "Supplement instead of Title I", "B (code B)"),) == found.gaps


def test_a_mark_that_the_money_contradicts_is_told_in_amber():
    district = title_1()
    schools = tuple(dataclasses.replace(s, title_one=TitleOne.NOT_SERVED) for s in district.schools)
    found = verdict("title-1-rank", dataclasses.replace(district, schools=schools))
    assert (Outcome.LOOK, "3 marks") == (found.outcome, found.by)


def test_dollars_per_child_that_rise_down_the_ranks_are_found():
    # A: 300,000 / 400 = $750; B: 240,000 / 300 = $800.
    found = verdict("title-1-amounts", *shared_by_hand(title_1(), A=300_000, B=240_000, C=100_000))
    assert (Outcome.FAILED, "$50.00 per child") == (found.outcome, found.by)


def test_the_125_percent_rule_is_found_broken_where_a_school_below_35_percent_is_served():
    # 1.25 x (707,001 + 292,999 = 1,000,000) / 1,070 = $1,168.22 for each of 1,000 children: 1,168,224.
    district, allocation = shared_by_hand(title_1(), A=400_000, B=300_000, C=200_000, D=92_999)
    found = verdict("title-1-amounts", district, allocation)
    assert Outcome.FAILED is found.outcome
    assert "$1,168.22" in found.words


def test_too_little_for_families_is_found():
    reservations = {"family engagement": 6_000, "homeless children": 5_000}
    found = verdict("title-1-reservations", title_1(reservations=reservations))
    assert (Outcome.FAILED, "lacks $1,000") == (found.outcome, found.by)
    found = verdict("title-1-reservations", title_1(400_000, reservations=reservations))
    assert Outcome.PASSED is found.outcome


def test_a_line_without_a_purpose_is_not_guessed():
    district = title_1()
    central = (*district.central, CentralSpending("Coaches", FUND, 1))
    found = verdict("title-1-reservations", dataclasses.replace(district, central=central))
    assert (Gap("Central", "Reserved for", "the line Coaches"),) == found.gaps


def test_private_school_children_left_with_less_are_found():
    # 20 of 920 children of A, B and C: 2.17 % of $557,001 = $12,108.72; nothing is reserved for them.
    found = verdict("title-1-private-schools", *shared_by_hand(title_1(), A=300_000, B=150_000, C=100_000))
    assert (Outcome.FAILED, "lacks $12,109") == (found.outcome, found.by)
    assert found.worksheet is not None
    assert ("", "Proportional share", None, None, 12_108_72) == found.worksheet.rows[-2]


def test_marked_schools_that_the_money_does_not_reach_fail():
    district = title_1(per_child=[[0, 900]], serving=Serving.AS_MARKED)
    schools = tuple(dataclasses.replace(s, title_one=TitleOne.SERVED) for s in district.schools if s.code in "ABC")
    found = verdict("title-1-rank", dataclasses.replace(district, schools=schools))
    assert Outcome.FAILED is found.outcome
    assert "erve fewer schools" in found.words


NEUTRAL = """
format = 1
name = "staffing"
[source.policy]
title = "Policy"
locator = "section 1"
[value.base]
value = 5000
unit = "dollars per pupil"
from = 2020-01-01
source = "policy"
[[component]]
kind = "per-pupil"
name = "base"
title = "Base"
count = "enrollment"
amount = "base"
"""
FAVOR = (
    NEUTRAL
    + """
[[component]]
kind = "lump-sum"
name = "extra"
title = "Extra for Title I schools"
only_flags = ["Title I"]
amount = 40000
"""
)
AGAINST = FAVOR.replace("only_flags", "not_flags").replace("Extra for", "Money for all but")


def use(text: str) -> FormulaUse:
    return FormulaUse(text)


def test_a_formula_that_reads_no_title_1_flag_is_neutral():
    found = verdict("supplement-not-supplant", made(), staffed(), formula=use(NEUTRAL))
    assert (Outcome.PASSED, "no difference at any school") == (found.outcome, found.by)


def test_a_formula_that_reads_the_flag_turns_amber_and_is_named():
    found = verdict("supplement-not-supplant", made(), staffed(), formula=use(FAVOR))
    assert Outcome.LOOK is found.outcome
    assert "Extra for Title I schools" in found.words
    assert "7 schools differ: $280,000" in found.by


def test_a_formula_that_gives_title_1_schools_less_supplants():
    found = verdict("supplement-not-supplant", made(), staffed(), formula=use(AGAINST))
    assert Outcome.FAILED is found.outcome
    assert "7 schools would get more" in found.words


def test_dollars_per_pupil_use_actual_cost_and_split_by_source():
    district = made()
    schools = tuple(dataclasses.replace(s, enrollment_last_year=100) for s in district.schools[:1])
    posts = (Staffing(schools[0].code, "TCH", "GEN", 250, 9_000_000),)
    district = dataclasses.replace(district, schools=schools, staffing=posts)
    found = verdict("per-pupil-expenditure", district)
    # 2.5 posts at an actual $90,000 = $225,000 for 100 pupils; $25,000 below the average cost of $100,000 each.
    assert (schools[0].code, schools[0].name, 100, 0, 0, 225_000, 0, 225_000, -25_000) == found.worksheet.rows[0]
    assert "$25,000 below average cost" in found.by
    blank = dataclasses.replace(district, staffing=(dataclasses.replace(posts[0], actual=None),))
    assert {"Actual cost per FTE"} == {gap.column for gap in verdict("per-pupil-expenditure", blank).gaps}


def test_the_comparability_worksheet_is_the_published_one_school_by_school():
    """North Carolina's form: the four schools without Title I and their ratio, 110 % of it, and each Title I school beside that."""
    sheet = verdict("comparability", made(), staffed()).worksheet
    rows = [dict(zip(sheet.headings, row, strict=True)) for row in sheet.rows]
    against = [row for row in rows if row["Part"] == "held against"]
    assert {name: row[0] for name, row in CASE["without_title_1"].items()} == {
        r["School"]: r["Enrollment"] for r in against
    }
    [together] = [row for row in rows if row["Part"] == "sum"]
    assert (4_010, CASE["ratio_of_the_others"]) == (together["Enrollment"], together["Pupils per post"])
    tested = {row["School"]: row for row in rows if row["Part"] == "Title I"}
    assert CASE["title_1"].keys() == tested.keys()
    for name, (pupils, posts, ratio, room) in CASE["title_1"].items():
        row = tested[name]
        assert (pupils, "yes", round(float(room) * 100)) == (
            row["Enrollment"],
            row["Comparable by posts"],
            row["Room in posts"],
        )
        assert round(float(posts) * 100) == row["State and local posts"]
        assert float(ratio) == pytest.approx(float(row["Pupils per post"]), abs=0.051)
        assert float(CASE["highest_ratio"]) == pytest.approx(float(row["Most allowed (110 %)"]), abs=0.05)


def test_title_1_worksheets_follow_the_order_of_the_law_and_their_sums_meet():
    """First the ranks, then private-school children of the areas served, then reservations, then dollars for each child."""
    found = comply(SAMPLE.district, SAMPLE.scenario, SAMPLE.district.today)
    codes = [item.test.code for item in found if item.test.code.startswith("title-1")]
    assert ["title-1-rank", "title-1-private-schools", "title-1-reservations", "title-1-amounts"] == codes
    sheets = {item.test.code: item.verdict.worksheet for item in found}
    *_, reserved, left = sheets["title-1-reservations"].rows
    first, total = sheets["title-1-reservations"].rows[0], sheets["title-1-amounts"].rows[-1]
    assert first[2] == reserved[2] + left[2] == SAMPLE.district.fund_of["T1A"].amount
    assert total[4] == left[2] == sum(row[4] for row in sheets["title-1-amounts"].rows[:-1])


def test_the_workbook_holds_every_verdict_and_worksheet():
    found: tuple[Judged, ...] = comply(SAMPLE.district, SAMPLE.scenario, SAMPLE.district.today)
    data = compliance_workbook(SAMPLE.district, found, "last year")
    assert data == compliance_workbook(SAMPLE.district, found, "last year")
    book = openpyxl.load_workbook(io.BytesIO(data))
    listed = [row[0].value for row in book["Tests"].iter_rows(min_row=5)]
    assert [item.test.title for item in found] == listed
    links = {row[2].value for row in book["Tests"].iter_rows(min_row=5) if row[2].hyperlink}
    assert {*book.sheetnames} - {"Tests", "Comparability 2"} == links
    # What is wider than a page goes on in a sheet of its own, with the same lines above and the same schools.
    [whole] = [item.verdict.worksheet for item in found if item.test.code == "comparability"]
    parts = [list(book[name].iter_rows(values_only=True)) for name in ("Comparability", "Comparability 2")]
    at = next(number for number, row in enumerate(parts[0]) if row[0] == "Grade span")
    assert parts[0][:at] and [row[0] for row in parts[0][:at]] == [row[0] for row in parts[1][:at]]
    assert [row[:3] for row in parts[0][at:]] == [row[:3] for row in parts[1][at:]]
    assert list(whole.headings) == [*(h for h in parts[0][at] if h), *(h for h in parts[1][at][3:] if h)]
    rank = book["Title I rank"]
    assert "Title I-A reaches eligible schools in rank order" == rank["A1"].value
    at = next(row for row in range(1, 12) if rank.cell(row, 1).value == "Rank")
    headings = [cell.value for cell in rank[at]]
    first = {h: cell.value for h, cell in zip(headings, rank[at + 1], strict=True)}
    assert ("Eastgate Elementary", 392, 376_320) == (first["School"], first["Low-income children"], first["Title I-A"])


def test_portlands_formula_brings_a_title_1_school_two_homerooms_and_is_named():
    # Six grades of 70, 68, 72, 66, 69 and 67 pupils need 16 homerooms, 18 with the smaller classes of Title I schools.
    grades = tuple(zip(("K", "1", "2", "3", "4", "5"), (70, 68, 72, 66, 69, 67), strict=True))
    grades += tuple((str(grade), 0) for grade in range(6, 13))
    school = School("1", "One", "elementary", 412, title_one=TitleOne.SERVED, grades=grades)
    text = (Path(__file__).parents[2] / "data/templates/portland-like.toml").read_text(encoding="utf-8")
    district = dataclasses.replace(made(), schools=(school,))
    found = verdict("supplement-not-supplant", district, Allocation(), formula=use(text))
    assert (Outcome.LOOK, "1 school differs: $0 and 2.00 FTE more with Title I") == (found.outcome, found.by)
    assert "Homeroom teachers, grades K to 5, Title I school" in found.words


def test_counts_whose_measure_is_not_named_are_looked_at_closer():
    federal = dataclasses.replace(SAMPLE.district.federal, poverty_measure="")
    district = dataclasses.replace(SAMPLE.district, federal=federal)
    found = {j.test.code: j.verdict for j in comply(district, SAMPLE.scenario, district.today)}
    assert Outcome.LOOK is found["title-1-rank"].outcome
    assert "enter Title I poverty measure on the sheet Federal" in found["title-1-rank"].words
