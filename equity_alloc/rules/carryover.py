"""What of an award may be carried into the next year, and what goes back: known in one place by every rule that asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import Cents
from equity_alloc.domain.source import Source
from equity_alloc.parameters.library import parameters
from equity_alloc.rules.capped import funds_named, gap
from equity_alloc.rules.setting import setting

SOURCE = Source(
    "Elementary and Secondary Education Act as amended by ESSA",
    "section 1127, 20 U.S.C. 6339",
    "https://www.cde.ca.gov/sp/sw/t1/carryover.asp",
)

_SHARE = parameters("funds_and_balance")["title1-carryover-share"][-1]
_EXEMPT = parameters("funds_and_balance")["title1-carryover-exempt"][-1]


def share_setting() -> Any:
    """Return the field for the part of an award that may be carried over."""
    return setting(_SHARE.value, label="Most carried over", unit="share", least="0", most="1", step="0.01")


def exempt_setting() -> Any:
    """Return the field for the award below which all may be carried over."""
    return setting(
        _EXEMPT.value,
        label="Smaller awards are exempt",
        unit="dollars",
        least="0",
        most="1000000",
        step="1000",
        hint="An award below this may be carried over whole.",
    )


@dataclass(frozen=True, slots=True)
class Carryover:
    """The terms under which one fund's money is carried over.

    Parameters
    ----------
    fund : str
    share : Decimal
        Of an award, that may be carried over.
    exempt : Decimal
        Dollars; a smaller award may be carried over whole.
    """

    fund: str
    share: Decimal
    exempt: Decimal

    def gaps(self, district: District, *, revenue: bool = False) -> Iterator[Gap]:
        """Name what is unknown of the fund's balance and last award, and of its revenue where that is asked for."""
        for fund in funds_named(district, self.fund):
            terms = district.terms_of(fund.code)
            asked = ((terms.revenue, "Revenue"),) if revenue else ()
            for value, column in (
                *asked,
                (terms.balance, "Balance carried in"),
                (terms.award_last_year, "Award last year"),
            ):
                if value is None:
                    yield gap(fund, column)

    def most_kept(self, award: Cents) -> Cents | None:
        """Return what may be carried over of an award; None where all of it may.

        Examples
        --------
        >>> Carryover("T1A", Decimal("0.15"), Decimal(50_000)).most_kept(11_500_000)
        1725000
        >>> Carryover("T1A", Decimal("0.15"), Decimal(50_000)).most_kept(4_000_000) is None
        True
        """
        share = Fraction(self.share)
        return None if award < self.exempt * 100 else award * share.numerator // share.denominator

    def lost(self, district: District) -> Cents | None:
        """Return what goes back of the money carried in; None where its balance or award is unknown."""
        terms = district.terms_of(self.fund)
        if terms.balance is None or terms.award_last_year is None:
            return None
        kept = self.most_kept(terms.award_last_year)
        return 0 if kept is None else max(0, terms.balance - kept)
