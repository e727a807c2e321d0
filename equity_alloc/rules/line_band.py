"""Non-staff lines stay near what they were last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.money import Cents
from equity_alloc.domain.number import count_words, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Dollars, Force
from equity_alloc.rules.change import has_last_year
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting

EVERY_LINE = "every line"


@dataclass(frozen=True, slots=True)
class LineBand(HeldRule):
    """Least and most for each school's non-staff line, as shares of last year's dollars in that line."""

    code: ClassVar[str] = "line-band"
    title: ClassVar[str] = "Non-staff lines stay near last year"
    says: ClassVar[str] = (
        "Supplies and services at a school change by no more than the stated shares in one year; a new school is held to "
        "the district's dollars per pupil."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "limits on changes of non-staff lines")

    line: str = setting(EVERY_LINE, label="Line", choice=Choice.LINE)
    least: Decimal = setting(Decimal("0.90"), label="Least", unit="share", least="0", most="1", step="0.05")
    most: Decimal = setting(Decimal("1.10"), label="Most", unit="share", least="1", most="100", step="0.05")
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield each school's line with both ends of its band."""
        if self.line != EVERY_LINE and self.line not in district.lines:
            raise UnknownCode(f"There is no line called {self.line}. Lines here: {', '.join(district.lines)}.")
        lines = district.lines if self.line == EVERY_LINE else (self.line,)
        low, high = Fraction(self.least), Fraction(self.most)
        for school in district.schools:
            for line in lines:
                last_year = self._base(district, school, line)
                least = -(-low.numerator * last_year // low.denominator)
                most = high.numerator * last_year // high.denominator
                yield Held(school, line, Dollars(school.code, line), least, most)

    def explain(self, district: District) -> str:
        """State the band and how many lines it holds."""
        count = sum(1 for _ in self.held(district))
        what = "Every non-staff line" if self.line == EVERY_LINE else self.line
        return (
            f"{what} at a school stays between {print_share(self.least)} and {print_share(self.most)} of last year "
            f"({count_words(count, 'line')} at {count_words(len(district.schools), 'school')})."
        )

    def _base(self, district: District, school: School, line: str) -> Cents:
        """Return last year's dollars; for a new school the district's dollars per pupil times its enrollment."""
        if has_last_year(district, school):
            return district.today.by_school_line.get((school.code, line), 0)
        old = [other for other in district.schools if has_last_year(district, other)]
        pupils = sum(other.enrollment for other in old)
        spent = sum(district.today.by_school_line.get((other.code, line), 0) for other in old)
        return spent * school.enrollment // pupils if pupils else 0
