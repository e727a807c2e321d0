"""What the solver's room says about an answer: never optimal when it was stopped, and prices with the right sign."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import highspy
import numpy as np
import pulp
import pytest

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.planning import search
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.stages import Driver
from equity_alloc.solver.status import Solved, Status, read
from tests.districts import plain_scenario, random_district

STOPPED_AT_ONCE = Limits(seconds=0.0)


def two_goods(sense: int) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Return a problem with x and y of at most 4 together, x at most 3: 3 x + y up to 10, or 4 at least for 13."""
    problem = pulp.LpProblem("two", sense)
    goods = [problem.add_variable(name, 0) for name in ("x", "y")]
    x, y = goods
    if sense == pulp.LpMaximize:
        problem += 3 * x + y
        problem += x + y <= 4
        problem += x <= 3
    else:
        problem += 3 * x + 4 * y
        problem += x + y >= 4
        problem += x <= 3
    return problem, goods


def knapsack(size: int) -> pulp.LpProblem:
    """Return a problem in whole numbers with an easy first answer and a long way to the proof."""
    draw = np.random.default_rng(5)
    problem = pulp.LpProblem("knapsack", pulp.LpMaximize)
    goods = [problem.add_variable(f"g{k:03d}", 0, 1, pulp.LpInteger) for k in range(size)]
    worth = draw.integers(100, 1000, size)
    problem += pulp.lpSum(int(w) * good for w, good in zip(worth, goods, strict=True))
    for _ in range(8):
        problem += (
            pulp.lpSum(int(c) * good for c, good in zip(draw.integers(50, 900, size), goods, strict=True)) <= 9000
        )
    return problem


def asked(problem: pulp.LpProblem, limits: Limits | None = None) -> Solved:
    solver = ArrayHighs(limits)
    solver.hand_over(problem)
    return solver.run()


def test_a_price_says_what_one_unit_more_is_worth_when_raising():
    """3 x + y over x + y <= 4 and x <= 3 is 10 at (3, 1); one more unit of the first row buys 1, of the second 2."""
    problem, _ = two_goods(pulp.LpMaximize)
    solved = asked(problem)
    assert 10 == pytest.approx(solved.objective)
    assert [1, 2] == pytest.approx(solved.duals.tolist())


def test_a_price_says_what_one_unit_more_costs_when_lowering():
    """3 x + 4 y over x + y >= 4 and x <= 3 is 13 at (3, 1); a unit more costs 4, a unit more of room for x saves 1."""
    problem, _ = two_goods(pulp.LpMinimize)
    solved = asked(problem)
    assert 13 == pytest.approx(solved.objective)
    assert [4, -1] == pytest.approx(solved.duals.tolist())


@pytest.mark.parametrize("sense", [pulp.LpMaximize, pulp.LpMinimize])
def test_prices_are_the_change_of_the_optimum_when_a_row_moves(sense):
    before, _ = two_goods(sense)
    prices = asked(before).duals
    for k in range(2):
        moved, _ = two_goods(sense)
        list(moved._constraints.values())[k].constant -= 0.5
        assert 0.5 * prices[k] == pytest.approx(asked(moved).objective - asked(before).objective)


@pytest.mark.parametrize("sense", [pulp.LpMaximize, pulp.LpMinimize])
def test_pulp_gets_values_status_and_prices_back(sense):
    problem, goods = two_goods(sense)
    problem.solve(ArrayHighs())
    assert pulp.LpStatusOptimal == problem.status
    assert [3, 1] == pytest.approx([good.value() for good in goods])
    assert asked(problem).duals.tolist() == pytest.approx([row.pi for row in problem._constraints.values()])


def test_a_constant_in_the_objective_is_part_of_the_answer():
    problem, _ = two_goods(pulp.LpMaximize)
    problem.objective += 100
    assert 110 == pytest.approx(asked(problem).objective)
    assert 110 == pytest.approx(asked(problem).bound)


def raised(limits: Limits | None = None) -> Driver:
    """Return a driver of a model in which schools must rise, so that today is no answer."""
    view = plain_scenario().view(random_district(1, 30))
    cells = build_cells(build_problem(view))
    cuts = build_cuts(cells)
    driver = Driver(build_projected(cells, cuts, limits=limits))
    driver.hold_levels(fill(cuts, np.array([float(w) for w in level_weights(view, cells.schools)])).pooled - 1.0)
    return driver


