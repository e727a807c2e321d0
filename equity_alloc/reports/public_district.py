"""The district as anybody can rebuild it from what is public: figures that are worked out on it tell nothing else."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.reports.public_counts import PublicCounts
from equity_alloc.reports.public_estimates import public_estimates

#: What documents say that rest on such estimates.
NOTE = (
    "Where a school's count of a student group is left out of public documents, these figures rest on an estimate from what is "
    "public: the group's total, and each school's enrollment and weighted pupils. So they differ from those of the internal audit."
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
    estimates = public_estimates(district, public)
    schools = tuple(
        dataclasses.replace(
            school, groups=tuple((group, estimates.get((school.code, group), n)) for group, n in school.groups)
        )
        for school in district.schools
    )
    return dataclasses.replace(district, schools=schools)
