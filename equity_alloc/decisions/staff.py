"""What happens to posts and to the people who hold them: given up, vacant, moved to another school, without a post."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.fte import Hundredths
from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.library import parameters
from equity_alloc.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class StaffChange:
    """One position over all schools.

    Parameters
    ----------
    code, title : str
    had, has : Hundredths
    given_up, added : Hundredths
        School by school, so that a move shows as both.
    vacant : Hundredths or None
        Posts given up that nobody holds; None where the data do not say what is vacant of this position.
    """

    code: str
    title: str
    had: Hundredths
    has: Hundredths
    given_up: Hundredths
    added: Hundredths
    vacant: Hundredths | None

    @property
    def held(self) -> Hundredths:
        """Posts given up that somebody holds, or may hold where vacancies are unknown."""
        return self.given_up - (self.vacant or 0)

    @property
    def can_move(self) -> Hundredths:
        """Of those, posts for which another school adds one of the same position."""
        return min(self.held, self.added)

    @property
    def without_post(self) -> Hundredths:
        """Of those, posts for which no school adds one."""
        return self.held - self.can_move


def staff_changes(plan: Plan) -> tuple[StaffChange, ...]:
    """Return what happens to each position, in the order of the district's positions."""
    district, has, had = plan.district, plan.allocation.fte_of, plan.district.today.fte_of
    found = []
    for position in district.positions:
        keys = [(school.code, position.code) for school in district.schools]
        cuts = {key: max(0, had.get(key, 0) - has.get(key, 0)) for key in keys}
        vacant = sum(min(cut, district.vacant_of.get(key, 0)) for key, cut in cuts.items())
        found.append(
            StaffChange(
                position.code,
                position.title,
                sum(had.get(key, 0) for key in keys),
                sum(has.get(key, 0) for key in keys),
                sum(cuts.values()),
                sum(max(0, has.get(key, 0) - had.get(key, 0)) for key in keys),
                vacant if position.code in district.vacant_positions else None,
            )
        )
    return tuple(found)


def yearly_leavers() -> Amount:
    """Return the share of staff that leaves in a year, as long as the district names none of its own."""
    return parameters("hard_choices")["yearly-leavers"][-1]


def years_by_leavers(change: StaffChange) -> int:
    """Return in how many years people who leave anyway free as many posts as are without one; 0 where none is.

    Examples
    --------
    >>> years_by_leavers(StaffChange("SW", "Social worker", 1560, 1300, 260, 0, None))
    3
    """
    if not change.without_post:
        return 0
    return math.ceil(Fraction(change.without_post) / (change.had * Fraction(yearly_leavers().value)))
