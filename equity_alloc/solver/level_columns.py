"""Columns of a live model for units' levels, in percent of the highest mean, and what they are measured and held by."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.problem.arrays import Floats
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.rows import MONEY

Columns = NDArray[np.int32]

#: The highest mean level inside the model: large beside the solver's tolerance.
PERCENT = 100.0
#: A mean below this, in the stage's own unit, is none, and nothing is measured by it.
LEAST_MEAN = 1e-6
#: A tangent is lifted, and a bound raised, by this share: more than a float's digits, so that rounding can only loosen it.
UPWARD = 1e-12


def add_levels(model: Projected, stage: RaiseEquivalent, scale: float, tops: Floats) -> Columns:
    """Add a column for each unit's level over `scale`: at most the level of its counted dollars, and `tops`."""
    row = {code: s for s, code in enumerate(model.cells.schools)}
    solver = model.solver
    columns = bounded_columns(model, np.full(len(tops), -1.0), tops)
    for column, unit in zip(columns.tolist(), stage.units, strict=True):
        at = np.array([row[code] for code, _ in unit.parts], np.int64)
        parts = np.array([float(part) for _, part in unit.parts]) * MONEY / scale
        own = float(parts @ (model.cuts.counted_local[at] / MONEY))
        entries = np.concatenate([model.pooled[at], [column]]).astype(np.int32)
        solver.add_row(-own, highspy.kHighsInf, entries, np.concatenate([parts, [-1.0]]))
    return columns


def highest_levels(model: Projected, stage: RaiseEquivalent, scale: float) -> Floats:
    """Return what each unit's level over `scale` cannot pass: its schools' own limits, and the ceiling."""
    row = {code: s for s, code in enumerate(model.cells.schools)}
    _, upper = model.solver.bounds(model.pooled)
    counted = upper * MONEY + model.cuts.counted_local
    tops = np.array([sum(float(part) * counted[row[code]] for code, part in unit.parts) for unit in stage.units])
    tops = tops / scale + 1.0
    return tops if stage.ceiling is None else np.minimum(tops, float(stage.ceiling) / scale)


def bounded_columns(model: Projected, lower: Floats, upper: Floats) -> Columns:
    """Add columns without entries, within bounds that are as near as is known: the exact check multiplies by them."""
    columns = model.solver.add_columns(len(lower))
    model.solver.set_bounds(columns.astype(np.int64), lower, upper)
    return columns


def hold_units(model: Projected, stage: RaiseEquivalent, least: Floats) -> None:
    """Hold every unit's level at least here, in the stage's unit; at aversion 0 only their mean."""
    scale = percent(float(least.mean()))
    columns = add_levels(model, stage, scale, highest_levels(model, stage, scale))
    solver = model.solver
    if stage.aversion == 0:
        masses = np.array([float(unit.mass) for unit in stage.units])
        masses /= masses.sum()
        solver.add_row(float(masses @ least) / scale, highspy.kHighsInf, columns, masses)
        return
    for column, level in zip(columns, least.tolist(), strict=True):
        solver.add_row(level / scale, highspy.kHighsInf, np.array([column], np.int32), np.ones(1))


def percent(mean: float) -> float:
    """Return what one of the model's percent is in the stage's unit."""
    return (mean if mean > LEAST_MEAN else 1.0) / PERCENT


def highest_mean(model: Projected, stage: RaiseEquivalent) -> float:
    """Return what the mean level cannot pass, in the stage's unit: what levels are measured by."""
    row = {code: s for s, code in enumerate(model.cells.schools)}
    mass = float(sum(unit.mass for unit in stage.units))
    worth = np.zeros(len(row))
    for unit in stage.units:
        for code, part in unit.parts:
            worth[row[code]] += float(unit.mass * part) / mass
    top = max(float(worth.max()), 1e-300)
    cost = np.zeros(model.solver.n_columns)
    cost[model.pooled] = worth / top
    model.solver.set_objective(cost, maximize=True)
    solved = model.solve()
    if not solved.is_accepted:
        raise SolverFailed(f"Raising levels ended without an answer: {solved.status.value}.")
    most = float(proven_bound(model.solver, solved)) * MONEY * top
    return (most + float(worth @ model.cuts.counted_local)) * (1 + UPWARD)
