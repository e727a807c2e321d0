"""Amounts as they were printed, laid beside what the formula gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.result import FormulaResult


@dataclass(frozen=True, slots=True)
class Printed:
    """One amount of last year's print.

    Parameters
    ----------
    school : str
        Code.
    amount : Fraction
        Dollars, FTE or pupils.
    item : str
        A component, a position (its FTE), or blank for the school's dollars.
    line : int
        Where it stands in its file; 0 where it comes from none.
    """

    school: str
    amount: Fraction
    item: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """One printed amount and the formula's.

    Parameters
    ----------
    printed : Printed
    formula : Fraction or None
        None where the formula's result is unknown.
    """

    printed: Printed
    formula: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        """Printed less formula."""
        return None if self.formula is None else self.printed.amount - self.formula

    @property
    def is_equal(self) -> bool:
        """Whether both are the same to the cent and beyond."""
        return self.difference == 0


def unit_of(formula: Formula, item: str) -> str:
    """Return in what an item of a print counts: a component's own unit, FTE of a position, else dollars."""
    component = formula.component_of.get(item)
    if component is not None:
        return component.gives.value
    return Gives.FTE.value if item else Gives.DOLLARS.value


def compare(result: FormulaResult, printed: Sequence[Printed]) -> tuple[Difference, ...]:
    """Return every printed amount beside the formula's; the school and item of each must be known.

    Parameters
    ----------
    result : FormulaResult
    printed : sequence of Printed
    """
    return tuple(Difference(entry, _formula_amount(result, entry)) for entry in printed)


def _formula_amount(result: FormulaResult, entry: Printed) -> Fraction | None:
    if not entry.item:
        cents = result.dollars(entry.school)
        return None if cents is None else Fraction(cents, 100)
    if entry.item in result.formula.component_of:
        return result.amount(entry.school, entry.item)
    return result.fte(entry.school, entry.item)
