"""A smallest post that is no multiple of the position's step: none, or the first whole number of steps above it."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.domain.district import District, Fund, Position, School, Staffing
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.school_least import SchoolLeast
from equity_alloc.rules.smallest_post import SmallestPost
from equity_alloc.scenario import Scenario
from equity_alloc.solver.possible import whole_plan
from equity_alloc.solver.projected import on_steps
from equity_alloc.solver.status import Status

#: Posts of $100,000 in steps of 0.10 FTE; 0.30 FTE at A leave $15,000, which pays for no post of 0.25 FTE or more at B.
RULES = (SmallestPost("aide", smallest=Decimal("0.25")), SchoolLeast("a", "aide", least_fte=Decimal("0.3")))


def district(dollars: int) -> District:
    schools = tuple(School(code, code.upper(), "any", 100, 100) for code in "ab")
    staffing = tuple(Staffing(code, "aide", "general", 20) for code in "ab")
    fund = Fund("general", "General", dollars * 100)
    return District("Two", "2026-27", schools, (), (Position("aide", "Aide", 10_000_000, step=10),), (fund,), staffing)


def test_a_school_that_cannot_have_the_smallest_post_has_none_and_that_is_never_called_impossible():
    scenario = Scenario(rules=RULES)
    cells = build_cells(build_problem(scenario.view(district(45_000))))
    assert [0, 0] == (on_steps(cells) % 10)[:, 0].tolist(), "last year's 0.20 FTE was counted from 0.25, off the steps"
    assert Status.INFEASIBLE is not whole_plan(cells, build_cuts(cells))
    made = plan(district(45_000), scenario)
    assert isinstance(made, Plan)
    assert () == certify(made.district, scenario, made.allocation).breaches
    assert 0 == made.allocation.fte_of.get(("b", "aide"), 0)
    assert made.allocation.fte_of["a", "aide"] in (30, 40)


def test_with_money_for_two_both_have_the_first_steps_above_the_smallest_post():
    made = plan(district(60_000), Scenario(rules=RULES))
    assert isinstance(made, Plan)
    assert {"a": 30, "b": 30} == {school: fte for (school, _), fte in made.allocation.fte}
