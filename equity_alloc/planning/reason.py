"""Why a school gains or gives up: the facts of a plan, exact in cents; `reason_words` makes a sentence of them."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.objectives.base import LoadStage, LowerDistance, LowerLargestLoad, LowerLoads
from equity_alloc.planning.baseline import rounding_of
from equity_alloc.planning.left_open import LeftOpen, left_open
from equity_alloc.planning.own_limits import ends, forces, limits_of_one_school, sets_end
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.pool import Pool, pool_of
from equity_alloc.planning.summary import SchoolRow, post_changes, school_rows
from equity_alloc.planning.what_goes import Felt, felt, last_words


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One position or line: proposal minus today, all funds.

    Parameters
    ----------
    title : str
    fte : Hundredths or None
        None for a line.
    cents : Cents
    last : str
        What is said where the school keeps nothing of a position; "" elsewhere.
    """

    title: str
    fte: Hundredths | None
    cents: Cents
    last: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a school's level compares today with the levels of the schools that go the other way.

    Parameters
    ----------
    passed, others : int
        Of `others` schools, `passed` are below a school that gives up, or above a school that gains.
    """

    passed: int
    others: int


@dataclass(frozen=True, slots=True)
class Load:
    """Pupils per full-time post at a school today and in the proposal, None without a post; and the largest anywhere."""

    position: str
    today: Fraction | None
    plan: Fraction | None
    largest: Fraction


@dataclass(frozen=True, slots=True)
class Reason:
    """What happens to one school's core money (the counted funds), and what the data say about why.

    Parameters
    ----------
    row : SchoolRow
    name : str
        With the code where another school has the same name.
    unit : str
        Of the row's levels.
    items : tuple of ItemChange
        All that change, largest change first; they add up to the row's change over all funds.
    funds : tuple of (str, Cents)
        Counted funds that pay more or less here, largest change first; they add up to the row's change of core money.
    pool : Pool
    forced : tuple of int
        Rules (by number) that do not allow what the school has today, in the direction of its change.
    holder : int or None
        The rule that sets how far the school can go in its direction; None where its posts and lines do.
    room : Cents or None
        How far the school's own rules would let it go on in its direction, at most; None where it does not change.
    beyond : Cents
        How far it went on past what its own rules allow: more than zero only in a plan that breaks one.
    level_with : tuple of str
        Where the plan raises levels: schools that end at the same level, within the scenario's tolerance.
    standing : Standing or None
        Where the plan raises levels.
    off_target : tuple of (Cents, Cents) or None
        Distance from the target, today and in the proposal, where the plan lowers such distances.
    load : Load or None
        Where the plan lowers the largest load of a post.
    felt : Felt
        Lines and posts at which its core money falls or rises.
    left_open : LeftOpen or None
        Where its own rules leave it room and it ends level with nobody: what the goal alone would change further.
    """

    row: SchoolRow
    name: str
    unit: str
    items: tuple[ItemChange, ...]
    funds: tuple[tuple[str, Cents], ...]
    pool: Pool
    forced: tuple[int, ...]
    holder: int | None
    room: Cents | None
    beyond: Cents
    level_with: tuple[str, ...]
    standing: Standing | None
    off_target: tuple[Cents, Cents] | None
    load: Load | None
    felt: Felt
    left_open: LeftOpen | None = None

    @property
    def change(self) -> Cents:
        """Proposal minus today, core money."""
        return self.row.counted_change

    @property
    def supplement(self) -> Cents:
        """Proposal minus today, money of funds that do not count."""
        return self.row.other_plan - self.row.other_today


def reasons(plan: Plan) -> tuple[Reason, ...]:
    """Return what the data say about every school's change, in order of codes."""
    rows = school_rows(plan)
    names = _names(rows)
    view = plan.view
    bounds, limits = ends(view), limits_of_one_school(view)
    stage = next(plan.scenario.objective.stages(view))
    raises = not isinstance(stage, LowerDistance | LowerLargestLoad | LowerLoads)
    ranks = _Ranks(plan, rows, names)
    items, funds, where, pool = (
        _items(plan),
        _funds(plan),
        felt(plan),
        pool_of(rows, names, _unallocated(plan), rounding=rounding_of(plan)),
    )
    found = []
    for row in rows:
        way = _way(row)
        end = bounds[row.code][way > 0]
        own = limits.get(row.code, [])
        found.append(
            Reason(
                row=row,
                name=names[row.code],
                unit=view.levels.unit,
                items=items[row.code],
                funds=funds[row.code],
                pool=pool,
                forced=tuple(dict.fromkeys(number for number, limit in own if forces(view, limit, way))),
                holder=next((number for number, limit in own if sets_end(limit, end, way)), None),
                room=max(0, (end - row.counted_plan) * way) if way else None,
                beyond=max(0, (row.counted_plan - end) * way),
                level_with=ranks.level_with(row) if raises else (),
                standing=ranks.standing(row) if raises else None,
                off_target=_off_target(row, stage) if isinstance(stage, LowerDistance) else None,
                load=_load(plan, row.code, stage) if isinstance(stage, LowerLargestLoad | LowerLoads) else None,
                felt=where[row.code],
            )
        )
    return _with_open(plan, found, {code: least for code, (least, _) in bounds.items()})


