"""A formula as target, floor and fixed amount of a plan: the published Fayette table, hand cases, and refusals."""

from __future__ import annotations

import csv
import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import Decision, District, Fund, Position, School, Spending, Staffing, StudentGroup
from equity_alloc.domain.errors import InvalidValue, UnknownCode, UnknownNeed
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.formulas.use import FormulaUse, Salary, Use
from equity_alloc.objectives.base import Objective
from equity_alloc.objectives.least_deviation import LeastDeviation
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.planning.repaired import repaired
from equity_alloc.planning.search import plan
from equity_alloc.rules.base import Force
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.scenario import LevelBasis, Scenario, scenario_from_plain
from equity_alloc.scenario_words import formula_words
from equity_alloc.sources.kentucky import read_kentucky
from equity_alloc.ui.changes import without_rule
from tests.formulas.test_published import FAYETTE

NAMES = {"frpl": "economically-disadvantaged", "lep": "english-learners", "iep": "students-with-disabilities"}
#: 1,000 a pupil, 500 more for a learner; a counselor for every 400 pupils and half a nurse, priced by nobody.
SMALL = """
format = 1
name = "small"
title = "Small formula"
[positions]
counselor = "COUN"
[[component]]
kind = "per-pupil"
name = "base"
count = "enrollment"
amount = 1000
[[component]]
kind = "per-pupil"
name = "learners"
count = "el"
amount = 500
[[component]]
kind = "ratio-staffing"
name = "counselors"
position = "counselor"
count = "enrollment"
pupils = 400
[[component]]
kind = "positions-per-school"
name = "nurse"
position = "NURSE"
fte = 0.3
"""


def small(**changes: object) -> District:
    """Two schools with 410 and 205 pupils, 10 and 20 of them learners; last year $400,000 and $250,000 in supplies."""
    one, two = (
        School("1", "One", "elementary", 410, 410, (("el", 10),)),
        School("2", "Two", "high", 205, 205, (("el", 20),)),
    )
    district = District(
        "Small",
        "2026-27",
        (one, two),
        (StudentGroup("el", "English learners"),),
        (
            Position("COUN", "Counselor", 100_000_00, step=20, smallest=40),
            Position("NURSE", "Nurse", 80_000_00, 25, 50),
        ),
        (Fund("G", "General", 1_400_000_00),),
        (Staffing("1", "COUN", "G", 100), Staffing("2", "COUN", "G", 40)),
        (Spending("1", "Supplies", "G", 400_000_00), Spending("2", "Supplies", "G", 250_000_00)),
    )
    return dataclasses.replace(district, **changes)  # type: ignore[arg-type]


def planned(district: District, scenario: Scenario) -> Plan:
    result = plan(district, scenario)
    assert isinstance(result, Plan), result
    assert result.certificate.is_kept
    return result


@pytest.mark.parametrize("objective", [RaiseLowestFirst(), LeastDeviation()], ids=lambda o: o.code)
@pytest.mark.parametrize("use", Use)
def test_fayette_countys_formula_is_met_to_the_cent_at_53_schools(shared: Path, use: Use, objective: Objective) -> None:
    data = (shared / "data" / "ky_schools_2016_17.csv").read_bytes()
    zero = Decision("Blank LEP counts mean zero pupils", "the case's authors", "2016-17")
    district = read_kentucky(data, "Fayette County", pot=300_000_000_00, blank_means_zero=zero).district
    assert district is not None
    text = FAYETTE
    for short, name in NAMES.items():
        text = text.replace(f"{short} =", f"{name} =")
    with (shared / "cases" / "F_fayette_weighted_formula_expected.csv").open(encoding="utf-8") as file:
        expected = {row["state_school_id"]: int(Decimal(row["allocation"]) * 100) for row in csv.DictReader(file)}
    result = planned(district, Scenario(formula=FormulaUse(text, use), objective=objective, tolerance=0))
    assert expected == {code: result.allocation.school_dollars(code) for code in expected}
    assert OutcomeKind.PROVEN is result.outcome


