"""Schools of a kind have none of a position, or at least so much: nobody hires a tenth of a nurse for a high school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.positions import positions_named
from equity_alloc.rules.ratio import EVERY_KIND, concerned, kind_setting, position_setting
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class SmallestPost:
    """The smallest post of a position may differ by kind of school; what the sheet Positions says holds everywhere."""

    code: ClassVar[str] = "smallest-post"
    title: ClassVar[str] = "Schools of a kind have none of a position, or at least so much"
    says: ClassVar[str] = (
        "A part-time post at a school of this kind is at least as large as stated; otherwise the school has none."
    )
    source: ClassVar[Source] = Source(
        "The district's position control and collective agreements",
        "smallest part-time post by job class and school type",
    )
    always: ClassVar[bool] = False

    position: str = position_setting()
    smallest: Decimal = setting(Decimal("0.5"), label="Smallest post", unit="FTE", least="0", most="10", step="0.05")
    kind: str = kind_setting()
    force: Force = force_setting("contract")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Hold the schools of the kind to none or the smallest post."""
        model.hold_smallest(
            self.position,
            self._smallest,
            [school.code for school in concerned(model.district, self.position, self.kind)],
        )

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Look at every post of the position at these schools."""
        for school, fte in self._posts(district, allocation):
            if 0 < fte < self._smallest:
                words = (
                    f"{school.label} has {print_fte(fte)} FTE of {self._title(district)}; a school of its kind has none or at "
                    f"least {print_fte(self._smallest)}."
                )
                yield Breach(self.code, school.label, self._smallest - fte, Unit.FTE, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield how much a school with such a post could give up before it would have to give up all."""
        for school, fte in self._posts(district, allocation):
            if fte > 0:
                yield school.name, fte - self._smallest, Unit.FTE

    def explain(self, district: District) -> str:
        """Name position, kind and smallest post, and who had less last year."""
        below = [s.name for s, fte in self._posts(district, district.today) if 0 < fte < self._smallest]
        kind = "any school" if self.kind == EVERY_KIND else f"{self.kind} schools"
        last = f"Less than that had last year: {', '.join(below)}" if below else "No school had less last year"
        return f"{self._title(district)} at {kind}: none, or at least {print_fte(self._smallest)} FTE. {last}."

    @property
    def _smallest(self) -> Hundredths:
        return int(self.smallest * 100)

    def _title(self, district: District) -> str:
        return positions_named(district, self.position)[0].title

    def _posts(self, district: District, allocation: Allocation) -> Iterator[tuple[School, Hundredths]]:
        for school in concerned(district, self.position, self.kind):
            yield school, allocation.fte_of.get((school.code, self.position), 0)