def test_a_linear_program_stopped_by_the_clock_cannot_be_read():
    driver = raised(STOPPED_AT_ONCE)
    model, solved = driver.model, driver.least_change()
    assert Status.STOPPED is solved.status
    assert not solved.is_accepted
    for look in (lambda: solved.values, lambda: solved.duals, lambda: model.amounts(solved)):
        with pytest.raises(SolverFailed, match="stopped by a limit"):
            look()


def test_a_linear_program_stopped_by_iterations_is_neither_optimal_nor_read():
    driver = raised()
    driver.model.solver._highs.setOptionValue("simplex_iteration_limit", 1)
    driver.model.solver._highs.setOptionValue("presolve", "off")
    solved = driver.least_change()
    assert Status.STOPPED is solved.status
    with pytest.raises(SolverFailed):
        _ = solved.values


def test_pulp_is_not_told_optimal_when_the_clock_stopped_a_linear_program():
    problem = knapsack(200)
    for variable in problem.variables():
        variable.cat = pulp.LpContinuous
    problem.solve(ArrayHighs(STOPPED_AT_ONCE))
    assert pulp.LpStatusNotSolved == problem.status
    assert all(variable.value() is None for variable in problem.variables())


def test_whole_numbers_stopped_with_an_answer_are_the_best_found_with_a_bound_beyond_it():
    solved = asked(knapsack(80), Limits(nodes=1))
    assert Status.BEST_FOUND is solved.status
    assert solved.bound > solved.objective
    values = solved.values
    assert np.rint(values) == pytest.approx(values, abs=1e-6)


def test_whole_numbers_stopped_before_any_answer_cannot_be_read():
    solved = asked(knapsack(80), STOPPED_AT_ONCE)
    assert solved.status in (Status.STOPPED, Status.BEST_FOUND)
    if solved.status is Status.BEST_FOUND:
        assert solved.bound > solved.objective


def test_what_cannot_be_is_called_so():
    problem, (x, _) = two_goods(pulp.LpMaximize)
    problem += x >= 5
    assert Status.INFEASIBLE is asked(problem).status
    endless = pulp.LpProblem("endless", pulp.LpMaximize)
    endless += endless.add_variable("x", 0)
    assert asked(endless).status in (Status.UNBOUNDED, Status.FAILED)


def test_unbounded_or_impossible_is_not_taken_for_a_proof_of_either():
    plain = highspy.Highs()
    answer = SimpleNamespace(
        getModelStatus=lambda: highspy.HighsModelStatus.kUnboundedOrInfeasible,
        getInfo=plain.getInfo,
        getSolution=plain.getSolution,
    )
    assert Status.FAILED is read(answer, is_integer=False).status


@pytest.mark.parametrize("seed", range(3))
def test_a_plan_stopped_by_a_limit_is_labeled_so_and_proves_nothing(seed, monkeypatch):
    """With growth promised to every school, last year is no plan either: then there are no numbers at all."""
    built = build_projected
    monkeypatch.setattr(
        search, "build_projected", lambda cells, cuts, **more: built(cells, cuts, **more | {"limits": STOPPED_AT_ONCE})
    )
    district = random_district(seed, 12)
    assert search.plan(district, plain_scenario()).outcome in (OutcomeKind.STOPPED, OutcomeKind.BEST_FOUND)
    answer = search.plan(district, Scenario(rules=(HoldHarmless(Decimal("1.01")),)))
    assert isinstance(answer, Impossible)
    assert OutcomeKind.STOPPED is answer.outcome
    assert "does not prove" in answer.words
    assert () == answer.conflict == answer.repairs


def test_a_rounded_plan_beyond_its_tolerance_is_the_best_found_and_not_proven():
    """Whole posts at every school keep it from its best level by more than a cent, and the plan says so."""
    answer = search.plan(random_district(3, 5), Scenario(tolerance=0, rules=plain_scenario().rules))
    assert isinstance(answer, Plan)
    gap = answer.stages[-1].value * 100
    assert (gap <= 1) == (answer.outcome is OutcomeKind.PROVEN)
