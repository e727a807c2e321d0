"""No school gains more than a share of last year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Counted, Force
from equity_alloc.rules.change import Per, has_last_year, share_of_last_year
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.setting import basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class GainCap(HeldRule):
    """A ceiling on each school's counted dollars, as a share of last year's at this year's prices."""

    code: ClassVar[str] = "gain-cap"
    title: ClassVar[str] = "No school gains more than a share of last year"
    says: ClassVar[str] = "A school's state and local dollars grow by no more than the stated share in one year."
    source: ClassVar[Source] = Source(
        "The Baltimore Sun, on Fair Student Funding",
        "10 May 2011: gains capped at 10 %, losses at 15 %",
        "https://articles.baltimoresun.com/2011-05-10",
        "2011",
    )

    gain: Decimal = setting(Decimal("0.10"), label="Most gain", unit="share", least="0", most="10", step="0.005")
    per: Per = setting(Per.SCHOOL, label="Compared", options=tuple(per.value for per in Per))
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield the counted dollars of each school that had a last year, with its ceiling."""
        for school in district.schools:
            # A cap on gains says nothing about a new school.
            if has_last_year(district, school):
                ceiling = math.floor(share_of_last_year(district, school, 1 + self.gain, self.per))
                yield Held(school, "", Counted(school.code), None, ceiling)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name what the school gets, its ceiling and where the ceiling comes from."""
        return (
            f"{item.school.label} gets {print_dollars(has, with_cents=True)}, above its ceiling of "
            f"{print_dollars(item.most or 0, with_cents=True)} ({print_share(self.gain)} more than last year "
            f"{self.per.value})."
        )

    def explain(self, district: District) -> str:
        """Name the gain and what the ceilings add up to."""
        ceilings = [item.most or 0 for item in self.held(district)]
        return (
            f"No school gains more than {print_share(self.gain)} on last year's core dollars {self.per.value}. "
            f"The ceilings of {count_words(len(ceilings), 'school')} add up to {print_dollars(sum(ceilings))}."
        )
