"""Raises levels by the dial: filling where it is exact, tangents or staged duals elsewhere, and what is held afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from equity_alloc.objectives.base import RaiseEquivalent, View
from equity_alloc.objectives.units import equivalent_of, refuse_nothing
from equity_alloc.planning.plan import StageLog
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.equivalent_bound import equivalent_bound
from equity_alloc.problem.filling import fill
from equity_alloc.solver.level_columns import hold_units
from equity_alloc.solver.leximin import proven_leximin
from equity_alloc.solver.projected import Projected, build_projected
from equity_alloc.solver.welfare import raise_equivalent


@dataclass(frozen=True, eq=False)
class Reached:
    """The best levels, and how they are held while other things are improved.

    Parameters
    ----------
    stage : RaiseEquivalent
    levels : ndarray, shape (n_units,)
        In the stage's unit, up to the ceiling.
    pooled : ndarray, shape (n_schools,), cents, or None
        Pooled dollars of each school, up to the ceiling, where the schools' own levels are held; None where only the
        levels of groups, or only the mean, are.
    log : StageLog
    prices : Prices or None
        For the auditor, where rules couple schools, or filling does not apply.
    """

    stage: RaiseEquivalent
    levels: Floats
    pooled: Floats | None
    log: StageLog
    prices: Prices | None = None

    @property
    def spends_all(self) -> bool:
        """Whether money beyond what is held is still wanted: without a ceiling it is, and above one nothing counts."""
        return self.stage.ceiling is None

    def hold(self, model: Projected, room: Floats) -> None:
        """Hold the units' levels, each less the cents that its schools may stay below, shape (n_schools,)."""
        row = {code: s for s, code in enumerate(model.cells.schools)}
        less = [sum(float(part) * float(room[row[code]]) for code, part in unit.parts) for unit in self.stage.units]
        hold_units(model, self.stage, self.levels - np.array(less))

    def judge(self, score: tuple[Fraction, ...], view: View, room: Floats) -> tuple[StageLog, bool]:
        """Return the log of the rounded plan, and whether its equivalent is within the tolerance of the bound."""
        bound = self.log.value if self.log.bound is None else self.log.bound
        log = StageLog("round to steps and cents", float(score[0]), self.log.unit, bound, "search by school")
        weights = float(sum(weight for _, weight in view.levels.weights))
        tolerance = float(room.sum()) / weights / view.levels.cents_per_unit
        # Whole cents alone put a plan up to a cent per pupil below the bound.
        return log, bound - log.value <= max(tolerance, 0.01 if view.levels.cents_per_unit > 1 else 1e-6)


def raise_by_dial(cells: Cells, cuts: Cuts, stage: RaiseEquivalent) -> Reached:
    """Return the levels with the highest equivalent.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Feasible.
    stage : RaiseEquivalent

    Raises
    ------
    InvalidValue
        If a level must be zero where the dial forbids it.
    SolverFailed
        If a linear program ends without an optimum.
    """
    one_each = all(len(unit.parts) == 1 for unit in stage.units)
    lowest_first = stage.aversion is None and one_each
    if not cells.is_coupled and stage.aversion != 0 and (stage.one_a_school or lowest_first):
        return _filled(cells, cuts, stage)
    if lowest_first and stage.ceiling is None:
        raised_levels = proven_leximin(build_projected(cells, cuts), _weights(cells, stage))
        method = "linear programs, one level after the other; each bound re-checked in exact integers"
        found = _of_schools(cells, cuts, stage, raised_levels.pooled, method)
        bound = found.log.value + raised_levels.gap
        return replace(found, log=replace(found.log, bound=bound), prices=_for_auditor(stage, raised_levels.prices))
    raised = raise_equivalent(build_projected(cells, cuts), stage)
    by_school = one_each and stage.aversion != 0
    method = "linear programs under tangents; bound re-checked in exact integers of the program that was solved"
    if stage.aversion == 0:
        method = "linear program; bound re-checked in exact integers of the program that was solved"
    if stage.aversion is None:
        method = "linear programs, one level after the other; lowest level's bound re-checked in exact integers"
    return Reached(
        stage,
        raised.levels,
        _up_to_ceiling(cells, cuts, stage, raised.pooled) if by_school else None,
        StageLog(stage.title, raised.equivalent, stage.unit, raised.bound, method),
        raised.prices,
    )


def _filled(cells: Cells, cuts: Cuts, stage: RaiseEquivalent) -> Reached:
    """Fill: the one plan that is best at every aversion above zero, where money only flows through funds."""
    filled = fill(cuts, _weights(cells, stage))
    method = "filling within the fund sets, best at every aversion above zero at once"
    reached = _of_schools(cells, cuts, stage, filled.pooled, method)
    bound = equivalent_bound(cuts, cells.schools, stage, filled)
    if bound is None:
        return reached
    method = f"{method}; bound re-checked in exact fractions without a solver"
    return replace(reached, log=replace(reached.log, bound=float(bound), method=method))


def _of_schools(cells: Cells, cuts: Cuts, stage: RaiseEquivalent, pooled: Floats, method: str) -> Reached:
    row = {code: s for s, code in enumerate(cells.schools)}
    counted = pooled + cuts.counted_local
    levels = np.array([float(unit.parts[0][1]) * counted[row[unit.parts[0][0]]] for unit in stage.units])
    refuse_nothing(stage, float(levels.min()))
    if stage.ceiling is not None:
        levels = np.minimum(levels, float(stage.ceiling))
    worth = equivalent_of(stage, levels.tolist())
    held = _up_to_ceiling(cells, cuts, stage, pooled)
    return Reached(stage, levels, held, StageLog(stage.title, worth, stage.unit, worth, method))


def _for_auditor(stage: RaiseEquivalent, prices: Prices | None) -> Prices | None:
    """Return prices in cents per unit of the schools' own weights where units are the schools one by one, else in the stage's."""
    if prices is None or not stage.one_a_school:
        return prices
    unit = stage.units[0]
    return prices.times(1 / (unit.parts[0][1] * unit.mass))


def _weights(cells: Cells, stage: RaiseEquivalent) -> Floats:
    """Return what each school's counted cents are divided by for its level; zero for schools that are no unit."""
    per_cent = {unit.parts[0][0]: float(1 / unit.parts[0][1]) for unit in stage.units}
    return np.array([per_cent.get(code, 0.0) for code in cells.schools])


def _up_to_ceiling(cells: Cells, cuts: Cuts, stage: RaiseEquivalent, pooled: Floats) -> Floats:
    """Return pooled cents, no more than the ceiling needs, and no less than a school must have anyway."""
    if stage.ceiling is None:
        return pooled
    enough = _weights(cells, stage) * float(stage.ceiling) - cuts.counted_local
    capped: Floats = np.maximum(np.minimum(pooled, enough), cuts.lowest)
    return capped
