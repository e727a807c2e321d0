"""Each school has at least the posts that its pupils call for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.number import print_number
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Posts
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.ratio import (
    concerned,
    count_gaps,
    counted_setting,
    kind_setting,
    position_setting,
    posts_for,
    pupils_of,
    ratio_setting,
    ratio_words,
    staffing_words,
    up_to_step,
)
from equity_alloc.rules.setting import basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class StaffingLeast(HeldRule):
    """A staffing floor: pupils over the ratio, up to the next step, and never less than the stated least."""

    code: ClassVar[str] = "staffing-least"
    title: ClassVar[str] = "Each school has at least the posts its pupils call for"
    says: ClassVar[str] = "One full-time post for every so many pupils, rounded up to the next step of the position."
    source: ClassVar[Source] = Source("The district's staffing handbook", "staffing standards by job class")

    position: str = position_setting()
    pupils_per_fte: Decimal = ratio_setting("only the least posts at each school")
    counted: str = counted_setting()
    kind: str = kind_setting()
    least_fte: Decimal = setting(
        Decimal(0), label="Least posts at each school", unit="FTE", least="0", most="1000", step="0.5"
    )
    force: Force = force_setting("contract")
    basis: str = basis_setting()

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the schools whose count is unknown."""
        return count_gaps(district, self.counted, concerned(district, self.position, self.kind))

    def held(self, district: District) -> Iterator[Held]:
        """Yield the posts at each school concerned, with the least that its pupils call for."""
        asked = posts_for(
            district, self.position, pupils_per_fte=self.pupils_per_fte, counted=self.counted, kind=self.kind
        )
        for school, position, exact in asked:
            least = up_to_step(max(exact, Fraction(self.least_fte) * 100), position.step)
            yield Held(school, position.title, Posts(school.code, position.code), least, None)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name the pupils and the posts that they call for."""
        pupils = pupils_of(district, item.school, self.counted)
        return (
            f"{item.school.label} has {print_fte(has)} FTE of {item.what}; "
            f"{pupils:,} pupils call for at least {print_fte(item.least or 0)}."
        )

    def explain(self, district: District) -> str:
        """State the ratio and the posts it calls for in all."""
        held = list(self.held(district))
        parts = []
        if self.pupils_per_fte:
            parts.append(ratio_words(district, self.pupils_per_fte, self.counted))
        if self.least_fte:
            parts.append(f"at least {print_number(self.least_fte)} at each school")
        total = sum(item.least or 0 for item in held)
        title = district.position_of[self.position].title
        return staffing_words(title, parts, "no least", len(held), total, "need")
