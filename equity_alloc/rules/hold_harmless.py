"""No school falls below a share of last year."""

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
from equity_alloc.rules.change import Per, share_of_last_year
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class HoldHarmless:
    """A floor for each school's counted dollars, as a share of last year's at this year's prices."""

    code: ClassVar[str] = "hold-harmless"
    title: ClassVar[str] = "No school falls below a share of last year"
    says: ClassVar[str] = "A school keeps at least the stated share of last year's state and local dollars."
    source: ClassVar[Source] = Source(
        "New York City Independent Budget Office, Fair Student Funding",
        "hold harmless and the phase-in of the formula",
        "https://ibo.nyc.ny.us/iboreports/fsf2013.html",
        "2013",
    )
    always: ClassVar[bool] = False

    share: Decimal = setting(
        Decimal("0.95"), label="Share of last year", unit="share", least="0", most="1.5", step="0.005"
    )
    per: Per = setting(Per.SCHOOL, label="Compared", options=tuple(per.value for per in Per))
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Put a floor under every school's counted dollars."""
        for school in model.district.schools:
            floor = self._floor(model.district, school)
            model.require(Limit(self.code, school.label, ((1, Counted(school.code)),), floor, None, Unit.CENTS))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare each school with its floor."""
        for school in district.schools:
            spent, floor = district.counted_dollars(allocation, school.code), self._floor(district, school)
            if spent < floor:
                words = (
                    f"{school.label} gets {print_dollars(spent, with_cents=True)}, below its floor of "
                    f"{print_dollars(floor, with_cents=True)} ({print_share(self.share)} of last year {self.per.value})."
                )
                yield Breach(self.code, school.label, floor - spent, Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield how far each school is above its floor."""
        for school in district.schools:
            spent = district.counted_dollars(allocation, school.code)
            yield school.name, spent - self._floor(district, school), Unit.CENTS

    def explain(self, district: District) -> str:
        """Name the share and what the floors add up to."""
        total = sum(self._floor(district, school) for school in district.schools)
        return (
            f"Every school keeps at least {print_share(self.share)} of last year's core dollars {self.per.value}. "
            f"The floors of {len(district.schools)} schools add up to {print_dollars(total)}."
        )

    def _floor(self, district: District, school: School) -> Cents:
        return math.ceil(share_of_last_year(district, school, self.share, self.per))
