"""Recurring spending is paid from recurring revenue, not from the balance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force
from equity_alloc.rules.capped import (
    EVERY_FUND,
    Capped,
    CappedRule,
    central_line,
    central_line_setting,
    fund_setting,
    funds_named,
    gap,
)
from equity_alloc.rules.setting import basis_setting, force_setting


@dataclass(frozen=True, slots=True)
class RecurringSpending(CappedRule):
    """What a fund pays every year fits into what it takes in every year; funds of one-time money are another rule's."""

    code: ClassVar[str] = "recurring-spending"
    title: ClassVar[str] = "Recurring spending stays within recurring revenue"
    says: ClassVar[str] = (
        "Spending that recurs is paid from revenue that recurs; the balance may pay only for what is bought once."
    )
    source: ClassVar[Source] = Source(
        "Government Finance Officers Association, Achieving a Structurally Balanced Budget",
        "recurring expenditures from recurring revenues",
        "https://www.gfoa.org/materials/achieving-a-structurally-balanced-budget",
    )

    fund: str = fund_setting(EVERY_FUND)
    line: str = central_line_setting("A central line that is bought once, and may be paid from the balance.")
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the funds of which it is unknown what they take in, or whether it comes again."""
        for fund in funds_named(district, self.fund):
            terms = district.terms_of(fund.code)
            if terms.one_time is None:
                yield gap(fund, "One-time money")
            if terms.revenue is None and not terms.one_time:
                yield gap(fund, "Revenue")

    def capped(self, district: District) -> list[Capped]:
        """Return each fund of known revenue, capped at what revenue leaves beside what recurs centrally."""
        found = []
        for fund in funds_named(district, self.fund):
            once = central_line(district, fund, self.line)
            terms = district.terms_of(fund.code)
            if terms.one_time is not False or terms.revenue is None:
                continue
            most = terms.revenue - (district.central_of(fund.code) - once)
            why = f"recurring spending within {print_dollars(terms.revenue, with_cents=True)} of recurring revenue"
            found.append(Capped(fund, most, why))
        return found

    def explain(self, district: District) -> str:
        """State revenue by fund."""
        stated = [
            f"{item.fund.title} {print_dollars(district.terms_of(item.fund.code).revenue or 0)}"
            for item in self.capped(district)
        ]
        return f"Recurring revenue: {', '.join(stated)}." if stated else "No fund here has a known recurring revenue."
