"""What of a plan is public: counts with the small ones hidden, and everything else that lets nobody work them out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from equity_alloc.domain.district import GroupUse, StudentGroup
from equity_alloc.domain.source import Source
from equity_alloc.parameters.library import parameters
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.hide_counts import CountTable, Hidden, Place, hide_counts
from equity_alloc.rules.ratio import ENROLLMENT, concerned, ratio_fte, up_to_step
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.scenario import LevelBasis

#: What stands in the place of a hidden count.
HIDDEN = "*"
UNKNOWN = "not known"


@dataclass(frozen=True)
class PublicCounts:
    """The counts of a plan as the public may see them. Groups for audit only are never among them.

    Parameters
    ----------
    groups : tuple of StudentGroup
    hidden : Hidden
    counts : dict of (school, group) to pupils
        All that are known; for `cell` and `total` only.
    incomplete : frozenset of str
        Groups with a school whose count is unknown.
    smallest : int
    source : Source
    """

    groups: tuple[StudentGroup, ...]
    hidden: Hidden
    counts: dict[Place, int]
    incomplete: frozenset[str]
    smallest: int
    source: Source

    def shown(self, school: str, group: str) -> int | None:
        """Return a count, or None where it is hidden or unknown."""
        return None if (school, group) in self.hidden.places else self.counts.get((school, group))

    def cell(self, school: str, group: str) -> str:
        """Return a count as it is printed."""
        if (school, group) not in self.counts:
            return UNKNOWN
        count = self.shown(school, group)
        return HIDDEN if count is None else f"{count:,}"

    def total(self, group: str) -> int | None:
        """Return the district's total, or None where it is hidden or a school's count is unknown."""
        if group in self.hidden.groups or group in self.incomplete:
            return None
        return sum(count for (_, code), count in self.counts.items() if code == group)

    @property
    def note(self) -> str:
        """What the mark means, in one sentence."""
        if not self.hidden.places:
            return "No count of a student group had to be left out."
        why = (
            f"{HIDDEN} stands for a count that is left out: it is below {self.smallest}, or leaves fewer than {self.smallest} "
            "pupils outside the group, or would let such a count be worked out."
        )
        levels = (
            ""
            if self.hidden.levels
            else " Levels per weighted pupil and measures of them are left out for the same reason."
        )
        return f"{why}{levels}"


def public_counts(plan: Plan) -> PublicCounts:
    """Return the counts of a plan as the public may see them.

    Raises
    ------
    InvalidValue
        If what is public anyway would give a small count away.
    """
    district = plan.view.district
    groups = tuple(group for group in district.groups if group.use is GroupUse.NEED)
    counts, incomplete = {}, set()
    for school in district.schools:
        for group in groups:
            count = school.group(group.code)
            if count is None:
                incomplete.add(group.code)
            else:
                counts[school.code, group.code] = count
    values = parameters("privacy")
    smallest = values["smallest-count"][-1]
    span = -(-smallest.value * values["range-share"][-1].value // 1)
    weights = {need.group: Fraction(need.weight) for need in plan.scenario.need_weights if need.weight}
    # With a formula's target the level says what the formula gives a school, which is another sum of its counts.
    plain = plan.scenario.basis is LevelBasis.WEIGHTED_PUPIL and plan.scenario.formula is None
    table = CountTable(
        counts, {school.code: school.enrollment for school in district.schools}, weights, _limits(plan, counts)
    )
    hidden = hide_counts(table, smallest=int(smallest.value), span=int(span), levels=plain)
    source = smallest.source
    if source is None:
        raise TypeError("A parameter has a source.")
    return PublicCounts(groups, hidden, counts, frozenset(incomplete), int(smallest.value), source)


def _limits(plan: Plan, counts: dict[Place, int]) -> dict[Place, tuple[int, int]]:
    """Return the narrowest ends that posts can give a count by the staffing rules that are published with them.

    They are those of a school that has just the posts its count calls for, whatever this plan gives it. So what is hidden
    does not change from one plan of a district to the next, and two of them laid side by side tell no more than one.
    """
    district = plan.view.district
    found: dict[Place, tuple[int, int]] = {}
    for rule in plan.scenario.rules:
        if not isinstance(rule, StaffingLeast | StaffingMost) or rule.counted == ENROLLMENT or not rule.pupils_per_fte:
            continue
        step = district.position_of[rule.position].step
        for school in concerned(district, rule.position, rule.kind):
            place = (school.code, rule.counted)
            if place not in counts:
                continue
            posts = up_to_step(ratio_fte(counts[place], rule.pupils_per_fte), step)
            least, most = found.get(place, (0, school.enrollment))
            if isinstance(rule, StaffingLeast):
                most = min(most, int(Decimal(posts) * rule.pupils_per_fte / 100))
            else:
                least = max(least, int(Decimal(max(0, posts - step)) * rule.pupils_per_fte / 100))
            found[place] = (least, most)
    return found
