"""The audit of a district: every gap that its data let us see, and what they do not let us see."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.inequity.group_gap import Area, GroupGap
from equity_alloc.inequity.outcome_gaps import outcome_gaps
from equity_alloc.inequity.resource_gaps import resource_gaps, tied_positions
from equity_alloc.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found.

    Parameters
    ----------
    gaps : tuple of GroupGap
        Last year's resources, and access and outcomes as counted.
    proposed : tuple of GroupGap
        Resources as a plan would have them; empty without one.
    tied : tuple of str
        Titles of the positions that serve one student group and are not compared.
    """

    gaps: tuple[GroupGap, ...]
    proposed: tuple[GroupGap, ...]
    tied: tuple[str, ...]

    def of(self, area: Area) -> tuple[GroupGap, ...]:
        """Return the gaps of one area."""
        return tuple(gap for gap in self.gaps if gap.area is area)

    def after(self, gap: GroupGap) -> GroupGap | None:
        """Return the same comparison in the plan; None for access and outcomes, and without a plan."""
        return next((each for each in self.proposed if (each.title, each.group) == (gap.title, gap.group)), None)

    @property
    def unseen(self) -> tuple[Area, ...]:
        """The areas of which the district has no counts."""
        return tuple(area for area in Area if not self.of(area))


def audit(district: District, scenario: Scenario, allocation: Allocation | None = None) -> Audit:
    """Return every gap that the data show.

    Parameters
    ----------
    district : District
    scenario : Scenario
    allocation : Allocation or None
        Of a plan, whose resources are laid beside last year's.

    Raises
    ------
    UnknownNeed
        If a school has no count of a group with a need weight.
    """
    today = resource_gaps(
        district, scenario, district.today, source="Last year's posts and dollars at this year's costs"
    )
    plan = () if allocation is None else resource_gaps(district, scenario, allocation, source="The proposal")
    titles = tuple(
        district.position_of[code].title for code in sorted(tied_positions(scenario) & set(district.position_of))
    )
    return Audit((*today, *outcome_gaps(district)), plan, titles)
