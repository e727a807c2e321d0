"""Limits over several schools are narrowed for the fractional plan until posts in whole steps keep them near the best."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.coupling import with_margin
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.comparability_staff import ComparabilityStaff
from equity_alloc.rules.displaced_posts import DisplacedPosts
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district


def compared() -> Scenario:
    """Return a scenario in which Title I schools have at most 102 % of the others' pupils per post."""
    scenario = plain_scenario()
    return replace(scenario, rules=(*scenario.rules, ComparabilityStaff(ratio=Decimal("1.02"))))


@pytest.mark.parametrize(("seed", "schools"), [(2, 25), (3, 25), (11, 25), (16, 25), (3, 40), (7, 40), (9, 40)])
def test_comparability_in_whole_steps_stays_within_the_tolerance(seed, schools):
    """Before limits were narrowed these ended $14 to $342 below the best level of their worst school."""
    made = plan(random_district(seed, schools), compared())
    assert isinstance(made, Plan)
    assert OutcomeKind.PROVEN is made.outcome
    assert made.certificate.is_kept
    gaps = [stage.value for stage in made.stages if stage.title == "round to steps and cents"]
    assert len(gaps) == 1
    assert gaps[0] <= made.scenario.tolerance / 100


def test_the_same_plan_comes_out_of_narrowed_limits_twice():
    district = random_district(3, 25)
    assert plan(district, compared()).digest == plan(district, compared()).digest


def test_a_limit_is_narrowed_by_steps_of_the_post_that_moves_it_most():
    """A teacher comes in halves and a counselor in fifths of a post; the largest coefficient times its step decides."""
    view = compared().view(random_district(2, 25))
    cells = build_cells(build_problem(view))
    narrow = with_margin(cells, steps=1.0)
    for before, after in zip(cells.coupling, narrow.coupling, strict=True):
        most = max(abs(c) * (50 if q.position == "teacher" else 20) for c, q in before.terms)
        assert after.least == before.least + most
    assert with_margin(cells).coupling == cells.coupling


def test_levels_give_way_where_cuts_are_used_to_the_last_post():
    """With half the cuts that the plan would make."""
    district, scenario = random_district(3, 40), compared()
    free = plan(district, scenario)
    assert isinstance(free, Plan)
    after = free.allocation.fte_of
    cut = sum(max(0, fte - after.get(key, 0)) for key, fte in district.today.fte_of.items())
    limited = replace(scenario, rules=(*scenario.rules, DisplacedPosts(fte=Decimal(cut) / 200)))
    made = plan(district, limited)
    assert isinstance(made, Plan)
    assert made.certificate.is_kept
    assert OutcomeKind.BEST_FOUND is made.outcome
    (gap,) = [stage.value for stage in made.stages if stage.title == "round to steps and cents"]
    assert gap < 40
