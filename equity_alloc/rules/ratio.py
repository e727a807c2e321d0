"""Staffing by ratio: pupils per full-time post, rounded to the position's step."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownCode, UnknownNeed
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.need import require_driver

ENROLLMENT = "enrollment"
EVERY_KIND = "every school"


def pupils_of(district: District, school: School, counted: str) -> int:
    """Return the pupils that a ratio counts at a school.

    Raises
    ------
    UnknownNeed
        If the group's count is unknown here.
    """
    if counted == ENROLLMENT:
        return school.enrollment
    require_driver(district, counted)
    count = school.group(counted)
    if count is None:
        raise UnknownNeed(f"{school.label} has no count of group {counted}. Enter it; unknown is not zero.")
    return count


def concerned(district: District, position: str, kind: str) -> tuple[School, ...]:
    """Return the schools of a kind, after making sure that the position and the kind exist.

    A rule for a misspelled kind would protect nobody without a word.

    Raises
    ------
    UnknownCode
    """
    if position not in district.position_of:
        known = ", ".join(p.code for p in district.positions) or "none"
        raise UnknownCode(f"There is no position with code {position}. Positions here: {known}.")
    schools = tuple(school for school in district.schools if kind in (EVERY_KIND, school.kind))
    if kind != EVERY_KIND and not schools:
        kinds = ", ".join(sorted({school.kind for school in district.schools})) or "none"
        raise UnknownCode(f"There is no school of kind {kind}. Kinds here: {kinds}.")
    return schools


def ratio_fte(pupils: int, pupils_per_fte: Decimal) -> Fraction:
    """Return the exact posts that a ratio asks for, in hundredths; zero pupils per FTE means no ratio.

    Examples
    --------
    >>> float(ratio_fte(350, Decimal(250)))
    140.0
    """
    return Fraction(pupils * 100) / Fraction(pupils_per_fte) if pupils_per_fte else Fraction(0)


def up_to_step(hundredths: Fraction, step: Hundredths) -> Hundredths:
    """Return the smallest multiple of the step that is not below.

    Examples
    --------
    >>> up_to_step(Fraction(141), 20)
    160
    """
    return -(-hundredths // step) * step


def down_to_step(hundredths: Fraction, step: Hundredths) -> Hundredths:
    """Return the largest multiple of the step that is not above.

    Examples
    --------
    >>> down_to_step(Fraction(141), 20)
    140
    """
    return hundredths // step * step
