"""Where money is cut, the neediest quarter of schools bears at most a share of the average cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words, print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Limit
from equity_alloc.rules.quarters import last_year_of, quarters_of
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting
from equity_alloc.rules.weighted_sum import GroupSumRule, at_least, group_name


@dataclass(frozen=True, slots=True)
class CutShare(GroupSumRule):
    """A ceiling for the cut of the neediest quarter of schools, as a share of the average cut of all."""

    code: ClassVar[str] = "cut-share"
    title: ClassVar[str] = "Cuts fall on the neediest quarter of schools by at most a share of the average"
    says: ClassVar[str] = (
        "As a part of last year's core dollars, the neediest quarter of schools loses at most the stated share of what all "
        "schools together lose. Where all together gain, it gains at least that share of the average gain."
    )
    source: ClassVar[Source] = Source("The district's commitments", "who bears a cut")

    group: str = setting("", label="Group", choice=Choice.GROUP)
    share: Decimal = setting(
        Decimal("0.5"),
        label="Share of the average cut",
        unit="share",
        least="0",
        most="2",
        step="0.05",
        hint="50 % lets the neediest quarter lose at most half as large a part of last year as all schools together.",
    )
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def limits(self, district: District) -> Iterator[Limit]:
        """Yield the share, as a sum of the quarter's dollars against everybody's."""
        *_, most = quarters_of(district, self.group)
        own, all_ = last_year_of(district, most), last_year_of(district, district.schools)
        if own <= 0:
            raise UnknownNeed(
                "The neediest quarter of schools had no core dollars last year, so no cut can be compared. "
                "Take the rule out."
            )
        needy, share = {school.code for school in most}, Fraction(self.share)
        weights = [
            (school.code, (Fraction(1, own) if school.code in needy else Fraction(0)) - share / all_)
            for school in district.schools
        ]
        yield at_least(self.code, group_name(district, self.group), weights, 1 - share, Fraction(1, own))

    def short_words(self, subject: str, short: Cents) -> str:
        """Name the group and what its quarter lacks."""
        return (
            f"The neediest quarter of schools by {subject} has {print_dollars(short, with_cents=True)} less than "
            f"if it bore {print_share(self.share)} of the average cut."
        )

    def known_words(self, district: District) -> str:
        """Name the quarter and what it had."""
        *_, most = quarters_of(district, self.group)
        return (
            f"The {count_words(len(most), 'school')} with the largest share of {group_name(district, self.group)} had "
            f"{print_dollars(last_year_of(district, most))} last year; as a part of that they lose at most "
            f"{print_share(self.share)} of the average cut."
        )
