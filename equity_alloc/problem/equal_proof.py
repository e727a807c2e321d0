"""Why the equal level that is worth as much cannot rise at finite aversion, proven from prices and the rules alone."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.units import equivalent_of, unit_levels
from equity_alloc.problem.cells import build_cells
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.coupled_equivalent import coupled_equivalent_bound
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import BoundProof, kept_words, priced_funds
from equity_alloc.scenario import Scenario

#: A float's digits are off by less than this share; a plan that passes a bound by more proves that prices or plan are false.
DIGITS = Fraction(1, 10**9)


def prove_equal_level(
    district: District, scenario: Scenario, allocation: Allocation, prices: Prices | None
) -> BoundProof | None:
    """Return the proof for a plan; None at other goals, under a ceiling, or where no search suggests prices.

    The limits are built anew from the scenario, so the bound holds whatever the prices are. Like the other proof it is about
    plans that use money with a sharing rule of its own as far as it can be used.
    """
    view = scenario.view(district)
    stage = next(scenario.objective.stages(view))
    if prices is None or not isinstance(stage, RaiseEquivalent) or stage.aversion is None or stage.ceiling is not None:
        return None
    cells = build_cells(build_problem(view))
    if cells.has_crossed_bounds:
        return None
    cuts = build_cuts(cells)
    bound = coupled_equivalent_bound(cells, cuts, stage, prices) if cuts.is_feasible else None
    if bound is None:
        return None
    try:
        level = Fraction(equivalent_of(stage, unit_levels(stage.units, view, allocation)))
    except InvalidValue:
        return None
    if level > bound * (1 + DIGITS):
        return None
    funds = tuple(view.district.fund_of[code].title for code in priced_funds(prices, cells))
    if any(price and place < len(cells.coupling) for place, price in prices.limits):
        why = f"schools could not keep all of this{kept_words(scenario, cells, prices, funds)}"
    elif funds:
        why = f"schools would need more from {' and '.join(funds)} than is there"
    else:
        why = "schools would need more than their own limits allow"
    words = (
        f"To raise the equal level that is worth as much further, {why}. The limits were built anew from the rules, and the "
        "bound worked out from prices that the search suggests, in exact fractions with powers rounded up, without the solver."
    )
    if cells.local:
        words += " The proof is about plans that use money with a sharing rule of its own as far as it can be used."
    return BoundProof(str(level), str(bound), stage.unit, funds, words, prices)
