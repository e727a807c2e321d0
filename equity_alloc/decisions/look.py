"""A district seen through every lens: what each lens's plan forgoes by every other, and the compromise between them."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

import numpy as np

from equity_alloc.decisions import lenses
from equity_alloc.decisions.lens import Lens
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EquityAllocError, UnknownCode
from equity_alloc.objectives.base import LowerDistance, Objective, RaiseEquivalent
from equity_alloc.planning.compromise import Compromise, compromise
from equity_alloc.planning.goals import Goals, goals_in
from equity_alloc.planning.regret import possible_problem
from equity_alloc.problem.arrays import Floats
from equity_alloc.scenario import ScenarioView


@cache
def all_lenses() -> tuple[Lens, ...]:
    """Return every lens in order.

    Raises
    ------
    UnknownCode
        If two share a code.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(lenses.__path__))
    found: list[Lens] = [importlib.import_module(f"{lenses.__name__}.{name}").LENS for name in names]
    if len({lens.code for lens in found}) != len(found):
        raise UnknownCode("Two lenses share a code.")
    return tuple(sorted(found, key=lambda lens: lens.place))


@dataclass(frozen=True, eq=False)
class Look:
    """What lenses make of a district under one set of rules.

    Parameters
    ----------
    goals : Goals
        The lenses by which something is to be gained, each with its own plan, in dollars and fractions of posts.
    between : Compromise
    left_out : tuple of (str, str)
        Names of lenses that could not be computed here, and why.
    """

    goals: Goals
    between: Compromise
    left_out: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the lenses that are judged by."""
        return tuple(goal.name for goal in self.goals.goals)

    @property
    def least_worst(self) -> float:
        """The smallest worst regret of any lens's own plan."""
        return float(self.goals.regret.max(1).min())

    def regrets_of(self, view: ScenarioView, allocation: Allocation) -> Floats:
        """Return the part of each lens's gain that a finished allocation forgoes, shape (n_lenses,)."""
        counted = [float(view.district.counted_dollars(allocation, code)) for code in self.goals.cells.schools]
        return self.goals.regrets_of(np.array(counted))

    def behaves_like(self, view: ScenarioView, allocation: Allocation) -> str:
        """Return the lens whose own plan is nearest in core dollars: what the choice behaves like, whatever it is called."""
        counted = np.array([float(view.district.counted_dollars(allocation, c)) for c in self.goals.cells.schools])
        apart = [float(np.abs(goal.counted - counted).sum()) for goal in self.goals.goals]
        return self.names[int(np.argmin(apart))]


def look(view: ScenarioView) -> Look | None:
    """Return what every computed lens makes of a scenario, or None where no plan exists or nothing is to be gained.

    Parameters
    ----------
    view : ScenarioView
    """
    problem = possible_problem(view, view.scenario.rules)
    if problem is None:
        return None
    cells, cuts = problem
    today = np.array([float(view.district.counted_dollars(view.district.today, code)) for code in cells.schools])
    staged: list[tuple[str, Objective, RaiseEquivalent | LowerDistance]] = []
    left_out = []
    for lens in all_lenses():
        if lens.aim is None:
            continue
        try:
            aim = lens.aim(view)
        except EquityAllocError as error:
            left_out.append((lens.name, str(error)))
            continue
        staged.append((lens.name, aim.objective, aim.stage))
    goals = goals_in(cells, cuts, today, staged)
    if goals is None:
        return None
    judged = {goal.name for goal in goals.goals}
    left_out += [
        (name, "Nothing is to be gained by it here: every plan under these rules is as good.")
        for name, *_ in staged
        if name not in judged
    ]
    return Look(goals, compromise(goals), tuple(left_out))
