"""The arithmetic of one result as a tree of steps that anybody can add up again."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from equity_alloc.formulas.rounding import How, Rounding
from equity_alloc.parameters.amount import Amount


class Op(StrEnum):
    """How a step follows from the steps under it."""

    GIVEN = "given"
    SUM = "sum"
    DIFFERENCE = "first minus second"
    PRODUCT = "product"
    QUOTIENT = "first divided by second"
    LEAST = "the least of"
    GREATEST = "the greatest of"
    REACHED = "1 where the first reaches the second, else 0"
    ROUNDED = "rounded"
    SHARED_OUT = "shared out among all schools"
    COMPONENT = "result of another component"


@dataclass(frozen=True, slots=True)
class Step:
    """One factor or one intermediate value.

    Parameters
    ----------
    name : str
        What it is, in the field's words.
    value : Fraction
        Exact.
    unit : str
    op : Op
    of : tuple of Step
        What it was worked out from, in order; empty for a given value.
    source : str
        Where a given value comes from.
    rounding : Rounding or None
        For rounded and shared-out steps.
    """

    name: str
    value: Fraction
    unit: str
    op: Op = Op.GIVEN
    of: tuple[Step, ...] = ()
    source: str = ""
    rounding: Rounding | None = None

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Step]]:
        """Yield this step and all under it with their depth; the results of other components stay closed."""
        yield depth, self
        if self.op is not Op.COMPONENT:
            for inner in self.of:
                yield from inner.walk(depth + 1)


def given(name: str, value: Fraction | int, unit: str, source: str = "") -> Step:
    """Return a value as it was found."""
    return Step(name, Fraction(value), unit, source=source)


def given_amount(amount: Amount, label: str) -> Step:
    """Return a value of the formula file with its source."""
    return Step(amount.name or label, Fraction(amount.value), amount.unit, source=amount.cited)


def added(name: str, unit: str, parts: Sequence[Step]) -> Step:
    """Return the sum; one part alone stands for itself."""
    if len(parts) == 1:
        return parts[0]
    return Step(name, sum((part.value for part in parts), Fraction(0)), unit, Op.SUM, tuple(parts))


def less(name: str, unit: str, first: Step, second: Step) -> Step:
    """Return first minus second."""
    return Step(name, first.value - second.value, unit, Op.DIFFERENCE, (first, second))


def times(name: str, unit: str, *factors: Step) -> Step:
    """Return the product.

    Examples
    --------
    >>> pay = times("pay", "dollars", given("pupils", 53, "pupils"), given("rate", Fraction("1633.51"), "dollars"))
    >>> float(pay.value), re_adds(pay)
    (86576.03, True)
    """
    return Step(name, math.prod((factor.value for factor in factors), start=Fraction(1)), unit, Op.PRODUCT, factors)


def divided(name: str, unit: str, first: Step, second: Step) -> Step:
    """Return first divided by second, which must not be zero."""
    return Step(name, first.value / second.value, unit, Op.QUOTIENT, (first, second))


def least(name: str, unit: str, *steps: Step) -> Step:
    """Return the least."""
    return Step(name, min(step.value for step in steps), unit, Op.LEAST, steps)


def greatest(name: str, unit: str, *steps: Step) -> Step:
    """Return the greatest."""
    return Step(name, max(step.value for step in steps), unit, Op.GREATEST, steps)


def reached(name: str, value: Step, start: Step) -> Step:
    """Return 1 where a value reaches a start, else 0."""
    return Step(name, Fraction(int(value.value >= start.value)), "factor", Op.REACHED, (value, start))


def rounded(step: Step, rounding: Rounding) -> Step:
    """Return a step rounded by a policy; no rounding leaves the step itself."""
    if rounding.how is How.NONE:
        return step
    return Step(step.name, rounding.apply(step.value), step.unit, Op.ROUNDED, (step,), rounding=rounding)


def re_adds(step: Step) -> bool:
    """Whether every step follows from the steps under it, worked out afresh from the given values."""
    return all(_follows(inner) for _, inner in step.walk()) and all(
        re_adds(inner) for _, closed in step.walk() if closed.op is Op.COMPONENT for inner in closed.of
    )


def _follows(step: Step) -> bool:
    values = [inner.value for inner in step.of]
    if step.op is Op.SUM:
        return step.value == sum(values, Fraction(0))
    if step.op is Op.DIFFERENCE:
        return step.value == values[0] - values[1]
    if step.op is Op.PRODUCT:
        return step.value == math.prod(values, start=Fraction(1))
    if step.op is Op.QUOTIENT:
        return step.value * values[1] == values[0]
    if step.op is Op.LEAST:
        return step.value == min(values)
    if step.op is Op.GREATEST:
        return step.value == max(values)
    if step.op is Op.REACHED:
        return step.value == (1 if values[0] >= values[1] else 0)
    if step.op is Op.ROUNDED:
        return step.rounding is not None and step.value == step.rounding.apply(values[0])
    if step.op is Op.SHARED_OUT:
        return step.rounding is not None and abs(step.value - values[0]) < Fraction(step.rounding.step)
    if step.op is Op.COMPONENT:
        return step.value == values[0]
    return not values
