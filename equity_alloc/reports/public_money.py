"""Core money that follows hidden counts: where levels are left out, money that is held level would still tell them.

A school that ends level with others, at its target or at what the formula gives has dollars that are its counts times
something that the others show. So its dollars in the plan are told as what the same counts would bring that the public can
work out (`with_estimates`). They add up to the true sum, which the others and the total show anyway.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.formulas.use import Use
from equity_alloc.objectives.base import LowerDistance
from equity_alloc.planning.held_words import CLOSE
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.pool import pool_of
from equity_alloc.planning.reason import Reason
from equity_alloc.scenario import ScenarioView

#: For so many schools of the district one may stand level with a school by chance; with fewer beside it nobody can tell.
BY_CHANCE = 12

#: What documents say where money is told so.
NOTE = (
    "Some schools' core dollars in the plan follow counts that are left out. They are told as an estimate from the counts that "
    "are shown. What all schools get together is exact; what some of them gain or give up together rests on the estimates."
)


#: What is said of one school.
ESTIMATE = (
    "This amount is an estimate: it follows counts of pupils that are too small to be shown, and is worked out from those that "
    "are. The district office has the exact amount."
)


class _Claims(NamedTuple):
    """What core money may be in proportion to, by school: what a formula gives, targets, weights of levels."""

    formula: dict[str, Fraction]
    targets: dict[str, Fraction]
    levels: dict[str, Fraction]


def tied_schools(plan: Plan, reasons: Sequence[Reason]) -> dict[str, str]:
    """Return the schools whose core money is in proportion to something that others tell, and to what.

    A school that keeps what it has, or stands at an end that its own rules set, is not among them: that follows from last year.

    Parameters
    ----------
    plan : Plan
    reasons : sequence of Reason
        Of this plan.

    Returns
    -------
    dict of str to str
        By code: "formula", "targets" or "levels".
    """
    claims, level = _claims(plan.view), _held_level(reasons)
    found = {}
    for reason in reasons:
        code, core = reason.row.code, reason.row.counted_plan
        if code in claims.formula and abs(core - claims.formula[code]) < CLOSE:
            found[code] = "formula"
        elif not reason.room:
            continue
        elif code in claims.targets and abs(core - claims.targets[code]) < CLOSE:
            found[code] = "targets"
        elif code in level and code in claims.levels:
            found[code] = "levels"
    return found


def _held_level(reasons: Sequence[Reason]) -> frozenset[str]:
    """Return the schools of which more stand level, all with each other, than chance brings about."""
    level = {reason.name: reason.row.level_plan or 0.0 for reason in reasons}
    at_least = 1 + max(1, -(-len(reasons) // BY_CHANCE))
    found: set[str] = set()
    for reason in reasons:
        # Schools from this one up to the tolerance above it stand level with each other.
        above = {reason.name, *(name for name in reason.level_with if level[name] >= level[reason.name])}
        if len(above) >= at_least:
            found |= above
    return frozenset(reason.row.code for reason in reasons if reason.name in found)


def follows(plan: Plan) -> tuple[tuple[str, ...], tuple[Decimal, ...]]:
    """Return the student groups whose counts core money may follow, and with which weights; without weights by a formula."""
    if plan.scenario.formula is not None:
        return tuple(group.code for group in plan.district.groups), ()
    needs = [need for need in plan.scenario.need_weights if need.weight]
    return tuple(need.group for need in needs), tuple(need.weight for need in needs)


def told_money(plan: Plan, reasons: Sequence[Reason], rebuilt: District, hidden: Collection[str]) -> dict[str, Cents]:
    """Return the core money of the schools for which an estimate is told, by code.

    Parameters
    ----------
    plan : Plan
    reasons : sequence of Reason
    rebuilt : District
        As the public can rebuild it.
    hidden : collection of str
        Schools with a count that is hidden. An estimate that happens to be right is told as one too: a school whose money fits
        the others' level to the cent would give its count away.
    """
    true, told = _claims(plan.view), _claims(plan.scenario.view(rebuilt))
    rows = {reason.row.code: reason.row for reason in reasons}
    wanted: dict[str, Fraction] = {}
    for code, kind in tied_schools(plan, reasons).items():
        claim, same = (getattr(each, kind).get(code, 0) for each in (true, told))
        if claim and code in hidden:
            wanted[code] = rows[code].counted_plan * Fraction(same) / claim
    total = sum(rows[code].counted_plan for code in wanted)
    # Whether a school gains or gives up stays as it is: letters, lists and the word "gains" rest on it.
    room = {code: _room(rows[code].counted_today, rows[code].counted_plan) for code in wanted}
    return _fit(wanted, total, room)


def told_reasons(reasons: Sequence[Reason], told: Mapping[str, Cents]) -> tuple[Reason, ...]:
    """Return the reasons as they are told in public; how far a school could still go would give its money away."""
    if not told:
        return tuple(reasons)
    rows = {
        reason.row.code: dataclasses.replace(
            reason.row, counted_plan=told.get(reason.row.code, reason.row.counted_plan)
        )
        for reason in reasons
    }
    names = {reason.row.code: reason.name for reason in reasons}
    pool = pool_of(tuple(rows.values()), names, reasons[0].pool.unallocated, rounding=reasons[0].pool.rounding)
    return tuple(
        dataclasses.replace(
            reason, row=rows[code], pool=pool, room=None if code in told else reason.room, off_target=None
        )
        for reason in reasons
        for code in (reason.row.code,)
    )


def told_allocation(district: District, allocation: Allocation, told: Mapping[str, Cents]) -> Allocation:
    """Return the allocation with the money that is told: the largest amount of core money at a school takes the difference."""
    amounts = {True: dict(allocation.pay), False: dict(allocation.dollars)}
    for school, cents in told.items():
        over = cents - district.counted_dollars(allocation, school)
        here = [
            (amount, is_pay, key)
            for is_pay, each in amounts.items()
            for key, amount in each.items()
            if key[0] == school and district.fund_of[key[2]].counts
        ]
        _, is_pay, key = max(here)
        amounts[is_pay][key] += over
    return Allocation.of(allocation.fte_of, amounts[True], amounts[False])


def _claims(view: ScenarioView) -> _Claims:
    formula: dict[str, Fraction] = {}
    use = view.scenario.formula
    if use is not None and use.use is not Use.TARGET:
        formula = {code: Fraction(cents) for code, cents in entitlements(use.text, use.salary, view.district).dollars}
    stage = next(view.scenario.objective.stages(view))
    targets = dict(stage.targets) if isinstance(stage, LowerDistance) else {}
    return _Claims(formula, targets, dict(view.levels.weights))


def _room(today: Cents, plan: Cents) -> tuple[Cents, Cents]:
    if plan == today:
        return today, today
    return (today + 1, 10**15) if plan > today else (0, today - 1)


def _fit(wanted: Mapping[str, Fraction], total: Cents, room: Mapping[str, tuple[Cents, Cents]]) -> dict[str, Cents]:
    """Return whole cents near what is wanted that add up to the total, each within its room."""
    told = {code: min(max(round(cents), room[code][0]), room[code][1]) for code, cents in wanted.items()}
    while left := total - sum(told.values()):
        free = [
            code for code in sorted(told) if (told[code] < room[code][1] if left > 0 else told[code] > room[code][0])
        ]
        each, over = divmod(abs(left), len(free))
        for place, code in enumerate(free):
            step = (each + (place < over)) * (1 if left > 0 else -1)
            told[code] = min(max(told[code] + step, room[code][0]), room[code][1])
    return told
