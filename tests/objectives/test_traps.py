"""Traps of solvers and of wording (T1 to T12 of our notes): each that can be tested is tested here or named where it is."""

from __future__ import annotations

import dataclasses
import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import highspy
import numpy as np
import pytest

from equity_alloc.catalogue import all_measures
from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.domain.errors import InvalidValue, SolverFailed
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose, equivalent_of
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.scenario import Scenario
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.status import read
from equity_alloc.sources.sample import sample_reading
from tests.coupled import ONE, coupled, dial
from tests.districts import plain_scenario, random_district

FEW = range(6)


def scenario_of(whose: Whose) -> Scenario:
    return plain_scenario(objective=RaiseByDial("2", unit=whose))


def made(district: District, scenario: Scenario) -> Plan:
    found = plan(district, scenario)
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize("whose", Whose)
def test_plans_made_side_by_side_are_the_plans_made_one_after_the_other(whose):
    """T1: a second HiGHS with other threads would return without solving; ours all use one."""
    districts = [random_district(seed, 5) for seed in FEW]
    alone = [made(district, scenario_of(whose)).digest for district in districts]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda district: made(district, scenario_of(whose)).digest, districts))
    assert alone == together


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("seed", FEW)
def test_names_and_the_order_of_rows_decide_nothing(seed, whose):
    district, scenario = random_district(seed, 5), scenario_of(whose)
    draw = random.Random(seed)
    parts = {name: list(getattr(district, name)) for name in ("schools", "staffing", "spending")}
    for rows in parts.values():
        draw.shuffle(rows)
    shuffled = dataclasses.replace(district, **{name: tuple(rows) for name, rows in parts.items()})
    renamed = dataclasses.replace(
        district, schools=tuple(dataclasses.replace(s, name=f"Zebra {97 - int(s.code)}") for s in district.schools)
    )
    own = made(district, scenario).allocation
    assert own == made(shuffled, scenario).allocation == made(renamed, scenario).allocation


@pytest.mark.parametrize("whose", Whose)
def test_a_dollar_more_reshuffles_few_posts(whose):
    """A changed cell holds other posts than before; 20 cells a district, six districts."""
    changed = 0
    for seed in FEW:
        district, scenario = random_district(seed, 5), scenario_of(whose)
        amount = district.fund_of["general"].amount + 100
        richer = dataclasses.replace(scenario, funds=(FundChange("general", amount=amount),))
        before, after = (made(district, each).allocation for each in (scenario, richer))
        changed += sum(before.fte_of.get(k) != after.fte_of.get(k) for k in {*before.fte_of, *after.fte_of})
    assert changed <= (0.02 if whose is Whose.SCHOOL else 0.05) * 20 * len(FEW)


def test_money_that_no_school_may_take_stays_in_its_fund_by_name():
    """T4: two schools at $100 each may gain nothing, so the $50 above stay unallocated in the fund that holds them."""
    district = District(
        "Two",
        "2026-27",
        tuple(School(code, code, "any", 100, 100) for code in "ab"),
        funds=(Fund("general", "General", 250_00), Fund("levy", "Levy", 30_00)),
        spending=tuple(Spending(code, "Supplies", "general", 100_00) for code in "ab"),
    )
    found = made(district, Scenario(rules=(GainCap(Decimal(0)),), objective=RaiseByDial("5"), tolerance=0))
    left = {fund.code: fund.unallocated for fund in found.certificate.funds}
    assert 80_00 == sum(left.values())
    assert all(cents >= 0 for cents in left.values())
    assert {"a": 100_00, "b": 100_00} == {code: found.allocation.school_dollars(code) for code in "ab"}


def solved_model(**options: object) -> ArrayHighs:
    view = scenario_of(Whose.SCHOOL).view(random_district(2, 4))
    cells = build_cells(build_problem(view))
    return build_projected(cells, build_cuts(cells), **options).solver


def test_a_solver_that_did_nothing_is_never_read():
    """T1: before it has run, or where it silently did not, HiGHS says objective 0; we refuse to read it."""
    answer = read(highspy.Highs(), is_integer=False)
    assert not answer.is_accepted
    with pytest.raises(SolverFailed):
        _ = answer.values


def test_numbers_inside_the_model_are_near_one():
    """T2: posts in steps and money in $10,000, so no coefficient is a price in cents."""
    program = solved_model().program()
    values = np.abs(np.array(program.a_matrix_.value_))
    assert 1e-4 <= values[values > 0].min() and values.max() <= 1e4


@pytest.mark.parametrize("in_steps", [False, True])
def test_options_that_decide_money_are_in_force(in_steps):
    """T1, T3, T5: one thread, no relative gap (1e-4 of $500 million is $50,000), never another random seed."""
    solver = solved_model(in_steps=in_steps)
    assert 1 == solver.option("threads")
    assert 0.0 == solver.option("mip_rel_gap")
    assert 0 == solver.option("random_seed")


