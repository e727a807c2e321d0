"""Equity against disruption, against dollars, against the total: what each more of one costs of the other.

Equity is the lowest level, or at a finite aversion the equal level that is worth as much. Without steps the best lowest
level is a concave line with corners, and every corner is found (solver/against.py); the best equal level is a concave curve,
of which points are stated (solver/equivalent_against.py). At stated levels a plan is made and certified; a plan beside which another is at least as
good in both and better in one is left out, and beside each stands the bound: how high the level of any plan could be
that moves, spends or leaves as much.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.dial import NAMED, OWN, aversion_of
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import equivalent_of, unit_levels
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.regret import dial_stage, possible_problem
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Rule
from equity_alloc.rules.moved_posts import MovedPosts, fte_moved
from equity_alloc.rules.spending_together import Money, Side, SpendingTogether, money_together
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.against import LowestAgainst
from equity_alloc.solver.equivalent_against import EquivalentAgainst
from equity_alloc.solver.moving_limit import Look
from equity_alloc.solver.projected import build_projected

#: The setting of the dial whose level is the lowest.
LOWEST = "infinity"
#: Part of a level by which floats may be off.
DIGITS = Fraction(1, 10**9)


class Axis(StrEnum):
    """What equity is set against."""

    MOVES = "moves"
    COST = "cost"
    TOTAL = "total"


@dataclass(frozen=True)
class Line:
    """The best level in dollars and fractional posts, corner by corner.

    Parameters
    ----------
    axis : Axis
    unit : str
        Of levels.
    corners : tuple of Look
        From the fewest moves (or dollars, or the highest total) to the best level; limits in hundredths of an FTE or in
        cents. One corner alone means that both are best at once.
    aversion : Fraction or None
        Of the equal level that is raised; None where it is the lowest level. At a finite aversion the corners are
        stated points of a curve, and between them the best is at least what the line says.
    """

    axis: Axis
    unit: str
    corners: tuple[Look, ...]
    aversion: Fraction | None = None

    @property
    def name(self) -> str:
        """What is raised, in words."""
        return "lowest level" if self.aversion is None else f"equal level at aversion {float(self.aversion):g}"

    @property
    def title(self) -> str:
        """What the line shows, in words; between stated points the best is known to be at least that."""
        return f"Best possible{'' if self.is_exact else ', at stated points'}, in fractions of posts"

    @property
    def is_exact(self) -> bool:
        """Whether the line is known everywhere, and not at stated points alone."""
        return self.aversion is None

    @property
    def is_point(self) -> bool:
        """Whether nothing is to be traded: one plan is best in both."""
        return len(self.corners) == 1

    def amount_for(self, level: float) -> float | None:
        """Return the amount at which the line reaches a level; None above its best, the first corner below its least."""
        if level <= self.corners[0].level:
            return self.corners[0].limit
        for left, right in zip(self.corners, self.corners[1:], strict=False):
            if level <= right.level:
                return left.limit + (right.limit - left.limit) * (level - left.level) / (right.level - left.level)
        return None


@dataclass(frozen=True)
class Point:
    """A certified plan on the way.

    Parameters
    ----------
    plan : Plan
    amount : int
        On the axis: hundredths of an FTE, or cents.
    level : Fraction
        The line's level of the plan, in its unit.
    bound : Fraction
        Level that no plan with this amount can pass, re-checked in exact integers.
    moved : int
        Hundredths of FTE added or given up.
    spent, core : Cents
        What all schools together have: all money, and core money.
    """

    plan: Plan
    amount: int
    level: Fraction
    bound: Fraction
    moved: int
    spent: int
    core: int

    @property
    def gap(self) -> Fraction:
        """What a better search could still gain at most."""
        return max(Fraction(0), self.bound - self.level)

    @property
    def is_proven(self) -> bool:
        """Whether the search for this plan's own goal ended within its tolerance."""
        return self.plan.outcome is OutcomeKind.PROVEN


