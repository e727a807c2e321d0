"""The best levels in dollars and fractional posts: what prices, causes and frontiers are read from.

Rounding to steps drowns a price in its own noise, so none is ever read from a plan in whole steps.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.money import MOST_CENTS, Cents
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.leximin import leximin
from equity_alloc.solver.possible import fit_cuts
from equity_alloc.solver.projected import build_projected


@dataclass(frozen=True, eq=False)
class Relaxation:
    """A scenario without its steps.

    Parameters
    ----------
    view : ScenarioView
    cells, cuts : Cells, Cuts
    weights : tuple of Fraction, shape (n_schools,)
        What each school's core cents are divided by; zero where it has no level.
    """

    view: ScenarioView
    cells: Cells
    cuts: Cuts
    weights: tuple[Fraction, ...]

    @cached_property
    def levels(self) -> Floats:
        """Level of each school in cents per unit of weight, the lowest raised first; not a number where it has none."""
        weights = np.array([float(weight) for weight in self.weights])
        if not self.cells.is_coupled:
            pooled = fill(self.cuts, weights).pooled
        else:
            pooled = leximin(build_projected(self.cells, self.cuts), weights)
        levels = np.full(len(weights), np.nan)
        np.divide(pooled + self.cuts.counted_local, weights, out=levels, where=weights > 0)
        return levels

    def with_more(self, fund: str, cents: Cents) -> Relaxation | None:
        """Return the relaxation with so much more (or less) in a fund, or None where no plan can exist then."""
        amount = self.view.district.fund_of[fund].amount + cents
        if not 0 <= amount <= MOST_CENTS:
            return None
        if not self.cells.is_coupled and fund in self.cells.pooled:
            bit = 1 << self.cells.pooled.index(fund)
            budget = tuple(b + cents if g & bit else b for g, b in zip(self.cuts.sets, self.cuts.budget, strict=True))
            cuts = dataclasses.replace(self.cuts, budget=budget)
            return dataclasses.replace(self, cuts=cuts) if cuts.is_feasible else None
        funds = tuple(dataclasses.replace(f, amount=amount) if f.code == fund else f for f in self.view.district.funds)
        richer = ScenarioView(dataclasses.replace(self.view.district, funds=funds), self.view.scenario)
        # Levels stay measured in what they are measured in: a target that grew with the money would hide its effect.
        try:
            return relax(richer, weights=self.weights)
        except CannotServe:
            return None


def relax(
    view: ScenarioView, rules: Sequence[Rule] | None = None, *, weights: tuple[Fraction, ...] | None = None
) -> Relaxation | None:
    """Return a scenario without its steps, or None where its rules cannot all hold.

    Parameters
    ----------
    view : ScenarioView
    rules : sequence of Rule or None
        In place of the scenario's own.
    weights : tuple of Fraction or None
        In place of the view's own.
    """
    problem = build_problem(view, rules)
    cells = build_cells(problem)
    if problem.overdrawn or cells.has_crossed_bounds:
        return None
    cuts = build_cuts(cells)
    fitted = fit_cuts(cells, cuts) if cuts.is_feasible else None
    return None if fitted is None else Relaxation(view, cells, fitted, weights or level_weights(view, cells.schools))
