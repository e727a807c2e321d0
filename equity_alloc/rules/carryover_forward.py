"""Enough of a fund is spent this year that no more is left over than may be carried into the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.capped import fund_setting, funds_named
from equity_alloc.rules.carryover import SOURCE, Carryover, exempt_setting, share_setting
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range


@dataclass(frozen=True, slots=True)
class CarryoverForward:
    """What is left of this year's award at its end may be carried over only up to a share of the award."""

    code: ClassVar[str] = "carryover-forward"
    title: ClassVar[str] = "Enough is spent that no more is left than may be carried over"
    says: ClassVar[str] = (
        "Of the money awarded for a year no more than the stated share may remain for the following year; smaller awards "
        "are exempt."
    )
    source: ClassVar[Source] = SOURCE
    always: ClassVar[bool] = False

    fund: str = fund_setting()
    share: Decimal = share_setting()
    exempt: Decimal = exempt_setting()
    force: Force = force_setting("law")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    @property
    def carryover(self) -> Carryover:
        """The terms under which this fund's money is carried over."""
        return Carryover(self.fund, self.share, self.exempt)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name what is unknown of the fund's revenue, balance and last award."""
        return self.carryover.gaps(district, revenue=True)

    def constrain(self, model: Model) -> None:
        """Ask that the fund pays enough at schools."""
        least = self._least(model.district)
        if least is not None:
            model.spend_fund(self.fund, least)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare spending at schools with the least that leaves no more than may be carried over."""
        least = self._least(district)
        (fund,) = funds_named(district, self.fund)
        short = 0 if least is None else least - allocation.fund_dollars(fund.code)
        if short > 0:
            kept = self._may_keep(district)
            words = (
                f"{fund.title} would carry over {print_dollars(kept + short, with_cents=True)}, and "
                f"{print_dollars(kept, with_cents=True)} is the most that may be. {print_dollars(short, with_cents=True)} "
                "would go back: spend it."
            )
            yield Breach(self.code, f"{fund.title} (code {fund.code})", short, Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what could be left unspent on top before money would go back."""
        least = self._least(district)
        (fund,) = funds_named(district, self.fund)
        if least is not None:
            yield fund.title, allocation.fund_dollars(fund.code) - least, Unit.CENTS

    def explain(self, district: District) -> str:
        """State the award, what may be carried over and what must be spent at schools."""
        (fund,) = funds_named(district, self.fund)
        least = self._least(district)
        if least is None:
            return (
                f"{fund.title}: its revenue, balance or last award is not known, so nobody can say what must be spent."
            )
        award = district.terms_of(fund.code).revenue or 0
        return (
            f"{fund.title}: of this year's {print_dollars(award)} no more than {print_dollars(self._may_keep(district))} may "
            f"be carried over, so schools use at least {print_dollars(max(0, least))}."
        )

    def _may_keep(self, district: District) -> Cents:
        award = district.terms_of(self.fund).revenue or 0
        kept = self.carryover.most_kept(award)
        return award if kept is None else kept

    def _least(self, district: District) -> Cents | None:
        """Return the least that schools must use; below zero where the central block alone is enough."""
        terms, back = district.terms_of(self.fund), self.carryover.lost(district)
        if terms.revenue is None or back is None:
            return None
        # What goes back of last year's award is not there to be spent, nor is it left over from this year's.
        there = (terms.balance or 0) + terms.revenue - back
        return there - self._may_keep(district) - district.central_of(self.fund)
