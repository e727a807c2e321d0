"""Several years: each stands on the plan before it, is certified without a solver, and says where money ends."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from equity_alloc.cases.case import case_of
from equity_alloc.cases.opened import Opened
from equity_alloc.domain.ahead import EVERY, Assumption, What, year_after
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.shipped import DATA
from equity_alloc.domain.terms import FundTerms
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.reports.years_workbook import years_workbook
from equity_alloc.rules.attrition_first import AttritionFirst
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.reserve_floor import ReserveFloor
from equity_alloc.scenario import Scenario, scenario_from_plain
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.sample import sample_reading
from equity_alloc.years.assumed import NOBODY, with_unchanged
from equity_alloc.years.audit import audit_years
from equity_alloc.years.course import Course, plan_years
from equity_alloc.years.next_year import staffing_of
from equity_alloc.years.turns import TurnKind, turns, unknown_terms
from tests.command_line import run
from tests.districts import plain_scenario, random_district
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]


@cache
def sample_course() -> Course:
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    return plan_years(reading.district, reading.scenario, 3, plan)


def unchanged(scenario: Scenario, **values: str) -> Scenario:
    """Return a scenario in which nothing changes but what is named, of every one."""
    ahead = tuple(Assumption(What[name], EVERY, Decimal(value)) for name, value in values.items())
    return with_unchanged(dataclasses.replace(scenario, ahead=ahead), What)


def with_terms(district: District, **amounts: int | None) -> District:
    """Return a district whose general fund has these terms."""
    return dataclasses.replace(district, terms=(FundTerms("general", False, "never", **amounts),))


def test_a_year_is_named_after_the_one_before():
    assert ["2027-28", "2100-01", "2027-2028", "2030"] == [
        year_after(year) for year in ("2026-27", "2099-00", "2026-2027", "2029")
    ]
    with pytest.raises(InvalidValue, match="Write it like 2026-27"):
        year_after("next")
    with pytest.raises(InvalidValue, match="Enter it on the sheet District, row Year"):
        year_after("")


def test_last_year_is_the_plan_of_the_year_before_to_the_hundredth_of_a_post():
    for before, year in zip(sample_course().years, sample_course().years[1:], strict=False):
        assert before.plan is not None
        assert before.plan.allocation.fte_of == year.district.today.fte_of
        assert before.plan.allocation.dollars_of == year.district.today.dollars_of
        assert [s.enrollment for s in before.district.schools] == [
            s.enrollment_last_year for s in year.district.schools
        ]


def test_a_post_that_two_funds_pay_is_divided_by_pay():
    district = random_district(1, 2)
    code = district.schools[0].code
    # 1.00 FTE of $96,000: $32,000 and $64,000 are a third and two thirds.
    paid = {(code, "counselor", "general"): 3_200_000, (code, "counselor", "levy"): 6_400_000}
    rows = staffing_of(district, Allocation.of({(code, "counselor"): 100}, paid, {}))
    assert {("general", 33), ("levy", 67)} == {(row.fund, row.fte) for row in rows}


def test_what_is_left_is_carried_into_the_next_year_and_every_cent_is_told():
    course = sample_course()
    for before, year in zip(course.years, course.years[1:], strict=False):
        carried = {f.fund.code: f.carried_in for f in year.funds}
        assert {f.fund.code: f.left for f in before.funds} == carried
    for year in course.years:
        for f in year.funds:
            assert f.carried_in is not None and f.revenue is not None
            assert f.carried_in + f.revenue == f.central + f.schools + f.gone_back + (f.left or 0)


def test_the_sample_s_general_fund_is_drawn_down_as_its_forecast_says():
    # $11.4 million, less $1.9 million a year.
    left = [next(f.left for f in year.funds if f.fund.code == "GEN") for year in sample_course().years]
    assert [9_500_000_00, 7_600_000_00, 5_700_000_00] == left
    (turn,) = [t for t in turns(sample_course()) if t.kind is TurnKind.BALANCE]
    assert "At that pace the balance lasts 3 more years." in turn.words


def test_the_grant_that_ends_is_named_with_its_dollars_posts_and_schools():
    (turn,) = [t for t in turns(sample_course()) if t.kind is TurnKind.MONEY_ENDS]
    assert turn.year == "2027-28"
    assert "Whole Child grant" in turn.words
    assert "on 2027-06-30" in turn.words
    assert "$1,494,728" in turn.words
    assert "8 schools" in turn.words


def test_a_rule_about_a_line_still_means_it_in_the_years_after_its_money_has_ended():
    # The grant pays $400,000 of training until June 2027. A year later nothing of the line is left, and two years later the
    # rule that names it must still find it: the general fund's $4,300,000 pay 39 teachers, two coaches and $200,000.
    opened = Opened(case_of("07-the-stipend-that-ended"), "two-that-stay")
    course = plan_years(opened.district, opened.scenario, 3, plan)
    assert course.is_kept
    assert [dict(year.district.today.by_school_line).get(("0102", "Training"), 0) for year in course.years] == [
        100_000_00,
        400_000_00,
        0,
    ]
    assert "Training" in course.years[2].district.lines


def test_posts_cost_more_each_year_in_whole_dollars():
    # 107,800 x 1.034 = 111,465.20; x 1.03 = 114,808.95.
    costs = [year.district.position_of["TCH"].cost for year in sample_course().years]
    assert [107_800_00, 111_465_00, 114_809_00] == costs


def test_every_year_is_projected_and_certified_again_from_the_plans_alone():
    course = sample_course()
    made = [year.plan for year in course.years if year.plan is not None]
    again = list(audit_years(course.years[0].district, course.years[0].scenario, [p.allocation for p in made]))
    assert [p.certificate for p in made] == [a.certificate for a in again]
    # One cent moved in the first plan is another district in the second year.
    first = made[0].allocation
    (school, line, fund), amount = first.dollars[0]
    other = Allocation.of(first.fte_of, first.pay_of, {**first.dollars_of, (school, line, fund): amount - 1})
    changed = list(audit_years(course.years[0].district, course.years[0].scenario, [other, made[1].allocation]))
    assert changed[1].certificate.district_digest != made[1].certificate.district_digest


def test_the_auditor_of_years_needs_no_solver():
    code = (
        "import sys\n"
        "for name in ('pulp', 'highspy'): sys.modules[name] = None\n"
        "import equity_alloc.years.audit, equity_alloc.years.course, equity_alloc.years.turns\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=PATIENCE_SECONDS)


def test_without_assumptions_the_course_ends_and_each_lack_is_named():
    district = random_district(3, 4)
    course = plan_years(district, plain_scenario(), 3, plan)
    assert (1, False) == (len(course.years), course.is_whole)
    lacks = {(gap.sheet, gap.column) for gap in course.gaps}
    assert {("Years ahead", c) for c in ("Enrollment growth", "Revenue growth", "Cost growth")} == lacks
    assert any("in 2027-28" in str(gap) for gap in course.gaps)


def test_nothing_changes_only_where_that_is_written_down():
    scenario = with_unchanged(plain_scenario(), [What.COST, What.COST, What.RULE])
    assert [(What.COST, EVERY, Decimal(0), NOBODY)] == [(a.what, a.of, a.value, a.source) for a in scenario.ahead]
    assert scenario == with_unchanged(scenario, [What.COST])


def test_a_reserve_that_cannot_be_kept_is_named_with_its_year():
    base = random_district(2, 4)
    general = base.fund_of["general"].amount
    # A twelfth of spending is kept in the first year, and all that is left is used in the second.
    district = with_terms(base, revenue=general, balance=general // 12 + 100, award_last_year=None)
    rules = (*plain_scenario().rules, ReserveFloor("general", Decimal(1)), HoldHarmless(Decimal(1)))
    scenario = unchanged(dataclasses.replace(plain_scenario(), rules=rules), COST="0.05")
    course = plan_years(district, scenario, 4, plan)
    assert course.impossible is not None
    last = course.years[-1]
    assert last.plan is None
    (turn,) = [t for t in turns(course) if t.kind is TurnKind.NO_PLAN]
    assert last.year == turn.year
    assert "A fund ends the year with a reserve" in turn.words or "No school falls below" in turn.words
    assert () == last.funds
    for year in course.years[:-1]:
        fund = next(f for f in year.funds if f.fund.code == "general")
        assert fund.over_reserve is not None and fund.over_reserve >= 0


def test_a_rule_whose_data_a_plan_cannot_give_is_not_testable_in_later_years():
    district = dataclasses.replace(random_district(2, 4), vacancies=())
    rules = (*plain_scenario().rules, AttritionFirst("counselor"))
    course = plan_years(district, unchanged(dataclasses.replace(plain_scenario(), rules=rules)), 2, plan)
    assert course.is_whole and not course.is_kept
    assert [TurnKind.NOT_TESTABLE] * 2 == [t.kind for t in turns(course) if t.kind is TurnKind.NOT_TESTABLE]


def test_posts_that_fall_vacant_are_known_of_the_positions_of_which_something_is_assumed():
    district, rules = random_district(2, 4), (*plain_scenario().rules, AttritionFirst("counselor"))
    ahead = (Assumption(What.VACANT, EVERY, Decimal("0.1")), Assumption(What.VACANT, "counselor", Decimal("0.5")))
    scenario = dataclasses.replace(plain_scenario(), rules=rules, ahead=ahead)
    course = plan_years(district, with_unchanged(scenario, What), 2, plan)
    first, later = course.years
    assert first.plan is not None and later.plan is not None
    assert later.plan.certificate.is_kept
    for (school, position), fte in first.plan.allocation.fte:
        share = 2 if position == "counselor" else 10
        assert fte // share == later.district.vacant_of[school, position]
    partly = dataclasses.replace(scenario, ahead=ahead[1:])
    second = plan_years(district, with_unchanged(partly, What), 2, plan).years[1]
    assert {"counselor"} == second.district.vacant_positions
    assert second.plan is not None and second.plan.certificate.is_kept
    every = dataclasses.replace(partly, rules=(*rules[:-1], AttritionFirst()))
    untold = plan_years(district, with_unchanged(every, What), 2, plan).years[1].plan
    assert untold is not None and not untold.certificate.breaches
    (report,) = untold.certificate.not_testable
    lacking = {position.title for position in district.positions if position.code != "counselor"}
    assert lacking == {gap.subject.split(" (code")[0] for gap in report.gaps}
    assert {("Vacant posts", "FTE")} == {(gap.sheet, gap.column) for gap in report.gaps}


def test_a_setting_may_change_from_year_to_year():
    district, rows = random_district(2, 4), []
    for year, share in (("", "0.97"), ("2028-29", "0.9")):
        rows.append(Assumption(What.RULE, "hold-harmless: Share of last year", Decimal(share), year))
    scenario = with_unchanged(dataclasses.replace(plain_scenario(), ahead=tuple(rows)), What)
    course = plan_years(district, scenario, 3, plan)
    shares = [r.share for y in course.years for r in y.scenario.rules if isinstance(r, HoldHarmless)]
    assert [Decimal("0.95"), Decimal("0.97"), Decimal("0.9")] == shares


@pytest.mark.parametrize(
    ("of", "value", "words"),
    [
        ("no-such-rule: Share", "0.9", "there is no rule no-such-rule"),
        ("hold-harmless: Months", "0.9", "has no number called Months"),
        ("hold-harmless: Share of last year", "7", "Enter a value from 0 to 1.5"),
    ],
)
def test_a_setting_that_is_not_there_is_refused_before_the_first_year(of, value, words):
    scenario = dataclasses.replace(plain_scenario(), ahead=(Assumption(What.RULE, of, Decimal(value)),))
    with pytest.raises((InvalidValue, UnknownCode), match=words):
        plan_years(random_district(2, 4), scenario, 2, plan)


def test_unknown_terms_are_told_and_their_balance_is_not():
    district = random_district(2, 4)
    assert {"One-time money", "Ends", "Revenue", "Balance carried in"} == {g.column for g in unknown_terms(district)}
    course = plan_years(district, unchanged(plain_scenario()), 2, plan)
    assert {None} == {fund.left for year in course.years for fund in year.funds}


def test_an_audit_only_group_decides_nothing_in_later_years():
    district = random_district(4, 4)
    shuffled = dataclasses.replace(
        district,
        schools=tuple(
            dataclasses.replace(s, groups=tuple((g, 1 if g == "black" else n) for g, n in s.groups))
            for s in district.schools
        ),
    )
    plans = [plan_years(d, unchanged(plain_scenario()), 2, plan).years[-1].plan for d in (district, shuffled)]
    assert isinstance(plans[0], Plan) and isinstance(plans[1], Plan)
    assert plans[0].allocation == plans[1].allocation


def test_the_years_of_a_scenario_survive_its_stored_form():
    scenario = unchanged(plain_scenario(), COST="0.034")
    assert scenario == scenario_from_plain(scenario.plain)
    with pytest.raises(InvalidValue, match="assumption"):
        dataclasses.replace(scenario, ahead=scenario.ahead * 2)


def test_the_workbook_of_years_holds_what_the_course_holds(tmp_path):
    file = tmp_path / "years.xlsx"
    file.write_bytes(years_workbook(sample_course()))
    assert file.read_bytes() == years_workbook(sample_course())
    book = openpyxl.load_workbook(file)
    assert [
        "Years", "Turning points", "Ending balances", "Assumptions", "Rules each year", "Schools each year", "Status"
    ] == book.sheetnames  # fmt: skip
    # A rule is called by its name, not by the code that settings are stored under.
    rules = [row[1] for row in book["Rules each year"].values]
    assert ["Rule", "No fund pays more than its appropriation"] == rules[:2]
    balances = [row for row in book["Ending balances"].values if row[1] == "GEN"]
    assert [9_500_000, 7_600_000, 5_700_000] == [row[9] for row in balances]
    first, *years = [row for row in book["Status"].values if any(row)]
    status = [row[first.index("Status")] for row in years]
    assert len(status) == 3
    assert all(each.startswith("DRAFT.") and "No assessment of this plan is complete" in each for each in status)
    assert {"DRAFT  INTERNAL"} == {sheet.oddHeader.right.text for sheet in book}


def test_each_years_own_workbook_opens_again_and_certifies_also_after_a_fund_has_ended():
    second = sample_course().years[1]
    assert "GRANT" not in {each.fund for each in second.scenario.actions.money}
    assert () == recertify(plan_workbook(second.plan)).findings


FILES = {
    "schools.csv": b"Code,Name,Kind,Enrollment\n1,One,high,100\n",
    "funds.csv": b"Code,Title,Appropriation\nGEN,General,1000000\n",
}


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ("revenue growth,GEN,,3 percent,,", "D2", "not a number"),
        ("revenue growth,GEN,,300 %,,", "D2", "Enter a share from -1 to 1"),
        ("revenue growth,NOPE,,0.03,,", "B2", "there is no NOPE"),
        ("weather,GEN,,0.03,,", "A2", "weather is not an assumption"),
        ("revenue growth,GEN,,0.03,,soon", "D2", "is not a day"),
        ("balance used,GEN,,-5,,", "D2", "zero or more"),
        ("rule setting,hold-harmless: Wind,,0.9,,", "B2", "has no number called Wind"),
        ("revenue growth,GEN,,0.03,,\nrevenue growth,gen,,0.04,,", "B3", "stands twice"),
    ],
)
def test_an_assumption_that_cannot_be_is_found_in_its_cell(row, field, words):
    table = f"Assumption,Of,Year,Value,Source,Dated\n{row}\n".encode()
    reading = read_csv_folder({**FILES, "years_ahead.csv": table})
    (error,) = reading.errors
    assert error.where.endswith(f"!{field}")
    assert words in error.what


def test_the_command_tells_balances_and_exits_by_what_it_finds(tmp_path):
    done = run("years", "sample", "--years", "2", "-o", tmp_path / "years.xlsx", "--plans", tmp_path / "plans")
    assert 0 == done.returncode, done.stderr
    assert "$7,600,000 left" in done.stdout
    assert "certified again without the solver: 2 of 2 years the same" in done.stdout
    assert {"plan-2026-27.xlsx", "plan-2027-28.xlsx"} == {p.name for p in (tmp_path / "plans").iterdir()}
    taken = run("years", "sample", "--years", "2", "--plans", tmp_path / "years.xlsx")
    assert 2 == taken.returncode
    assert (
        "years.xlsx cannot be a folder to write into: File exists. Choose another place with --plans." in taken.stderr
    )
    lacking = run("years", "data/tiny_district", "--years", "2")
    assert 2 == lacking.returncode
    assert "not assumed  Cost growth of Teacher (code TCH) in 2027-28 and 2 others" in lacking.stderr


def said_of_years(*rows: str) -> list[tuple[str, str, str]]:
    """Return code, value and severity of what is said of rows of the sheet Years ahead, on top of the sample's."""
    files = {path.name: path.read_bytes() for path in (DATA / "sample_district").glob("*.csv")}
    files["years_ahead.csv"] = files["years_ahead.csv"].rstrip() + "\n".join(["", *rows, ""]).encode()
    found = read_csv_folder(files).findings
    return [(f.code, f.value, f.severity.value) for f in found if f.code.startswith("year-")]


