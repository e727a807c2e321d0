"""Only so many posts are moved: added or given up, at all schools together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.number import print_number
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Cut, Force, Limit, Model, Posts, Quantity
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting

#: Whom the sum is over.
EVERYBODY = "All schools together"


@dataclass(frozen=True, slots=True)
class MovedPosts:
    """A cap on disruption: posts added and posts given up, position by position and school by school, add up to so many."""

    code: ClassVar[str] = "moved-posts"
    title: ClassVar[str] = "Only so many posts are moved"
    says: ClassVar[str] = (
        "The posts that schools have more of than last year, and those that they have fewer of, add up to no more than the "
        "stated FTE."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "limits on staff changes in one year")
    always: ClassVar[bool] = False

    fte: Decimal = setting(
        Decimal(20),
        label="Added or given up at most",
        unit="FTE",
        least="0",
        most="100000",
        step="1",
        hint="A teacher who goes from one school to another is one FTE given up and one added: two FTE moved.",
    )
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Hold the sum down: what is added is this year's less last year's and what was given up."""
        district = model.district
        terms: list[tuple[int, Quantity]] = []
        for school in district.schools:
            for position in district.positions:
                terms.append((2, Cut(school.code, position.code)))
                terms.append((1, Posts(school.code, position.code)))
        if terms:
            most = self._most + sum(fte for _, fte in district.today.fte)
            model.require(Limit(self.code, EVERYBODY, tuple(terms), None, most, Unit.FTE))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Add up what is moved."""
        moved = fte_moved(district, allocation)
        if moved > self._most:
            words = f"{print_fte(moved)} FTE are added or given up, and {print_fte(self._most)} may be."
            yield Breach(self.code, EVERYBODY, moved - self._most, Unit.FTE, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the posts that could still be moved."""
        if district.schools and district.positions:
            yield EVERYBODY, self._most - fte_moved(district, allocation), Unit.FTE

    def explain(self, district: District) -> str:
        """State the cap beside all posts of last year."""
        had = sum(fte for _, fte in district.today.fte)
        return (
            f"At most {print_number(self.fte)} FTE are added or given up; schools had {print_fte(had)} FTE last year."
        )

    @property
    def _most(self) -> Hundredths:
        return int(self.fte * 100)


def fte_moved(district: District, allocation: Allocation) -> Hundredths:
    """Return the posts added and given up, position by position and school by school.

    Parameters
    ----------
    district : District
    allocation : Allocation

    Returns
    -------
    Hundredths
    """
    has, had = allocation.fte_of, district.today.fte_of
    cells = ((school.code, position.code) for school in district.schools for position in district.positions)
    return sum(abs(has.get(at, 0) - had.get(at, 0)) for at in cells)
