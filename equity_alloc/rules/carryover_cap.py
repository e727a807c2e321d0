"""Money carried over from last year's award can be spent only up to a share of that award."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.parameters.library import parameters
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.capped import Capped, ask_for_caps, cap_breaches, cap_rooms, fund_setting, funds_named, gap
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting

_SHARE = parameters("funds_and_balance")["title1-carryover-share"][-1]
_EXEMPT = parameters("funds_and_balance")["title1-carryover-exempt"][-1]


@dataclass(frozen=True, slots=True)
class CarryoverCap:
    """What was left of last year's award beyond the share goes back, and is not there to be planned with."""

    code: ClassVar[str] = "carryover-cap"
    title: ClassVar[str] = "No more than a share of last year's award is carried over"
    says: ClassVar[str] = (
        "Of the money awarded for a year no more than the stated share may be obligated in the following year; smaller "
        "awards are exempt."
    )
    source: ClassVar[Source] = Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "section 1127, 20 U.S.C. 6339",
        "https://www.cde.ca.gov/sp/sw/t1/carryover.asp",
    )
    always: ClassVar[bool] = False

    fund: str = fund_setting()
    share: Decimal = setting(_SHARE.value, label="Most carried over", unit="share", least="0", most="1", step="0.01")
    exempt: Decimal = setting(
        _EXEMPT.value,
        label="Smaller awards are exempt",
        unit="dollars",
        least="0",
        most="1000000",
        step="1000",
        hint="An award below this may be carried over whole.",
    )
    force: Force = force_setting("law")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name what is unknown of the fund's balance and award."""
        for fund in funds_named(district, self.fund):
            terms = district.terms_of(fund.code)
            if terms.balance is None:
                yield gap(fund, "Balance carried in")
            if terms.award_last_year is None:
                yield gap(fund, "Award last year")

    def constrain(self, model: Model) -> None:
        """Take what goes back out of the fund."""
        ask_for_caps(model, self._capped(model.district))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare spending with what may still be spent."""
        return cap_breaches(self.code, allocation, self._capped(district))

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what the fund may still pay."""
        return cap_rooms(allocation, self._capped(district))

    def explain(self, district: District) -> str:
        """State the share and what goes back."""
        (fund,) = funds_named(district, self.fund)
        capped = self._capped(district)
        if not capped:
            return f"{fund.title}: its balance and last year's award are not known, so nobody can say what goes back."
        lost = self.lost(district)
        return (
            f"{fund.title}: {float(self.share):.0%} of last year's award may be carried over. Of "
            f"{print_dollars(district.terms_of(fund.code).balance or 0)} left, {print_dollars(lost)} is beyond that."
        )

    def lost(self, district: District) -> Cents:
        """Return what goes back of the money carried in; only to be asked where :meth:`gaps` names nothing."""
        terms = district.terms_of(self.fund)
        balance, award = terms.balance or 0, terms.award_last_year or 0
        if award < self.exempt * 100:
            return 0
        share = Fraction(self.share)
        return max(0, balance - award * share.numerator // share.denominator)

    def _capped(self, district: District) -> list[Capped]:
        (fund,) = funds_named(district, self.fund)
        if any(True for _ in self.gaps(district)):
            return []
        lost = self.lost(district)
        why = f"{print_dollars(lost, with_cents=True)} that was carried over beyond the limit"
        return [Capped(fund, district.school_pot(fund) - lost, why)]
