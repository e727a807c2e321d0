"""A fund ends the year with a reserve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import print_number
from equity_alloc.domain.source import Source
from equity_alloc.parameters.library import parameters
from equity_alloc.rules.base import Force
from equity_alloc.rules.capped import Capped, CappedRule, fund_setting, funds_named, gap
from equity_alloc.rules.setting import basis_setting, force_setting, setting

_MONTHS = parameters("funds_and_balance")["reserve-months"][-1]


@dataclass(frozen=True, slots=True)
class ReserveFloor(CappedRule):
    """Balance carried in plus revenue less all spending leaves so many months of that spending."""

    code: ClassVar[str] = "reserve-floor"
    title: ClassVar[str] = "A fund ends the year with a reserve"
    says: ClassVar[str] = "The balance at the end of the year is at least the stated months of the year's spending."
    source: ClassVar[Source] = Source(
        "Government Finance Officers Association, Fund Balance Guidelines for the General Fund",
        "appropriate level",
        "https://www.gfoa.org/materials/fund-balance-guidelines-for-the-general-fund",
    )

    fund: str = fund_setting()
    months: Decimal = setting(
        _MONTHS.value, label="Months of spending", unit="months", least="0", most="24", step="0.25"
    )
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name what is unknown of the fund's balance and revenue."""
        for fund in funds_named(district, self.fund):
            terms = district.terms_of(fund.code)
            if terms.balance is None:
                yield gap(fund, "Balance carried in")
            if terms.revenue is None:
                yield gap(fund, "Revenue")

    def capped(self, district: District) -> list[Capped]:
        """Return the fund, capped at the spending that leaves its reserve; none where that is unknown."""
        (fund,) = funds_named(district, self.fund)
        terms = district.terms_of(fund.code)
        if terms.balance is None or terms.revenue is None:
            return []
        # balance + revenue - spent >= months / 12 * spent
        whole = 1 + Fraction(self.months) / 12
        spent = (terms.balance + terms.revenue) * whole.denominator // whole.numerator
        why = f"a reserve of {self._months} of spending"
        return [Capped(fund, spent - district.central_of(fund.code), why)]

    def explain(self, district: District) -> str:
        """State the reserve and the spending that it leaves."""
        (fund,) = funds_named(district, self.fund)
        capped = self.capped(district)
        if not capped:
            return f"{fund.title}: its balance and revenue are not known, so its reserve is not either."
        most = max(0, capped[0].most + district.central_of(fund.code))
        return (
            f"{fund.title} ends the year with {self._months} of its spending: {print_dollars(most)} may be spent, "
            "central part included."
        )

    def reserve_of(self, spent: Cents) -> Cents:
        """Return what must be left after a year's spending, whole cents up."""
        exact = Fraction(self.months) / 12 * spent
        return -(-exact.numerator // exact.denominator)

    @property
    def _months(self) -> str:
        return f"{print_number(self.months)} month{'s' * (self.months != 1)}"
