"""How much money beyond a reserve would repair an adopted plan under new counts."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents
from equity_alloc.planning.fall_problem import fall_problem
from equity_alloc.planning.fall_terms import FallTerms
from equity_alloc.problem.cells import NO_LIMIT, Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.fewest import least_pooled


def money_missing(
    view: ScenarioView, planned: District, adopted: Allocation, rules: Sequence[Rule], terms: FallTerms
) -> Cents | None:
    """Return money in the reserve's fund beyond the reserve with which every rule can be kept, or None where none is found.

    What all funds together lack is a first answer. Money of another fund may be of no use for what lacks, so the answer
    is tried out, and where it does not do, None is returned rather than a sum that would disappoint.

    Parameters
    ----------
    view : ScenarioView
        Of the district with the new counts, its reserve released.
    planned : District
    adopted : Allocation
    rules : sequence of Rule
    terms : FallTerms
    """
    if terms.reserve is None:
        return None

    def least(more: Cents) -> tuple[Cents | None, Cents]:
        problem = fall_problem(view, planned, adopted, rules, terms, more=more)
        cuts = feasible_cuts(problem.cells)
        there = sum(problem.cells.budget)
        return (None if cuts is None else least_pooled(problem.cells, cuts, problem.adopted)), there

    needed, _ = least(NO_LIMIT // 1000)
    if needed is None:
        return None
    missing = max(0, needed - least(0)[1])
    return missing if missing and least(missing)[0] is not None else None


def feasible_cuts(cells: Cells) -> Cuts | None:
    """Return the cuts of cells, or None where no amounts in any fraction keep their limits."""
    if cells.has_crossed_bounds:
        return None
    cuts = build_cuts(cells)
    return cuts if cuts.is_feasible else None
