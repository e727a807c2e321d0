"""Gaps in what schools get: posts and dollars at the schools that a group's pupils attend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School, StudentGroup
from equity_alloc.domain.money import Cents
from equity_alloc.domain.need import weighted_pupils
from equity_alloc.domain.school import GroupUse
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.measures.base import Floats
from equity_alloc.rules.ratio import ENROLLMENT
from equity_alloc.scenario import Scenario

POSTS, DOLLARS = "core posts per 100 weighted pupils", "per weighted pupil"


def resource_gaps(
    district: District, scenario: Scenario, allocation: Allocation, *, source: str
) -> tuple[GroupGap, ...]:
    """Return a gap for each student group in core dollars and in each kind of post.

    Need is weighed: schools with more need are due more, and only what they lack beyond that is a gap. Posts that the
    scenario sizes by a student group serve that group alone and are left out (`tied_positions`), and so are
    money with a rule of its own and the posts it pays. What a school has is shared by all its pupils here, so every gap lies between schools; what
    happens inside a school is not known. Posts and dollars are counted in full, so no chance is in them.

    Parameters
    ----------
    district : District
    scenario : Scenario
        Its need weights and rules.
    allocation : Allocation
        Last year's, or a plan's.
    source : str
        Which of the two it is, with its year.

    Raises
    ------
    UnknownNeed
        If a school has no count of a group with a need weight.
    """
    schools = [school for school in district.schools if school.enrollment]
    found = []
    for group in district.groups:
        counted = [school for school in schools if school.group(group.code) is not None]
        left_out = tuple(school.code for school in schools if school.group(group.code) is None)
        inside = np.array([school.group(group.code) for school in counted], float)
        outside = np.array([school.enrollment for school in counted], float) - inside
        if not inside.sum() or not outside.sum():
            continue
        weighted = np.array([float(weighted_pupils(school, scenario.need_weights)) for school in counted])
        for title, unit, dollars, values in _resources(district, scenario, allocation, counted):
            found.append(
                _gap(group, title, unit, dollars, values / weighted, inside, outside, counted, left_out, source)
            )
    return tuple(found)


def tied_positions(scenario: Scenario) -> frozenset[str]:
    """Return the codes of the positions that a rule of the scenario sizes by a student group."""
    return frozenset(
        position
        for rule in scenario.rules
        if (position := getattr(rule, "position", None)) and getattr(rule, "counted", ENROLLMENT) != ENROLLMENT
    )


def _resources(
    district: District, scenario: Scenario, allocation: Allocation, schools: Sequence[School]
) -> Iterator[tuple[str, str, float, Floats]]:
    """Yield title, unit, dollars that one unit costs, and amount at each school; kinds of posts that no school here has are left out."""
    core, tied = _core_posts(district, allocation), tied_positions(scenario)
    cents = np.array([allocation.school_dollars(school.code, district.counted_funds) for school in schools], float)
    if cents.any():
        yield "Core dollars", DOLLARS, 1.0, cents / 100
    for position in district.positions:
        # Hundredths of a post over pupils are posts per 100 pupils.
        posts = np.array([core.get((school.code, position.code), 0.0) for school in schools])
        if position.code not in tied and posts.any():
            # A hundredth of a post, in dollars.
            yield position.title, POSTS, position.cost / 10_000, posts


def _core_posts(district: District, allocation: Allocation) -> dict[tuple[str, str], float]:
    """Return hundredths of posts by school and position, as far as core money pays them."""
    paid: dict[tuple[str, str], Cents] = {}
    core: dict[tuple[str, str], Cents] = {}
    for (school, position, fund), cents in allocation.pay:
        paid[school, position] = paid.get((school, position), 0) + cents
        if fund in district.counted_funds:
            core[school, position] = core.get((school, position), 0) + cents
    return {key: fte * core.get(key, 0) / paid[key] for key, fte in allocation.fte if paid.get(key)}


def _gap(
    group: StudentGroup,
    title: str,
    unit: str,
    dollars: float,
    values: Floats,
    inside: Floats,
    outside: Floats,
    schools: Sequence[School],
    left_out: tuple[str, ...],
    source: str,
) -> GroupGap:
    share, other_share = inside / inside.sum(), outside / outside.sum()
    pupils = inside + outside
    # A school above the mean adds to the gap by having more of the group, so its part is told against the mean.
    against = (share - other_share) * (values - values @ pupils / pupils.sum())
    places = sorted(
        ((school.code, float(part), 0.0) for school, part in zip(schools, against, strict=True)),
        key=lambda place: (-abs(place[1]), place[0]),
    )
    kinds = np.array([school.kind for school in schools])
    of_kind = np.zeros(len(schools))
    for kind in set(kinds):
        members = kinds == kind
        of_kind[members] = values[members] @ pupils[members] / pupils[members].sum()
    like = float((share - other_share) @ (values - of_kind))
    return GroupGap(
        area=Area.RESOURCES,
        title=title,
        group=group.title,
        is_audit_only=group.use is GroupUse.AUDIT,
        pupils=int(inside.sum()),
        unit=unit,
        more_is_better=True,
        value=float(share @ values),
        other=float(other_share @ values),
        between=float((share - other_share) @ values),
        within=0.0,
        like_for_like=like,
        worth=like * dollars,
        certainty=Certainty.COUNTED,
        interval=None,
        ratio=None,
        ratio_interval=None,
        chance=None,
        places=tuple(places),
        left_out=left_out,
        year="",
        source=source,
    )
