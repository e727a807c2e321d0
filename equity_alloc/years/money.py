"""Money and prices a year later: what posts cost, what funds take in, what is left of them, what is budgeted centrally."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from equity_alloc.domain.ahead import What
from equity_alloc.domain.district import CentralSpending, District, Position
from equity_alloc.domain.fund import Fund
from equity_alloc.domain.money import Cents
from equity_alloc.domain.terms import FundTerms, plan_year
from equity_alloc.years.assumed import Assumed, grown
from equity_alloc.years.balance import FundYear


def positions_after(district: District, assumed: Assumed) -> tuple[Position, ...]:
    """Return positions at next year's cost, in whole dollars; a position without an assumption keeps its cost."""
    found = []
    for position in district.positions:
        growth = assumed.value(What.COST, f"{position.title} (code {position.code})", position.code)
        cost = position.cost if growth is None else grown(position.cost, growth, 100)
        found.append(dataclasses.replace(position, cost=cost))
    return tuple(found)


def central_after(district: District, funds: dict[str, Fund], assumed: Assumed) -> tuple[CentralSpending, ...]:
    """Return the central block at next year's amounts, in whole dollars; a fund that is gone pays nothing centrally."""
    found = []
    for block in district.central:
        if not funds[block.fund].amount:
            continue
        title = funds[block.fund].title
        growth = assumed.value(What.CENTRAL, f"{block.line} ({title})", block.line, block.fund)
        amount = block.amount if growth is None else grown(block.amount, growth, 100)
        found.append(dataclasses.replace(block, amount=amount))
    return tuple(found)


def funds_after(
    district: District, ended: tuple[FundYear, ...], year: str, assumed: Assumed, first_month: int
) -> tuple[tuple[Fund, ...], tuple[FundTerms, ...]]:
    """Return funds and their terms a year later.

    A fund takes in what it took in, grown; money that does not come again takes in nothing. It may spend that and the
    part of its balance that is to be used, as far as the balance reaches; what it is overdrawn by comes off. After its last day a fund holds nothing. Where
    revenue is unknown the appropriation grows instead, and the balance stays unknown.

    Parameters
    ----------
    district : District
        This year's, with the scenario's funds.
    ended : tuple of FundYear
        How this year ends for each fund.
    year : str
        Next year.
    assumed : Assumed
        For next year.
    first_month : int
        In which the plan year begins.

    Returns
    -------
    tuple of Fund
    tuple of FundTerms
        One for each fund of which terms are known.
    """
    known = {terms.fund for terms in district.terms}
    funds, terms = [], []
    for now in ended:
        fund, its = now.fund, district.terms_of(now.fund.code)
        is_over = _is_over(its, year, first_month)
        revenue = _revenue(fund, its, assumed, is_over=is_over)
        balance = 0 if is_over else now.left
        funds.append(dataclasses.replace(fund, amount=_amount(fund, its, revenue, balance, assumed, is_over=is_over)))
        if fund.code in known:
            terms.append(
                dataclasses.replace(
                    its,
                    revenue=None if its.revenue is None else revenue,
                    balance=balance,
                    award_last_year=None if its.award_last_year is None else its.revenue,
                )
            )
    return tuple(funds), tuple(terms)


def _is_over(terms: FundTerms, year: str, first_month: int) -> bool:
    days = plan_year(year, first_month)
    return days is not None and terms.last_day is not None and terms.last_day < days[0]


def _revenue(fund: Fund, terms: FundTerms, assumed: Assumed, *, is_over: bool) -> Cents:
    """Return what a fund takes in next year; of a fund whose revenue is unknown, what may be spent anew."""
    if is_over or terms.one_time:
        return 0
    base = fund.amount if terms.revenue is None else terms.revenue
    growth = assumed.value(What.REVENUE, f"{fund.title} (code {fund.code})", fund.code)
    return base if growth is None else grown(base, growth)


def _amount(
    fund: Fund, terms: FundTerms, revenue: Cents, balance: Cents | None, assumed: Assumed, *, is_over: bool
) -> Cents:
    """Return next year's appropriation."""
    if is_over:
        return 0
    if terms.revenue is None or balance is None:
        return revenue
    if balance <= 0:
        # What a fund is overdrawn by is made good before anything else is paid.
        return max(0, revenue + balance)
    # What is left of money that does not come again is there to be spent.
    used = Fraction(balance, 100) if terms.one_time else _used(fund, assumed)
    return revenue + min(balance, int(used * 100))


def _used(fund: Fund, assumed: Assumed) -> Fraction:
    return assumed.value(What.BALANCE, f"{fund.title} (code {fund.code})", fund.code) or Fraction(0)
