"""Schools of like need have like dollars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Limit
from equity_alloc.rules.quarters import quarters_of, weight_setting, weighted
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting
from equity_alloc.rules.weighted_sum import GroupSumRule, at_least, group_name


@dataclass(frozen=True, slots=True)
class BandSpread(GroupSumRule):
    """A band around the mean dollars of the quarter of need that a school is in."""

    code: ClassVar[str] = "band-spread"
    title: ClassVar[str] = "Schools of like need have like dollars"
    says: ClassVar[str] = (
        "Within each quarter of schools by the share of the group, no school's core dollars per weighted pupil lie further "
        "from the quarter's own mean than the stated share."
    )
    source: ClassVar[Source] = Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "horizontal equity: equal treatment of equals, measured within groups of like need",
        "",
        "1984",
    )

    group: str = setting("", label="Group", choice=Choice.GROUP)
    weight: Decimal = weight_setting()
    spread: Decimal = setting(
        Decimal("0.1"), label="Furthest from the mean", unit="share", least="0", most="1", step="0.01"
    )
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def limits(self, district: District) -> Iterator[Limit]:
        """Yield both ends of the band at every school."""
        spread = Fraction(self.spread)
        for quarter in quarters_of(district, self.group):
            pupils = {school.code: weighted(district, school, self.group, self.weight) for school in quarter}
            total = sum(pupils.values(), Fraction(0))
            for school in quarter if len(quarter) > 1 else ():
                part = pupils[school.code] / total
                for end, sign, where in ((1 - spread, 1, "below"), (1 + spread, -1, "above")):
                    weights = [(code, sign * ((code == school.code) - end * part)) for code in pupils]
                    if any(weight for _, weight in weights):
                        yield at_least(
                            self.code, f"{school.label}, {where} the mean", weights, Fraction(0), Fraction(1)
                        )

    def short_words(self, subject: str, short: Cents) -> str:
        """Name the school and how far outside it lies."""
        return (
            f"{subject}: {print_dollars(short, with_cents=True)} outside {print_share(self.spread)} of the "
            "mean of schools with like need."
        )

    def known_words(self, district: District) -> str:
        """Say what is compared."""
        sizes = [len(quarter) for quarter in quarters_of(district, self.group) if len(quarter) > 1]
        return (
            f"In each of {len(sizes)} quarters of schools by the share of {group_name(district, self.group)}, no school lies "
            f"more than {print_share(self.spread)} from its quarter's mean core dollars per weighted pupil."
        )
