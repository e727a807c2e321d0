"""Lines of the best lowest level: corners by hand, against solving again, and plans of which none is dominated."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from equity_alloc.cli_frontier import point_words as printed
from equity_alloc.domain.district import District, Fund, Position, School, Staffing
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Unit
from equity_alloc.planning.frontier import Axis, Line, Tracer, undominated
from equity_alloc.planning.frontier_plans import certified_point, stated_scenarios
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.relaxation import relax
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.reports.frontier_table import frontier_rows
from equity_alloc.rules.base import Counted, Limit, Rule
from equity_alloc.rules.moved_posts import MovedPosts
from equity_alloc.rules.spending_together import Money, Side, SpendingTogether
from equity_alloc.scenario import Scenario
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.plain import build_plain
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.coupled import ONE, one_line_district
from tests.couplings import HeldTogether
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario

SEEDS = range(10)


def two_schools(fund: int) -> District:
    """Return A with 2 teachers and B with 4, of 100 pupils and $100,000 a teacher."""
    return District(
        "Two",
        "2026-27",
        (School("A", "School A", "any", 100, 100), School("B", "School B", "any", 100, 100)),
        positions=(Position("teacher", "Teacher", 10_000_000, 50, 50),),
        funds=(Fund("general", "General", fund),),
        staffing=(Staffing("A", "teacher", "general", 200), Staffing("B", "teacher", "general", 400)),
    )


def line_of(district: District, scenario: Scenario, axis: Axis) -> Line:
    return Tracer(district, scenario, axis).line()


def level_at(line: Line, amount: float) -> float | None:
    """Return the line at an amount; None where no plan has so little (or, of the total, so much)."""
    sign, first = -1 if line.axis is Axis.TOTAL else 1, line.corners[0]
    # Half a hundredth of an FTE, or half a cent, is no difference.
    if sign * (amount - first.limit) < -0.5:
        return None
    for left, right in zip(line.corners, line.corners[1:], strict=False):
        if sign * amount < sign * right.limit:
            share = max(0.0, (amount - left.limit) / (right.limit - left.limit))
            return left.level + (right.level - left.level) * share
    return line.corners[-1].level


def corners(line: Line) -> list[tuple[float, float]]:
    return [(look.limit, look.level) for look in line.corners]


def test_new_money_raises_the_lowest_twice_as_fast_as_a_teacher_who_moves() -> None:
    # $650,000: half a new teacher for A, then each teacher who goes from B to A is two FTE moved.
    line = line_of(two_schools(65_000_000), Scenario(), Axis.MOVES)
    assert np.allclose(corners(line), [(0, 2000), (50, 2500), (200, 3250)], atol=1e-3)
    assert level_at(line, 20) == pytest.approx(2200)
    assert line.amount_for(2800) == pytest.approx(110)


def test_without_rules_dollars_buy_the_lowest_level_at_one_price() -> None:
    line = line_of(two_schools(65_000_000), Scenario(), Axis.COST)
    assert np.allclose(corners(line), [(0, 0), (65_000_000, 3250)], atol=1e-1)


def test_where_a_rule_ties_schools_equity_costs_total() -> None:
    # x1 + x2 + 3 x3 <= 10: the total is 10 with nothing for the third, and 6 with 2 for each (math.md, PUB-9).
    terms = ((1, Counted("a")), (1, Counted("b")), (3, Counted("c")))
    rule = HeldTogether((Limit("held-together", "all", terms, None, 10 * ONE, Unit.CENTS),))
    line = line_of(one_line_district("abc"), Scenario(rules=(rule,)), Axis.TOTAL)
    assert np.allclose(corners(line), [(10 * ONE, 0), (6 * ONE, 200)], atol=1)


def test_where_money_only_flows_through_funds_equity_costs_no_total() -> None:
    line = line_of(two_schools(65_000_000), Scenario(), Axis.TOTAL)
    assert line.is_point
    assert np.allclose(corners(line), [(65_000_000, 3250)], atol=1)


def capped(axis: Axis, amount: int) -> Rule:
    """Return the rule that holds an amount: hundredths of FTE moved, or cents."""
    if axis is Axis.MOVES:
        return MovedPosts(Decimal(amount) / 100)
    if axis is Axis.COST:
        return SpendingTogether(Decimal(amount) / 100)
    return SpendingTogether(Decimal(amount) / 100, Side.LEAST, Money.CORE)


def drawn(seed: int) -> tuple[District, Scenario]:
    district = odd_district(seed) if seed % 2 else random_district(seed, 5)
    return district, odd_scenario(seed, district) if seed % 2 else plain_scenario()


@pytest.mark.parametrize("axis", Axis)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_line_is_what_solving_again_gives_everywhere_and_bends_one_way(seed: int, axis: Axis) -> None:
    district, scenario = drawn(seed)
    try:
        tracer = Tracer(district, scenario, axis)
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    if not tracer.exists:
        return
    line = tracer.line()
    size = max(1.0, line.corners[-1].level)
    slopes = [(b.level - a.level) / abs(b.limit - a.limit) for a, b in pairwise(line.corners)]
    assert all(a >= b - 1e-6 * size for a, b in pairwise(slopes))
    assert all(slope > 0 for slope in slopes)
    for left, right, slope in zip(line.corners, line.corners[1:], slopes, strict=False):
        if abs(right.limit - left.limit) > 2:
            # Between corners the slope is the limit's own price, and none other.
            assert abs(tracer.look((left.limit + right.limit) / 2).price) == pytest.approx(slope, rel=1e-4, abs=1e-7)
    first, last = line.corners[0].limit, line.corners[-1].limit
    way = -1 if axis is Axis.TOTAL else 1
    for share in (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0, 1.2):
        amount = max(0, int(first + (last - first) * share) + way)
        cells = build_cells(build_problem(tracer.view, (*scenario.rules, capped(axis, amount))))
        weights = level_weights(tracer.view, cells.schools)
        again = build_plain(cells).highest_lowest_level(weights, ArrayHighs()) / tracer.view.levels.cents_per_unit
        told = level_at(line, amount)
        assert told is not None
        assert told == pytest.approx(again, rel=1e-5, abs=1e-5 * size), (amount, share, line.corners)


@pytest.mark.parametrize("axis", Axis)
def test_no_plan_on_a_line_is_dominated_and_none_passes_its_bound(axis: Axis) -> None:
    district, scenario = random_district(4, 6), plain_scenario()
    tracer = Tracer(district, scenario, axis)
    line = tracer.line()
    made = [
        certified_point(tracer, line, each, lambda s: plan(district, s)) for each in stated_scenarios(line, scenario)
    ]
    points = undominated(axis, [point for point in made if point is not None])
    assert points
    way = -1 if axis is Axis.TOTAL else 1
    for point in points:
        assert not point.plan.certificate.breaches
        assert point.level <= point.bound
        told = level_at(line, point.amount)
        assert told is not None
        assert float(point.bound) == pytest.approx(told, rel=1e-6)
        better = [
            p for p in points if p is not point and way * p.amount <= way * point.amount and p.level >= point.level
        ]
        assert [] == better


def test_the_sample_reaches_its_best_level_with_fewer_moves_than_the_proposal() -> None:
    scenario = sample_reading().scenario
    assert scenario is not None
    line = line_of(sample_district(), scenario, Axis.MOVES)
    best = relax(scenario.view(sample_district()))
    assert best is not None
    assert line.corners[-1].level == pytest.approx(float(np.nanmin(best.levels)) / 100)
    # One hundredth of an FTE less cannot reach it.
    short = relax(
        scenario.view(sample_district()),
        (*scenario.rules, MovedPosts(Decimal(int(line.corners[-1].limit) - 1) / 100)),
    )
    assert short is not None and np.nanmin(short.levels) < np.nanmin(best.levels)


def test_what_no_plan_can_pass_is_never_written_below_what_is_proven() -> None:
    scenario, district = Scenario(tolerance=0), two_schools(65_000_000)
    tracer = Tracer(district, scenario, Axis.MOVES)
    found = plan(district, scenario)
    assert isinstance(found, Plan)
    # A third of a millionth above a whole cent would be rounded away by the nearest digit.
    point = dataclasses.replace(tracer.point(found), bound=Fraction(3250) + Fraction(1, 3 * 10**6))
    [row] = [row for row in frontier_rows(tracer.line(), [point]) if row[0] == "Certified plan"]
    assert "3250.000001" == row[5]
    assert "no plan above $3,250.01" in printed(tracer.line(), point)
