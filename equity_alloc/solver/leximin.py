"""Leximin by staged duals: the specification that filling must equal, and the road where rules couple schools.

Each round raises one level t for all schools that are still free. A school whose row has a dual price cannot rise in any
optimal plan (complementary slackness), so it is fixed at t. Fixing every school that merely stands at t is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.solver.named_prices import PRICE, named_prices, printed
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.status import Solved


@dataclass(frozen=True, eq=False)
class Raised:
    """Levels raised one after the other.

    Parameters
    ----------
    pooled : ndarray, shape (n_schools,), cents
    gap : float
        Cents per unit of weight that some round's level may at most lie below its bound, which is re-checked in exact
        integers without the solver.
    prices : Prices or None
        Of the first round, for whoever rebuilds the rules to find the lowest level's bound again.
    """

    pooled: Floats
    gap: float
    prices: Prices | None = None


def leximin(model: Projected, weights: Floats) -> Floats:
    """Return every school's pooled cents at the leximin plan.

    Parameters
    ----------
    model : Projected
        Fresh; its bounds and rows are changed.
    weights : ndarray, shape (n_schools,)
        Level weights; zero leaves a school out.

    Raises
    ------
    SolverFailed
        If a round ends without an optimum.
    """
    return proven_leximin(model, weights, check=False).pooled


def proven_leximin(model: Projected, weights: Floats, *, check: bool = True) -> Raised:
    """Return every school's pooled cents at the leximin plan, with the proven gap of every round.

    Parameters
    ----------
    model : Projected
        Fresh; its bounds and rows are changed.
    weights : ndarray, shape (n_schools,)
        Level weights; zero leaves a school out.
    check : bool
        Check each round's bound; else the gap is not known, and infinite.

    Raises
    ------
    SolverFailed
        If a round ends without an optimum.
    """
    solver = model.solver
    first = _first_round(model, weights)
    level, rows, scale, local, mean = first.level, first.rows, first.scale, first.local, first.mean
    free = np.ones(len(rows), bool)
    solved = model.solve()
    gap = 0.0 if check else float("inf")
    prices = _prices(model, first, solved) if check and solved.is_accepted else None
    while True:
        if not solved.is_accepted:
            raise SolverFailed(f"Raising the lowest level ended without an answer: {solved.status.value}.")
        t = float(solved.values[level])
        if check:
            gap = max(gap, float(proven_bound(solver, solved)) - t)
        fixed = np.flatnonzero(free & (np.abs(solved.duals[np.array(rows)]) > PRICE))
        if not len(fixed):
            break
        for k in fixed.tolist():
            solver.set_coefficient(rows[k], level, 0.0)
            solver.set_row(rows[k], t - float(local[k] * scale[k]), highspy.kHighsInf)
        free[fixed] = False
        if not free.any():
            break
        solved = model.solve()
    solver.set_bounds([level], np.array([t]), np.array([t]))
    return Raised(model.pooled_cents(solved), gap * mean * MONEY, prices)


def _prices(model: Projected, first: _FirstRound, solved: Solved) -> Prices:
    """Return the first round's prices in cents per unit of weight, by the names of what they stand for."""
    duals = solved.duals
    schools = tuple(
        (model.cells.schools[s], printed(abs(float(duals[row]))))
        for s, row in zip(first.schools.tolist(), first.rows, strict=True)
        if abs(duals[row]) > PRICE
    )
    return named_prices(model, solved, schools, first.mean * MONEY)


def lowest_level(model: Projected, weights: Floats) -> tuple[float, float]:
    """Return the highest lowest level, and what it cannot pass: one round only, its bound re-checked in exact integers.

    Parameters
    ----------
    model : Projected
        Fresh; its bounds and rows are changed.
    weights : ndarray, shape (n_schools,)
        Level weights; zero leaves a school out.

    Returns
    -------
    float, float
        Both in cents per unit of weight.

    Raises
    ------
    SolverFailed
        If it ends without an optimum.
    """
    first = _first_round(model, weights)
    solved = model.solve()
    if not solved.is_accepted:
        raise SolverFailed(f"Raising the lowest level ended without an answer: {solved.status.value}.")
    unit = first.mean * MONEY
    return float(solved.values[first.level]) * unit, float(proven_bound(model.solver, solved)) * unit


@dataclass(frozen=True, eq=False)
class _FirstRound:
    """One level for all schools, and a row for each of them that holds it up to the level."""

    level: int
    rows: list[int]
    schools: NDArray[np.int64]
    scale: Floats
    local: Floats
    mean: float


def _first_round(model: Projected, weights: Floats) -> _FirstRound:
    solver = model.solver
    taking_part = np.flatnonzero(weights > 0)
    mean = float(np.sum(model.cuts.highest.clip(0) + model.cuts.counted_local) / max(weights.sum(), 1e-12)) / MONEY
    scale = 1.0 / (weights[taking_part] * max(mean, 1e-12))
    local = model.cuts.counted_local[taking_part] / MONEY
    level = solver.add_column(-highspy.kHighsInf, highspy.kHighsInf)
    rows = [
        solver.add_row(
            -float(own * s), highspy.kHighsInf, np.array([model.pooled[i], level], np.int32), np.array([s, -1])
        )
        for i, s, own in zip(taking_part, scale, local, strict=True)
    ]
    cost = np.zeros(solver.n_columns)
    cost[level] = 1.0
    solver.set_objective(cost, maximize=True)
    return _FirstRound(level, rows, taking_part, scale, local, mean)
