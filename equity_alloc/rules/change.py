"""How a school's counted dollars compare with last year: in total, or per pupil."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.domain.money import Cents


class Per(StrEnum):
    """Whether a limit on change looks at a school's dollars in total or per pupil."""

    SCHOOL = "in total"
    PUPIL = "per pupil"


def has_last_year(district: District, school: School) -> bool:
    """Whether a school had any posts or dollars last year; a new school has nothing to compare with."""
    return district.today.school_dollars(school.code) > 0


def share_of_last_year(district: District, school: School, share: Decimal, per: Per) -> Fraction:
    """Return a share of last year's counted dollars, exact, in cents.

    Per pupil, last year's dollars are first carried to this year's enrollment: with 10 % fewer pupils the same
    dollars per pupil are 10 % fewer dollars.

    Parameters
    ----------
    district : District
    school : School
    share : Decimal
        0.95 means 95 %.
    per : Per

    Returns
    -------
    Fraction, cents

    Raises
    ------
    UnknownNeed
        If last year's enrollment is needed and unknown.
    """
    last_year: Cents = district.counted_dollars(district.today, school.code)
    result = Fraction(share) * last_year
    if per is Per.PUPIL:
        if school.enrollment_last_year is None:
            raise UnknownNeed(
                f"{school.label} has no enrollment for last year, so its dollars per pupil are unknown. Enter it, or "
                "compare schools in total."
            )
        if school.enrollment_last_year == 0:
            return result
        result = result * school.enrollment / school.enrollment_last_year
    return result
