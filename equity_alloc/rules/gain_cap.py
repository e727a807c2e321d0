"""No school gains more than a share of last year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Counted, Force, Limit, Model
from equity_alloc.rules.change import Per, has_last_year, share_of_last_year
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class GainCap:
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
    always: ClassVar[bool] = False

    gain: Decimal = setting(Decimal("0.10"), label="Most gain", unit="share", least="0", most="10", step="0.005")
    per: Per = setting(Per.SCHOOL, label="Compared", options=tuple(per.value for per in Per))
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Put a ceiling on every school's counted dollars."""
        for school in _old_schools(model.district):
            ceiling = self._ceiling(model.district, school)
            model.require(Limit(self.code, school.label, ((1, Counted(school.code)),), None, ceiling, Unit.CENTS))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare each school with its ceiling."""
        for school in _old_schools(district):
            spent, ceiling = district.counted_dollars(allocation, school.code), self._ceiling(district, school)
            if spent > ceiling:
                words = (
                    f"{school.label} gets {print_dollars(spent, with_cents=True)}, above its ceiling of "
                    f"{print_dollars(ceiling, with_cents=True)} ({print_share(self.gain)} more than last year "
                    f"{self.per.value})."
                )
                yield Breach(self.code, school.label, spent - ceiling, Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield how far each school is below its ceiling."""
        for school in _old_schools(district):
            spent = district.counted_dollars(allocation, school.code)
            yield school.name, self._ceiling(district, school) - spent, Unit.CENTS

    def explain(self, district: District) -> str:
        """Name the gain and what the ceilings add up to."""
        total = sum(self._ceiling(district, school) for school in _old_schools(district))
        return (
            f"No school gains more than {print_share(self.gain)} on last year's core dollars {self.per.value}. "
            f"The ceilings of {len(_old_schools(district))} schools add up to {print_dollars(total)}."
        )

    def _ceiling(self, district: District, school: School) -> Cents:
        return math.floor(share_of_last_year(district, school, 1 + self.gain, self.per))


def _old_schools(district: District) -> tuple[School, ...]:
    """Return the schools that had a last year; a cap on gains says nothing about a new school."""
    return tuple(school for school in district.schools if has_last_year(district, school))
