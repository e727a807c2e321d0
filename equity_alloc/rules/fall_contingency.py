"""Part of a fund stays unallocated until the fall counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force
from equity_alloc.rules.capped import (
    Capped,
    CappedRule,
    central_line,
    central_line_setting,
    fund_setting,
    funds_named,
)
from equity_alloc.rules.setting import basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class FallContingency(CappedRule):
    """A holdback for the fall: a share of the appropriation is unallocated, or stands in a central line."""

    code: ClassVar[str] = "fall-contingency"
    title: ClassVar[str] = "Part of a fund waits for the fall counts"
    says: ClassVar[str] = (
        "The stated share of the appropriation is held back until pupils are counted in the fall, so that schools with "
        "more pupils than projected can be given posts."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "fall adjustment of school allocations")

    fund: str = fund_setting()
    share: Decimal = setting(Decimal("0.02"), label="Held back", unit="share", least="0", most="0.5", step="0.005")
    line: str = central_line_setting("A central line that already holds part of it, such as a contingency.")
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def capped(self, district: District) -> list[Capped]:
        """Return the fund, capped at what is not held back."""
        (fund,) = funds_named(district, self.fund)
        in_line = central_line(district, fund, self.line)
        share = Fraction(self.share)
        held = -(-share.numerator * fund.amount // share.denominator)
        more = max(0, held - in_line)
        why = f"{print_dollars(held, with_cents=True)} for the fall, {print_share(self.share)} of its appropriation"
        if in_line:
            why += f", of which {print_dollars(min(held, in_line), with_cents=True)} stands in {self.line}"
        return [Capped(fund, district.school_pot(fund) - more, why)]

    def explain(self, district: District) -> str:
        """State what is held back."""
        (item,) = self.capped(district)
        return f"{item.fund.title} keeps {item.why}."
