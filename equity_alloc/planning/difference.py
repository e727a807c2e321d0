"""Why did one school get more than another? The difference of their core money as parts that add up to it exactly.

A school's core money is its level times its weight (weighted pupils, or a target). The difference of two products is
the difference of the weights at the mean of the levels, plus the difference of the levels at the mean of the weights:
an identity, and the only split that treats both schools alike. Weights split further by pupils and by need weight,
levels by what the best plan without steps gives and what steps and saved moves change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.district import School
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.money import Cents
from equity_alloc.objectives.base import RaiseLowest
from equity_alloc.planning.nearness import nearness_of
from equity_alloc.planning.own_limits import ends, limits_of_one_school, sets_end
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.relaxation import relax
from equity_alloc.scenario import LevelBasis

#: Part of a level below which a difference of best levels is the arithmetic's, not the rules'.
NOTHING = Fraction(1, 10**7)


class Why(StrEnum):
    """What a part of the difference comes from."""

    PUPILS = "pupils"
    NEED = "need weight"
    TARGET = "target"
    LEVEL = "level"
    BEST = "best level"
    STEPS = "whole posts and fewer moves"
    NO_WEIGHT = "money not by pupils"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a difference.

    Parameters
    ----------
    why : Why
    cents : Fraction
        Exact; below zero where it speaks for the other school.
    group : str
        Code of the student group of a need weight, else "".
    """

    why: Why
    cents: Fraction
    group: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """How far a school's own rules would let it come nearer to the other school's level.

    Parameters
    ----------
    school : str
    way : int
        -1 for the school with the higher level, 1 for the lower one.
    room : Cents
        Core money that it could have less, or more, by its own rules alone.
    rule : int or None
        Number of the rule that says so; None where the limits of its posts and lines do.
    """

    school: str
    way: int
    room: Cents
    rule: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The core money of one school less that of another.

    Parameters
    ----------
    school, against : str
    per_pupil : bool
        Cents per pupil rather than cents.
    total : Fraction
        Equal to the sum of the parts.
    parts : tuple of Part
    levels : tuple of (Fraction or None, Fraction or None)
        Of the school and of the other, in cents per unit of weight.
    stops : tuple of Stop
        Of the school with the higher level and of the other; empty where their levels differ by no more than `open_by`.
    open_by : Fraction
        What the plan leaves open of a level, in cents per unit of weight: the tolerance, or how far either school is from
        its best level (where no best levels are known, how far the plan may be from the best), whichever is more.
    on_top : Cents
        Difference of money that is not core money, in dollars over all pupils.
    """

    school: str
    against: str
    per_pupil: bool
    total: Fraction
    parts: tuple[Part, ...]
    levels: tuple[Fraction | None, Fraction | None]
    stops: tuple[Stop, ...]
    open_by: Fraction
    on_top: Cents


def best_levels(plan: Plan) -> dict[str, Fraction] | None:
    """Return each school's best level in cents per unit of weight, before moves are saved and posts are rounded.

    None where the goal is not to raise the lowest first: its best levels are then not those of the relaxation.
    """
    if not isinstance(next(plan.scenario.objective.stages(plan.view)), RaiseLowest):
        return None
    best = relax(plan.view)
    if best is None:
        raise AssertionError("No plan without steps, though there is one with them.")
    has_level = dict(plan.view.levels.weights)
    levels = zip(best.cells.schools, best.levels.tolist(), strict=True)
    return {code: Fraction(level) for code, level in levels if code in has_level}


def difference(
    plan: Plan, school: str, against: str, *, best: Mapping[str, Fraction] | None = None, per_pupil: bool = False
) -> Difference:
    """Return the core money of a school less that of another, in parts that add up to it exactly.

    Parameters
    ----------
    plan : Plan
    school, against : str
        Codes of two schools.
    best : mapping of str to Fraction, or None
        From `best_levels`; without it the difference of levels is one part.
    per_pupil : bool

    Raises
    ------
    UnknownCode
        If there is no school with a code.
    InvalidValue
        If both are the same, or one has no pupils to divide by.
    """
    view = plan.view
    for code in (school, against):
        if code not in view.district.school_of:
            raise UnknownCode(f"There is no school with code {code}. The page District lists every code.")
    if school == against:
        raise InvalidValue("A school differs from another one, not from itself. Choose two schools.")
    pair = view.district.school_of[school], view.district.school_of[against]
    without = next((each.label for each in pair if per_pupil and not each.enrollment), None)
    if without is not None:
        raise InvalidValue(f"{without} has no pupils, so it has no dollars per pupil. Compare dollars instead.")
    size = [Fraction(each.enrollment) if per_pupil else Fraction(1) for each in pair]
    has = [Fraction(view.district.counted_dollars(plan.allocation, each.code)) for each in pair]
    weights = [dict(view.levels.weights).get(each.code, Fraction(0)) for each in pair]
    levels = tuple(cents / weight if weight else None for cents, weight in zip(has, weights, strict=True))
    known = [level for level in levels if level is not None]
    mean = sum(known, Fraction(0)) / max(1, len(known))
    parts = _of_weights(plan, pair, weights, size, mean)
    if levels[0] is not None and levels[1] is not None:
        mean_weight = (weights[0] / size[0] + weights[1] / size[1]) / 2
        parts += _of_levels((levels[0], levels[1]), (school, against), mean_weight, best)
    parts += [
        Part(Why.NO_WEIGHT, sign * cents / by)
        for sign, cents, by, level in zip((1, -1), has, size, levels, strict=True)
        if level is None
    ]
    open_by = _open_by(plan, (school, against), levels, best)
    on_top = [plan.allocation.school_dollars(each.code) - int(core) for each, core in zip(pair, has, strict=True)]
    return Difference(
        school,
        against,
        per_pupil,
        has[0] / size[0] - has[1] / size[1],
        tuple(part for part in parts if part.cents),
        (levels[0], levels[1]),
        _stops(plan, (school, against), levels, open_by),
        open_by,
        on_top[0] - on_top[1],
    )


def _of_weights(
    plan: Plan, pair: tuple[School, School], weights: list[Fraction], size: list[Fraction], mean: Fraction
) -> list[Part]:
    """Return what the schools' weights differ by, at the mean of their levels; a school without weight has none."""
    if plan.scenario.basis is LevelBasis.TARGET:
        return [Part(Why.TARGET, (weights[0] / size[0] - weights[1] / size[1]) * mean)]
    counts = [1 if weight else 0 for weight in weights]
    pupils = [Fraction(each.enrollment * n) / by for each, n, by in zip(pair, counts, size, strict=True)]
    parts = [Part(Why.PUPILS, (pupils[0] - pupils[1]) * mean)]
    for need in plan.scenario.need_weights:
        if need.weight:
            # A count that lacks here has already been refused, with the levels.
            group = [
                Fraction((each.group(need.group) or 0) * n) / by for each, n, by in zip(pair, counts, size, strict=True)
            ]
            parts.append(Part(Why.NEED, Fraction(need.weight) * (group[0] - group[1]) * mean, need.group))
    return parts


