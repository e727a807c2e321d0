"""The neediest quarter of schools has at least a ratio of the least needy quarter's dollars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District, School
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Limit
from equity_alloc.rules.quarters import quarters_of, weight_setting, weighted
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting
from equity_alloc.rules.weighted_sum import GroupSumRule, at_least, group_name


@dataclass(frozen=True, slots=True)
class NeedQuarterRatio(GroupSumRule):
    """A floor for the dollars of the neediest quarter of schools, as a ratio of the least needy quarter's."""

    code: ClassVar[str] = "need-quarter-ratio"
    title: ClassVar[str] = "The neediest quarter of schools has at least a ratio of the least needy quarter's dollars"
    says: ClassVar[str] = (
        "Core dollars per weighted pupil at the quarter of schools with the largest share of the group are at least the "
        "stated ratio of those at the quarter with the smallest."
    )
    source: ClassVar[Source] = Source(
        "The Education Trust, Funding Gaps",
        "comparison of the quarter of districts with the most poverty with the quarter with the least",
        "https://edtrust.org/resource/funding-gaps-2018/",
        "2018",
    )

    group: str = setting("", label="Group", choice=Choice.GROUP)
    weight: Decimal = weight_setting()
    ratio: Decimal = setting(
        Decimal(1),
        label="Least ratio",
        unit="share",
        least="0",
        most="2",
        step="0.01",
        hint="100 % lets no weighted pupil of the neediest quarter have less than one of the least needy.",
    )
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def limits(self, district: District) -> Iterator[Limit]:
        """Yield the ratio, as a sum of both quarters' dollars."""
        least, *_, most = quarters_of(district, self.group)
        own, other = self._pupils(district, most), self._pupils(district, least)
        weights = [(school.code, 1 / own) for school in most]
        weights += [(school.code, -Fraction(self.ratio) / other) for school in least]
        yield at_least(self.code, group_name(district, self.group), weights, Fraction(0), Fraction(1))

    def short_words(self, subject: str, short: Cents) -> str:
        """Name the group and what the neediest quarter lacks."""
        return (
            f"The neediest quarter of schools by {subject} has {print_dollars(short, with_cents=True)} per "
            f"weighted pupil less than {print_share(self.ratio)} of the least needy quarter."
        )

    def known_words(self, district: District) -> str:
        """Name both quarters."""
        least, *_, most = quarters_of(district, self.group)
        have = "has" if len(most) == 1 else "have"
        return (
            f"The {count_words(len(most), 'school')} with the largest share of {group_name(district, self.group)} {have} at least "
            f"{print_share(self.ratio)} of the core dollars per weighted pupil of the {len(least)} with the smallest."
        )

    def _pupils(self, district: District, schools: tuple[School, ...]) -> Fraction:
        return sum((weighted(district, school, self.group, self.weight) for school in schools), Fraction(0))
