"""How near a finished plan is to what no plan can pass, in the goal's own unit: one number for every objective."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from equity_alloc.domain.money import print_dollars
from equity_alloc.objectives.base import LowerDistance, LowerLargestLoad, LowerLoads, RaiseLowest
from equity_alloc.planning.plan import Plan

#: Dollars per weighted pupil below which a better lowest level is not searched for in whole numbers.
WORTH_A_SEARCH = Fraction(1, 4)
#: Hundredths by which a gap that was found as a float may exceed what it stands for.
NOISE = 1e-6


@dataclass(frozen=True, slots=True)
class Nearness:
    """What a plan in whole posts and cents reaches, and the bound that it stays within.

    Parameters
    ----------
    reached, bound : float
        In `unit`.
    gap : float
        Zero or more, in `unit`; for distances dollars per weighted pupil.
    unit : str
    method : str
        How the bound was found and re-checked, in plain words.
    """

    reached: float
    bound: float
    gap: float
    unit: str
    method: str


def nearness_of(plan: Plan) -> Nearness | None:
    """Return how near a plan is to the best that can be, or None where no bound was proven.

    The bound is for dollars and posts in any fraction, so it holds all the more for posts in their steps; where posts
    alone make up levels, the sums of their steps give a lower one.
    """
    logs = [log for log in plan.stages if log.bound is not None]
    if not logs or logs[0].bound is None:
        return None
    bound, method, unit = logs[0].bound, logs[0].method, logs[0].unit
    stage = next(plan.scenario.objective.stages(plan.view))
    if logs[0].title != stage.title:
        # A re-allocation seeks the fewest moves and not the scenario's goal, so its goal is not what was proven.
        return Nearness(logs[0].value, bound, abs(logs[0].value - bound), unit, method)
    proof = plan.certificate.proof
    if isinstance(stage, RaiseLowest) and proof is not None and float(Fraction(proof.bound)) < bound:
        bound, method = float(Fraction(proof.bound)), "worked out in exact numbers, without the solver"
    score = float(plan.scenario.objective.score(plan.view, plan.allocation)[0])
    if isinstance(stage, LowerDistance):
        pupils = float(sum(plan.view.weighted_pupils.values()))
        gap = max(0.0, -score - bound) / pupils if pupils else 0.0
        return Nearness(-score, bound, gap, "dollars per weighted pupil", method)
    if isinstance(stage, LowerLargestLoad) or (isinstance(stage, LowerLoads) and stage.is_burden):
        return Nearness(-score, bound, max(0.0, -score - bound), unit, method)
    return Nearness(score, bound, max(0.0, bound - score), unit, method)


def is_near(plan: Plan) -> bool:
    """Whether a lowest level in dollars is so near to its bound that no search of seconds is worth what it could find."""
    proof = plan.certificate.proof
    return proof is not None and proof.unit.startswith("dollars") and proof.gap <= WORTH_A_SEARCH


def at_most(gap: Fraction | float, unit: str) -> str:
    """Return how far a plan may stand from a bound at most, rounded up: "no more than" must stay true as it is printed.

    Examples
    --------
    >>> at_most(Fraction(4081, 1000), "dollars per weighted pupil")
    '$4.09'
    >>> at_most(0.02, "share of target"), at_most(0.5, "pupils for each full-time post")
    ('2.00 %', '0.50')
    """
    size = 10_000 if unit.startswith("share") else 100
    hundredths = hundredths_up(gap * size)
    if unit.startswith("share"):
        return f"{hundredths / 100:.2f} %"
    if unit.startswith("dollars"):
        return print_dollars(hundredths, with_cents=True)
    return f"{hundredths / 100:,.2f}"


def hundredths_up(gap: Fraction | float) -> int:
    """Round up to a whole number; what is a float may be a little more than it should be."""
    return ceil(gap if isinstance(gap, Fraction) else gap - NOISE)
