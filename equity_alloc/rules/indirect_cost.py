"""A fund keeps room for its indirect cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_share
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
class IndirectCost(CappedRule):
    """Direct cost and its indirect cost together stay within the fund."""

    code: ClassVar[str] = "indirect-cost"
    title: ClassVar[str] = "A fund keeps room for its indirect cost"
    says: ClassVar[str] = (
        "Indirect cost is charged at the approved rate on direct cost, and both together stay within the award."
    )
    source: ClassVar[Source] = Source(
        "Education Department General Administrative Regulations",
        "34 CFR 76.560 to 76.569",
        "https://www.ecfr.gov/current/title-34/part-76",
    )

    fund: str = fund_setting(EVERY_FUND)
    line: str = central_line_setting("The central line that is the indirect cost itself, and so bears none.")
    force: Force = force_setting("law")
    basis: str = basis_setting()

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the funds whose rate is unknown."""
        for fund in funds_named(district, self.fund):
            if district.terms_of(fund.code).indirect_rate is None:
                yield gap(fund, "Indirect cost rate")

    def capped(self, district: District) -> Iterator[Capped]:
        """Yield each fund with a rate, capped at the direct cost that leaves room for its indirect cost."""
        for fund in funds_named(district, self.fund):
            own = central_line(district, fund, self.line)
            rate = district.terms_of(fund.code).indirect_rate
            if not rate:
                continue
            whole = 1 + Fraction(rate)
            direct = fund.amount * whole.denominator // whole.numerator
            most = direct - (district.central_of(fund.code) - own)
            kept = f"{print_dollars(fund.amount - direct, with_cents=True)} for indirect cost at {print_share(rate)}"
            yield Capped(fund, most, kept)

    def explain(self, district: District) -> str:
        """Name the rates above zero."""
        rates = []
        for fund in funds_named(district, self.fund):
            central_line(district, fund, self.line)
            rate = district.terms_of(fund.code).indirect_rate
            if rate:
                rates.append(f"{fund.title} {print_share(rate)}")
        return f"Indirect cost on direct cost: {', '.join(rates)}." if rates else "No fund here has a rate above zero."
