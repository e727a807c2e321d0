"""Where a fund's money goes in a year: carried in, taken in, spent, gone back, and left at the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.money import Cents
from equity_alloc.domain.terms import plan_year
from equity_alloc.rules.carryover_cap import CarryoverCap
from equity_alloc.rules.carryover_forward import CarryoverForward
from equity_alloc.rules.fund_end import MONTHS, FundEnd
from equity_alloc.rules.reserve_floor import ReserveFloor
from equity_alloc.scenario import Scenario


@dataclass(frozen=True, slots=True)
class FundYear:
    """One fund in one year; None where unknown, never zero.

    Parameters
    ----------
    fund : Fund
        With the year's appropriation.
    carried_in, revenue : Cents or None
    central, schools : Cents
        What it pays centrally, and at schools.
    gone_back : Cents or None
        Carried over beyond the limit of the law, or left on the last day of the money; None where a limit cannot be told.
    reserve : Cents or None
        What the reserve rules of the scenario ask to be left; None where none does.
    ends : datetime.date or None
        Last day of the money.
    """

    fund: Fund
    carried_in: Cents | None
    revenue: Cents | None
    central: Cents
    schools: Cents
    gone_back: Cents | None
    reserve: Cents | None
    ends: dt.date | None

    @property
    def spent(self) -> Cents:
        """All that it pays."""
        return self.central + self.schools

    @property
    def left(self) -> Cents | None:
        """The ending balance; None where what came in, was carried in or went back is unknown."""
        if self.carried_in is None or self.revenue is None or self.gone_back is None:
            return None
        return self.carried_in + self.revenue - self.spent - self.gone_back

    @property
    def drawn(self) -> Cents | None:
        """By how much it spends more than it takes in; below zero where it saves."""
        return None if self.revenue is None else self.spent - self.revenue

    @property
    def over_reserve(self) -> Cents | None:
        """What is left beyond the reserve; None where there is none to keep, or the balance is unknown."""
        return None if self.left is None or self.reserve is None else self.left - self.reserve


def fund_years(district: District, scenario: Scenario, allocation: Allocation) -> tuple[FundYear, ...]:
    """Return every fund's year under an allocation.

    Parameters
    ----------
    district : District
        As read or projected, before the scenario's changes.
    scenario : Scenario
    allocation : Allocation

    Returns
    -------
    tuple of FundYear
    """
    effective = scenario.apply(district)
    return tuple(_fund_year(effective, scenario, fund, allocation) for fund in effective.funds)


def first_month(scenario: Scenario) -> int:
    """Return the month in which plan years begin: July, unless a rule of the scenario says otherwise."""
    month = next((rule.first_month for rule in scenario.rules if isinstance(rule, FundEnd)), "July")
    return MONTHS.index(month) + 1


def _fund_year(district: District, scenario: Scenario, fund: Fund, allocation: Allocation) -> FundYear:
    terms, days = district.terms_of(fund.code), plan_year(district.year, first_month(scenario))
    central, schools = district.central_of(fund.code), allocation.fund_dollars(fund.code)
    terms_of_carryover = [
        rule.carryover
        for rule in scenario.rules
        if isinstance(rule, CarryoverCap | CarryoverForward) and rule.fund == fund.code
    ]
    lost = [carryover.lost(district) for carryover in terms_of_carryover]
    known = [cents for cents in lost if cents is not None]
    back = max([0, *known]) if len(known) == len(lost) else None
    if (
        back is not None
        and days
        and terms.last_day is not None
        and terms.last_day <= days[1]
        and None not in (terms.balance, terms.revenue)
    ):
        back = max(back, (terms.balance or 0) + (terms.revenue or 0) - central - schools)
    floors = (rule for rule in scenario.rules if isinstance(rule, ReserveFloor) and rule.fund == fund.code)
    reserves = [rule.reserve_of(central + schools) for rule in floors]
    return FundYear(
        fund, terms.balance, terms.revenue, central, schools, back, max(reserves, default=None), terms.last_day
    )
