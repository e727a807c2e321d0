"""Gaps in what schools get: posts and dollars at the schools that a group's pupils attend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School, StudentGroup
from equity_alloc.domain.school import GroupUse
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.measures.base import Floats

POSTS, DOLLARS = "posts per 100 pupils", "dollars per pupil"


def resource_gaps(district: District, allocation: Allocation, *, source: str) -> tuple[GroupGap, ...]:
    """Return a gap for each student group in each position and in each kind of dollars.

    What a school has is shared by all its pupils here, so every gap lies between schools and none within: what happens
    inside a school is not known. Posts and dollars are counted in full, so no chance is in them.

    Parameters
    ----------
    district : District
    allocation : Allocation
        Last year's, or a plan's.
    source : str
        Which of the two it is, with its year.
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
        for title, unit, values in _resources(district, allocation, counted):
            found.append(_gap(group, title, unit, values, inside, outside, counted, left_out, source))
    return tuple(found)


def _resources(
    district: District, allocation: Allocation, schools: Sequence[School]
) -> Iterator[tuple[str, str, Floats]]:
    """Yield title, unit and value at each school; kinds of posts that no school here has are left out."""
    pupils = np.array([school.enrollment for school in schools], float)
    fte = dict(allocation.fte)
    codes = [position.code for position in district.positions]
    of_position = {code: np.array([fte.get((s.code, code), 0) for s in schools], float) for code in codes}
    if of_position:
        yield "All posts", POSTS, sum(of_position.values(), np.zeros(len(schools))) / pupils
    for code, posts in of_position.items():
        if posts.any():
            # Hundredths of a post over pupils are posts per 100 pupils.
            yield district.position_of[code].title, POSTS, posts / pupils
    for title, counts in (("Core dollars", True), ("Supplemental dollars", False)):
        funds = [fund.code for fund in district.funds if fund.counts is counts]
        cents = np.array([allocation.school_dollars(school.code, funds) for school in schools], float)
        if cents.any():
            yield title, DOLLARS, cents / 100 / pupils


def _gap(
    group: StudentGroup,
    title: str,
    unit: str,
    values: Floats,
    inside: Floats,
    outside: Floats,
    schools: Sequence[School],
    left_out: tuple[str, ...],
    source: str,
) -> GroupGap:
    share, other_share = inside / inside.sum(), outside / outside.sum()
    parts = (share - other_share) * values
    # A school above the mean adds to the gap by having more of the group, so its part is told against the mean.
    mean = float(values @ (inside + outside) / (inside + outside).sum())
    against = (share - other_share) * (values - mean)
    places = sorted(
        ((school.code, float(part), 0.0) for school, part in zip(schools, against, strict=True)),
        key=lambda place: (-abs(place[1]), place[0]),
    )
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
        between=float(parts.sum()),
        within=0.0,
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
