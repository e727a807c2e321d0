"""Named schools do not fall below last year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Counted, Force, Model
from equity_alloc.rules.change import Per, share_of_last_year
from equity_alloc.rules.held import Held, ask_for, breaches, rooms
from equity_alloc.rules.listed import listed_schools
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class ProtectedSchools:
    """A floor under some schools' counted dollars, where hold-harmless is one under all."""

    code: ClassVar[str] = "protected-schools"
    title: ClassVar[str] = "Protected schools do not fall below a share of last year"
    says: ClassVar[str] = (
        "Each school that is listed keeps at least the stated share of last year's state and local dollars."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "schools that are not cut")
    always: ClassVar[bool] = False

    schools: tuple[str, ...] = setting((), label="Schools", choice=Choice.SCHOOL)
    share: Decimal = setting(Decimal(1), label="Share of last year", unit="share", least="0", most="1.5", step="0.005")
    per: Per = setting(Per.SCHOOL, label="Compared", options=tuple(per.value for per in Per))
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Put a floor under every school that is listed."""
        ask_for(model, self.code, self._held(model.district))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare each with its floor."""

        def words(item: Held, has: int) -> str:
            return (
                f"{item.school.label} gets {print_dollars(has, with_cents=True)}, below its protected "
                f"{print_dollars(item.least or 0, with_cents=True)}."
            )

        return breaches(self.code, district, allocation, self._held(district), words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield how far each is above its floor."""
        return rooms(district, allocation, self._held(district))

    def explain(self, district: District) -> str:
        """Name the schools."""
        held = list(self._held(district))
        total = print_dollars(sum(item.least or 0 for item in held))
        names = ", ".join(item.school.name for item in held)
        return f"At least {print_share(self.share)} of last year {self.per.value}, {total} together: {names}."

    def _held(self, district: District) -> Iterator[Held]:
        for school in listed_schools(district, self.schools, "nothing would be protected. Choose at least one."):
            floor = math.ceil(share_of_last_year(district, school, self.share, self.per))
            yield Held(school, "", Counted(school.code), floor, None)
