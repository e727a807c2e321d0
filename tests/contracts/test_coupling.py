"""Rules that hold several quantities together: kept by every plan, exact in the levels, named where nothing can keep them."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import numpy as np
import pulp
import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Spending, Staffing
from equity_alloc.domain.errors import EquityAllocError, InvalidValue, SolverFailed
from equity_alloc.domain.finding import Unit
from equity_alloc.objectives.least_deviation import LeastDeviation
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupling import is_kept
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import Problem, build_problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.rules.base import Cut, Limit, Posts
from equity_alloc.scenario import Scenario
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.leximin import leximin, proven_leximin
from equity_alloc.solver.plain import build_plain
from equity_alloc.solver.possible import fit_cuts
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.stages import Driver
from tests.couplings import HeldTogether, draw_together
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, perturbed

SEEDS = range(60)


def posed(seed: int) -> tuple[District, Scenario]:
    """Return a district and a scenario in which a few things are held together."""
    district = random_district(seed, 5) if seed % 3 else odd_district(seed)
    scenario = plain_scenario(tolerance=200) if seed % 3 else Scenario()
    return district, dataclasses.replace(scenario, rules=(*scenario.rules, draw_together(seed, district)))


@cache
def answered(seed: int) -> Plan | Impossible | None:
    try:
        return plan(*posed(seed))
    except EquityAllocError:
        return None


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_keeps_what_is_held_together(seed):
    answer = answered(seed)
    if isinstance(answer, Plan):
        rule = answer.scenario.rules[-1]
        assert isinstance(rule, HeldTogether)
        assert [] == list(rule.check(answer.view.district, answer.allocation))
        assert answer.certificate.is_kept


def test_nearly_every_draw_ends_in_a_plan_or_in_the_news_that_there_is_none():
    kinds = [answer.outcome for answer in map(answered, SEEDS) if answer is not None]
    assert kinds.count(OutcomeKind.PROVEN) > 20
    assert kinds.count(OutcomeKind.STOPPED) <= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_builder_and_checker_agree(seed):
    answer = answered(seed)
    if not isinstance(answer, Plan):
        return
    rule, district, draw = answer.scenario.rules[-1], answer.view.district, random.Random(seed)
    problem = Problem(district)
    rule.constrain(problem)
    tried = [district.today, *(perturbed(draw, district, answer.allocation) for _ in range(30))]
    for allocation in (answer.allocation, *tried):
        assert problem.admits(allocation) == (not list(rule.check(district, allocation)))


def arrays(seed: int) -> tuple[Cells, Cuts, tuple[Fraction, ...]] | None:
    district, scenario = posed(seed)
    try:
        view = scenario.view(district)
        cells = build_cells(build_problem(view))
        weights = level_weights(view, cells.schools)
    except EquityAllocError:
        return None
    cuts = build_cuts(cells)
    return (cells, cuts, weights) if not cells.has_crossed_bounds and cuts.is_feasible and any(weights) else None


def test_impossible_is_what_the_plain_model_finds_impossible():
    found = set()
    for seed in range(150):
        case = arrays(seed)
        if case is None:
            continue
        cells, cuts, _ = case
        plain = build_plain(cells, open_shares=True)
        plain.problem.solve(ArrayHighs())
        is_possible = plain.problem.status != pulp.LpStatusInfeasible
        assert (fit_cuts(cells, cuts) is not None) == is_possible, seed
        found.add(is_possible)
    assert {True, False} == found


def highest(cells: Cells, weights: tuple[Fraction, ...], rising: list[int], held: dict[int, float]) -> float:
    """Return the highest level that the rising schools can have while others keep theirs, on the plain model."""
    plain = build_plain(cells)
    level = plain.problem.add_variable("level")
    for s in rising:
        plain.problem += plain.counted(s) >= float(weights[s]) / MONEY * level
    for s, least in held.items():
        plain.problem += plain.counted(s) >= float(weights[s]) / MONEY * least - 1e-9
    plain.problem.sense = pulp.LpMaximize
    plain.problem += level
    plain.problem.solve(ArrayHighs())
    assert plain.problem.status == pulp.LpStatusOptimal
    return float(level.value())


def leximin_one_by_one(cells: Cells, weights: tuple[Fraction, ...]) -> list[float]:
    """Return leximin levels by asking every school in every round whether it can rise alone."""
    fixed: dict[int, float] = {}
    schools = [s for s, weight in enumerate(weights) if weight]
    while len(fixed) < len(schools):
        free = [s for s in schools if s not in fixed]
        level = highest(cells, weights, free, fixed)
        held = fixed | dict.fromkeys(free, level)
        stuck = [s for s in free if highest(cells, weights, [s], held) <= level + 1e-3]
        assert stuck
        fixed |= dict.fromkeys(stuck, level)
    return [fixed[s] for s in schools]


COUPLED = [
    seed
    for seed in range(1, 60)
    if seed % 3 and (case := arrays(seed)) and case[0].is_coupled and fit_cuts(case[0], case[1]) is case[1]
]


@pytest.mark.parametrize("seed", COUPLED[:20])
def test_staged_duals_are_leximin_when_schools_are_coupled(seed):
    cells, cuts, weights = arrays(seed)
    per_unit = np.array([float(weight) for weight in weights])
    counted = leximin(build_projected(cells, cuts), per_unit) + cuts.counted_local
    levels = (counted / np.where(per_unit > 0, per_unit, 1))[per_unit > 0]
    assert levels == pytest.approx(leximin_one_by_one(cells, weights), rel=1e-6, abs=0.05)


@pytest.mark.parametrize("seed", COUPLED)
def test_projecting_the_fund_split_out_loses_nothing_when_schools_are_coupled(seed):
    cells, cuts, _ = arrays(seed)
    assert build_plain(cells).least_change(ArrayHighs()) == pytest.approx(
        Driver(build_projected(cells, cuts)).least_change().objective, rel=1e-7, abs=1e-7
    )


def test_some_draws_are_really_coupled_in_their_levels():
    """Otherwise the tests above would only repeat what filling does."""
    differ = 0
    for seed in COUPLED[:20]:
        cells, cuts, weights = arrays(seed)
        per_unit = np.array([float(weight) for weight in weights])
        differ += not np.allclose(
            fill(cuts, per_unit).pooled, leximin(build_projected(cells, cuts), per_unit), atol=100
        )
    assert differ >= 3


def tiny(seed: int) -> tuple[District, Scenario]:
    """Return two schools with two positions and one line, and posts held together: few enough plans to try them all."""
    draw = random.Random(seed)
    positions = tuple(
        Position(
            code,
            code.title(),
            draw.randint(40, 90) * 100_000,
            step=draw.choice((50, 100)),
            smallest=draw.choice((50, 100)),
        )
        for code in ("nurse", "aide")
    )
    schools = tuple(
        School(code, code, "high", n, n) for code, n in (("a", draw.randint(80, 300)), ("b", draw.randint(80, 300)))
    )
    staffing = tuple(Staffing(s.code, p.code, "general", max(p.step, p.smallest)) for s in schools for p in positions)
    spending = tuple(Spending(s.code, "Supplies", "general", draw.randint(1, 40) * 10_000) for s in schools)
    spent = District(
        "Tiny", "2026-27", schools, (), positions, (Fund("general", "General", 10**12),), staffing, spending
    )
    amount = int(spent.today.fund_dollars("general") * draw.choice((1.0, 1.05, 0.9)))
    district = dataclasses.replace(spent, funds=(Fund("general", "General", amount),))
    rule = draw_together(seed + 1000, district)
    return district, Scenario(
        rules=(dataclasses.replace(rule, limits=tuple(limit for limit in rule.limits if limit.unit is Unit.FTE)),)
    )


def every_plan_in_steps(cells: Cells) -> Iterator[tuple[Cells, Cuts]]:
    """Yield the cells with posts fixed, for every choice of posts that keeps everything and can be paid."""
    n = cells.n_positions
    spans = [
        [p for p in range(int(low), int(high) + 1, int(cells.step[i])) if p == 0 or p >= cells.smallest[s, i]]
        for (s, i), low, high in zip(
            np.ndindex(len(cells.schools), n), cells.least[:, :n].ravel(), cells.most[:, :n].ravel(), strict=True
        )
    ]
    for choice in itertools.product(*spans):
        posts = np.array(choice).reshape(len(cells.schools), n)
        amounts = np.hstack([posts, np.zeros((len(posts), len(cells.items) - n), np.int64)])
        if not is_kept(cells, amounts, np.zeros(len(posts), np.int64)):
            continue
        least, most = cells.least.copy(), cells.most.copy()
        least[:, :n] = most[:, :n] = posts
        fixed = dataclasses.replace(cells, least=least, most=most, coupling=(), wholes=(), floors=())
        cuts = build_cuts(fixed)
        if cuts.is_feasible:
            yield fixed, cuts


@pytest.mark.parametrize("seed", range(24))
def test_a_plan_is_found_wherever_trying_every_choice_of_posts_finds_one(seed):
    district, scenario = tiny(seed)
    view = scenario.view(district)
    cells = build_cells(build_problem(view))
    weights = np.array([float(weight) for weight in level_weights(view, cells.schools)])
    lowest = [min(fill(cuts, weights).pooled / weights) / 100 for _, cuts in every_plan_in_steps(cells)]
    answer = plan(district, scenario)
    assert isinstance(answer, Plan) == bool(lowest)
    if isinstance(answer, Plan):
        reached = float(scenario.objective.score(view, answer.allocation)[0])
        assert reached <= max(lowest) + 0.01
        if answer.outcome is OutcomeKind.PROVEN:
            assert reached >= max(lowest) - scenario.tolerance / 100


def test_a_conflict_names_the_rule_that_holds_things_together():
    district = random_district(1, 4)
    schools = [school.code for school in district.schools]
    many = Limit(
        "held-together", "principals", tuple((1, Posts(s, "principal")) for s in schools), 100_00, None, Unit.FTE
    )
    answer = plan(district, plain_scenario().__class__(rules=(*plain_scenario().rules, HeldTogether((many,)))))
    assert isinstance(answer, Impossible)
    assert OutcomeKind.IMPOSSIBLE is answer.outcome
    assert "Rule 10 (policy): Things held together: 1." in answer.words


def test_posts_are_placed_so_that_a_sum_over_schools_is_kept():
    """Six counselors in all for four schools: without the cap the largest load would be smaller."""
    district = random_district(3, 4)
    schools = [school.code for school in district.schools]
    has = sum(district.today.fte_of[code, "counselor"] for code in schools)
    cap = Limit("held-together", "counselors", tuple((1, Posts(s, "counselor")) for s in schools), None, has, Unit.FTE)
    free, capped = (
        plan(district, Scenario(rules=rules, objective=SmallestLargestLoad("counselor")))
        for rules in ((), (HeldTogether((cap,)),))
    )
    assert isinstance(capped, Plan) and isinstance(free, Plan)
    assert capped.allocation.position_fte("counselor") <= has < free.allocation.position_fte("counselor")
    assert capped.scenario.objective.score(capped.view, capped.allocation) < free.scenario.objective.score(
        free.view, free.allocation
    )


@pytest.mark.parametrize("seed", range(1, 20))
def test_least_deviation_keeps_what_is_held_together(seed):
    district, scenario = posed(seed)
    try:
        answer = plan(district, dataclasses.replace(scenario, objective=LeastDeviation()))
    except EquityAllocError:
        return
    if isinstance(answer, Plan):
        assert certify(district, answer.scenario, answer.allocation).is_kept


def test_a_limit_on_cuts_can_only_hold_them_down():
    for terms, least in ((((1, Cut("1", "nurse")),), 5), (((-1, Cut("1", "nurse")),), None)):
        with pytest.raises(InvalidValue, match="hold cuts down"):
            Limit("x", "y", terms, least, 10, Unit.FTE)


def test_the_plain_model_says_when_nothing_keeps_everything():
    cells, _, _ = next(case for seed in range(150) if (case := arrays(seed)) and fit_cuts(case[0], case[1]) is None)
    with pytest.raises(SolverFailed):
        build_plain(cells).least_change(ArrayHighs())


@pytest.mark.parametrize("seed", COUPLED[:20])
def test_every_round_of_leximin_is_proven_to_a_cent(seed):
    cells, cuts, weights = arrays(seed)
    raised = proven_leximin(build_projected(cells, cuts), np.array([float(weight) for weight in weights]))
    assert -1e-3 <= raised.gap <= 1


def test_a_bound_holds_whatever_the_prices_are():
    """3 x + y over x + y <= 4 and x <= 3 is 10: good prices prove 10, wrong ones only more, none a number below."""
    problem = pulp.LpProblem("two", pulp.LpMaximize)
    x, y = (problem.add_variable(name, 0, 4) for name in ("x", "y"))
    problem += 3 * x + y
    problem += x + y <= 4
    problem += x <= 3
    solver = ArrayHighs()
    solver.hand_over(problem)
    solved = solver.run()
    assert 10 == pytest.approx(float(proven_bound(solver, solved)), abs=1e-12)
    for prices in ((0, 0), (2, 2), (-1, 1), (0.3, 7)):
        assert proven_bound(solver, dataclasses.replace(solved, _duals=np.array(prices, float))) >= 10
