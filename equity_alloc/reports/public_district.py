"""The district as anybody can rebuild it from what is public: figures that are worked out on it tell nothing else.

Where a count is left out there stands an estimate: what the group's total leaves, spread by enrollment.
"""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.reports.public_counts import PublicCounts

#: What documents say that rest on such estimates.
NOTE = (
    "Where a school's count of a student group is left out of public documents, these figures rest on an estimate: what the "
    "district's total leaves, spread by enrollment. So they may differ a little from those of the internal audit."
)


def public_district(district: District, public: PublicCounts) -> District:
    """Return the district with estimates in the place of hidden counts; itself where none is hidden.

    Raises
    ------
    InvalidValue
        If a group's total is hidden too, so that there is nothing to estimate from.
    """
    if not public.hidden.places:
        return district
    if public.hidden.groups:
        titles = ", ".join(group.title for group in public.groups if group.code in public.hidden.groups)
        raise InvalidValue(
            f"This document is not made for the public: its figures rest on counts of {titles}, which are left out altogether."
        )
    return with_estimates(district, public)


def with_estimates(district: District, public: PublicCounts) -> District:
    """Return the district with estimates in the place of hidden counts; one pupil a school where no count of a group is public."""
    estimates: dict[tuple[str, str], int] = {}
    for group in public.groups:
        estimates |= _spread(district, public, group.code)
    schools = tuple(
        dataclasses.replace(
            school, groups=tuple((group, estimates.get((school.code, group), n)) for group, n in school.groups)
        )
        for school in district.schools
    )
    return dataclasses.replace(district, schools=schools)


def _spread(district: District, public: PublicCounts, group: str) -> dict[tuple[str, str], int]:
    """Spread what the total leaves by enrollment, in whole pupils: at least one at each school, for zero is always shown."""
    hidden = [school for school in district.schools if (school.code, group) in public.hidden.places]
    if not hidden:
        return {}
    # Where some school's count is unknown no total is shown either; then a school's share of enrollment must do.
    known = {school.code: public.shown(school.code, group) for school in district.schools}
    total = public.total(group)
    shown = sum(count for count in known.values() if count is not None)
    if total is None:
        pupils = sum(school.enrollment for school in district.schools if known[school.code] is not None)
        share = shown / pupils if pupils else 0
        return {(s.code, group): max(1, min(s.enrollment, round(share * s.enrollment))) for s in hidden}
    left, room = total - shown - len(hidden), sum(school.enrollment for school in hidden)
    given = {school.code: 1 + min(school.enrollment - 1, left * school.enrollment // room) for school in hidden}
    rest = total - shown - sum(given.values())
    # What rounding leaves goes, pupil by pupil, to the largest schools that still have room.
    while rest > 0:
        for school in sorted(hidden, key=lambda each: (-each.enrollment, each.code)):
            if rest and given[school.code] < school.enrollment:
                given[school.code] += 1
                rest -= 1
    return {(code, group): count for code, count in given.items()}
