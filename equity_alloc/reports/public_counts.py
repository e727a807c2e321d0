"""What of a plan is public: counts with the small ones hidden, and everything else that lets nobody work them out."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from equity_alloc.domain.district import GroupUse, StudentGroup
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.parameters.library import parameters
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.reason import reasons
from equity_alloc.reports.count_table import CountTable, Place, Tied
from equity_alloc.reports.group_rules import ToldRule, group_rules, limits, quiet_rules
from equity_alloc.reports.hide_counts import Hidden, hide_counts, small_places
from equity_alloc.reports.holding import Holds, nearly_shown
from equity_alloc.reports.public_money import follows, tied_schools
from equity_alloc.reports.public_shares import told_by_shares
from equity_alloc.reports.release import Release
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
    quiet : frozenset of int
        Numbers of the rules that are told without their ratio, which would narrow a small count too far.
    tied : Tied
        Where levels are hidden, the schools whose core money follows counts.
    weights : dict of str to Fraction
        Need weights by group where levels are shown: with its core dollars a school's level tells its weighted pupils. Else empty.
    span : int, pupils
        The range that every small count keeps.
    holds : Holds
        Against which readers it does.
    has_earlier : bool
        Whether anything was public before.
    """

    groups: tuple[StudentGroup, ...]
    hidden: Hidden
    counts: dict[Place, int]
    incomplete: frozenset[str]
    smallest: int
    source: Source
    quiet: frozenset[int] = frozenset()
    tied: Tied = Tied()
    weights: dict[str, Fraction] = field(default_factory=dict)
    span: int = 0
    holds: Holds = Holds.ALL
    has_earlier: bool = False

    def shown(self, school: str, group: str) -> int | None:
        """Return a count, or None where it is hidden or unknown."""
        return None if (school, group) in self.hidden.places else self.counts.get((school, group))

    def cell(self, school: str, group: str) -> str:
        """Return a count as it is printed."""
        if (school, group) not in self.counts:
            return UNKNOWN
        count = self.shown(school, group)
        return HIDDEN if count is None else f"{count:,}"

    def weighted_left(self, school: str) -> Fraction | None:
        """Return what a school's hidden counts weigh together, as its level tells, or None where levels are left out."""
        if not self.weights:
            return None
        left = [(group, self.counts[place, group]) for place, group in self.hidden.places if place == school]
        return sum((self.weights.get(group, Fraction(0)) * count for group, count in left), Fraction(0))

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
        return " ".join(filter(None, (f"{why}{levels}", self.holds_less)))

    @property
    def holds_less(self) -> str:
        """In plain words, what a reader who knows more may narrow down all the same; "" where nothing."""
        return self.holds.words(self.span, has_earlier=self.has_earlier)


def public_counts(plan: Plan, earlier: Sequence[Release] = ()) -> PublicCounts:
    """Return the counts of a plan as the public may see them.

    Parameters
    ----------
    plan : Plan
    earlier : sequence of Release
        What of this district and year was public before: together with it nothing may be given away either.

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
    span = int(-(-smallest.value * values["range-share"][-1].value // 1))
    enrollment = {school.code: school.enrollment for school in district.schools}
    weights = {need.group: Fraction(need.weight) for need in plan.scenario.need_weights if need.weight}
    # With a formula's target the level says what the formula gives a school, which is another sum of its counts.
    plain = plan.scenario.basis is LevelBasis.WEIGHTED_PUPIL and plan.scenario.formula is None
    before = [*(rule for release in earlier for rule in release.told_rules(district))]
    told = (*group_rules(plan), *before)
    small = small_places(counts, enrollment, int(smallest.value))
    quiet = quiet_rules(plan, told, counts, small, int(smallest.value), span)
    table = CountTable(
        counts,
        enrollment,
        weights,
        limits(district, _loud(told, quiet), counts, small),
        known=frozenset(place for release in earlier for place, count in release.shown if counts.get(place) == count)
        | told_by_shares(plan, (release.core for release in earlier), counts, small),
        kept=frozenset(place for release in earlier for place in release.hidden),
        totals=frozenset(group for release in earlier for group in release.totals),
        levels_before=tuple(release.need_weights for release in earlier if release.levels),
        tied=tuple(release.tied for release in earlier if release.tied.schools),
    )
    # Rather no ratio of a rule that nobody was told yet than no document; and where what was public before leaves no other way,
    # what is hidden holds against fewer readers, and the documents say so.
    silent = quiet | _not_told_yet(told)
    near = nearly_shown(counts, earlier, span)
    ways = [(hushed, holds) for holds in (Holds.ALL, Holds.CHANGED, Holds.UNKNOWING) for hushed in (quiet, silent)]

    def hide(hushed: frozenset[int], holds: Holds) -> tuple[Hidden, Tied]:
        loud = dataclasses.replace(
            table,
            limits=limits(district, _loud(told, hushed), counts, small),
            near=near if holds is Holds.ALL else frozenset(),
        )
        return _hide(plan, loud, int(smallest.value), span, levels=plain, alike=holds is not Holds.UNKNOWING)

    for hushed, holds in ways[:-1]:
        with contextlib.suppress(InvalidValue):
            hidden, tied = hide(hushed, holds)
            break
    else:
        hushed, holds = ways[-1]
        hidden, tied = hide(hushed, holds)
    source = smallest.source
    if source is None:
        raise TypeError("A parameter has a source.")
    return PublicCounts(
        groups,
        hidden,
        counts,
        frozenset(incomplete),
        int(smallest.value),
        source,
        quiet=hushed,
        tied=tied,
        weights=weights if hidden.levels else {},
        span=span,
        holds=holds,
        has_earlier=bool(earlier),
    )


def _not_told_yet(told: Sequence[ToldRule]) -> frozenset[int]:
    """Return the numbers of the rules whose ratio nobody was told."""
    public = {each.rule for each in told if not each.number}
    return frozenset(each.number for each in told if each.rule not in public)


def _loud(told: Sequence[ToldRule], quiet: frozenset[int]) -> tuple[ToldRule, ...]:
    return tuple(each for each in told if each.number not in quiet)


def _hide(plan: Plan, table: CountTable, smallest: int, span: int, *, levels: bool, alike: bool) -> tuple[Hidden, Tied]:
    """Return what must be left out, and where levels are, the schools whose core money follows counts."""
    hidden = hide_counts(table, smallest=smallest, span=span, levels=levels, alike=alike)
    if hidden.levels or not hidden.places:
        return hidden, Tied()
    schools = tuple(sorted(tied_schools(plan, reasons(plan))))
    if not schools:
        return hidden, Tied()
    # Where core money follows counts, what these schools have together tells a sum.
    tied = Tied(schools, *follows(plan))
    table = dataclasses.replace(table, tied=(*table.tied, tied))
    return hide_counts(table, smallest=smallest, span=span, levels=False, alike=alike), tied
