"""Money carried over from last year's award can be spent only up to a share of that award."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force
from equity_alloc.rules.capped import Capped, CappedRule, fund_setting, funds_named
from equity_alloc.rules.carryover import SOURCE, Carryover, exempt_setting, share_setting
from equity_alloc.rules.setting import basis_setting, force_setting


@dataclass(frozen=True, slots=True)
class CarryoverCap(CappedRule):
    """What was left of last year's award beyond the share goes back, and is not there to be planned with."""

    code: ClassVar[str] = "carryover-cap"
    title: ClassVar[str] = "No more than a share of last year's award is carried over"
    says: ClassVar[str] = (
        "Of the money awarded for a year no more than the stated share may be obligated in the following year; smaller "
        "awards are exempt."
    )
    source: ClassVar[Source] = SOURCE

    fund: str = fund_setting()
    share: Decimal = share_setting()
    exempt: Decimal = exempt_setting()
    force: Force = force_setting("law")
    basis: str = basis_setting()

    @property
    def carryover(self) -> Carryover:
        """The terms under which this fund's money is carried over."""
        return Carryover(self.fund, self.share, self.exempt)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name what is unknown of the fund's balance and award."""
        return self.carryover.gaps(district)

    def capped(self, district: District) -> list[Capped]:
        """Return the fund, capped at what is left once the money that goes back is gone; none where that is unknown."""
        (fund,) = funds_named(district, self.fund)
        lost = self.carryover.lost(district)
        if lost is None:
            return []
        why = f"{print_dollars(lost, with_cents=True)} that was carried over beyond the limit"
        return [Capped(fund, district.school_pot(fund) - lost, why)]

    def explain(self, district: District) -> str:
        """State the share and what goes back."""
        (fund,) = funds_named(district, self.fund)
        lost = self.carryover.lost(district)
        if lost is None:
            return f"{fund.title}: its balance and last year's award are not known, so nobody can say what goes back."
        return (
            f"{fund.title}: {print_share(self.share)} of last year's award may be carried over. Of "
            f"{print_dollars(district.terms_of(fund.code).balance or 0)} left, {print_dollars(lost)} is beyond that."
        )
