"""New counts of pupils for a district that has been planned: the fall count."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.district import District, GroupUse, School
from equity_alloc.domain.errors import InvalidValue, UnknownCode


@dataclass(frozen=True, slots=True)
class Recount:
    """What was counted at one school; what is not named was not counted anew.

    Parameters
    ----------
    school : str
    enrollment : int, pupils
    groups, grades : tuple of (str, int)
        Pupils by student group and by grade, as far as they were counted.
    """

    school: str
    enrollment: int
    groups: tuple[tuple[str, int], ...] = ()
    grades: tuple[tuple[str, int], ...] = ()


def recounted(district: District, counts: Sequence[Recount]) -> District:
    """Return the district with new counts; schools without one stay as they were planned.

    Student groups keep their planned counts unless they were counted: money that follows a group is shared out on the
    law's own count date. Grades that were not counted keep their shares of the school. A group for audit only that no
    longer fits is unknown.

    Raises
    ------
    UnknownCode
        If a school, group or grade is named that the district does not have.
    InvalidValue
        If a school is counted twice, or a count cannot be.
    """
    by_school: dict[str, Recount] = {}
    for count in counts:
        if count.school not in district.school_of:
            raise UnknownCode(
                f"There is no school with code {count.school}. Codes must be those of the plan, leading zeros included."
            )
        if count.school in by_school:
            raise InvalidValue(f"School {count.school} is counted twice. Leave the row that is right.")
        by_school[count.school] = count
    schools = tuple(
        _recount(district, school, by_school[school.code]) if school.code in by_school else school
        for school in district.schools
    )
    return dataclasses.replace(district, schools=schools)


def _recount(district: District, school: School, count: Recount) -> School:
    if count.enrollment < 0 or any(n < 0 for _, n in (*count.groups, *count.grades)):
        raise InvalidValue(f"A count of {school.label} is below zero. Enter zero or more.")
    unknown = [code for code, _ in count.groups if code not in district.group_of]
    if unknown:
        raise UnknownCode(f"The plan has no student group {unknown[0]}. Leave its column out, or correct its heading.")
    groups: list[tuple[str, int | None]] = []
    for code, planned in {**dict(school.groups), **dict(count.groups)}.items():
        now = planned
        if now is not None and now > count.enrollment:
            group = district.group_of[code]
            if group.use is GroupUse.NEED or code in dict(count.groups):
                raise InvalidValue(
                    f"{school.label} has {count.enrollment:,} pupils now, and {now:,} in {group.title}. Count the group "
                    "anew as well, or correct the enrollment."
                )
            now = None
        groups.append((code, now))
    return dataclasses.replace(school, enrollment=count.enrollment, groups=tuple(groups), grades=_grades(school, count))


def _grades(school: School, count: Recount) -> tuple[tuple[str, int | None], ...]:
    if not count.grades:
        return share_grades(school, count.enrollment)
    total = sum(pupils for _, pupils in count.grades)
    if total != count.enrollment:
        raise InvalidValue(
            f"The grades of {school.label} add up to {total:,} and its enrollment is {count.enrollment:,}. Both must come "
            "from the same count."
        )
    return count.grades


def share_grades(school: School, pupils: int) -> tuple[tuple[str, int | None], ...]:
    """Return a school's grades for another number of pupils, by largest remainder, so that they add up as before."""
    if not school.enrollment:
        return school.grades
    known = [(grade, count) for grade, count in school.grades if count is not None]
    if sum(count for _, count in known) != school.enrollment:
        return tuple(
            (grade, None if count is None else round(count * pupils / school.enrollment))
            for grade, count in school.grades
        )
    exact = {grade: divmod(count * pupils, school.enrollment) for grade, count in known}
    rest = pupils - sum(whole for whole, _ in exact.values())
    first = sorted(exact, key=lambda grade: (-exact[grade][1], grade))[:rest]
    return tuple((g, None if count is None else exact[g][0] + (g in first)) for g, count in school.grades)
