"""Pupils a year later: cohort by cohort where grades are known, by a stated growth elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from fractions import Fraction

from equity_alloc.domain.ahead import What
from equity_alloc.domain.district import District, School
from equity_alloc.rules.class_caps import GRADES
from equity_alloc.years.assumed import Assumed, grown

#: Grades in which children begin school, whoever is a grade below.
FIRST = ("3K", "PK", "K")


def schools_after(district: District, assumed: Assumed) -> tuple[School, ...]:
    """Return the schools a year later; what an assumption lacks for is recorded, and the school stays as it is.

    A growth stated for one school by its code comes first. A school whose grades are all known and add up to its
    enrollment follows its cohorts: each grade is what survives of the grade below in the same school; a grade that has no
    grade below it there takes its share, by this year's pupils, of the children whose own school ends a grade below; the
    first grades grow as children enter. Student groups, low-income children and unknown grades keep their shares.

    Parameters
    ----------
    district : District
    assumed : Assumed

    Returns
    -------
    tuple of School
    """
    own = {school.code: assumed.stated(What.ENROLLMENT, school.code) for school in district.schools}
    cohorts = [school for school in district.schools if own[school.code] is None and follows_cohorts(school)]
    grades = _grades_after(cohorts, assumed)
    found = []
    for school in district.schools:
        stated = own[school.code]
        if school.code in grades:
            counts = grades[school.code]
            after = dataclasses.replace(
                _shares_kept(school, sum(counts.values())),
                grades=tuple((grade, counts.get(grade, 0)) for grade, _ in school.grades),
            )
        else:
            growth = (
                Fraction(stated.value)
                if stated is not None
                else assumed.value(What.ENROLLMENT, f"{school.label} or {school.kind} schools", school.kind)
            )
            pupils = school.enrollment if growth is None else grown(school.enrollment, growth)
            after = dataclasses.replace(_shares_kept(school, pupils), grades=_scaled_grades(school, pupils))
        found.append(
            dataclasses.replace(after, enrollment_last_year=school.enrollment, target=_target(school, assumed))
        )
    return tuple(found)


def follows_cohorts(school: School) -> bool:
    """Whether every grade's pupils are known and add up to the enrollment."""
    counts = [count for _, count in school.grades]
    return bool(counts) and None not in counts and sum(c or 0 for c in counts) == school.enrollment > 0


def _grades_after(schools: Sequence[School], assumed: Assumed) -> dict[str, dict[str, int]]:
    """Return each school's pupils by grade a year later."""
    now = {school.code: {g: count for g, count in school.grades if count} for school in schools}
    after: dict[str, dict[str, int]] = {code: {} for code in now}
    for place, grade in enumerate(GRADES):
        below = GRADES[place - 1] if place and grade not in FIRST else ""
        leaving = sum(counts[below] for counts in now.values() if below in counts and grade not in counts)
        begins = {code: counts[grade] for code, counts in now.items() if grade in counts and below not in counts}
        stays = {code: counts[below] for code, counts in now.items() if grade in counts and below in counts}
        if not begins and not stays:
            continue
        enters = begins and not leaving
        subject = "grade K" if grade == "K" else f"grade {grade}"
        growth = assumed.value(What.ENTERING, subject, grade) if enters else None
        ratio = assumed.value(What.SURVIVAL, subject, grade) if stays or leaving else None
        total = sum(begins.values())
        for code, count in begins.items():
            if enters:
                after[code][grade] = count if growth is None else grown(count, growth)
            else:
                after[code][grade] = _nearest(Fraction(leaving * count, total) * (1 if ratio is None else ratio))
        for code, count in stays.items():
            after[code][grade] = _nearest(Fraction(count) * (1 if ratio is None else ratio))
    return after


def _shares_kept(school: School, pupils: int) -> School:
    """Return the school with so many pupils, and groups in the same shares; unknown stays unknown."""

    def part(count: int | None) -> int | None:
        if count is None or not school.enrollment:
            return count if pupils == school.enrollment else None
        return min(pupils, _nearest(Fraction(count * pupils, school.enrollment)))

    return dataclasses.replace(
        school,
        enrollment=pupils,
        groups=tuple((code, part(count)) for code, count in school.groups),
        low_income=part(school.low_income),
    )


def _scaled_grades(school: School, pupils: int) -> tuple[tuple[str, int | None], ...]:
    """Return grades in the same shares of so many pupils, adding up by largest remainder where they did before."""
    if not school.enrollment:
        return tuple((grade, count if pupils == 0 else None) for grade, count in school.grades)
    exact = {g: Fraction(c * pupils, school.enrollment) for g, c in school.grades if c is not None}
    whole = {grade: int(value) for grade, value in exact.items()}
    rest = pupils - sum(whole.values()) if follows_cohorts(school) else round(sum(exact.values())) - sum(whole.values())
    for grade in sorted(exact, key=lambda g: (whole[g] - exact[g], GRADES.index(g)))[: max(0, rest)]:
        whole[grade] += 1
    return tuple((grade, None if count is None else whole[grade]) for grade, count in school.grades)


def _target(school: School, assumed: Assumed) -> int | None:
    if school.target is None:
        return None
    growth = assumed.value(What.TARGET, school.label, school.code, school.kind)
    return school.target if growth is None else grown(school.target, growth, 100)


def _nearest(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))
