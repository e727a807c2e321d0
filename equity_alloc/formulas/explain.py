"""A result as lines of text that a reader can follow with a pocket calculator."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from equity_alloc.domain.money import print_dollars
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.result import FormulaResult, Line
from equity_alloc.formulas.step import Op, Step

_PLACES = 6


def print_value(value: Fraction, unit: str) -> str:
    """Return a value with its unit; a value cut for print says so.

    Examples
    --------
    >>> print_value(Fraction(3351, 2), "dollars"), print_value(Fraction(1, 3), "FTE"), print_value(Fraction(416), "pupils")
    ('$1,675.50', '0.333333... FTE', '416 pupils')
    """
    if unit == "dollars" and (value * 100).denominator == 1:
        return print_dollars(int(value * 100), with_cents=True)
    shown = int(value * 10**_PLACES)
    whole, rest = divmod(abs(shown), 10**_PLACES)
    digits = f"{rest:0{_PLACES}d}".rstrip("0")
    sign = "-" if value < 0 else ""
    dots = "" if Fraction(shown, 10**_PLACES) == value else "..."
    return f"{sign}{whole:,}{'.' if digits or dots else ''}{digits}{dots} {unit}"


def explain_line(result: FormulaResult, line: Line, cited: dict[str, int]) -> Iterator[str]:
    """Yield the arithmetic of one line: the result first, what it was worked out from below it.

    Parameters
    ----------
    result : FormulaResult
    line : Line
    cited : dict of str to int
        The number of every source cited so far; new ones are added.
    """
    component = result.formula.component_of[line.component]
    note = "" if line.adds else "  (for other components)"
    if line.trace is None:
        yield f"{component.frame.label}: unknown. {line.reason}{note}"
        return
    for depth, step in line.trace.walk():
        if depth == 0:
            yield f"{component.frame.label}: {print_value(step.value, line.gives.value)}{_how(step)}{note}"
        else:
            source = f"  [{cited.setdefault(step.source, len(cited) + 1)}]" if step.source else ""
            yield f"{'  ' * depth}{step.name}: {print_value(step.value, step.unit)}{_how(step)}{source}"


def explain_school(result: FormulaResult, school: str) -> Iterator[str]:
    """Yield every line of a school, its sums, and each source once, under the number that the lines cite."""
    facts = result.facts.school_of[school]
    yield facts.label
    cited: dict[str, int] = {}
    for line in result.lines_of[school]:
        yield from (f"  {text}" for text in explain_line(result, line, cited))
    dollars, fte = result.dollars(school), result.fte(school)
    has = {line.gives for line in result.lines if line.adds}
    if Gives.DOLLARS in has:
        yield f"  Dollars together: {'unknown' if dollars is None else print_dollars(dollars, with_cents=True)}"
    if Gives.FTE in has:
        yield f"  FTE together: {'unknown' if fte is None else print_value(fte, 'FTE')}"
    if cited:
        yield "Sources"
        yield from (f"  [{number}] {source}" for source, number in cited.items())


def _how(step: Step) -> str:
    if step.op is Op.GIVEN:
        return ""
    if step.op in (Op.ROUNDED, Op.SHARED_OUT):
        return f"  = {step.op.value}, {step.rounding}"
    return f"  = {step.op.value}"
