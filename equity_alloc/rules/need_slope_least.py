"""More need comes with more dollars: the need slope is at least so much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Limit
from equity_alloc.rules.ratio import pupils_of
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting
from equity_alloc.rules.weighted_sum import GroupSumRule, at_least, group_name, refuse_everybody


@dataclass(frozen=True, slots=True)
class NeedSlopeLeast(GroupSumRule):
    """A floor for the least-squares slope of counted dollars per pupil on the share of a group."""

    code: ClassVar[str] = "need-slope-least"
    title: ClassVar[str] = "More need comes with more dollars"
    says: ClassVar[str] = (
        "Counted dollars per pupil rise with the share of the group at the school by at least the stated amount, from "
        "none of the pupils to all of them, along the line that fits all pupils best."
    )
    source: ClassVar[Source] = Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of vertical equity: simple slope",
        "",
        "1984",
    )

    group: str = setting("", label="Group", choice=Choice.GROUP)
    least: Decimal = setting(
        Decimal(0),
        label="Least slope",
        unit="dollars per pupil",
        least="-20000",
        most="20000",
        step="100",
        hint="Dollars per pupil from a school with none of the group to one with nobody else.",
    )
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def limits(self, district: District) -> Iterator[Limit]:
        """Yield the slope, as a sum of the dollars."""
        refuse_everybody(self.group)
        schools = [school for school in district.schools if school.enrollment]
        share = {s.code: Fraction(pupils_of(district, s, self.group), s.enrollment) for s in schools}
        pupils = sum(school.enrollment for school in schools)
        mean = sum((share[s.code] * s.enrollment for s in schools), Fraction(0)) / max(pupils, 1)
        spread = sum((s.enrollment * (share[s.code] - mean) ** 2 for s in schools), Fraction(0))
        name = group_name(district, self.group)
        if spread == 0:
            raise UnknownNeed(
                f"Every school has the same share of {name}, so there is no slope on it. Take the rule out."
            )
        weights = [(code, each - mean) for code, each in share.items()]
        yield at_least(self.code, name, weights, Fraction(self.least) * 100 * spread, spread)

    def short_words(self, subject: str, short: Cents) -> str:
        """Name the group and what the slope lacks."""
        return (
            f"From no {subject} to all, dollars per pupil rise by {print_dollars(short, with_cents=True)} less "
            f"than {print_dollars(round(self.least * 100))}."
        )

    def known_words(self, district: District) -> str:
        """Say what a school with all of the group has more than one with none."""
        name = next(iter(self.limits(district))).subject
        return (
            f"A school where everybody belongs to {name} has at least {print_dollars(round(self.least * 100))} per pupil "
            "more than one where nobody does, along the line that fits all pupils best."
        )
