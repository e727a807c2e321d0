"""Need weights and weighted pupils, exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from equity_alloc.domain.district import District, GroupUse, School
from equity_alloc.domain.errors import InvalidValue, ProtectedAttribute, UnknownCode, UnknownNeed


@dataclass(frozen=True, slots=True)
class NeedWeight:
    """The extra share of the base that a pupil in a group brings: 0.25 means 25 % more.

    Parameters
    ----------
    group : str
        Code of a student group.
    weight : Decimal
        Zero or more, at most 10.
    source : str
        Who set it, where it is written.
    """

    group: str
    weight: Decimal
    source: str = ""

    def __post_init__(self) -> None:
        if not self.weight.is_finite() or not 0 <= self.weight <= 10:
            raise InvalidValue(
                f"Need weight {self.weight} for {self.group} is out of range. A weight is the extra share of the base, "
                "zero or more: 0.25 means 25 % more."
            )


def weighted_pupils(school: School, weights: Iterable[NeedWeight]) -> Fraction:
    """Return enrollment plus the sum of weight times group count.

    Parameters
    ----------
    school : School
    weights : iterable of NeedWeight

    Returns
    -------
    Fraction, weighted pupils
        Exact.

    Raises
    ------
    UnknownNeed
        If a group with a weight above zero has no count at this school.

    Examples
    --------
    >>> school = School("1", "One", "elementary", 400, groups=(("poor", 100),))
    >>> float(weighted_pupils(school, [NeedWeight("poor", Decimal("0.25"))]))
    425.0
    """
    total = Fraction(school.enrollment)
    for need in weights:
        if need.weight == 0:
            continue
        count = school.group(need.group)
        if count is None:
            raise UnknownNeed(
                f"{school.label} has no count of group {need.group}, and unknown is not zero. "
                "Enter the count, or set the need weight of the group to zero."
            )
        total += Fraction(need.weight) * count
    return total


def refuse_unfit(district: District, weights: Iterable[NeedWeight]) -> None:
    """Raise if a weight names a group that does not exist or is for audit only.

    Raises
    ------
    UnknownCode, ProtectedAttribute
    """
    for need in weights:
        require_driver(district, need.group)


def require_driver(district: District, group: str) -> None:
    """Raise unless the group exists and may drive an allocation.

    Raises
    ------
    UnknownCode, ProtectedAttribute
    """
    member = district.group_of.get(group)
    if member is None:
        known = ", ".join(sorted(code for code, g in district.group_of.items() if g.use is GroupUse.NEED)) or "none"
        raise UnknownCode(f"There is no student group with code {group}. Need drivers here: {known}.")
    if member.use is GroupUse.AUDIT:
        raise ProtectedAttribute(f"{member.title} is for audit only and can never drive an allocation.")
