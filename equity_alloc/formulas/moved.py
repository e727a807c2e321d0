"""Which counts change when a pupil comes or goes, and the school as it would then be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from equity_alloc.formulas.facts import ENROLLMENT, GRADE, Count, SchoolFacts
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.references import counts_used, gives_pupils


def columns_of(formula: Formula) -> tuple[str, ...]:
    """Return the district's counts that a formula rests on, sorted."""
    found = {
        column
        for component in formula.components
        for use in counts_used(component)
        if not gives_pupils(formula.component_of.get(use.name))
        for column in formula.words.columns_of(use.name)
    }
    return tuple(sorted(found))


def moves_with(count: str, school: SchoolFacts) -> tuple[str, ...]:
    """Return the counts that change when a pupil joins one: a pupil in a grade is enrolled."""
    has_enrollment = any(name == ENROLLMENT for name, _ in school.counts)
    return (count, ENROLLMENT) if count.startswith(GRADE) and has_enrollment else (count,)


def moved_school(school: SchoolFacts, count: str, pupils: int) -> SchoolFacts | None:
    """Return the school with more or fewer pupils in one count, or None where there are not so many."""
    moving = moves_with(count, school)
    counts: list[tuple[str, Count]] = []
    for name, number in school.counts:
        moved = number + Decimal(pupils) if isinstance(number, Decimal) else None if number is None else number + pupils
        counts.append((name, moved if name in moving else number))
    if any(number is not None and number < 0 for _, number in counts):
        return None
    return replace(school, counts=tuple(counts))
