"""Only so many posts are given up, at the district together or at each school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.number import print_number
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Cut, Force, Limit, Model
from equity_alloc.rules.positions import every_position_setting, positions_named, positions_words
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting
from equity_alloc.rules.vacant import vacant_gaps


class Scope(StrEnum):
    """Over what the posts given up are added up."""

    DISTRICT = "all schools together"
    SCHOOL = "each school"


class Vacant(StrEnum):
    """Whether posts that nobody holds may go on top."""

    ABSORB = "may go on top"
    COUNT = "count as well"


@dataclass(frozen=True, slots=True)
class DisplacedPosts:
    """A cap on the sum of posts given up: last year's less this year's where that is fewer, school by school."""

    code: ClassVar[str] = "displaced-posts"
    title: ClassVar[str] = "Only so many posts are given up"
    says: ClassVar[str] = (
        "The posts that schools give up add up to no more than the stated FTE; vacant posts may absorb more."
    )
    source: ClassVar[Source] = Source("The district's collective agreements", "articles on reduction in force")
    always: ClassVar[bool] = False

    position: str = every_position_setting()
    fte: Decimal = setting(Decimal(20), label="Given up at most", unit="FTE", least="0", most="10000", step="1")
    scope: Scope = setting(Scope.DISTRICT, label="Added up over", options=tuple(scope.value for scope in Scope))
    vacant: Vacant = setting(Vacant.COUNT, label="Vacant posts", options=tuple(vacant.value for vacant in Vacant))
    force: Force = force_setting("contract")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the positions of which no vacant post is listed, where vacant posts may go on top."""
        if self.vacant is Vacant.ABSORB:
            yield from vacant_gaps(district, positions_named(district, self.position))

    def constrain(self, model: Model) -> None:
        """Hold the sum of cuts down."""
        for subject, schools, most in self._sums(model.district):
            positions = positions_named(model.district, self.position)
            terms = tuple((1, Cut(code, position.code)) for code in schools for position in positions)
            if terms:
                model.require(Limit(self.code, subject, terms, None, most, Unit.FTE))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Add up what is given up."""
        for subject, schools, most in self._sums(district):
            cut = self._cut(district, allocation, schools)
            if cut > most:
                words = f"{subject}: {print_fte(cut)} FTE are given up, and {print_fte(most)} may be."
                yield Breach(self.code, subject, cut - most, Unit.FTE, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the posts that could still be given up."""
        for subject, schools, most in self._sums(district):
            yield subject, most - self._cut(district, allocation, schools), Unit.FTE

    def explain(self, district: District) -> str:
        """State how many posts may go."""
        most = sum(most for _, _, most in self._sums(district))
        what = positions_words(district, self.position)
        return f"{what}: at most {print_number(self.fte)} FTE given up, {self.scope.value}; with vacant posts {print_fte(most)} in all."

    def _sums(self, district: District) -> Iterator[tuple[str, tuple[str, ...], Hundredths]]:
        """Yield whom a sum concerns, its schools, and the most that may be given up; nothing where data lack."""
        codes = {position.code for position in positions_named(district, self.position)}
        if any(True for _ in self.gaps(district)):
            return
        together = self.scope is Scope.DISTRICT
        groups = [("All schools", tuple(district.school_of))] if together else []
        groups += [] if together else [(school.label, (school.code,)) for school in district.schools]
        for subject, schools in groups:
            vacant = sum(v.fte for v in district.vacancies if v.school in schools and v.position in codes)
            yield subject, schools, int(self.fte * 100) + vacant * (self.vacant is Vacant.ABSORB)

    def _cut(self, district: District, allocation: Allocation, schools: tuple[str, ...]) -> Hundredths:
        positions = positions_named(district, self.position)
        return sum(
            max(0, district.today.fte_of.get((school, p.code), 0) - allocation.fte_of.get((school, p.code), 0))
            for school in schools
            for p in positions
        )
