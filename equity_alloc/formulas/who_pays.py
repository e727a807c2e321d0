"""What holding schools back from a formula costs in equity: how the money beyond it reaches a group's pupils."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue, UnknownNeed
from equity_alloc.domain.money import print_dollars
from equity_alloc.formulas.facts import ENROLLMENT, DistrictFacts
from equity_alloc.formulas.phase_in import Settlement


@dataclass(frozen=True, slots=True)
class EquityCost:
    """Dollars beyond the formula for the average pupil of a group and for the average other pupil.

    Parameters
    ----------
    group : str
    per_member, per_other : Fraction, cents per pupil
        Negative where the formula's money is held back.
    """

    group: str
    per_member: Fraction
    per_other: Fraction

    @property
    def gap(self) -> Fraction:
        """Cents per pupil by which others are better off; above zero when the group pays."""
        return self.per_other - self.per_member

    @property
    def words(self) -> str:
        """One sentence with both averages."""
        return (
            f"Against the formula, a pupil in {self.group} has {print_dollars(round(self.per_member), with_cents=True)} "
            f"and any other pupil {print_dollars(round(self.per_other), with_cents=True)} per year."
        )


def equity_cost(settlement: Settlement, facts: DistrictFacts, group: str) -> EquityCost:
    """Return how the difference from the formula falls on a group, every pupil of a school counted alike.

    Parameters
    ----------
    settlement : Settlement
    facts : DistrictFacts
    group : str
        Name of a count that is part of enrollment.

    Raises
    ------
    UnknownNeed
        If a count is unknown at one of the schools.
    InvalidValue
        If nobody, or everybody, belongs to the group.

    Notes
    -----
    per_member = sum(difference / enrollment x group count) / sum(group count)
    """
    members, others, to_members, to_others = (Fraction(0) for _ in range(4))
    for school in settlement.schools:
        counts = dict(facts.school_of[school.school].counts)
        enrolled, inside = counts.get(ENROLLMENT), counts.get(group)
        if enrolled is None or inside is None:
            raise UnknownNeed(f"School {school.school} has no count of {group} or no enrollment. Enter the counts.")
        if not enrolled:
            continue
        per_pupil = Fraction(school.over_formula) / Fraction(enrolled)
        rest = Fraction(enrolled) - Fraction(inside)
        members, others = members + Fraction(inside), others + rest
        to_members, to_others = to_members + per_pupil * Fraction(inside), to_others + per_pupil * rest
    if members <= 0 or others <= 0:
        raise InvalidValue(f"Nobody, or everybody, is in {group}: there is nothing to compare.")
    return EquityCost(group, to_members / members, to_others / others)