def _with_open(plan: Plan, found: list[Reason], least: Mapping[str, Cents]) -> tuple[Reason, ...]:
    """Add what is left open at the schools that their own rules would let go further, where no other school's level tells why not."""
    wanted = {each.row.code: _way(each.row) for each in found if each.room and not each.level_with and not each.beyond}
    left = left_open(plan, wanted, least)
    return (
        tuple(dataclasses.replace(each, left_open=left.get(each.row.code)) for each in found) if left else tuple(found)
    )


def _items(plan: Plan) -> dict[str, tuple[ItemChange, ...]]:
    changes: dict[tuple[str, str], Cents] = {}
    for allocation, sign in ((plan.allocation, 1), (plan.view.district.today, -1)):
        for (code, item, _), cents in (*allocation.pay, *allocation.dollars):
            changes[code, item] = changes.get((code, item), 0) + sign * cents
    found = {}
    for school in plan.view.district.schools:
        items = [
            ItemChange(
                each.title,
                each.plan - each.today if each.is_position else None,
                changes[school.code, each.item],
                last_words(each.today, each.plan) if each.is_position else "",
            )
            for each in post_changes(plan, school.code)
            if each.plan != each.today or changes.get((school.code, each.item))
        ]
        found[school.code] = tuple(sorted(items, key=lambda item: -abs(item.cents)))
    return found


def _funds(plan: Plan) -> dict[str, tuple[tuple[str, Cents], ...]]:
    today, proposal = plan.view.district.today.by_school_fund, plan.allocation.by_school_fund
    found = {}
    for school in plan.view.district.schools:
        changes = [
            (fund.title, proposal.get((school.code, fund.code), 0) - today.get((school.code, fund.code), 0))
            for fund in plan.view.district.funds
            if fund.counts
        ]
        found[school.code] = tuple(sorted((each for each in changes if each[1]), key=lambda each: -abs(each[1])))
    return found


def _unallocated(plan: Plan) -> Cents:
    counted = set(plan.view.district.counted_funds)
    return sum(fund.unallocated for fund in plan.certificate.funds if fund.code in counted)


class _Ranks:
    """Levels in order, so that schools are compared without going through all of them for each."""

    def __init__(self, plan: Plan, rows: Iterable[SchoolRow], names: dict[str, str]) -> None:
        levels = plan.view.levels
        self.names = names
        self.near = 0.0005 if levels.unit.startswith("share") else plan.scenario.tolerance / levels.cents_per_unit
        self.plan = sorted((row.level_plan, row.code) for row in rows if row.level_plan is not None)
        self.today = {
            way: sorted(row.level_today for row in rows if _way(row) == way and row.level_today is not None)
            for way in (-1, 1)
        }

    def level_with(self, row: SchoolRow) -> tuple[str, ...]:
        """Return the schools that end within the tolerance of a school's level, in order of codes."""
        if row.level_plan is None:
            return ()
        first = bisect_left(self.plan, (row.level_plan - self.near, ""))
        found = []
        for level, code in self.plan[first:]:
            if level > row.level_plan + self.near:
                break
            if code != row.code:
                found.append(code)
        return tuple(self.names[code] for code in sorted(found))

    def standing(self, row: SchoolRow) -> Standing | None:
        """Return how many of the schools that go the other way a school's level passes today."""
        way = _way(row)
        others = self.today.get(-way, [])
        if not way or row.level_today is None or not others:
            return None
        below, up_to = bisect_left(others, row.level_today), bisect_right(others, row.level_today)
        return Standing(below if way < 0 else len(others) - up_to, len(others))


def _off_target(row: SchoolRow, stage: LowerDistance) -> tuple[Cents, Cents] | None:
    target = dict(stage.targets).get(row.code)
    return None if target is None else (row.counted_today - round(target), row.counted_plan - round(target))


def _load(plan: Plan, school: str, stage: LoadStage) -> Load | None:
    pupils = dict(stage.loads)
    every = [_pupils_per_post(plan.allocation, stage.position, code, count) for code, count in stage.loads]
    known = [load for load in every if load is not None]
    if not pupils.get(school) or not known:
        return None
    today, now = (
        _pupils_per_post(allocation, stage.position, school, pupils[school])
        for allocation in (plan.view.district.today, plan.allocation)
    )
    return Load(plan.view.district.position_of[stage.position].title, today, now, max(known))


def _pupils_per_post(allocation: Allocation, position: str, school: str, pupils: Fraction) -> Fraction | None:
    fte = allocation.fte_of.get((school, position), 0)
    return pupils * 100 / fte if fte else None


def _names(rows: Iterable[SchoolRow]) -> dict[str, str]:
    shared = Counter(row.name for row in rows)
    return {row.code: row.name if shared[row.name] == 1 else f"{row.name} (code {row.code})" for row in rows}


def _way(row: SchoolRow) -> int:
    """Return 1 for a school that gains core money, -1 for one that gives up, 0 for one that keeps what it has."""
    return (row.counted_change > 0) - (row.counted_change < 0)
