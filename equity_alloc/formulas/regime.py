"""On which side of its thresholds a result stands: what changes when a pupil crosses one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from equity_alloc.formulas.step import Op, Step

Regime: TypeAlias = tuple[tuple[str, Fraction | int], ...]

#: A step below these is rounding for print, not a threshold anybody plans by.
_COARSE_FTE = Decimal("0.05")
_COARSE_DOLLARS = Decimal(10)


def regime(step: Step | None) -> Regime | None:
    """Return which branches a result took and to which steps it was rounded; None where it does not apply.

    Two results with one regime lie on the same stretch between thresholds, however their exact values differ.

    Parameters
    ----------
    step : Step or None

    Examples
    --------
    >>> from equity_alloc.formulas.step import given, least
    >>> cap = given("cap", 25, "pupils")
    >>> regime(least("paid", "pupils", given("gifted", 24, "pupils"), cap))
    (('the least of', 0),)
    >>> regime(least("paid", "pupils", given("gifted", 26, "pupils"), cap))
    (('the least of', 1),)
    """
    return None if step is None else tuple(_marks(step))


def _marks(step: Step) -> Iterator[tuple[str, Fraction | int]]:
    for _, inner in step.walk():
        if inner.op in (Op.LEAST, Op.GREATEST):
            # At a tie the first branch stands for both: the kink itself changes nothing.
            yield inner.op.value, [part.value for part in inner.of].index(inner.value)
        elif inner.op is Op.REACHED or (inner.op is Op.ROUNDED and _is_coarse(inner)):
            yield inner.op.value, inner.value


def _is_coarse(step: Step) -> bool:
    least = _COARSE_DOLLARS if step.unit == "dollars" else _COARSE_FTE
    return step.rounding is not None and step.rounding.step >= least