def test_an_assumption_for_a_year_that_is_written_otherwise_would_never_count_and_is_refused():
    for year in ("2027-2028", "2027/28", "2028-30", "next"):
        assert [("year-ahead", year, "error")] == said_of_years(f"cost growth,TCH,{year},0.01,,")
    assert [] == said_of_years("cost growth,TCH,2028-29,0.01,,")


def test_an_assumption_for_a_year_that_is_over_is_kept_and_told():
    assert [("year-over", "2026-27", "note")] == said_of_years("cost growth,TCH,2026-27,0.01,,")


@pytest.mark.parametrize(("fund", "year"), [("T9", ""), ("general", "2027-2028")])
def test_a_stored_assumption_that_would_never_count_is_refused_before_any_year_is_planned(fund, year):
    scenario = dataclasses.replace(plain_scenario(), ahead=(Assumption(What.REVENUE, fund, Decimal(0), year),))
    with pytest.raises(UnknownCode, match=f"Revenue growth of {fund}"):
        plan_years(random_district(1, 2), scenario, 2, plan)


def test_a_fund_that_ends_below_zero_is_told_and_the_next_year_has_so_much_less():
    base = random_district(1, 3)
    general = base.fund_of["general"].amount
    district = with_terms(base, revenue=general * 9 // 10, balance=0)
    course = plan_years(district, unchanged(plain_scenario()), 2, plan)
    first, second = course.years
    left = next(f.left for f in first.funds if f.fund.code == "general")
    assert left is not None and left < 0
    assert any("below zero" in turn.words and turn.year == first.year for turn in turns(course))
    assert left == second.district.terms_of("general").balance
    assert general * 9 // 10 + left == second.district.fund_of["general"].amount
