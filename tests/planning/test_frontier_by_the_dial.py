"""Curves of the best equal level at finite aversion: against closed forms, concave, and with plans of which none is dominated."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Unit
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.planning.frontier import LOWEST, Axis, Tracer, settings_of, undominated
from equity_alloc.planning.frontier_plans import certified_point, comes_from_line, stated_scenarios
from equity_alloc.planning.search import plan
from equity_alloc.rules.base import Counted, Limit
from equity_alloc.scenario import Scenario
from tests.coupled import ONE, one_line_district
from tests.couplings import HeldTogether
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario
from tests.planning.test_frontier import drawn, two_schools


def harmonic(*levels: float) -> float:
    """Return the equal level at aversion 2 of equally many pupils each."""
    return len(levels) / sum(1 / level for level in levels)


def test_a_teacher_who_moves_is_worth_what_the_harmonic_mean_says() -> None:
    """$650,000 for A with 2 teachers and B with 4: half a new teacher for A, then teachers go from B to A."""
    line = Tracer(two_schools(65_000_000), Scenario(), Axis.MOVES, "2").line()
    assert len(line.corners) > 5
    assert not line.is_exact
    for look in line.corners:
        new, moved = min(look.limit, 50.0), max(0.0, look.limit - 50)
        by_hand = harmonic(2000 + 10 * new + 5 * moved, 4000 - 5 * moved)
        assert look.level == pytest.approx(by_hand, rel=1e-6), look
    assert line.corners[0].level == pytest.approx(harmonic(2000, 4000), rel=1e-4)
    assert line.corners[-1].level == pytest.approx(3250, rel=1e-6)


def test_where_a_rule_ties_schools_the_curve_is_the_published_example_in_closed_form() -> None:
    # x1 + x2 + 3 x3 <= 10: with a total T held, x3 = (10 - T) / 2 and the others share the rest. At its best, where one more
    # dollar does the same everywhere, x1 = x2 = sqrt(3) x3.
    terms = ((1, Counted("a")), (1, Counted("b")), (3, Counted("c")))
    rule = HeldTogether((Limit("held-together", "all", terms, None, 10 * ONE, Unit.CENTS),))
    line = Tracer(one_line_district("abc"), Scenario(rules=(rule,)), Axis.TOTAL, "2").line()
    for look in line.corners:
        total = look.limit / ONE
        third = (10 - total) / 2
        assert look.level == pytest.approx(100 * harmonic((total - third) / 2, (total - third) / 2, third), rel=1e-5)
    third = 10 / (2 * 3**0.5 + 3)
    assert line.corners[-1].level == pytest.approx(100 * harmonic(3**0.5 * third, 3**0.5 * third, third), rel=1e-5)


@pytest.mark.parametrize("axis", Axis)
@pytest.mark.parametrize("seed", range(8))
def test_a_curve_bends_one_way_and_lies_above_the_straight_lines_between_its_points(seed: int, axis: Axis) -> None:
    district, scenario = drawn(seed)
    try:
        tracer = Tracer(district, scenario, axis, "2")
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    if not tracer.exists:
        return
    line = tracer.line()
    slopes = [(b.level - a.level) / abs(b.limit - a.limit) for a, b in pairwise(line.corners)]
    size = max(1.0, line.corners[-1].level)
    assert all(a >= b - 1e-5 * size for a, b in pairwise(slopes))
    for left, right in pairwise(line.corners):
        if abs(right.limit - left.limit) < 2:
            continue
        middle = tracer.look((left.limit + right.limit) / 2)
        # Between stated points the best is at least the straight line.
        assert middle.level >= (left.level + right.level) / 2 - 1e-5 * size
        # And a little less room leaves a little less: the limit that was found is the tightest.
        less = tracer.look(right.limit - (right.limit - left.limit) / 50).level
        assert less < right.level + 1e-5 * size


@pytest.mark.parametrize("axis", Axis)
def test_no_plan_beside_a_curve_is_dominated_and_none_passes_its_bound(axis: Axis) -> None:
    district, scenario = random_district(4, 6), plain_scenario(objective=RaiseByDial("2"))
    assert "2" == settings_of(scenario)[0]
    tracer = Tracer(district, scenario, axis, "2")
    line = tracer.line()
    stated = stated_scenarios(line, scenario, 5, "2")
    assert all(comes_from_line(each, scenario) for each in stated)
    made = [certified_point(tracer, line, each, lambda s: plan(district, s)) for each in stated]
    points = undominated(axis, [point for point in made if point is not None])
    assert points
    way = -1 if axis is Axis.TOTAL else 1
    for a, b in pairwise(points):
        assert way * a.amount < way * b.amount
        assert a.level < b.level
    for point in points:
        assert not point.plan.certificate.breaches
        assert isinstance(point.plan.scenario.objective, RaiseByDial)
        assert point.level <= point.bound
        again = tracer.look(point.amount).level
        # Pay is rounded to cents post by post, so the proof leaves a cent for each of them.
        assert float(point.bound) == pytest.approx(again, rel=2e-6)


def test_the_scenarios_own_dial_comes_first_and_most_in_total_raises_no_curve() -> None:
    assert LOWEST == settings_of(plain_scenario())[0]
    assert "5" == settings_of(plain_scenario(objective=RaiseByDial("5")))[0]
    assert LOWEST == settings_of(plain_scenario(objective=RaiseByDial("0")))[0]
    own = dataclasses.replace(RaiseByDial("own value"), own_aversion=RaiseByDial().own_aversion)
    assert "own value" == settings_of(plain_scenario(objective=own))[0]


def test_where_somebody_must_have_nothing_the_dial_is_refused_in_words() -> None:
    found = []
    for seed in range(30):
        district = odd_district(seed)
        try:
            Tracer(district, odd_scenario(seed, district), Axis.COST, "2")
        except EquityAllocError as error:
            found.append(str(error))
    assert any("makes all plans worth nothing" in each for each in found)
