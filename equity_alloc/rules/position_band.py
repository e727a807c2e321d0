"""Posts at a school move by no more than so much in one year."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.number import print_number, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Posts
from equity_alloc.rules.change import has_last_year
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.positions import every_position_setting, positions_named, positions_words
from equity_alloc.rules.setting import basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class PositionBand(HeldRule):
    """A limit on moves: each school's posts of a position stay within a share, or within so many FTE, of last year."""

    code: ClassVar[str] = "position-band"
    title: ClassVar[str] = "Posts at a school move only so much in one year"
    says: ClassVar[str] = (
        "A school gains or gives up no more than the stated share of its posts in a position, or the stated FTE where "
        "that is more."
    )
    source: ClassVar[Source] = Source("The district's collective agreements", "articles on transfers and displacement")

    position: str = every_position_setting()
    share: Decimal = setting(Decimal("0.20"), label="Most change", unit="share", least="0", most="10", step="0.05")
    fte: Decimal = setting(Decimal("1"), label="Or, if more", unit="FTE", least="0", most="100", step="0.5")
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield each school's posts with both ends of their band; a new school has no last year to stay near."""
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

    def explain(self, district: District) -> str:
        """State the band."""
        return (
            f"{positions_words(district, self.position)} at a school moves by no more than {print_share(self.share)} of last year's posts, or "
            f"{print_number(self.fte)} FTE where that is more."
        )
