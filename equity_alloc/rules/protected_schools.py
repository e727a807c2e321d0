"""Named schools do not fall below last year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Counted, Force
from equity_alloc.rules.change import Per, share_of_last_year
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.listed import listed_schools
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class ProtectedSchools(HeldRule):
    """A floor under some schools' counted dollars, where hold-harmless is one under all."""

    code: ClassVar[str] = "protected-schools"
    title: ClassVar[str] = "Protected schools do not fall below a share of last year"
    says: ClassVar[str] = (
        "Each school that is listed keeps at least the stated share of last year's state and local dollars."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "schools that are not cut")

    schools: tuple[str, ...] = setting((), label="Schools", choice=Choice.SCHOOL)
    share: Decimal = setting(Decimal(1), label="Share of last year", unit="share", least="0", most="1.5", step="0.005")
    per: Per = setting(Per.SCHOOL, label="Compared", options=tuple(per.value for per in Per))
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield the counted dollars of each school that is listed, with its floor."""
        for school in listed_schools(district, self.schools, "nothing would be protected. Choose at least one."):
            floor = math.ceil(share_of_last_year(district, school, self.share, self.per))
            yield Held(school, "", Counted(school.code), floor, None)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name the school, what it gets and its floor."""
        return (
            f"{item.school.label} gets {print_dollars(has, with_cents=True)}, below its protected "
            f"{print_dollars(item.least or 0, with_cents=True)}."
        )

    def explain(self, district: District) -> str:
        """Name the schools."""
        held = list(self.held(district))
        total = print_dollars(sum(item.least or 0 for item in held))
        names = ", ".join(item.school.name for item in held)
        return f"At least {print_share(self.share)} of last year {self.per.value}, {total} together: {names}."
