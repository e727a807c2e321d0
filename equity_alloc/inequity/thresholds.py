"""The cliff test: how many schools stand close to a threshold, what crossing it is worth, how often it is crossed by chance.

A threshold is where one pupil more or fewer changes what a school is owed by a jump: the next step of a post that a ratio
asks for, or a class more. Being served by Title I-A at all is one too: see title1_line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import erf, sqrt

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import Cents
from equity_alloc.inequity.limits import usual_change
from equity_alloc.problem.recorded import record
from equity_alloc.rules.base import Posts, Rule
from equity_alloc.rules.ratio import ENROLLMENT
from equity_alloc.scenario import Scenario

#: A school is close where a change of so large a part of the pupils counted crosses the threshold (deliberation, 5b).
NEAR = Fraction(3, 100)
#: So few schools tell nothing about how pupils come and go from year to year.
FEWEST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Near:
    """One school beside a threshold.

    Parameters
    ----------
    school : str
    pupils : int
        How many more, or fewer where below zero, cross it.
    jump : Cents
        What crossing it changes in what the school is owed.
    chance : float
        That it is crossed from one year to the next, pupils coming and going as they do here.
    """

    school: str
    pupils: int
    jump: Cents
    chance: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """A rule with thresholds, and the schools beside them.

    Parameters
    ----------
    number : int
        Place of the rule in the scenario, from 1; zero where a fund has the threshold.
    counted : str
        Code of the student group that it counts; "enrollment" for all pupils.
    near : tuple of Near
        Schools that are close to one, the nearest first; a school may be close to one above and one below.
    over : tuple of (str, float, float)
        Student groups that are more of the pupils just short of a threshold than of the district's: title and both shares.
    fund : str
        Code of the fund that has the threshold; "" where a rule has.
    """

    number: int
    counted: str
    near: tuple[Near, ...]
    over: tuple[tuple[str, float, float], ...]
    fund: str = ""

    @property
    def flips(self) -> float:
        """How many of them are crossed in a year, on average."""
        return sum(each.chance for each in self.near)

    @property
    def at_stake(self) -> Cents:
        """The largest jump at one school."""
        return max((abs(each.jump) for each in self.near), default=0)

    @property
    def schools(self) -> int:
        """How many schools are close."""
        return len({each.school for each in self.near})


def thresholds(district: District, scenario: Scenario) -> tuple[Threshold, ...]:
    """Return the rules of a scenario that have thresholds near some school, in the order of the rules.

    Parameters
    ----------
    district : District
    scenario : Scenario
    """
    effective = scenario.apply(district)
    noise = yearly_change(effective)
    found = []
    for number, rule in enumerate(scenario.rules, start=1):
        if rule.always or not hasattr(rule, "position"):
            continue
        counted = str(getattr(rule, "counted", ENROLLMENT))
        near = sorted(
            (each for school in effective.schools for each in _beside(rule, effective, school, counted, noise)),
            key=lambda each: (abs(each.pupils), each.school, each.pupils),
        )
        if near:
            found.append(Threshold(number, counted, tuple(near), just_short(effective, near)))
    return tuple(found)


def yearly_change(district: District) -> float:
    """Return by what part a school's pupils change from one year to the next: the root of the mean square, here.

    Where too few schools have last year's enrollment, a usual value stands in.
    """
    changes = [
        (school.enrollment - school.enrollment_last_year) / school.enrollment_last_year
        for school in district.schools
        if school.enrollment_last_year
    ]
    if len(changes) < FEWEST_CHANGES:
        return float(usual_change().value)
    return sqrt(sum(change**2 for change in changes) / len(changes))


def chance_of(pupils: int, spread: float) -> float:
    """Return the chance that at least so many come, or go, where pupils come and go by a normal spread.

    Examples
    --------
    >>> round(chance_of(1, 50), 3)
    0.496
    """
    return 0.5 * (1 - erf((pupils - 0.5) / max(spread, 1e-9) / sqrt(2)))


def _beside(rule: Rule, district: District, school: School, counted: str, noise: float) -> Iterator[Near]:
    pupils = school.enrollment if counted == ENROLLMENT else school.group(counted)
    if not pupils:
        return
    alone = dataclasses.replace(
        district,
        schools=(school,),
        staffing=tuple(row for row in district.staffing if row.school == school.code),
        spending=tuple(row for row in district.spending if row.school == school.code),
        vacancies=(),
        earlier=(),
        outcomes=(),
        earlier_outcomes=(),
    )
    here = _owed(rule, alone, school)
    if here is None:
        return
    reach = max(1, int(NEAR * pupils))
    for sign in (1, -1):
        crossing = _crossing(rule, alone, school, counted, here, sign, min(reach, pupils) if sign < 0 else reach)
        if crossing is not None:
            k, there = crossing
            yield Near(school.code, sign * k, _dollars(district, here, there), chance_of(k, noise * pupils))


def _crossing(
    rule: Rule, alone: District, school: School, counted: str, here: Mapping[Posts, int], sign: int, reach: int
) -> tuple[int, Mapping[Posts, int]] | None:
    """Return the fewest pupils that change what is owed, and what is owed then; None where none within reach do.

    What a ratio asks for never falls with more pupils, so the place is found by halving.
    """

    def owed(k: int) -> Mapping[Posts, int] | None:
        return _owed(rule, alone, _moved(school, counted, sign * k))

    far = owed(reach)
    if far is None or far == here:
        return None
    low, high, there = 0, reach, far
    while high - low > 1:
        middle = (low + high) // 2
        now = owed(middle)
        if now is None:
            return None
        if now == here:
            low = middle
        else:
            high, there = middle, now
    return high, there


def _owed(rule: Rule, alone: District, school: School) -> Mapping[Posts, int] | None:
    """Return the posts that a rule asks for at least at a school, or allows at most; None where it cannot tell."""
    try:
        asked = record(rule, dataclasses.replace(alone, schools=(school,))).limits
    except EquityAllocError:
        return None
    found = {}
    for limit in asked:
        if len(limit.terms) == 1 and isinstance(limit.terms[0][1], Posts):
            bound = limit.least if limit.least is not None else limit.most
            if bound is not None:
                found[limit.terms[0][1]] = bound
    return found or None


def _moved(school: School, counted: str, pupils: int) -> School:
    """Return a school with pupils more or fewer: enrolled, or of a group that is there already."""
    if counted == ENROLLMENT:
        return dataclasses.replace(school, enrollment=school.enrollment + pupils)
    groups = tuple((code, (n or 0) + pupils if code == counted else n) for code, n in school.groups)
    return dataclasses.replace(school, groups=groups)


def _dollars(district: District, here: Mapping[Posts, int], there: Mapping[Posts, int]) -> Cents:
    return sum(
        (there.get(post, 0) - here.get(post, 0)) * district.position_of[post.position].cost // 100
        for post in {*here, *there}
        if post.position in district.position_of
    )


def just_short(district: District, near: Sequence[Near]) -> tuple[tuple[str, float, float], ...]:
    """Return the groups that are more of the pupils just short of a threshold than of all pupils."""
    short = {each.school for each in near if each.pupils > 0}
    inside = [school for school in district.schools if school.code in short]
    pupils, every = sum(s.enrollment for s in inside), sum(s.enrollment for s in district.schools)
    found = []
    for group in district.groups:
        counts = [school.group(group.code) for school in district.schools]
        if None in counts or not pupils or not every:
            continue
        here = sum(school.group(group.code) or 0 for school in inside) / pupils
        all_ = sum(count or 0 for count in counts) / every
        if here > all_:
            found.append((group.title, here, all_))
    return tuple(sorted(found, key=lambda each: (each[2] - each[1], each[0])))
