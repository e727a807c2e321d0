"""What the rules ask of one school alone: how far it can rise or fall, which rule says so, and what it breaks today."""

from __future__ import annotations

from equity_alloc.domain.money import Cents
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import Problem, build_problem, quantity_in
from equity_alloc.rules.base import Counted, Limit
from equity_alloc.scenario import ScenarioView


def ends(view: ScenarioView) -> dict[str, tuple[Cents, Cents]]:
    """Return the least and the most core money (counted funds) that each school's own rules allow, by code."""
    cells = build_cells(build_problem(view))
    cuts = build_cuts(cells)
    rows = zip(cells.schools, cuts.lowest.tolist(), cuts.highest.tolist(), cuts.counted_local.tolist(), strict=True)
    return {code: (int(low + local), int(high + local)) for code, low, high, local in rows}


def limits_of_one_school(view: ScenarioView) -> dict[str, list[tuple[int, Limit]]]:
    """Return the limits that concern one school alone, with the number of their rule, by code."""
    found: dict[str, list[tuple[int, Limit]]] = {}
    for number, rule in enumerate(view.scenario.rules, start=1):
        problem = Problem(view.district)
        rule.constrain(problem)
        for limit in problem.limits:
            schools = {quantity.school for _, quantity in limit.terms}
            if len(schools) == 1:
                found.setdefault(schools.pop(), []).append((number, limit))
    return found


def sets_end(limit: Limit, end: Cents, way: int) -> bool:
    """Return whether a limit is what makes `end` the least (way -1) or the most (way 1) core money of its school.

    Parameters
    ----------
    limit : Limit
    end : Cents
    way : int
        0 for neither, which no limit makes.
    """
    if not way or len(limit.terms) != 1 or not isinstance(limit.terms[0][1], Counted):
        return False
    return (limit.least if way < 0 else limit.most) == end


def forces(view: ScenarioView, limit: Limit, way: int) -> bool:
    """Return whether what a school has today is above a limit (way -1) or below it (way 1).

    Parameters
    ----------
    view : ScenarioView
    limit : Limit
    way : int
    """
    today = view.district.today
    has = sum(times * quantity_in(view.district, today, quantity) for times, quantity in limit.terms)
    if way < 0:
        return limit.most is not None and has > limit.most
    return way > 0 and limit.least is not None and has < limit.least
