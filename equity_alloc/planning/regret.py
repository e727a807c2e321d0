"""Does the choice of aversion matter? The plan of each setting of the dial, judged by every other."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.dial import NAMED, aversion_of
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import equivalent_of
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.possible import fit_cuts
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.stages import Driver

#: Regret below this share of the level (ten cents in $5,000) is no difference that anybody would act on.
NO_MATTER = 2e-5


@dataclass(frozen=True, slots=True)
class Coupling:
    """What one rule does to the choice.

    Parameters
    ----------
    number : int
        Place of the rule in the scenario, from 1.
    title : str
    regret_without : float
        Largest regret among settings above zero if this rule did not hold, in the levels' unit.
    """

    number: int
    title: str
    regret_without: float


@dataclass(frozen=True)
class RegretTable:
    """What each setting's plan forgoes by the judgment of every other, in dollars and fractional posts.

    Parameters
    ----------
    settings : tuple of str
        As named on the dial.
    unit : str
    best : tuple of float
        Highest equivalent level under each setting; the lowest level at infinity.
    regret : tuple of tuple of float
        `regret[i][j]`: what the plan of setting i forgoes when judged by setting j, in `unit`.
    schools_share_units : bool
        Whether student groups are compared, who share schools, so that settings differ without any rule.
    couplings : tuple of Coupling
        Rules that hold several schools together, if there are any.
    """

    settings: tuple[str, ...]
    unit: str
    best: tuple[float, ...]
    regret: tuple[tuple[float, ...], ...]
    schools_share_units: bool
    couplings: tuple[Coupling, ...]

    @property
    def largest(self) -> float:
        """Largest regret among settings above zero: how much the choice between them can cost."""
        return _largest(self.settings, self.regret)

    @property
    def matters(self) -> bool:
        """Whether settings above zero differ by more than digits."""
        return self.largest > NO_MATTER * max(self.best)

    @property
    def culprit(self) -> Coupling | None:
        """The rule without which the settings differ least, where that is less than half as much."""
        least = min(self.couplings, key=lambda coupling: coupling.regret_without, default=None)
        return least if self.matters and least is not None and least.regret_without < self.largest / 2 else None


def regret_table(district: District, scenario: Scenario) -> RegretTable | None:
    """Return the regret of each setting of the dial under every other, or None where no plan exists.

    The scenario's own dial says whose level it is, in what levels are compared, and the ceiling; another objective is
    read as schools compared in shares.

    Raises
    ------
    EquityAllocError
        If there is no level to raise, or the dial cannot be used here.
    """
    view = scenario.view(district)
    stage = dial_stage(view)
    problem = possible_problem(view, scenario.rules)
    if problem is None:
        return None
    best, regret = _regrets(*problem, stage)
    couplings = []
    for number, rule in enumerate(scenario.rules, start=1):
        if rule.always or not _couples(view, rule):
            continue
        without = possible_problem(view, tuple(other for other in scenario.rules if other is not rule))
        if without is not None:
            couplings.append(Coupling(number, view.titles[number - 1], _largest(NAMED, _regrets(*without, stage)[1])))
    return RegretTable(NAMED, stage.unit, best, regret, not stage.one_a_school, tuple(couplings))


def dial_stage(view: ScenarioView) -> RaiseEquivalent:
    """Return the dial's stage for a scenario, whatever its objective is."""
    objective = view.scenario.objective
    dial = objective if isinstance(objective, RaiseByDial) else RaiseByDial("2", Decimal(2))
    stage = next(dial.stages(view))
    if not isinstance(stage, RaiseEquivalent):
        raise TypeError("The dial raises an equivalent level.")
    return stage


def possible_problem(view: ScenarioView, rules: tuple[Rule, ...]) -> tuple[Cells, Cuts] | None:
    """Return the problem of some rules as arrays, or None where no plan can be."""
    problem = build_problem(view, rules)
    cells = build_cells(problem)
    if problem.overdrawn or cells.has_crossed_bounds:
        return None
    cuts = build_cuts(cells)
    fitted = fit_cuts(cells, cuts) if cuts.is_feasible else None
    return None if fitted is None else (cells, fitted)


def _couples(view: ScenarioView, rule: Rule) -> bool:
    return build_cells(build_problem(view, [rule])).is_coupled


def _regrets(
    cells: Cells, cuts: Cuts, stage: RaiseEquivalent
) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    stages = [dataclasses.replace(stage, aversion=aversion_of(name, Decimal(0))) for name in NAMED]
    plans = [_levels(cells, cuts, each) for each in stages]
    worth = np.array([[_worth(each, levels) for each in stages] for levels in plans])
    best = worth.max(0)
    regret = best[None, :] - worth
    return tuple(best.tolist()), tuple(tuple(row) for row in regret.tolist())


def _worth(stage: RaiseEquivalent, levels: Floats) -> float:
    """Return the equivalent; where somebody has nothing and the dial forbids it, nothing."""
    if stage.aversion is not None and stage.aversion >= 1 and stage.reference is None and levels.min() <= 0:
        return 0.0
    return equivalent_of(stage, levels.tolist())


def _levels(cells: Cells, cuts: Cuts, stage: RaiseEquivalent) -> Floats:
    """Return the unit levels of a setting's plan; where the setting leaves some open, those with the fewest moves."""
    reached = raise_by_dial(cells, cuts, stage)
    if stage.aversion != 0:
        return reached.levels
    model = build_projected(cells, cuts)
    reached.hold(model, np.zeros(len(cells.schools)))
    solved = Driver(model).least_change()
    if not solved.is_accepted:
        return reached.levels
    row = {code: s for s, code in enumerate(cells.schools)}
    counted = model.pooled_cents(solved) + cuts.counted_local
    levels = np.array([sum(float(p) * float(counted[row[code]]) for code, p in unit.parts) for unit in stage.units])
    return levels if stage.ceiling is None else np.minimum(levels, float(stage.ceiling))


def _largest(settings: tuple[str, ...], regret: tuple[tuple[float, ...], ...]) -> float:
    above = [k for k, name in enumerate(settings) if name != "0"]
    return max(regret[i][j] for i in above for j in above)
