"""Which rule causes how much of what all rules together take off the lowest level.

The best lowest level, in dollars and fractions of posts, is found with no rule but those that always hold, with all
rules, and with sets of them. Rounding plays no part, so that an effect is a rule's own and not chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EmptyDistribution, SolverFailed
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.shapley import ORDERS, Shares, shares_of
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import Problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.problem.recorded import record
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.leximin import lowest_level
from equity_alloc.solver.possible import fit_cuts
from equity_alloc.solver.projected import build_projected

#: Digits after the point, in the levels' unit, to which a lowest level is taken; a linear program has fewer.
DIGITS, DIGITS_COUPLED = 5, 3
#: The same for levels that are shares of a target.
DIGITS_SHARE, DIGITS_SHARE_COUPLED = 9, 7

#: What a rule asks for when it brings money instead of limiting it.
_BRINGS = {"open_fund", "share_fund"}


@dataclass(frozen=True, slots=True)
class Cause:
    """What one rule does to the lowest level, in the levels' unit; below zero where it lowers it.

    Parameters
    ----------
    number : int
        Place in the scenario, from 1.
    share : Fraction
        Its Shapley value: the mean over all orders in which the rules may come.
    error : float
        Standard error of the share; zero where every set of rules was judged.
    first_in : Fraction
        Its effect where no other rule holds.
    last_out : Fraction
        Its effect where all others hold: what leaving it out would give back.
    """

    number: int
    share: Fraction
    error: float
    first_in: Fraction
    last_out: Fraction


@dataclass(frozen=True)
class Causes:
    """The lowest level without and with rules, and which rule causes how much of the difference.

    Parameters
    ----------
    district : District
    scenario : Scenario
    unit : str
        Of levels.
    without, with_all : Fraction
        Best lowest level with only the rules that always hold, and with all.
    causes : tuple of Cause
        In the order of the rules; the shares add up to `with_all - without` exactly.
    held : tuple of int
        Rules that bring money instead of limiting it; they hold in every run, beside those that always hold.
    orders : int
        How many orders of the rules were drawn; zero where every set was judged.
    judged : int
        How many sets of rules were judged.
    """

    district: District
    scenario: Scenario
    unit: str
    without: Fraction
    with_all: Fraction
    causes: tuple[Cause, ...]
    held: tuple[int, ...]
    orders: int
    judged: int

    @property
    def total(self) -> Fraction:
        """What all rules together do to the lowest level; below zero where they lower it."""
        return self.with_all - self.without

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What each rule of the scenario is called here."""
        return self.scenario.view(self.district).titles

    def rule(self, number: int) -> Rule:
        """Return a rule by its place."""
        return self.scenario.rules[number - 1]


def rule_causes(district: District, scenario: Scenario, *, orders: int = ORDERS) -> Causes | None:
    """Return what each rule does to the lowest level, or None where the rules cannot all hold.

    Parameters
    ----------
    district : District
    scenario : Scenario
    orders : int
        How many orders are drawn where there are more than ten rules.

    Raises
    ------
    EmptyDistribution
        If no school has a level.
    SolverFailed
        If a linear program ends without an optimum.
    """
    view = scenario.view(district)
    possibility = Possibility(view)
    if not possibility.is_kept(scenario.rules):
        return None
    base, numbers, held = rules_up_for_choice(view)
    is_coupled = build_cells(possibility.problem(scenario.rules)).is_coupled
    shares = not view.levels.cents_per_unit > 1
    digits = (
        (DIGITS_SHARE_COUPLED if shares else DIGITS_COUPLED) if is_coupled else (DIGITS_SHARE if shares else DIGITS)
    )
    scale: int = 10**digits

    def value(members: tuple[int, ...]) -> int:
        chosen = [*base, *(scenario.rules[numbers[k] - 1] for k in members)]
        lowest = best_lowest(view, possibility.problem(chosen))
        return round(lowest / view.levels.cents_per_unit * scale)

    found = shares_of(len(numbers), value, orders=orders)
    without = Fraction(value(()), scale)
    return Causes(
        district,
        scenario,
        view.levels.unit,
        without,
        without + Fraction(found.total, scale),
        shares_by_rule(found, numbers, scale),
        tuple(held),
        found.orders,
        found.judged,
    )


def rules_up_for_choice(view: ScenarioView) -> tuple[list[Rule], list[int], list[int]]:
    """Return the rules that hold in every run, the places of those that may be left out, and of those that bring money."""
    base: list[Rule] = []
    numbers, held = [], []
    for number, rule in enumerate(view.scenario.rules, start=1):
        if rule.always:
            base.append(rule)
        elif any(name in _BRINGS for name, _ in record(rule, view.district).others):
            base.append(rule)
            held.append(number)
        else:
            numbers.append(number)
    return base, numbers, held


def best_lowest(view: ScenarioView, problem: Problem) -> float:
    """Return the best lowest level of a problem that can be kept, in cents per unit of weight.

    Filling is exact where money only flows through funds; elsewhere it is one linear program.

    Raises
    ------
    EmptyDistribution
        If no school has a level.
    SolverFailed
        If the problem cannot be kept, or a linear program ends without an optimum.
    """
    cells = build_cells(problem)
    cuts = build_cuts(cells)
    weights = np.array([float(weight) for weight in level_weights(view, cells.schools)])
    if not (weights > 0).any():
        raise EmptyDistribution("No school here has pupils to count, so there is no level that rules could lower.")
    fitted = fit_cuts(cells, cuts) if cuts.is_feasible and not cells.has_crossed_bounds else None
    if fitted is None:
        raise SolverFailed(
            "No rule's own effect can be told here: with some of the rules left out, no plan was found that keeps the rest. "
            "The plan itself is not touched by this."
        )
    if cells.is_coupled:
        return lowest_level(build_projected(cells, fitted), weights)[0]
    counted = fill(cuts, weights).pooled + cuts.counted_local
    return float((counted[weights > 0] / weights[weights > 0]).min())


def shares_by_rule(found: Shares, numbers: Sequence[int], scale: int) -> tuple[Cause, ...]:
    """Return the shares of a whole by the rules' numbers, out of whole numbers of so many to the unit.

    Parameters
    ----------
    found : Shares
        In whole numbers, one for each rule.
    numbers : sequence of int
        Places of the rules in the scenario, from 1, in the order of the shares.
    scale : int
        How many of the whole numbers make one unit.

    Returns
    -------
    tuple of Cause
        In units.
    """
    return tuple(
        Cause(
            number,
            found.shapley[k] / scale,
            found.error[k] / scale,
            Fraction(found.first_in[k], scale),
            Fraction(found.last_out[k], scale),
        )
        for k, number in enumerate(numbers)
    )
