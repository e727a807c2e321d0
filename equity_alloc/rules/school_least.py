"""One school has at least so many posts of a position, or so many dollars of a line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Dollars, Force, Posts
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.ratio import up_to_step
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class SchoolLeast(HeldRule):
    """What one school asks for, or was told that it would have: a floor under one position or line there."""

    code: ClassVar[str] = "school-least"
    title: ClassVar[str] = "One school has at least so much of a position or line"
    says: ClassVar[str] = "The named school has no less than the stated posts of a position, or dollars of a line."
    source: ClassVar[Source] = Source("The district's budget guidelines", "posts and dollars settled school by school")

    school: str = setting("", label="School", choice=Choice.SCHOOL)
    item: str = setting("", label="Position or line", choice=Choice.ITEM)
    least_fte: Decimal = setting(
        Decimal(0),
        label="Posts at least",
        unit="FTE",
        least="0",
        most="1000",
        step="0.1",
        hint="Of a position; up to its next step.",
    )
    least_dollars: Decimal = setting(
        Decimal(0), label="Dollars at least", unit="dollars", least="0", most="100000000", step="1", hint="Of a line."
    )
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield the one post or line, with what is asked for."""
        if self.school not in district.school_of:
            raise UnknownCode(f"There is no school with code {self.school}.")
        school = district.school_of[self.school]
        position = district.position_of.get(self.item)
        if position is not None:
            least = up_to_step(Fraction(self.least_fte) * 100, position.step)
            yield Held(school, position.title, Posts(school.code, position.code), least, None)
        elif self.item in district.lines:
            cents = math.ceil(self.least_dollars * 100)
            yield Held(school, self.item, Dollars(school.code, self.item), cents, None)
        else:
            raise UnknownCode(f"There is no position or line called {self.item}.")

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name what the school has and what is asked for."""
        return (
            f"{item.school.label} has {print_amount(has, item.unit)} of {item.what}; at least "
            f"{print_amount(item.least or 0, item.unit)} is asked for."
        )

    def explain(self, district: District) -> str:
        """State the floor."""
        [held] = self.held(district)
        return f"{held.school.label} has at least {print_amount(held.least or 0, held.unit)} of {held.what}."
