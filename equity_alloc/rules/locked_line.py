"""A position or a line stays at a school as it was last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.finding import Breach, Unit, print_amount
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Dollars, Force, Limit, Model, Posts
from equity_alloc.rules.ratio import down_to_step
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting

EVERY_SCHOOL = "every school"


@dataclass(frozen=True, slots=True)
class LockedLine:
    """Nothing moves here: the plan keeps last year's posts (to the position's nearest step) or dollars."""

    code: ClassVar[str] = "locked-line"
    title: ClassVar[str] = "A position or line stays as it was last year"
    says: ClassVar[str] = "The named position or line is not part of this decision."
    source: ClassVar[Source] = Source("The district's budget guidelines", "lines not open to change this year")
    always: ClassVar[bool] = False

    item: str = setting("", label="Position or line", choice=Choice.ITEM)
    school: str = setting(EVERY_SCHOOL, label="School", choice=Choice.SCHOOL)
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def constrain(self, model: Model) -> None:
        """Hold the item at last year's amount."""
        for school, amount, unit in self._locked(model.district):
            quantity = Posts(school.code, self.item) if unit is Unit.FTE else Dollars(school.code, self.item)
            model.require(Limit(self.code, school.label, ((1, quantity),), amount, amount, unit))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare with last year."""
        for school, amount, unit in self._locked(district):
            has = self._has(allocation, school, unit)
            if has != amount:
                words = (
                    f"{self._title(district)} at {school.label} is locked at {print_amount(amount, unit)}, but the plan "
                    f"has {print_amount(has, unit)}."
                )
                yield Breach(self.code, school.label, abs(has - amount), unit, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield zero for each school where the lock holds: a lock leaves no room."""
        for school, amount, unit in self._locked(district):
            yield f"{school.name}: {self._title(district)}", -abs(self._has(allocation, school, unit) - amount), unit

    def explain(self, district: District) -> str:
        """Say what is locked, where."""
        self._refuse_unknown(district)
        where = self.school if self.school == EVERY_SCHOOL else district.school_of[self.school].label
        return f"{self._title(district)} stays as it was last year at {where}."

    def _title(self, district: District) -> str:
        position = district.position_of.get(self.item)
        return position.title if position else self.item

    def _has(self, allocation: Allocation, school: School, unit: Unit) -> int:
        key = (school.code, self.item)
        return allocation.fte_of.get(key, 0) if unit is Unit.FTE else allocation.by_school_line.get(key, 0)

    def _refuse_unknown(self, district: District) -> None:
        if self.school != EVERY_SCHOOL and self.school not in district.school_of:
            raise UnknownCode(f"There is no school with code {self.school}.")
        if self.item not in district.position_of and self.item not in district.lines:
            raise UnknownCode(f"There is no position or line called {self.item}.")

    def _locked(self, district: District) -> Iterator[tuple[School, int, Unit]]:
        self._refuse_unknown(district)
        position = district.position_of.get(self.item)
        for school in district.schools:
            if self.school not in (EVERY_SCHOOL, school.code):
                continue
            if position is None:
                yield school, district.today.by_school_line.get((school.code, self.item), 0), Unit.CENTS
            else:
                last_year = district.today.fte_of.get((school.code, self.item), 0)
                yield school, down_to_step(last_year + Fraction(position.step, 2), position.step), Unit.FTE
