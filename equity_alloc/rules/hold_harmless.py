"""No school falls below a share of last year."""

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
from equity_alloc.rules.change import Per, share_of_last_year
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.setting import basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class HoldHarmless(HeldRule):
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

    share: Decimal = setting(
        Decimal("0.95"), label="Share of last year", unit="share", least="0", most="1.5", step="0.005"
    )
    per: Per = setting(Per.SCHOOL, label="Compared", options=tuple(per.value for per in Per))
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield every school's counted dollars with its floor."""
        for school in district.schools:
            floor = math.ceil(share_of_last_year(district, school, self.share, self.per))
            yield Held(school, "", Counted(school.code), floor, None)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name what the school gets, its floor and where the floor comes from."""
        return (
            f"{item.school.label} gets {print_dollars(has, with_cents=True)}, below its floor of "
            f"{print_dollars(item.least or 0, with_cents=True)} ({print_share(self.share)} of last year {self.per.value})."
        )

    def explain(self, district: District) -> str:
        """Name the share and what the floors add up to."""
        total = sum(item.least or 0 for item in self.held(district))
        return (
            f"Every school keeps at least {print_share(self.share)} of last year's core dollars {self.per.value}. "
            f"The floors of {count_words(len(district.schools), 'school')} add up to {print_dollars(total)}."
        )
