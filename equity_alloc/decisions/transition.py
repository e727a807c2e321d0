"""From last year to the plan in steps: no more than so much a year, who pays meanwhile, and when each school is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.formulas.gains_losses import GainsAndLosses, Payer
from equity_alloc.formulas.phase_in import Settlement, settle
from equity_alloc.planning.plan import Plan

#: After so many years a school that is not there is said to be never there.
MOST_YEARS = 30


@dataclass(frozen=True)
class Transition:
    """The way of every school to what the plan gives it.

    Parameters
    ----------
    years : tuple of Settlement
        Year by year, until every school is there or nothing moves any more.
    target : dict of str to Cents
        Core money of the plan by school code.
    """

    years: tuple[Settlement, ...]
    target: Mapping[str, Cents]

    @cached_property
    def reached(self) -> dict[str, int | None]:
        """Year, from 1, from which each school has what the plan gives it; None for never."""
        found: dict[str, int | None] = {}
        for code, wanted in self.target.items():
            has = [next(s.final for s in year.schools if s.school == code) for year in self.years]
            there = [number for number, cents in enumerate(has, start=1) if all(c == wanted for c in has[number - 1 :])]
            found[code] = there[0] if there else None
        return found

    @property
    def last(self) -> int | None:
        """Year in which the last school is there; None where some school never is."""
        years = list(self.reached.values())
        known = [year for year in years if year is not None]
        return None if len(known) < len(years) else max(known, default=0)

    def amounts(self, code: str) -> tuple[Cents, ...]:
        """Return a school's core money year by year."""
        return tuple(next(s.final for s in year.schools if s.school == code) for year in self.years)

    def held(self, year: int) -> Cents:
        """Return what schools get beyond the plan in a year, counted from 1: the price of going slowly."""
        return self.years[year - 1].held_up

    def words(self, name: str, code: str) -> str:
        """Return in which year a school has what the plan gives it."""
        when = self.reached[code]
        if when is None:
            return f"{name} never gets to the plan's amount under these limits."
        return f"{name} has the plan's amount of {print_dollars(self.target[code])} in year {when}."


def transition(plan: Plan, *, most_loss: Decimal, most_gain: Decimal | None, payer: Payer = Payer.GAINS) -> Transition:
    """Return the way from last year's core money to the plan's, school by school.

    Parameters
    ----------
    plan : Plan
    most_loss : Decimal, share
        What a school gives up in a year at most, of what it had the year before.
    most_gain : Decimal or None, share
    payer : Payer
        Who pays for what schools keep beyond the plan.

    Raises
    ------
    InvalidValue
        If a share is out of range.
    """
    district = plan.view.district
    codes = [school.code for school in district.schools]
    before = {code: district.counted_dollars(district.today, code) for code in codes}
    target = {code: district.counted_dollars(plan.allocation, code) for code in codes}
    return transition_of(before, target, most_loss=most_loss, most_gain=most_gain, payer=payer)


def transition_of(
    before: Mapping[str, Cents],
    target: Mapping[str, Cents],
    *,
    most_loss: Decimal,
    most_gain: Decimal | None,
    payer: Payer = Payer.GAINS,
) -> Transition:
    """Return the way from some amounts to others under limits a year.

    Examples
    --------
    >>> way = transition_of({"A": 1000, "B": 1000}, {"A": 900, "B": 1100}, most_loss=Decimal("0.06"), most_gain=None)
    >>> way.amounts("A"), way.amounts("B"), way.reached
    ((940, 900), (1060, 1100), {'A': 2, 'B': 2})
    """
    if not 0 <= most_loss <= 1:
        raise InvalidValue(f"The most a school may give up in a year is {most_loss}. Enter a share from 0 to 1.")
    policy = GainsAndLosses(most_loss, most_gain, payer=payer, keeps_gainers=False)
    years: list[Settlement] = []
    now = dict(before)
    for _ in range(MOST_YEARS):
        year = settle(now, target, policy, pot=sum(target.values()))
        years.append(year)
        after = {school.school: school.final for school in year.schools}
        if after == dict(target) or after == now:
            break
        now = after
    return Transition(tuple(years), dict(target))
