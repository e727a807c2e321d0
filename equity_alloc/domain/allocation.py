"""What a plan gives: posts by school and position, who pays for them, and dollars by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents


@dataclass(frozen=True)
class Allocation:
    """Posts in hundredths of an FTE and money in cents; zero entries are left out, keys are sorted.

    Parameters
    ----------
    fte : tuple of ((school, position), Hundredths)
    pay : tuple of ((school, position, fund), Cents)
        What each fund pays toward those posts; sums to the cost of the posts.
    dollars : tuple of ((school, line, fund), Cents)
        Non-staff spending.
    """

    fte: tuple[tuple[tuple[str, str], Hundredths], ...] = ()
    pay: tuple[tuple[tuple[str, str, str], Cents], ...] = ()
    dollars: tuple[tuple[tuple[str, str, str], Cents], ...] = ()

    @classmethod
    def of(
        cls,
        fte: Mapping[tuple[str, str], Hundredths],
        pay: Mapping[tuple[str, str, str], Cents],
        dollars: Mapping[tuple[str, str, str], Cents],
    ) -> Allocation:
        """Return the allocation of three mappings, sorted and without zeros."""
        return cls(
            fte=tuple(sorted((key, value) for key, value in fte.items() if value)),
            pay=tuple(sorted((key, value) for key, value in pay.items() if value)),
            dollars=tuple(sorted((key, value) for key, value in dollars.items() if value)),
        )

    @cached_property
    def fte_of(self) -> dict[tuple[str, str], Hundredths]:
        """Posts by school and position."""
        return dict(self.fte)

    @cached_property
    def pay_of(self) -> dict[tuple[str, str, str], Cents]:
        """Pay by school, position and fund."""
        return dict(self.pay)

    @cached_property
    def dollars_of(self) -> dict[tuple[str, str, str], Cents]:
        """Dollars by school, line and fund."""
        return dict(self.dollars)

    @cached_property
    def by_school_fund(self) -> dict[tuple[str, str], Cents]:
        """All dollars by school and fund."""
        totals: dict[tuple[str, str], Cents] = {}
        for (school, _, fund), cents in (*self.pay, *self.dollars):
            totals[school, fund] = totals.get((school, fund), 0) + cents
        return totals

    @cached_property
    def by_school_line(self) -> dict[tuple[str, str], Cents]:
        """Non-staff dollars by school and line."""
        totals: dict[tuple[str, str], Cents] = {}
        for (school, line, _), cents in self.dollars:
            totals[school, line] = totals.get((school, line), 0) + cents
        return totals

    @cached_property
    def _school_totals(self) -> dict[str, dict[str, Cents]]:
        totals: dict[str, dict[str, Cents]] = {}
        for (school, fund), cents in self.by_school_fund.items():
            totals.setdefault(school, {})[fund] = cents
        return totals

    def school_dollars(self, school: str, funds: Iterable[str] | None = None) -> Cents:
        """Return a school's dollars, of the named funds or of all."""
        by_fund = self._school_totals.get(school, {})
        if funds is None:
            return sum(by_fund.values())
        return sum(by_fund.get(fund, 0) for fund in funds)

    @cached_property
    def by_school_fte(self) -> dict[str, Hundredths]:
        """All posts by school."""
        totals: dict[str, Hundredths] = {}
        for (school, _), fte in self.fte:
            totals[school] = totals.get(school, 0) + fte
        return totals

    def fund_dollars(self, fund: str) -> Cents:
        """Return what a fund pays at all schools together."""
        return sum(cents for (_, code), cents in self.by_school_fund.items() if code == fund)

    def position_fte(self, position: str) -> Hundredths:
        """Return the posts of a position at all schools together."""
        return sum(value for (_, code), value in self.fte if code == position)

    @property
    def total(self) -> Cents:
        """All dollars at all schools."""
        return sum(self.by_school_fund.values())
