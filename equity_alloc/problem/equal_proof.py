"""Why the equal level that is worth as much cannot rise, proven from the rules alone, or with prices that a search suggests."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.units import equivalent_of, unit_levels
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.coupled_equivalent import coupled_equivalent_bound
from equity_alloc.problem.cuts import Cuts, build_cuts, build_loose_cuts
from equity_alloc.problem.equivalent_bound import equivalent_bound
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import (
    SAME_BOUND,
    SHARES_USED,
    BoundProof,
    kept_words,
    lowest_level_bound,
    priced_funds,
    told_bound,
)
from equity_alloc.scenario import Scenario, ScenarioView

#: A float's digits are off by less than this share; a plan that passes a bound by more proves that prices or plan are false.
DIGITS = Fraction(1, 10**9)


def prove_equal_level(
    district: District, scenario: Scenario, allocation: Allocation, prices: Prices | None
) -> BoundProof | None:
    """Return the proof for a plan; None at other goals, and where rules couple schools and no search suggests prices.

    The limits are built anew from the scenario, so the bound holds whatever the prices are; where money only flows through
    funds filling is done anew as well, and no prices are needed. The lowest level of schools has its own proof. Like that
    it holds for every plan, whatever that uses of funds with a rule of their own, unless the words say otherwise.
    """
    view = scenario.view(district)
    stage = next(scenario.objective.stages(view))
    if not isinstance(stage, RaiseEquivalent) or _is_lowest_school(stage):
        return None
    cells = build_cells(build_problem(view))
    if cells.has_crossed_bounds:
        return None
    cuts = build_cuts(cells)
    if not cuts.is_feasible:
        return None
    bound = _bound(cells, cuts, stage, prices)
    for_all = _bound(cells, build_loose_cuts(cells), stage, prices) if cells.local else bound
    if bound is None:
        return None
    told = None if for_all is None else told_bound(bound, for_all, SAME_BOUND / view.levels.cents_per_unit)
    try:
        level = Fraction(equivalent_of(stage, unit_levels(stage.units, view, allocation)))
    except InvalidValue:
        return None
    if level > bound * (1 + DIGITS):
        return None
    funds, words = _words(view, cells, stage, prices)
    if told is None:
        other = "" if for_all is None else f" No other plan can pass {float(for_all):,.2f} {stage.unit}."
        words = f"{words} {SHARES_USED}{other}"
    return BoundProof(str(level), str(told or bound), stage.unit, funds, words, prices)


def _bound(cells: Cells, cuts: Cuts, stage: RaiseEquivalent, prices: Prices | None) -> Fraction | None:
    if prices is not None:
        return coupled_equivalent_bound(cells, cuts, stage, prices)
    can_fill = not cells.is_coupled and all(len(unit.parts) == 1 for unit in stage.units)
    return filled_bound(cells, cuts, stage) if can_fill else None


def filled_bound(cells: Cells, cuts: Cuts, stage: RaiseEquivalent) -> Fraction | None:
    """Return the bound of a problem in which money only flows through funds, from filling done anew.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    stage : RaiseEquivalent
        Whose units are schools, each at most once.
    """
    known = {unit.parts[0][0]: 1 / unit.parts[0][1] for unit in stage.units}
    weights = tuple(known.get(code, Fraction(0)) for code in cells.schools)
    if stage.aversion is None:
        bound, _, _ = lowest_level_bound(cuts, weights)
        return bound if stage.ceiling is None else min(bound, stage.ceiling)
    filled = fill(cuts, np.array([float(weight) for weight in weights]))
    return equivalent_bound(cuts, cells.schools, stage, filled)


def _is_lowest_school(stage: RaiseEquivalent) -> bool:
    return stage.aversion is None and stage.ceiling is None and stage.one_a_school


def _words(
    view: ScenarioView, cells: Cells, stage: RaiseEquivalent, prices: Prices | None
) -> tuple[tuple[str, ...], str]:
    """Return the funds that prices name, and the argument."""
    what = "the lowest level" if stage.aversion is None else "the equal level that is worth as much"
    upto = "" if stage.ceiling is None else f", counted up to {float(stage.ceiling):,g},"
    if prices is None:
        return (), (
            f"How far funds and the schools' own limits let {what}{upto} rise was worked out anew from the rules, by filling: all "
            "schools rise together until money or a limit stops them. The bound was then worked out in exact fractions, with "
            "powers rounded up, without the solver."
        )
    funds = tuple(view.district.fund_of[code].title for code in priced_funds(prices, cells))
    if any(price and place < len(cells.coupling) for place, price in prices.limits):
        why = f"schools could not keep all of this{kept_words(view.scenario, cells, prices, funds)}"
    elif funds:
        why = f"schools would need more from {' and '.join(funds)} than is there"
    else:
        why = "schools would need more than their own limits allow"
    return funds, (
        f"To raise {what}{upto} further, {why}. The limits were built anew from the rules, and the bound worked out from "
        "prices that the search suggests, in exact fractions with powers rounded up, without the solver."
    )