def _of_levels(
    levels: tuple[Fraction, Fraction],
    codes: tuple[str, str],
    mean_weight: Fraction,
    best: Mapping[str, Fraction] | None,
) -> list[Part]:
    """Return what the schools' levels differ by, at the mean of their weights."""
    apart = levels[0] - levels[1]
    if best is None:
        return [Part(Why.LEVEL, apart * mean_weight)]
    at_best = best[codes[0]] - best[codes[1]]
    if abs(at_best) <= NOTHING * (abs(best[codes[0]]) + abs(best[codes[1]])) / 2:
        at_best = Fraction(0)
    return [Part(Why.BEST, at_best * mean_weight), Part(Why.STEPS, (apart - at_best) * mean_weight)]


def _open_by(
    plan: Plan, codes: tuple[str, str], levels: tuple[Fraction | None, ...], best: Mapping[str, Fraction] | None
) -> Fraction:
    """Return what a plan in whole steps leaves open of two levels: a difference within it says nothing about rules."""
    is_share = plan.scenario.basis is LevelBasis.TARGET
    open_by = Fraction(1, 2000) if is_share else Fraction(plan.scenario.tolerance)
    if best is not None:
        gaps = [abs(best[code] - level) for code, level in zip(codes, levels, strict=True) if level is not None]
        return max(open_by, *gaps) if gaps else open_by
    near = nearness_of(plan)
    if near is None or near.unit != plan.view.levels.unit:
        return open_by
    return max(open_by, Fraction(near.gap) * plan.view.levels.cents_per_unit)


def _stops(
    plan: Plan, codes: tuple[str, str], levels: tuple[Fraction | None, ...], open_by: Fraction
) -> tuple[Stop, ...]:
    first, second = levels
    if first is None or second is None:
        return ()
    if abs(first - second) <= open_by:
        return ()
    ordered = codes if first > second else codes[::-1]
    bounds, limits = ends(plan.view), limits_of_one_school(plan.view)
    found = []
    for code, way in zip(ordered, (-1, 1), strict=True):
        end = bounds[code][way > 0]
        rule = next((number for number, limit in limits.get(code, []) if sets_end(limit, end, way)), None)
        room = max(0, (end - plan.view.district.counted_dollars(plan.allocation, code)) * way)
        found.append(Stop(code, way, room, rule))
    return tuple(found)
