"""What a plan leaves open so that posts stay whole and fewer of them move: how far schools end from the goal's own best.

A scenario lets every level stay so many dollars per weighted pupil below its best. What schools lack by that is money that
need not move, so it stays at a school that would else give up more, though the school's own rules would let it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.money import Cents
from equity_alloc.objectives.base import RaiseLowest
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.relaxation import relax

#: Cents that are the arithmetic's of levels, not anybody's money.
ALIKE = 100


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What the goal alone, in fractions of posts and with no move saved, would change at a school in its own direction.

    Parameters
    ----------
    cents : Cents
        So much more it would give up or gain; above zero.
    per_pupil : Cents
        What the scenario lets every level stay below its best, per weighted pupil; no school lacks more.
    level_with : int
        So many other schools would end at its level with it; none where its own rules stop it first.
    from_lower : bool
        Whether what it kept beyond could come from no school but such as have a lower level: all core money is used, and
        whoever has a higher one is at the least that its own rules allow.
    """

    cents: Cents
    per_pupil: Cents
    level_with: int
    from_lower: bool


def left_open(plan: Plan, wanted: Mapping[str, int], least: Mapping[str, Cents]) -> dict[str, LeftOpen]:
    """Return what is left open at schools, by code; those are left out where nothing is, or where that is not known.

    It is known where the goal raises the lowest level first and no rule couples schools, so that filling gives the best levels
    exactly, and where no school is further below its best than the scenario lets it be.

    Parameters
    ----------
    plan : Plan
    wanted : mapping of str to int
        The schools that are asked about, by code, with the direction in which each changes: 1 gains, -1 gives up.
    least : mapping of str to Cents
        The least core money that each school's own rules allow, by code.
    """
    view, per_pupil = plan.view, plan.scenario.tolerance
    if not wanted or not per_pupil or not isinstance(next(plan.scenario.objective.stages(view)), RaiseLowest):
        return {}
    best = relax(view)
    if best is None or best.cells.is_coupled:
        return {}
    weights = dict(view.levels.weights)
    known = {
        code: Fraction(level) * weights[code]
        for code, level in zip(best.cells.schools, best.levels.tolist(), strict=True)
        if code in weights
    }
    has = {code: view.district.counted_dollars(plan.allocation, code) for code in known}
    most = max(1, per_pupil)
    if any(cents - has[code] > most * max(view.weighted_pupils[code], Fraction(1)) for code, cents in known.items()):
        return {}
    can_give = [(has[code] / weights[code], code) for code in known if has[code] - least[code] >= ALIKE]
    is_used = not any(each.unallocated for each in plan.certificate.funds if view.district.fund_of[each.code].counts)
    found = {}
    for code, way in wanted.items():
        cents = round((known[code] - has[code]) * way) if code in known else 0
        if cents >= ALIKE:
            others = [level for level, other in can_give if other != code]
            lower = bool(others) and max(others) < has[code] / weights[code]
            found[code] = LeftOpen(cents, per_pupil, _level_with(code, known, weights), is_used and lower)
    return found


def _level_with(code: str, known: Mapping[str, Fraction], weights: Mapping[str, Fraction]) -> int:
    """Return how many other schools have the same best level."""
    own = known[code] / weights[code]
    return sum(abs(cents - own * weights[other]) < ALIKE for other, cents in known.items() if other != code)
