"""A limit on a weighted sum of schools' counted dollars, in whole numbers: shares and slopes become exact limits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Protocol

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownCode, UnknownNeed
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.money import Cents
from equity_alloc.rules.base import NOT_TESTABLE, Counted, Limit, Model
from equity_alloc.rules.ratio import ENROLLMENT, count_gaps
from equity_alloc.rules.setting import refuse_out_of_range

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


def group_name(district: District, group: str) -> str:
    """Return the title of a group, its code where there is none."""
    return next((each.title for each in district.groups if each.code == group), group)


class GroupSumRule(Protocol):
    """A rule on how schools' counted dollars go with the share of a student group.

    A rule of this kind says which sums it holds, how it tells of one that falls short, and what it asks for in this
    district. Where a count of the group is unknown it asks for nothing and says that it cannot be tested.
    """

    __slots__ = ()

    code: ClassVar[str]
    always: ClassVar[bool] = False

    @property
    def group(self) -> str:
        """Code of the student group."""

    def limits(self, district: District) -> Iterator[Limit]:
        """Yield what the rule asks for in a district whose counts of the group are known."""

    def short_words(self, subject: str, short: Cents) -> str:
        """Return the sentence for a sum that falls short, by cents as a reader counts them."""

    def known_words(self, district: District) -> str:
        """Return what the rule asks for, in a district whose counts of the group are known."""

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the schools whose count of the group is unknown."""
        return group_gaps(district, self.group)

    def constrain(self, model: Model) -> None:
        """Ask for every sum; each is linear in the dollars."""
        for limit in self._testable(model.district):
            model.require(limit)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare every sum with its least."""
        for subject, room, unit in self.slack(district, allocation):
            if room < 0:
                yield Breach(self.code, subject, -room, unit, self.short_words(subject, -room))

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield by how many cents, as a reader counts them, every sum is above its least."""
        for limit in self._testable(district):
            yield limit.subject, room_of(limit, district, allocation), Unit.CENTS

    def explain(self, district: District) -> str:
        """State what is asked for, or that it cannot be tested."""
        return NOT_TESTABLE if next(self.gaps(district), None) else self.known_words(district)

    def _testable(self, district: District) -> Iterator[Limit]:
        if next(self.gaps(district), None) is None:
            yield from self.limits(district)
