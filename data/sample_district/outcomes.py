"""What happens to the invented pupils, drawn one by one so that the counts of groups and schools agree with each other.

Ratios between groups are invented; they are of the size that public files show, and one of them (attendance) differs
between schools far more than between groups, so that the audit has something to tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from schools import AUDIT_GROUPS, GROUPS, TAUGHT, Pupils, spread

INDICATOR_HEADINGS = ("Indicator", "Area", "Better", "Year", "Source")
OUTCOME_HEADINGS = ("Indicator", "School", "Student group", "Cases", "Pupils")
YEAR, SOURCE = "2025-26", "Student information system of this invented district"
EVERYBODY = "all pupils"


class Made(NamedTuple):
    """One invented indicator: its grades, its rate, the spread of schools' rates, and each group's odds of a case."""

    title: str
    area: str
    better: str
    grades: tuple[str, ...]
    rate: float
    spread: float
    factor: dict[str, float]


INDICATORS = (
    Made("Identified as gifted", "access", "more", tuple("345678"), 0.11, 0.15,
         {"Economically disadvantaged": 0.55, "English learners": 0.5, "Students with disabilities": 0.4}),
    Made("In algebra by grade 8", "access", "more", ("8",), 0.38, 0.25,
         {"Economically disadvantaged": 0.75, "English learners": 0.7, "Students with disabilities": 0.6}),
    Made("Takes an advanced course", "access", "more", ("11", "12"), 0.44, 0.20,
         {"Economically disadvantaged": 0.75, "English learners": 0.6, "Students with disabilities": 0.45}),
    Made("Chronically absent", "outcome", "fewer", (), 0.16, 0.30,
         {"Economically disadvantaged": 1.35, "Homeless": 1.7, "Students with disabilities": 1.15}),
    Made("Suspended at least one day", "outcome", "fewer", (), 0.05, 0.25,
         {"Economically disadvantaged": 1.3, "Students with disabilities": 1.9, "Black": 1.6}),
    Made("Graduated in four years", "outcome", "more", ("12",), 0.93, 0.03,
         {"English learners": 0.9, "Students with disabilities": 0.85, "Homeless": 0.8}),
)  # fmt: skip


def indicator_rows() -> Iterator[Sequence[str]]:
    """Yield a row for each indicator."""
    return ((made.title, made.area, made.better, YEAR, SOURCE) for made in INDICATORS)


def outcome_rows(schools: Sequence[Pupils], random: Random) -> Iterator[Sequence[str]]:
    """Yield a row for each indicator, school that teaches its grades, and group."""
    for made in INDICATORS:
        for school in schools:
            taught = TAUGHT[school.kind]
            share = len(set(made.grades) & set(taught)) / len(taught) if made.grades else 1.0
            if share:
                yield from _of_school(made, school, round(school.enrollment * share), random)


def _of_school(made: Made, school: Pupils, pupils: int, random: Random) -> Iterator[Sequence[str]]:
    rate = made.rate * (1 + made.spread * spread(random))
    members = [_members(count, school.enrollment, pupils, random) for count in school.needs]
    members += _parts(school.audit, school.enrollment, pupils, random)
    named = (*GROUPS, *AUDIT_GROUPS)
    cases = set()
    for pupil in range(pupils):
        chance = rate
        for group, inside in zip(named, members, strict=True):
            chance *= made.factor.get(group, 1.0) if pupil in inside else 1.0
        if random.random() < chance:
            cases.add(pupil)
    yield made.title, school.code, EVERYBODY, str(len(cases)), str(pupils)
    for group, inside in zip(named, members, strict=True):
        yield made.title, school.code, group, str(len(cases & inside)), str(len(inside))


def _members(count: int, enrollment: int, pupils: int, random: Random) -> set[int]:
    """Choose who belongs to a group: its share of the school, among the pupils of the grades counted."""
    return set(random.sample(range(pupils), round(pupils * count / enrollment)))


def _parts(counts: Sequence[int], enrollment: int, pupils: int, random: Random) -> list[set[int]]:
    """Give every pupil one of the groups that do not overlap."""
    order = random.sample(range(pupils), pupils)
    ends = [round(pupils * sum(counts[: i + 1]) / enrollment) for i in range(len(counts))]
    return [set(order[start:end]) for start, end in zip((0, *ends), ends, strict=False)]
