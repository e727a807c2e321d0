"""What holding schools back from a formula costs in equity: how the money beyond it reaches a group's pupils."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue, UnknownNeed
from equity_alloc.domain.money import print_dollars
from equity_alloc.formulas.facts import ENROLLMENT, DistrictFacts
from equity_alloc.formulas.phase_in import Settlement

#: Cents per pupil below which cents are shown.
_SMALL = 10_00


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
        """One or two sentences: both averages, and who is better off."""
        return self.words_for(f"in {self.group}")

    def words_for(self, called: str) -> str:
        """Return the words with what the group is called, behind "a pupil".

        Examples
        --------
        >>> EquityCost("poor", Fraction(1178_73), Fraction(1488_14)).words_for("in poverty")
        'A pupil in poverty has $1,179 more than the formula gives, any other pupil $1,488 more. The group gets $309 less of the extra than other pupils.'
        """
        other = _against(self.per_other).removesuffix(" than").replace("exactly what", "exactly that")
        return (
            f"A pupil {called} has {_against(self.per_member)} the formula gives, any other pupil {other}. {self._gap}"
        )

    @property
    def _gap(self) -> str:
        if _whole(self.gap) == 0:
            return "The group fares like other pupils."
        size, pays = _dollars(abs(self.gap)), self.gap > 0
        if min(self.per_member, self.per_other) >= 0:
            return f"The group gets {size} {'less' if pays else 'more'} of the extra than other pupils."
        if max(self.per_member, self.per_other) <= 0:
            return f"{size} {'more' if pays else 'less'} is held back per pupil of the group than per other pupil."
        return f"The group is {size} per pupil {'worse' if pays else 'better'} off than other pupils."


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


def _against(cents: Fraction) -> str:
    if _whole(cents) == 0:
        return "exactly what"
    return f"{_dollars(abs(cents))} {'more' if cents > 0 else 'less'} than"


def _dollars(cents: Fraction) -> str:
    """Return whole dollars, and cents too where whole dollars would say little."""
    return print_dollars(_whole(cents), with_cents=cents < _SMALL)


def _whole(cents: Fraction) -> int:
    return round(cents)