class Tracer:
    """Traces a line and judges plans by it; it keeps the live model, so it belongs to one thread.

    Parameters
    ----------
    district : District
    scenario : Scenario
        Its rules hold along the whole line.
    axis : Axis
    setting : str
        Of the dial: "infinity" raises the lowest level, any other the equal level at its aversion, which is above zero.
    """

    def __init__(self, district: District, scenario: Scenario, axis: Axis, setting: str = LOWEST) -> None:
        self.district, self.scenario, self.axis, self.setting = district, scenario, axis, setting
        self.view = scenario.view(district)
        self.stage = stage_of(self.view, setting)
        possible = possible_problem(self.view, scenario.rules)
        self._live: LowestAgainst | EquivalentAgainst | None = None
        if possible is None:
            return
        # The limit that moves is open to begin with, so whatever plan there was there still is.
        rule = _open_rule(axis)
        cells = build_cells(build_problem(self.view, (*scenario.rules, rule)))
        if cells.coupling and cells.coupling[-1].rule == rule.code:
            model = build_projected(cells, possible[1])
            number = len(cells.coupling) - 1
            if self.stage.aversion is None:
                self._live = LowestAgainst(model, number, self.stage)
            else:
                self._live = EquivalentAgainst(model, number, self.stage)

    @property
    def exists(self) -> bool:
        """Whether there is anything to trace: a plan, and more than one school (or post) to choose among."""
        return self._live is not None

    def line(self) -> Line:
        """Return every corner; at a finite aversion stated points."""
        corners = tuple(self._on_axis(look) for look in self._model.corners())
        return Line(self.axis, self.stage.unit, corners, self.stage.aversion)

    def ends(self) -> tuple[Look, Look]:
        """Return the two ends of the line."""
        first, last = self._model.ends()
        return self._on_axis(first), self._on_axis(last)

    def look(self, amount: float) -> Look:
        """Return the best level at an amount, with its price: the limit's own dual."""
        factor, constant = self._shift
        return self._on_axis(self._model.look((amount + constant) / factor))

    def _on_axis(self, look: Look) -> Look:
        factor, constant = self._shift
        return Look(look.limit * factor - constant, look.level, look.price / factor)

    def point(self, plan: Plan) -> Point:
        """Return a plan as a point, with what is proven about its amount."""
        today, allocation = self.view.district, plan.allocation
        amount = amount_of(self.axis, today, allocation)
        factor, constant = self._shift
        # Pay is rounded to cents post by post, so a plan may have up to a cent more in each of them than posts cost.
        cents = 0 if self.axis is Axis.MOVES else self._model.limit.cents
        limit = (amount - cents if self.axis is Axis.TOTAL else amount + cents) + constant
        bound = self._model.bound(limit / factor) * (1 + DIGITS)
        return Point(
            plan,
            amount,
            self.level_of(allocation),
            bound,
            fte_moved(today, allocation),
            money_together(today, allocation, Money.ALL) // 100,
            money_together(today, allocation, Money.CORE) // 100,
        )

    def level_of(self, allocation: Allocation) -> Fraction:
        """Return the level of an allocation that the line raises; zero where somebody has none and that is worth nothing."""
        levels = unit_levels(self.stage.units, self.view, allocation)
        if self.stage.aversion is None:
            return min(levels)
        if self.stage.reference is None and min(levels) <= 0:
            return Fraction(0)
        return Fraction(equivalent_of(self.stage, levels))

    @property
    def _model(self) -> LowestAgainst | EquivalentAgainst:
        if self._live is None:
            raise ValueError("There is no line here; ask `exists` first.")
        return self._live

    @property
    def _shift(self) -> tuple[float, int]:
        """Return factor and constant between a rule's limit and the axis: amount = limit * factor - constant."""
        if self.axis is Axis.MOVES:
            return 1.0, sum(fte for _, fte in self.view.district.today.fte)
        return (0.01, 0) if self.axis is Axis.COST else (1.0, 0)


def amount_of(axis: Axis, district: District, allocation: Allocation) -> int:
    """Return where a plan stands on an axis: hundredths of FTE moved, cents that schools have, or cents of core money.

    Parameters
    ----------
    axis : Axis
    district : District
        As the scenario has it.
    allocation : Allocation

    Returns
    -------
    int
        In hundredths of FTE, or in cents rounded up.
    """
    if axis is Axis.MOVES:
        return fte_moved(district, allocation)
    # A part of a cent more is a cent more.
    return -(-money_together(district, allocation, Money.ALL if axis is Axis.COST else Money.CORE) // 100)


def stage_of(view: ScenarioView, setting: str) -> RaiseEquivalent:
    """Return the stage that raises the level of a setting over the scenario's own units, without a ceiling."""
    stage = dial_stage(view)
    if setting == LOWEST:
        return dataclasses.replace(stage, aversion=None, ceiling=None, reference=None)
    own = view.scenario.objective
    value = own.own_aversion if isinstance(own, RaiseByDial) else Decimal(0)
    return dataclasses.replace(stage, aversion=aversion_of(setting, value), ceiling=None)


def settings_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the settings of the dial by which a line can be traced, the scenario's own first."""
    own = scenario.objective
    first = LOWEST
    if isinstance(own, RaiseByDial) and own.aversion != "0" and (own.aversion != OWN or own.own_aversion > 0):
        first = own.aversion
    return tuple(dict.fromkeys((first, LOWEST, *NAMED[1:])))


def undominated(axis: Axis, points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points beside which no other is at least as good in both and better in one; of equal ones the first."""
    sign = -1 if axis is Axis.TOTAL else 1
    kept: list[Point] = []
    for point in sorted(points, key=lambda each: (sign * each.amount, -each.level)):
        if not kept or point.level > kept[-1].level:
            kept.append(point)
    return tuple(kept)


def _open_rule(axis: Axis) -> Rule:
    """Return the rule whose limit moves, so wide that it limits nothing."""
    if axis is Axis.MOVES:
        return MovedPosts(Decimal(100_000))
    if axis is Axis.COST:
        return SpendingTogether(Decimal(100_000_000_000))
    return SpendingTogether(Decimal(0), Side.LEAST, Money.CORE)
