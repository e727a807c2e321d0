"""What staffing rules that count a student group tell of its counts, beside the posts that are published.

A rule that is kept bounds every count from one side. A rule that is broken bounds one from the other side where only one school
can be the one that breaks it. Where that leaves too small a range for a small count, the public reads the rule without its
ratio, which then bounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.count_table import Place, ends_alike
from equity_alloc.rules.base import Rule
from equity_alloc.rules.ratio import ENROLLMENT, concerned, ratio_fte, up_to_step
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.rules.staffing_target import StaffingTarget

GroupRule = StaffingLeast | StaffingMost | StaffingTarget
#: Least and most pupils.
Ends = tuple[int, int]


@dataclass(frozen=True)
class ToldRule:
    """A rule as a public document tells it.

    Parameters
    ----------
    rule : GroupRule
    is_kept, is_broken : bool
        Whether the plan or last year keeps it, and whether either breaks it: public documents say both.
    number : int
        In the scenario; 0 for the test of a commitment, whose adopted words are public, and for earlier documents.
    """

    rule: GroupRule
    is_kept: bool = True
    is_broken: bool = False
    number: int = 0


def group_rules(plan: Plan) -> tuple[ToldRule, ...]:
    """Return the rules whose ratio counts a student group: those of the scenario, and those that its commitments rest on."""
    district = plan.view.district
    numbered = [*enumerate(plan.scenario.rules, start=1), *((0, each.test) for each in plan.scenario.commitments)]
    found = []
    for number, rule in numbered:
        if isinstance(rule, GroupRule) and rule.counted != ENROLLMENT and rule.pupils_per_fte:
            broken = [_breaks(rule, district, each) for each in (plan.allocation, district.today)]
            found.append(ToldRule(rule, not all(broken), any(broken), number))
    return tuple(found)


def _breaks(rule: Rule, district: District, allocation: Allocation) -> bool:
    return next(rule.check(district, allocation), None) is not None


def quiet_rules(
    plan: Plan,
    told: Iterable[ToldRule],
    counts: Mapping[Place, int],
    small: Iterable[Place],
    smallest: int,
    span: int,
) -> frozenset[int]:
    """Return the numbers of the rules that the public reads without their ratio: those that narrow a small count too far.

    A rule that a commitment rests on is never among them, for its adopted words are public.

    Parameters
    ----------
    plan : Plan
    told : iterable of ToldRule
    counts : mapping of (school, group) to pupils
    small : iterable of (school, group)
    smallest : int, pupils
    span : int, pupils
        The range that must stay possible.
    """
    told = tuple(told)
    district = plan.view.district
    enrollment = {school.code: school.enrollment for school in district.schools}
    public = {each.rule for each in told if not each.number}
    small = frozenset(small)
    ends = [(each, limits(district, (each,), counts, small)) for each in told]
    quiet: set[int] = set()
    for place in sorted(small):
        least, most = joined(found.get(place) for _, found in ends)
        low, high = ends_alike(counts[place], enrollment[place[0]], smallest)
        if min(most, high) - max(low, least) < span:
            quiet |= {each.number for each, found in ends if place in found and each.rule not in public}
    return frozenset(quiet)


def limits(
    district: District, told: Iterable[ToldRule], counts: Mapping[Place, int], small: frozenset[Place]
) -> dict[Place, Ends]:
    """Return the narrowest ends that published posts can give a count by the rules that are told beside them.

    They are those of a school that has just the posts its count calls for, whatever this plan gives it. So what is hidden
    does not change from one plan of a district to the next, and two of them laid side by side tell no more than one.
    """
    found: dict[Place, Ends] = {}
    for each in told:
        schools = concerned(district, each.rule.position, each.rule.kind)
        places = [place for school in schools if (place := (school.code, each.rule.counted)) in counts]
        hidden = [place for place in places if place in small]
        for place in places:
            alone = each.is_broken and (places == [place] or hidden == [place])
            kept, broken = _ends(district, each.rule, place[0], counts[place])
            told_here = (found.get(place), kept if each.is_kept else None, broken if alone else None)
            found[place] = joined(told_here)
    return found


def joined(ends: Iterable[Ends | None]) -> Ends:
    """Return what all ends together leave.

    Examples
    --------
    >>> joined([(0, 9), None, (3, 20)])
    (3, 9)
    """
    known = [each for each in ends if each is not None]
    return max((least for least, _ in known), default=0), min((most for _, most in known), default=MANY)


#: More pupils than any school has.
MANY = 10**9


def _ends(district: District, rule: GroupRule, school: str, count: int) -> tuple[Ends, Ends]:
    """Return what it tells of a count that the school keeps the rule, and what it tells that the school breaks it."""
    step = district.position_of[rule.position].step
    posts = up_to_step(ratio_fte(count, rule.pupils_per_fte), step)
    upper, lower = _pupils(posts, rule), _pupils(max(0, posts - step), rule)
    if isinstance(rule, StaffingMost):
        return (lower, MANY), (0, upper)
    if isinstance(rule, StaffingTarget):
        had = district.today.fte_of.get((school, rule.position), 0)
        upper = _pupils(_target_at_most(had, posts, rule.way, step), rule)
    return (0, upper), (lower, MANY)


def _target_at_most(had: int, target: int, way: Decimal, step: int) -> int:
    """Return the largest target that fits last year's posts and a plan that goes just so far as the rule asks."""
    if had >= target:
        return had
    least = up_to_step(had + Fraction(way) * (target - had), step)
    return had + int((least - had) / Fraction(way)) if way else MANY


def _pupils(posts: int, rule: GroupRule) -> int:
    """Return the most pupils that so many posts are enough for."""
    return int(Decimal(posts) * rule.pupils_per_fte / 100)
