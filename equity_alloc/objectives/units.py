"""Whose level is raised: schools, student groups over their schools, or each group within each school."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import GroupUse, StudentGroup
from equity_alloc.domain.errors import EmptyDistribution, InvalidValue, UnknownNeed
from equity_alloc.measures.equivalent import equivalent_level
from equity_alloc.measures.kolm_pollak import kolm_pollak_equivalent
from equity_alloc.objectives.base import RaiseEquivalent, Unit, View
from equity_alloc.objectives.no_level import refuse_no_level


class Whose(StrEnum):
    """What counts as one in the comparison of levels."""

    SCHOOL = "school"
    GROUP = "student group"
    CELL = "group within school"


def units_of(view: View, whose: Whose) -> tuple[Unit, ...]:
    """Return the units of a kind.

    Schools weigh by what their level is divided by. A student group stands where the schools of its pupils stand, on
    average; beside each need group stands everybody outside it. A group within a school stands where its school stands,
    because nothing below the school is known; there every pupil counts once for each group and its rest.

    Raises
    ------
    EmptyDistribution
        If no school has a level, or nobody belongs to a group.
    UnknownNeed
        If a group's count is unknown at a school.
    """
    weights = dict(view.levels.weights)
    refuse_no_level(view.levels)
    per_cent = {code: 1 / weight / view.levels.cents_per_unit for code, weight in weights.items()}
    if whose is Whose.SCHOOL:
        return tuple(Unit(code, weight, ((code, per_cent[code]),)) for code, weight in weights.items())
    schools = [school for school in view.district.schools if school.code in weights and school.enrollment]
    groups = [group for group in view.district.groups if group.use is GroupUse.NEED]
    if whose is Whose.CELL:
        if not groups:
            raise EmptyDistribution("The district names no student group that drives need. Choose schools instead.")
        return tuple(
            Unit(school.code, Fraction(len(groups) * school.enrollment), ((school.code, per_cent[school.code]),))
            for school in schools
        )
    found: list[Unit] = []
    for group in groups:
        counts = {school.code: _count(group, school.code, school.group(group.code)) for school in schools}
        rest = {school.code: school.enrollment - counts[school.code] for school in schools}
        found.append(_group(group.title, counts, per_cent))
        if any(rest.values()):
            found.append(_group(f"Everybody but {group.title}", rest, per_cent))
    if not found:
        raise EmptyDistribution("The district names no student group that drives need. Choose schools instead.")
    return tuple(found)


def _count(group: StudentGroup, school: str, count: int | None) -> int:
    if count is None:
        raise UnknownNeed(
            f"The number of pupils in {group.title} at school {school} is unknown, so the group has no level. Enter it, or "
            "choose schools instead."
        )
    return count


def _group(name: str, counts: dict[str, int], per_cent: dict[str, Fraction]) -> Unit:
    total = sum(counts.values())
    if total == 0:
        raise EmptyDistribution(
            f"Nobody belongs to {name}, so it has no level to raise. Take the group out of the file, or choose schools "
            "instead."
        )
    parts = tuple((code, per_cent[code] * count / total) for code, count in counts.items() if count)
    return Unit(name, Fraction(total), parts)


def unit_levels(units: Sequence[Unit], view: View, allocation: Allocation) -> tuple[Fraction, ...]:
    """Return every unit's level in an allocation, exact, in the levels' unit."""
    counted = {code: view.district.counted_dollars(allocation, code) for code, _ in view.levels.weights}
    return tuple(sum((part * counted[code] for code, part in unit.parts), Fraction(0)) for unit in units)


def equivalent_of(stage: RaiseEquivalent, levels: Sequence[Fraction] | Sequence[float]) -> float:
    """Return the equal level that is worth as much as these levels under a stage's dial.

    Raises
    ------
    InvalidValue
        If a level is zero or less where the dial forbids it.
    """
    values = np.array([float(level) for level in levels])
    if stage.ceiling is not None:
        values = np.minimum(values, float(stage.ceiling))
    masses = np.array([float(unit.mass) for unit in stage.units])
    if stage.aversion is None:
        return float(values.min())
    if stage.reference is not None:
        return kolm_pollak_equivalent(values, masses, float(stage.aversion / stage.reference))
    refuse_nothing(stage, float(values.min()))
    return equivalent_level(values, masses, float(stage.aversion))


def refuse_nothing(stage: RaiseEquivalent, lowest: float) -> None:
    """Raise where somebody has nothing and the dial is at one or more: no plan could then be told from another.

    Raises
    ------
    InvalidValue
    """
    if stage.reference is None and stage.aversion is not None and stage.aversion >= 1 and lowest <= 0:
        raise InvalidValue(
            f"Some {'school' if stage.one_a_school else 'unit'} has no counted dollars, and at an aversion of "
            f"{float(stage.aversion):g} that makes all plans worth nothing. Set the aversion below 1 or to infinity, or "
            "compare dollars (Kolm-Pollak) instead of shares."
        )
