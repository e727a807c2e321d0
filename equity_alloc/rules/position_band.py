"""Posts at a school move by no more than so much in one year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.number import print_number, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model, Posts
from equity_alloc.rules.change import has_last_year
from equity_alloc.rules.held import Held, ask_for, breaches, outside_words, rooms
from equity_alloc.rules.positions import every_position_setting, positions_named, positions_words
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class PositionBand:
    """A limit on moves: each school's posts of a position stay within a share, or within so many FTE, of last year."""

    code: ClassVar[str] = "position-band"
    title: ClassVar[str] = "Posts at a school move only so much in one year"
    says: ClassVar[str] = (
        "A school gains or gives up no more than the stated share of its posts in a position, or the stated FTE where "
        "that is more."
    )
    source: ClassVar[Source] = Source("The district's collective agreements", "articles on transfers and displacement")
    always: ClassVar[bool] = False

    position: str = every_position_setting()
    share: Decimal = setting(Decimal("0.20"), label="Most change", unit="share", least="0", most="10", step="0.05")
    fte: Decimal = setting(Decimal("1"), label="Or, if more", unit="FTE", least="0", most="100", step="0.5")
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Give every school's posts their least and most."""
        ask_for(model, self.code, self._held(model.district))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare posts with their band."""
        return breaches(self.code, district, allocation, self._held(district), outside_words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the room to the nearer end of the band."""
        return rooms(district, allocation, self._held(district))

    def explain(self, district: District) -> str:
        """State the band."""
        return (
            f"{positions_words(district, self.position)} at a school moves by no more than {print_share(self.share)} of last year's posts, or "
            f"{print_number(self.fte)} FTE where that is more."
        )

    def _held(self, district: District) -> Iterator[Held]:
        # Whole parts of a hundredth, so that bands are exact without a fraction for each post.
        share, fte = Fraction(self.share), Fraction(self.fte) * 100
        parts = math.lcm(share.denominator, fte.denominator)
        share_parts, fte_parts = int(share * parts), int(fte * parts)
        for position in positions_named(district, self.position):
            step = position.step * parts
            for school in district.schools:
                if not has_last_year(district, school):
                    continue
                last_year = district.today.fte_of.get((school.code, position.code), 0)
                room = max(share_parts * last_year, fte_parts)
                least = -(-max(0, last_year * parts - room) // step) * position.step
                most = (last_year * parts + room) // step * position.step
                if least > most:
                    # Last year is off the steps and the band holds none: the post may go to the step next to it.
                    least, most = most, least
                yield Held(school, position.title, Posts(school.code, position.code), least, most)
