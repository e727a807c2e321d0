"""What one more post, or more of a line, at one school would cost, who could pay it, and what it takes from whom.

The scenario is solved again with the post held at the school, in two ways: on top of everything that the plan gives the
school otherwise, so that others pay; and with the school's other posts free to give way. Money that pays for both is the
same money, so the two bracket what a decision can mean.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.fte import pay_of, print_fte
from equity_alloc.domain.money import Cents
from equity_alloc.planning.difference import best_levels
from equity_alloc.planning.keeping import Keeping, keeping_of
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.post_prices import Room
from equity_alloc.planning.salary_basis import ActualCost, actual_cost
from equity_alloc.planning.summary import school_rows
from equity_alloc.planning.what_goes import last_words
from equity_alloc.planning.who_may_pay import Payer, who_may_pay
from equity_alloc.rules.school_least import SchoolLeast


class Way(StrEnum):
    """What the school itself gives for it."""

    ON_TOP = "on top of everything else that the plan gives the school"
    IN_PLACE = "with the school's other posts and lines free to give way"


@dataclass(frozen=True, slots=True)
class Ask:
    """So much more of a position or line at one school than the plan gives it.

    Parameters
    ----------
    school, item : str
    title : str
    is_position : bool
    by : int
        Hundredths of an FTE, or cents; above zero.
    today, plan : int
        What the school has today, and in the plan without it.
    cost : Cents
        As the plan prices it: of a position at the district's average salary and benefits.
    """

    school: str
    item: str
    title: str
    is_position: bool
    by: int
    today: int
    plan: int
    cost: Cents


@dataclass(frozen=True, slots=True)
class Taken:
    """What changes at one school when the post is held.

    Parameters
    ----------
    school : str
    cents : Cents
        Core money, after less before.
    other : Cents
        Money of funds that do not count.
    level : tuple of (float, float) or None
        Before and after, in the scenario's unit.
    items : tuple of (str, bool, int)
        Title, whether it is a position, and the change in hundredths or cents; largest first within each.
    ends : tuple of (str, str)
        Titles of which the plan without it gives the school something and the one with it nothing, with what is said of that.
    """

    school: str
    cents: Cents
    other: Cents
    level: tuple[float, float] | None
    items: tuple[tuple[str, bool, int], ...]
    ends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """The scenario solved again with the post held.

    Parameters
    ----------
    way : Way
    keeping : Keeping
        The plan, or why there is none and the ways out. Rules from `first_held` on hold the school's other posts.
    first_held : int
    taken : tuple of Taken
        Every school at which something changes; empty without a plan.
    best_change : Fraction or None
        By how much the best lowest level, before whole posts, is lower (below zero) or higher for it, in cents per unit of
        weight; None without a plan, and where the goal is not to raise the lowest first.
    """

    way: Way
    keeping: Keeping
    first_held: int
    taken: tuple[Taken, ...]
    best_change: Fraction | None

    @property
    def plan(self) -> Plan | None:
        """The plan with the post, where there is one."""
        return self.keeping.made if isinstance(self.keeping.made, Plan) else None


@dataclass(frozen=True)
class OneMore:
    """Everything that is known of one more.

    Parameters
    ----------
    before : Plan
    ask : Ask
    rule : SchoolLeast
        Holds it at the school; a scenario with it is what the answers solve.
    actual : ActualCost or None
        None for lines, and where no post's actual cost is known.
    payers : tuple of Payer
    against : tuple of int
        Rules of the plan that would not let it be added to the plan as it is.
    answers : tuple of Answer
        On top, and in place.
    """

    before: Plan
    ask: Ask
    rule: SchoolLeast
    actual: ActualCost | None
    payers: tuple[Payer, ...]
    against: tuple[int, ...]
    answers: tuple[Answer, ...]


def one_more(plan: Plan, school: str, item: str, by: int) -> OneMore:
    """Return what so much more of a position or line at a school would cost, and what it takes from whom.

    Parameters
    ----------
    plan : Plan
    school, item : str
        Code of the school; code of a position, or name of a line.
    by : int
        Hundredths of an FTE in the position's steps, or cents.

    Raises
    ------
    UnknownCode
        If there is no such school, position or line.
    InvalidValue
        If it is not above zero, not in the position's steps, or less than the smallest post.
    """
    ask = _ask(plan, school, item, by)
    rule = _floor(ask.school, ask.item, ask.plan + ask.by, is_position=ask.is_position)
    best = best_levels(plan)
    return OneMore(
        plan,
        ask,
        rule,
        actual_cost(plan.district, ask.school, ask.item),
        tuple(who_may_pay(plan, ask.school, ask.item)),
        Room(plan).rules_at([school], item, by) if ask.is_position else (),
        tuple(_answer(plan, ask, rule, way, best) for way in Way),
    )


def _ask(plan: Plan, school: str, item: str, by: int) -> Ask:
    district = plan.view.district
    if school not in district.school_of:
        raise UnknownCode(f"There is no school with code {school}. The page District lists every code.")
    if by <= 0:
        raise InvalidValue("Ask for more than zero.")
    position = district.position_of.get(item)
    if position is None:
        if item not in district.lines:
            raise UnknownCode(unknown_item_words(district, item))
        today, now = (a.by_school_line.get((school, item), 0) for a in (district.today, plan.allocation))
        return Ask(school, item, item, False, by, today, now, by)
    if by % position.step:
        raise InvalidValue(
            f"{position.title} comes in steps of {print_fte(position.step)} FTE. Ask for a multiple of it."
        )
    today, now = (a.fte_of.get((school, item), 0) for a in (district.today, plan.allocation))
    if now + by < position.smallest:
        steps = -(-(position.smallest - now) // position.step)
        raise InvalidValue(
            f"The smallest post of {position.title} is {print_fte(position.smallest)} FTE. Ask for at least "
            f"{print_fte(steps * position.step)} more."
        )
    return Ask(school, item, position.title, True, by, today, now, pay_of(by, position.cost))


def unknown_item_words(district: District, item: str) -> str:
    """Return that there is no such position or line, and which ones there are."""
    positions = ", ".join(f"{code} ({position.title})" for code, position in district.position_of.items())
    return f"There is no position or line called {item}. Positions: {positions}. Lines: {', '.join(district.lines)}."


def _floor(school: str, item: str, amount: int, *, is_position: bool) -> SchoolLeast:
    exact = Decimal(amount) / 100
    return SchoolLeast(school, item, least_fte=exact) if is_position else SchoolLeast(school, item, least_dollars=exact)


def _answer(plan: Plan, ask: Ask, rule: SchoolLeast, way: Way, best: Mapping[str, Fraction] | None) -> Answer:
    held = tuple(_rest(plan, ask)) if way is Way.ON_TOP else ()
    scenario = dataclasses.replace(plan.scenario, rules=(*plan.scenario.rules, *held))
    keeping = keeping_of(plan.district, scenario, rule)
    first_held = len(plan.scenario.rules) + 1
    if not isinstance(keeping.made, Plan):
        return Answer(way, keeping, first_held, (), None)
    after = best_levels(keeping.made)
    change = min(after.values()) - min(best.values()) if best and after else None
    return Answer(way, keeping, first_held, tuple(_taken(plan, keeping.made)), change)


def _rest(plan: Plan, ask: Ask) -> Iterator[SchoolLeast]:
    """Yield a floor for everything else that the plan gives the school."""
    district, has = plan.view.district, plan.allocation
    for position in district.positions:
        fte = has.fte_of.get((ask.school, position.code), 0)
        if fte and position.code != ask.item:
            yield _floor(ask.school, position.code, fte, is_position=True)
    for line in district.lines:
        cents = has.by_school_line.get((ask.school, line), 0)
        if cents and line != ask.item:
            yield _floor(ask.school, line, cents, is_position=False)


def _taken(before: Plan, after: Plan) -> Iterator[Taken]:
    """Yield what changes at every school at which something does, whoever gives most first."""
    found = []
    for old, new in zip(school_rows(before), school_rows(after), strict=True):
        items = tuple(_items(before, after, old.code))
        cents, other = new.counted_plan - old.counted_plan, new.other_plan - old.other_plan
        if items or cents or other:
            known = old.level_plan is not None and new.level_plan is not None
            level = (old.level_plan or 0.0, new.level_plan or 0.0) if known else None
            found.append(Taken(old.code, cents, other, level, items, tuple(_ends(before, after, old.code))))
    yield from sorted(found, key=lambda each: (each.cents, each.school))


def _ends(before: Plan, after: Plan, school: str) -> Iterator[tuple[str, str]]:
    """Yield every position and line that a school has in one plan and no more in the other."""
    had, has = before.allocation, after.allocation
    for position in before.view.district.positions:
        key = (school, position.code)
        if words := last_words(had.fte_of.get(key, 0), has.fte_of.get(key, 0)):
            yield position.title, words
    for line in before.view.district.lines:
        if had.by_school_line.get((school, line), 0) and not has.by_school_line.get((school, line), 0):
            yield line, " (nothing is left)"


def _items(before: Plan, after: Plan, school: str) -> Iterator[tuple[str, bool, int]]:
    district = before.view.district
    for position in district.positions:
        change = after.allocation.fte_of.get((school, position.code), 0) - before.allocation.fte_of.get(
            (school, position.code), 0
        )
        if change:
            yield position.title, True, change
    for line in district.lines:
        change = after.allocation.by_school_line.get((school, line), 0) - before.allocation.by_school_line.get(
            (school, line), 0
        )
        if change:
            yield line, False, change
