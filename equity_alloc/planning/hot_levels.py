"""The best lowest level of many scenarios of one district that differ in little: what stays the same is built once.

Scenarios that follow each other should be alike. What a rule asks for is noted once for each rule and appropriation; the
cells and fund sets of all rules that do not change are kept; where the changing rules are floors and ceilings of
schools' core dollars, only these are set anew. Answers are those of `relaxation.relax`, which builds everything each time.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import NO_LIMIT, Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.flow import beside_floors, takeable_shares
from equity_alloc.problem.problem import Problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.problem.recorded import Recording, problem_of, record
from equity_alloc.rules.base import Counted, Rule
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.leximin import lowest_level
from equity_alloc.solver.possible import fit_cuts
from equity_alloc.solver.projected import build_projected

#: What rules ask for is forgotten after so many rules, so that long runs stay small.
MOST_NOTED = 500


@dataclass(frozen=True, slots=True)
class Lowest:
    """The best lowest level in dollars and fractions of posts.

    Parameters
    ----------
    level : float or None
        In the levels' unit; None where the rules cannot all hold.
    bound : float or None
        What no plan can pass; the level itself where filling is exact.
    unit : str
    """

    level: float | None
    bound: float | None
    unit: str


@dataclass(frozen=True, eq=False)
class _Base:
    """Cells and fund sets of the rules that do not change, and what schools could use of their own shares."""

    rules: tuple[Rule, ...]
    cells: Cells
    cuts: Cuts
    takeable: Ints


@dataclass(frozen=True, eq=False)
class _Noted:
    """What a rule asks for; its floors and ceilings of core dollars by school, where it asks for nothing else."""

    recording: Recording
    bounds: tuple[Ints, Ints] | None


@dataclass(frozen=True, eq=False)
class _Measure:
    """What schools' core cents are divided by for their level, and the levels' unit."""

    weights: Floats
    unit: str
    cents_per_unit: int


class HotLevels:
    """Answers for scenarios of one district, one after the other.

    Parameters
    ----------
    district : District
    varied : frozenset of int
        Places, from 1, of the rules that differ between scenarios.
    """

    def __init__(self, district: District, varied: frozenset[int]) -> None:
        self.district, self.varied = district, varied
        self._row = {school.code: s for s, school in enumerate(district.schools)}
        self._noted: dict[Rule, _Noted] = {}
        self._funds: Any = None
        self._now = district
        self._measured_by: Any = None
        self._measure = _Measure(np.zeros(0), "", 1)
        self._base: _Base | None = None

    def lowest(self, scenario: Scenario) -> Lowest:
        """Return the best lowest level of a scenario.

        Raises
        ------
        EquityAllocError
            If the scenario asks for what the district does not have, or no school has a level.
        """
        view = self._view(scenario)
        by = self._measured(view)
        if not (by.weights > 0).any():
            raise EmptyDistribution("No school here has pupils to count, so there is no level to raise.")
        found = self._cells_and_cuts(scenario)
        if found is None:
            return Lowest(None, None, by.unit)
        cells, cuts = found
        if cells.is_coupled:
            level, bound = lowest_level(build_projected(cells, cuts), by.weights)
            return Lowest(level / by.cents_per_unit, bound / by.cents_per_unit, by.unit)
        counted = fill(cuts, by.weights).pooled + cuts.counted_local
        level = float((counted[by.weights > 0] / by.weights[by.weights > 0]).min()) / by.cents_per_unit
        return Lowest(level, level, by.unit)

    def _view(self, scenario: Scenario) -> ScenarioView:
        if scenario.funds != self._funds:
            self._funds, self._now = scenario.funds, scenario.apply(self.district)
            self._noted.clear()
            self._base = self._measured_by = None
        return ScenarioView(self._now, scenario)

    def _measured(self, view: ScenarioView) -> _Measure:
        key = (view.scenario.need_weights, view.scenario.basis, view.scenario.formula)
        if key != self._measured_by:
            view.scenario.apply(self.district)  # refuses a weight on what may not drive need
            codes = tuple(school.code for school in self._now.schools)
            weights = np.array([float(weight) for weight in level_weights(view, codes)])
            self._measure = _Measure(weights, view.levels.unit, view.levels.cents_per_unit)
            self._measured_by = key
        return self._measure

    def _cells_and_cuts(self, scenario: Scenario) -> tuple[Cells, Cuts] | None:
        numbered = list(enumerate(scenario.rules, start=1))
        moving = [self._note(rule).bounds for number, rule in numbered if number in self.varied]
        if None not in moving:
            base = self._steady(tuple(rule for number, rule in numbered if number not in self.varied))
            if base is not None and not base.cells.is_coupled:
                return _with_levels(base, [bounds for bounds in moving if bounds is not None])
        return _whole(problem_of(self._now, [self._note(rule).recording for _, rule in numbered]))

    def _steady(self, rules: tuple[Rule, ...]) -> _Base | None:
        if self._base is None or self._base.rules != rules:
            problem = problem_of(self._now, [self._note(rule).recording for rule in rules])
            cells = build_cells(problem)
            if problem.overdrawn or cells.has_crossed_bounds:
                return None
            self._base = _Base(rules, cells, build_cuts(cells), takeable_shares(cells))
        return self._base

    def _note(self, rule: Rule) -> _Noted:
        known = self._noted.get(rule)
        if known is None:
            if len(self._noted) >= MOST_NOTED:
                self._noted.clear()
            recording = record(rule, self._now)
            known = self._noted[rule] = _Noted(recording, self._bounds(recording))
        return known

    def _bounds(self, recording: Recording) -> tuple[Ints, Ints] | None:
        """Return floors and ceilings of single schools' core dollars, or None where a rule asks for something else."""
        floor, ceiling = np.zeros(len(self._row), np.int64), np.full(len(self._row), NO_LIMIT, np.int64)
        for limit in recording.limits:
            (coefficient, quantity), *more = limit.terms
            if more or coefficient != 1 or not isinstance(quantity, Counted):
                return None
            s = self._row[quantity.school]
            if limit.least is not None:
                floor[s] = max(floor[s], limit.least)
            if limit.most is not None:
                ceiling[s] = min(ceiling[s], limit.most)
        return None if recording.others else (floor, ceiling)


def _with_levels(base: _Base, moving: list[tuple[Ints, Ints]]) -> tuple[Cells, Cuts] | None:
    """Return the base with further floors and ceilings, or None where they cannot be kept."""
    floor, ceiling = base.cells.floor, base.cells.ceiling
    for more, less in moving:
        floor, ceiling = np.maximum(floor, more), np.minimum(ceiling, less)
    cells = dataclasses.replace(base.cells, floor=floor, ceiling=ceiling)
    if cells.has_crossed_bounds:
        return None
    cuts = base.cuts
    if np.array_equal(beside_floors(cells, base.takeable), cuts.used):
        cuts = dataclasses.replace(
            cuts,
            lowest=np.maximum(cuts.lowest, floor - cuts.counted_local),
            highest=np.minimum(cuts.highest, ceiling - cuts.counted_local),
        )
    else:
        cuts = build_cuts(cells)
    return (cells, cuts) if cuts.is_feasible else None


def _whole(problem: Problem) -> tuple[Cells, Cuts] | None:
    cells = build_cells(problem)
    if problem.overdrawn or cells.has_crossed_bounds:
        return None
    cuts = build_cuts(cells)
    fitted = fit_cuts(cells, cuts) if cuts.is_feasible else None
    return None if fitted is None else (cells, fitted)
