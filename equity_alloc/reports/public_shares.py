"""Money on top that is shared out by a count: where two plans share out another amount, their core dollars can tell the count.

Posts are whole, so what one fund pays more of them at a school another pays less: core dollars go down by the new amount for
each pupil times the school's pupils. And where such a fund counts as core money in one plan and not in another, the two differ
by just what it pays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.count_table import Place


@dataclass(frozen=True)
class SharedFund:
    """A fund that is shared out by the counts of a student group, as public documents tell it.

    Parameters
    ----------
    fund, title, group : str
    cents : Cents
        What it leaves for schools.
    is_core : bool
    """

    fund: str
    title: str
    group: str
    cents: Cents
    is_core: bool


@dataclass(frozen=True)
class ToldCore:
    """Core dollars of schools beside the shared funds of a plan.

    Parameters
    ----------
    core : tuple of (str, Cents)
        By school, in the plan.
    funds : tuple of SharedFund
    """

    core: tuple[tuple[str, Cents], ...] = ()
    funds: tuple[SharedFund, ...] = ()


def shared_funds(plan: Plan) -> tuple[SharedFund, ...]:
    """Return the funds that a plan shares out by counts of a student group."""
    district = plan.view.district
    return tuple(
        SharedFund(fund.code, fund.title, fund.shared_by, district.school_pot(fund), fund.counts)
        for fund in district.funds
        if fund.shared_by in district.group_of
    )


def told_by_shares(
    plan: Plan, earlier: Iterable[ToldCore], counts: Mapping[Place, int], small: frozenset[Place]
) -> frozenset[Place]:
    """Return the counts that this plan's core dollars tell beside those that were public before.

    Parameters
    ----------
    plan : Plan
    earlier : iterable of ToldCore
    counts : mapping of (school, group) to pupils
    small : frozenset of (school, group)

    Raises
    ------
    InvalidValue
        If a small count is among them.
    """
    now = {each.fund: each for each in shared_funds(plan)}
    core = {
        school.code: plan.view.district.counted_dollars(plan.allocation, school.code)
        for school in plan.district.schools
    }
    found: set[Place] = set()
    for told in earlier:
        before = {each.fund: each for each in told.funds}
        changed = [(before[code], now[code]) for code in sorted(set(before) & set(now)) if before[code] != now[code]]
        for was, fund in changed:
            if was.is_core != fund.is_core or was.group != fund.group:
                given = {place for place, count in counts.items() if place[1] in (was.group, fund.group) and count}
            else:
                given = _told(changed, dict(told.core), core, counts, fund.group)
            if given & small:
                raise InvalidValue(_refusal(min(given & small), was, fund))
            found |= given
    return frozenset(found)


def _told(
    changed: list[tuple[SharedFund, SharedFund]],
    before: Mapping[str, Cents],
    core: Mapping[str, Cents],
    counts: Mapping[Place, int],
    group: str,
) -> set[Place]:
    """Return the group's counts at the schools whose core dollars moved by just what the funds share out otherwise."""
    more: dict[str, Fraction] = {}
    for was, fund in changed:
        pupils = sum(count for (_, code), count in counts.items() if code == fund.group)
        if pupils and was.is_core == fund.is_core and was.group == fund.group:
            more[fund.group] = more.get(fund.group, Fraction(0)) + Fraction(fund.cents - was.cents, pupils)
    rates = [abs(rate) for rate in more.values() if rate]
    if not more.get(group):
        return set()
    found = set()
    for school, cents in before.items():
        shared = sum((rate * counts.get((school, code), 0) for code, rate in more.items()), Fraction(0))
        if counts.get((school, group)) and abs(cents - core[school] - shared) <= min(rates) / 2:
            found.add((school, group))
    return found


def _refusal(place: Place, was: SharedFund, now: SharedFund) -> str:
    what = (
        f"{print_dollars(was.cents)} for schools instead of {print_dollars(now.cents)}"
        if was.is_core == now.is_core
        else f"{'as' if was.is_core else 'not as'} core money"
    )
    return (
        f"No public document can be made: documents that were public before tell core dollars with {what} from {now.title}, which "
        f"is shared out by counts. Side by side they would give away how many pupils of group {now.group} school {place[0]} has. "
        "Take the earlier set out if nobody was given it, leave the fund as it was, or make the internal documents."
    )