def test_entitlements_are_dollars_and_posts_in_steps_priced_where_nobody_prices_them() -> None:
    given = entitlements(SMALL, Salary.AS_WRITTEN, small())
    # 410 / 400 = 1.025 counselors, up to 1.2; 205 / 400 = 0.5125, up to 0.6. 0.3 nurse is below the smallest post of 0.5.
    assert {("1", "COUN"): 120, ("2", "COUN"): 60, ("1", "NURSE"): 50, ("2", "NURSE"): 50} == dict(given.posts)
    # 410,000 + 5,000 + 120,000 + 40,000; 205,000 + 10,000 + 60,000 + 40,000.
    assert {"1": 575_000_00, "2": 315_000_00} == dict(given.dollars)


def test_a_target_is_what_levels_are_shares_of() -> None:
    scenario = Scenario(formula=FormulaUse(SMALL), tolerance=0)
    result = planned(small(), scenario)
    assert LevelBasis.TARGET is scenario.basis
    spent = [result.allocation.school_dollars(code) for code in "12"]
    # All 1,400,000 are given out in the ratio 575 to 315.
    assert [90449438, 49550562] == spent
    assert "the target of every school: $890,000 at 2 schools" in formula_words(scenario, small())[0]


def test_of_a_floor_each_school_has_at_least_its_dollars_and_posts() -> None:
    result = planned(small(), Scenario(formula=FormulaUse(SMALL, Use.FLOOR)))
    fte = result.allocation.fte_of
    assert fte["1", "COUN"] >= 120 and fte["2", "COUN"] >= 60 and fte["1", "NURSE"] >= 50 and fte["2", "NURSE"] >= 50
    assert result.allocation.school_dollars("1") >= 575_000_00
    report = result.certificate.rules[-1]
    assert ("formula-entitlement", Force.POLICY) == (report.code, report.force)
    assert "The formula gives 2 schools $890,000 of core dollars and 2.80 FTE" in report.explain


def test_a_fixed_amount_is_met_to_the_cent_and_the_rest_stays_unallocated() -> None:
    result = planned(small(), Scenario(formula=FormulaUse(SMALL, Use.FIXED)))
    assert [575_000_00, 315_000_00] == [result.allocation.school_dollars(code) for code in "12"]
    assert 1_400_000_00 - 890_000_00 == result.certificate.funds[0].unallocated


def test_the_auditor_finds_a_cent_and_a_step_without_a_solver() -> None:
    scenario = Scenario(formula=FormulaUse(SMALL, Use.FIXED))
    made = planned(small(), scenario).allocation
    dollars = {**made.dollars_of, ("1", "Supplies", "G"): made.dollars_of["1", "Supplies", "G"] - 1}
    breaches = certify(small(), scenario, Allocation.of(made.fte_of, made.pay_of, dollars)).breaches
    assert [("formula-entitlement", 1)] == [(breach.rule, breach.short_by) for breach in breaches]
    assert "the formula gives it exactly $575,000.00" in breaches[0].words
    fte = {**made.fte_of, ("2", "COUN"): 40}
    pay = {**made.pay_of, ("2", "COUN", "G"): 40_000_00}
    short = certify(small(), scenario, Allocation.of(fte, pay, made.dollars_of)).breaches
    assert [20, 20_000_00] == sorted(breach.short_by for breach in short)


def test_a_formula_of_posts_alone_leaves_dollars_open() -> None:
    text = (
        SMALL[: SMALL.index('[[component]]\nkind = "per-pupil"')] + SMALL[SMALL.index('[[component]]\nkind = "ratio') :]
    )
    result = planned(small(), Scenario(formula=FormulaUse(text, Use.FIXED)))
    assert [120, 60] == [result.allocation.fte_of[code, "COUN"] for code in "12"]
    # Nothing holds the supplies, so the whole fund is given out.
    assert 0 == result.certificate.funds[0].unallocated


def test_without_enough_money_the_way_out_is_named() -> None:
    poor = small(funds=(Fund("G", "General", 800_000_00),))
    result = plan(poor, Scenario(formula=FormulaUse(SMALL, Use.FIXED)))
    assert isinstance(result, Impossible)
    assert "$90,000.00 more for General" in result.words
    changed = repaired(result.scenario, poor, result.repairs[0])
    assert changed.formula == FormulaUse(SMALL, Use.TARGET)
    planned(poor, changed)


