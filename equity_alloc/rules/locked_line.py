"""A position or a line stays at a school as it was last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Dollars, Force, Posts
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.ratio import down_to_step
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting

EVERY_SCHOOL = "every school"


@dataclass(frozen=True, slots=True)
class LockedLine(HeldRule):
    """Nothing moves here: the plan keeps last year's posts (to the position's nearest step) or dollars."""

    code: ClassVar[str] = "locked-line"
    title: ClassVar[str] = "A position or line stays as it was last year"
    says: ClassVar[str] = "The named position or line is not part of this decision."
    source: ClassVar[Source] = Source("The district's budget guidelines", "lines not open to change this year")

    item: str = setting("", label="Position or line", choice=Choice.ITEM)
    school: str = setting(EVERY_SCHOOL, label="School", choice=Choice.SCHOOL)
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield the item at each school concerned, with last year's amount as least and most."""
        self._refuse_unknown(district)
        position = district.position_of.get(self.item)
        for school in district.schools:
            if self.school not in (EVERY_SCHOOL, school.code):
                continue
            key = (school.code, self.item)
            if position is None:
                amount = district.today.by_school_line.get(key, 0)
                yield Held(school, self.item, Dollars(*key), amount, amount)
            else:
                last_year = district.today.fte_of.get(key, 0)
                amount = down_to_step(last_year + Fraction(position.step, 2), position.step)
                yield Held(school, position.title, Posts(*key), amount, amount)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name last year's amount and the plan's."""
        return (
            f"{item.what} at {item.school.label} is locked at {print_amount(item.least or 0, item.unit)}, but the plan "
            f"has {print_amount(has, item.unit)}."
        )

    def explain(self, district: District) -> str:
        """Say what is locked, where."""
        self._refuse_unknown(district)
        where = self.school if self.school == EVERY_SCHOOL else district.school_of[self.school].label
        return f"{self._title(district)} stays as it was last year at {where}."

    def _title(self, district: District) -> str:
        position = district.position_of.get(self.item)
        return position.title if position else self.item

    def _refuse_unknown(self, district: District) -> None:
        if self.school != EVERY_SCHOOL and self.school not in district.school_of:
            raise UnknownCode(f"There is no school with code {self.school}.")
        if self.item not in district.position_of and self.item not in district.lines:
            raise UnknownCode(f"There is no position or line called {self.item}.")
