"""Posts at a school fall only where they are vacant."""

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
from equity_alloc.rules.positions import every_position_setting, positions_named, positions_words
from equity_alloc.rules.setting import basis_setting, force_setting, setting
from equity_alloc.rules.vacant import vacant_gaps


@dataclass(frozen=True, slots=True)
class AttritionFirst(HeldRule):
    """Vacant posts absorb a cut before anybody is displaced, school by school and position by position."""

    code: ClassVar[str] = "attrition-first"
    title: ClassVar[str] = "Posts at a school fall only where they are vacant"
    says: ClassVar[str] = (
        "A school gives up posts of a position that nobody holds, and beyond them no more than the stated FTE."
    )
    source: ClassVar[Source] = Source("The district's collective agreements", "articles on reduction in force")

    position: str = every_position_setting()
    fte: Decimal = setting(
        Decimal(0), label="Displaced at a school at most", unit="FTE", least="0", most="100", step="0.5"
    )
    force: Force = force_setting("contract")
    basis: str = basis_setting()

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the positions of which no vacant post is listed."""
        return vacant_gaps(district, positions_named(district, self.position))

    def held(self, district: District) -> Iterator[Held]:
        """Yield the posts of each position whose vacancies are listed, with those that somebody holds."""
        for position in positions_named(district, self.position):
            if position.code not in district.vacant_positions:
                continue
            for school in district.schools:
                key = (school.code, position.code)
                had, vacant = district.today.fte_of.get(key, 0), district.vacant_of.get(key, 0)
                least = max(Fraction(0), had - vacant - Fraction(self.fte) * 100)
                yield Held(school, position.title, Posts(*key), -(-least.numerator // least.denominator), None)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name the posts, and those that somebody holds."""
        return (
            f"{item.what} at {item.school.label}: {print_fte(has)} FTE, where posts that are held leave at least "
            f"{print_fte(item.least or 0)}."
        )

    def explain(self, district: District) -> str:
        """State how many posts are vacant."""
        vacant = sum(
            vacancy.fte
            for position in positions_named(district, self.position)
            for vacancy in district.vacancies
            if vacancy.position == position.code
        )
        beyond = f", and {print_number(self.fte)} FTE beyond that" if self.fte else ""
        return f"{positions_words(district, self.position)} at a school falls by its vacant posts{beyond}; {print_fte(vacant)} FTE are vacant."
