"""A limit on a weighted sum of schools' counted dollars, in whole numbers: shares and slopes become exact limits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownCode, UnknownNeed
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.rules.base import Counted, Limit
from equity_alloc.rules.ratio import ENROLLMENT, count_gaps

#: The largest coefficient of a limit whose weights have no small common denominator; the others are rounded to the same
#: digits, for builder and checker alike.
DIGITS = 10**9


def at_least(
    rule: str, subject: str, weights: Sequence[tuple[str, Fraction]], least: Fraction, unit_weight: Fraction
) -> Limit:
    """Return the limit "sum of weight times counted cents is at least so much", in whole numbers.

    Parameters
    ----------
    rule, subject : str
    weights : sequence of (str, Fraction)
        By school code; those of zero fall away.
    least : Fraction
        In the sum's own unit.
    unit_weight : Fraction
        How much of the sum is one cent to a reader.

    Examples
    --------
    >>> limit = at_least("r", "All", [("a", Fraction(1)), ("b", Fraction(-1, 2))], Fraction(3), Fraction(1))
    >>> [coefficient for coefficient, _ in limit.terms], limit.least, limit.per
    ([2, -1], 6, 2)
    """
    top = max((abs(weight) for _, weight in weights), default=Fraction(0)) or Fraction(1)
    exact = math.lcm(least.denominator, unit_weight.denominator, *(weight.denominator for _, weight in weights))
    scale = Fraction(exact) if exact * top <= DIGITS**2 else DIGITS / top
    terms = tuple((round(weight * scale), Counted(code)) for code, weight in weights)
    kept = tuple(term for term in terms if term[0])
    return Limit(rule, subject, kept, -int(-least * scale // 1), None, Unit.CENTS, max(1, round(unit_weight * scale)))


def refuse_everybody(group: str) -> None:
    """Raise where no student group is chosen: everybody has no others, and the same share at every school.

    Raises
    ------
    UnknownCode, UnknownNeed
        If the choice is blank, or everybody.
    """
    if not group:
        raise UnknownCode("There is no group with code (blank). Choose a student group.")
    if group == ENROLLMENT:
        raise UnknownNeed("Everybody has no others to be compared with. Choose a student group.")


def group_gaps(district: District, group: str) -> Iterator[Gap]:
    """Yield the schools with pupils whose count of a group is unknown: a sum over all of them is then not testable.

    Raises
    ------
    UnknownCode, UnknownNeed, ProtectedAttribute
        If there is no such group, it is everybody, or it is for audit only.
    """
    refuse_everybody(group)
    return count_gaps(district, group, (school for school in district.schools if school.enrollment))


def room_of(limit: Limit, district: District, allocation: Allocation) -> int:
    """Return the cents, as a reader counts them, by which a limit is kept; below zero where it is broken."""
    value = sum(c * district.counted_dollars(allocation, quantity.school) for c, quantity in limit.terms)
    return (value - (limit.least or 0)) // limit.per


def shortfalls(limits: Iterable[Limit], district: District, allocation: Allocation) -> Iterator[tuple[str, int]]:
    """Yield the subject of each broken limit, and the cents, as a reader counts them, by which it is broken."""
    for limit in limits:
        short = -room_of(limit, district, allocation)
        if short > 0:
            yield limit.subject, short


def rooms(limits: Iterable[Limit], district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
    """Yield the subject of each limit, and the cents, as a reader counts them, by which it is kept."""
    for limit in limits:
        yield limit.subject, room_of(limit, district, allocation), Unit.CENTS


def group_name(district: District, group: str) -> str:
    """Return the title of a group, its code where there is none."""
    return next((each.title for each in district.groups if each.code == group), group)
