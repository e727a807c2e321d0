"""A ratio that a district moves toward year by year: each school goes at least a part of the way this year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District, School
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Posts
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.ratio import (
    concerned,
    count_gaps,
    counted_setting,
    kind_setting,
    position_setting,
    posts_for,
    ratio_setting,
    ratio_words,
    up_to_step,
)
from equity_alloc.rules.setting import basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class StaffingTarget(HeldRule):
    """A staffing target: a school below the ratio closes at least a part of the distance, a school above it is left free."""

    code: ClassVar[str] = "staffing-target"
    title: ClassVar[str] = "Schools below a staffing target go a part of the way to it"
    says: ClassVar[str] = (
        "A school with fewer posts than the target ratio calls for closes at least the stated part of the distance from last "
        "year's posts."
    )
    source: ClassVar[Source] = Source("The district's staffing handbook", "staffing targets by job class")

    position: str = position_setting()
    pupils_per_fte: Decimal = ratio_setting("no target")
    counted: str = counted_setting()
    kind: str = kind_setting()
    way: Decimal = setting(
        Decimal("0.25"),
        label="Part of the way",
        unit="share",
        least="0",
        most="1",
        step="0.05",
        hint="100 % is the target itself. It may be another part in each year ahead.",
    )
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the schools whose count is unknown."""
        return count_gaps(district, self.counted, concerned(district, self.position, self.kind))

    def held(self, district: District) -> Iterator[Held]:
        """Yield the posts at each school below the target, with the least that goes this part of the way."""
        for school, had, target in self._targets(district):
            if had < target:
                position = district.position_of[self.position]
                least = up_to_step(had + Fraction(self.way) * (target - had), position.step)
                yield Held(school, position.title, Posts(school.code, position.code), least, None)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name the posts, and where this part of the way ends."""
        return (
            f"{item.school.label} has {print_fte(has)} FTE of {item.what}; {print_share(self.way)} of the way to the target "
            f"are {print_fte(item.least or 0)}."
        )

    def explain(self, district: District) -> str:
        """State the target, who is below it and by how much, and what this year closes."""
        below = [(had, target) for _, had, target in self._targets(district) if had < target]
        title = district.position_of[self.position].title
        if not self.pupils_per_fte:
            return f"{title}: no target ratio is set."
        ratio = ratio_words(district, self.pupils_per_fte, self.counted)
        short = sum(target - had for had, target in below)
        gained = sum(item.least or 0 for item in self.held(district)) - sum(had for had, _ in below)
        gains = "gains" if len(below) == 1 else "gain"
        who = f"{len(below)} school{' is' if len(below) == 1 else 's are'}"
        return (
            f"{title}: the target is {ratio}. {who} {print_fte(short)} FTE below it, and {gains} at least {print_fte(gained)} of "
            f"that this year ({print_share(self.way)} of the way)."
        )

    def _targets(self, district: District) -> Iterator[tuple[School, Hundredths, Hundredths]]:
        """Yield school, last year's posts and the posts that the target calls for."""
        asked = posts_for(
            district, self.position, pupils_per_fte=self.pupils_per_fte, counted=self.counted, kind=self.kind
        )
        for school, position, exact in asked:
            had = district.today.fte_of.get((school.code, position.code), 0)
            yield school, had, up_to_step(exact, position.step)