def test_an_exact_amount_that_no_posts_add_up_to_is_impossible_where_no_line_takes_the_rest() -> None:
    # A step of either post costs 20,000, and 410,000 + 5,000 is no multiple of that.
    no_lines, text = small(spending=()), SMALL[: SMALL.index('[[component]]\nkind = "ratio')]
    result = plan(no_lines, Scenario(formula=FormulaUse(text, Use.FIXED)))
    assert isinstance(result, Impossible)
    assert OutcomeKind.IMPOSSIBLE is result.outcome
    assert "One (code 1) would have exactly $415,000.00 of core dollars" in result.words
    assert Use.TARGET is repaired(result.scenario, no_lines, result.repairs[0]).formula.use  # type: ignore[union-attr]


def test_a_school_that_the_formula_and_a_rule_pull_apart_is_named() -> None:
    result = plan(small(), Scenario(rules=(GainCap(Decimal("0.05")),), formula=FormulaUse(SMALL, Use.FLOOR)))
    assert isinstance(result, Impossible)
    # Last year: 400,000 and one counselor at 100,000; 5 % more is 525,000.
    assert "One (code 1) would have at least $575,000.00 of core dollars" in result.words
    assert "and at most $525,000.00" in result.words


def test_an_unknown_count_is_refused_with_school_component_and_column() -> None:
    district = small()
    unknown = small(schools=(dataclasses.replace(district.schools[0], groups=(("el", None),)), district.schools[1]))
    for use in Use:
        with pytest.raises(UnknownNeed) as caught:
            plan(unknown, Scenario(formula=FormulaUse(SMALL, use)))
        assert all(word in str(caught.value) for word in ("One (code 1)", "'learners'", "no count of el"))


def test_posts_that_the_district_does_not_have_are_refused_with_the_way_to_name_them() -> None:
    with pytest.raises(UnknownCode, match=r"posts of NURSE.*COUN.*\[positions\]"):
        plan(small(positions=small().positions[:1]), Scenario(formula=FormulaUse(SMALL)))


def test_less_than_nothing_is_refused() -> None:
    cut = (
        SMALL
        + '[[component]]\nkind = "manual-adjustment"\nname = "cut"\nschools = ["2"]\namount = -400000\nreason = "x"\n'
    )
    with pytest.raises(InvalidValue, match=r"Two .code 2. less than nothing .-.85,000.00."):
        plan(small(), Scenario(formula=FormulaUse(cut)))


def test_a_text_that_is_no_formula_is_refused_with_its_line() -> None:
    with pytest.raises(InvalidValue, match=r"formula:5.*amuont"):
        FormulaUse('format = 1\nname = "a"\n[[component]]\nkind = "lump-sum"\namuont = 1\nname = "b"')


def test_a_formula_comes_and_goes_with_its_rule_and_leaves_force_and_basis_alone() -> None:
    scenario = Scenario(formula=FormulaUse(SMALL, Use.FLOOR))
    mine = dataclasses.replace(scenario.rules[-1], force=Force.LAW, basis="Policy 7")  # type: ignore[type-var]
    changed = dataclasses.replace(scenario, rules=(*scenario.rules[:-1], mine))
    fixed = dataclasses.replace(changed, formula=FormulaUse(SMALL, Use.FIXED, Salary.AVERAGE))
    assert [FormulaEntitlement(SMALL, Use.FIXED, Salary.AVERAGE, Force.LAW, "Policy 7")] == [
        rule for rule in fixed.rules if not rule.always
    ]
    assert Scenario() == dataclasses.replace(fixed, formula=None) == without_rule(fixed, len(fixed.rules))


def test_a_scenario_with_a_formula_reads_back_and_one_without_is_stored_as_before() -> None:
    scenario = Scenario(formula=FormulaUse(SMALL, Use.FIXED, Salary.ACTUAL))
    again = scenario_from_plain(json.loads(scenario.json))
    assert (scenario, scenario.digest) == (again, again.digest)
    assert 1 == scenario.json.count("Small formula")
    assert "formula" not in Scenario().plain
