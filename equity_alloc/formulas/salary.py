"""Money that follows experience: what a school's posts cost over, or under, the district's average."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.money import Cents
from equity_alloc.formulas.components.dollars_per_position import DollarsPerPosition
from equity_alloc.formulas.evaluate import places_of
from equity_alloc.formulas.result import FormulaResult


@dataclass(frozen=True, slots=True)
class SalaryDifference:
    """One component's posts at one school, at average and at actual cost.

    Parameters
    ----------
    school, component, position : str
    fte : Fraction
    average, actual : Cents
        Cost of a full-time post.
    difference : Fraction, dollars
        FTE times (actual - average): above zero where experienced staff works.
    """

    school: str
    component: str
    position: str
    fte: Fraction
    average: Cents
    actual: Cents
    difference: Fraction


def salary_differences(result: FormulaResult) -> tuple[SalaryDifference, ...]:
    """Return the difference for each school and component whose actual cost is known, whatever the formula pays.

    Parameters
    ----------
    result : FormulaResult

    Returns
    -------
    tuple of SalaryDifference
        In the order of the result's lines.
    """
    at_of = {at.school.code: at for at in places_of(result.formula, result.facts)}
    found = []
    for line in result.lines:
        component = result.formula.component_of[line.component]
        if not isinstance(component, DollarsPerPosition) or line.trace is None:
            continue
        at = at_of[line.school]
        actual = component.actual(at)
        if actual is None:
            continue
        average = component.average(at)
        fte = sum((result.amount(line.school, name) or Fraction(0) for name in component.of), Fraction(0))
        found.append(
            SalaryDifference(
                line.school,
                line.component,
                component.costed_as,
                fte,
                int(average.value * 100),
                int(actual.value * 100),
                fte * (actual.value - average.value),
            )
        )
    return tuple(found)