def test_an_option_that_the_solver_does_not_take_is_refused():
    """T7: a build without HiPO says kError and runs another solver."""
    with pytest.raises(SolverFailed, match="does not take"):
        ArrayHighs()._set("solver", "no such solver")


def test_money_that_a_coupling_rule_strands_is_shown_by_fund():
    """T4: no school may pass $10 a pupil together with the first, which cannot rise: the rest stays, and it is said."""
    rows = [({"a": 1, "b": 1}, 2.0)]
    cells, cuts = coupled(["a", "b"], rows)
    reached = raise_by_dial(cells, cuts, dial(["a", "b"], None))
    assert [1, 1] == pytest.approx(reached.levels)
    assert sum(cells.budget) > 2 * ONE, "the fund holds more than the rule lets schools have"


def test_levels_are_raised_without_a_whole_number():
    """T6: tangents need no big numbers and no choice of yes or no."""
    solver = solved_model()
    assert not any(kind != highspy.HighsVarType.kContinuous for kind in solver.program().integrality_)


def test_a_program_in_whole_numbers_has_no_prices():
    """T8: what a MILP calls duals belongs to its last linear program."""
    solver = solved_model(in_steps=True)
    solver.set_objective(np.ones(solver.n_columns), maximize=False)
    answer = solver.run()
    assert answer.is_accepted
    with pytest.raises(SolverFailed, match="no prices"):
        _ = answer.duals


def test_pulp_is_held_below_the_release_that_changes_its_solvers():
    """T8: CBC is gone in PuLP 4, and so is the fast way to its rows."""
    lines = (Path(__file__).parents[2] / "requirements.txt").read_text(encoding="utf-8").splitlines()
    [pulp] = [line for line in lines if line.startswith("pulp")]
    assert "<4" in pulp


@pytest.mark.parametrize("aversion", [Fraction(1), Fraction(2), Fraction(5)])
def test_a_school_that_is_dear_to_raise_never_gets_nothing_from_one_on(aversion):
    """T9: the Sen welfare of this example gives the third school nothing (5, 5, 0); no aversion of one or more does."""
    cells, cuts = coupled("abc", [({"a": 1, "b": 1, "c": 3}, 10.0)])
    assert raise_by_dial(cells, cuts, dial("abc", aversion)).levels.min() >= 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("theil-t", "natural logarithm; some packages give Theil L"),
        ("theil-l", "some packages call this simply Theil"),
        ("mcloone", "at or below the median school"),
        ("verstegen", "at or above the median school"),
        ("coefficient-of-variation", "population standard deviation"),
        ("gini", "without small-sample correction"),
        ("restricted-range", "never interpolated"),
    ],
)
def test_what_packages_disagree_about_is_stated(code, words):
    """T10: Theil T or L, at or below the median, population or sample, percentiles of schools."""
    assert words in all_measures()[code].definition


def test_a_level_of_zero_is_refused_from_one_on_and_taken_in_dollars():
    """T11: Atkinson from 1 on is undefined where somebody has nothing; Kolm-Pollak and leximin are not."""
    levels = [0.0, 5.0]
    for aversion in (Fraction(1), Fraction(2)):
        with pytest.raises(InvalidValue, match="no counted dollars"):
            equivalent_of(dial("ab", aversion), levels)
    assert 0 == equivalent_of(dial("ab", None), levels)
    assert 0 < equivalent_of(dial("ab", Fraction(2), reference=5), levels) < 2.5


def test_actual_salaries_never_move_a_post():
    """T12: plans are made at average cost; what a school's staff really costs is reported beside it, not optimized."""
    district = random_district(3, 5)
    dear = dataclasses.replace(
        district,
        staffing=tuple(
            dataclasses.replace(row, actual=district.position_of[row.position].cost * 13 // 10)
            for row in district.staffing
        ),
    )
    assert made(district, scenario_of(Whose.SCHOOL)).allocation == made(dear, scenario_of(Whose.SCHOOL)).allocation


@pytest.mark.parametrize("objective", [None, RaiseByDial("2")], ids=["lowest first", "balanced"])
def test_a_dollar_more_in_the_sample_moves_no_post_and_hardly_a_dollar(objective):
    """T5: schools that stand alike are told apart by their codes, never by the last digits of a search."""
    reading = sample_reading()
    scenario = reading.scenario if objective is None else dataclasses.replace(reading.scenario, objective=objective)
    richer = dataclasses.replace(
        reading.district,
        funds=tuple(
            dataclasses.replace(f, amount=f.amount + (100 if f.code == "GEN" else 0)) for f in reading.district.funds
        ),
    )
    before, after = (made(district, scenario).allocation for district in (reading.district, richer))
    assert before.fte == after.fte
    changed = sum(abs(before.school_dollars(s.code) - after.school_dollars(s.code)) for s in reading.district.schools)
    assert 100 <= changed <= 500, "a dollar more, and a few cents from digits"
