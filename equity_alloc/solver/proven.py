"""A bound on a linear program from its prices alone, in exact integers: no solver's word is taken for it.

For any prices y of the rows, c x = y (A x) + (c - y A) x, and each part is at most what its own bounds allow. The solver only
suggests good prices; the program's coefficients are taken as it was given them, which are binary fractions and so
exact (Neumaier and Shcherbina, Safe bounds in linear and mixed-integer linear programming, 2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.status import Solved

#: Columns without a bound are taken to stay within so many model units: shares of the mean level, or ten thousand dollars.
SPAN = 1e9

#: Binary digits after the point.
DIGITS = 120


def proven_bound(solver: ArrayHighs, solved: Solved) -> Fraction:
    """Return what the objective cannot pass: above the optimum where it is raised, below where it is lowered.

    Parameters
    ----------
    solver : ArrayHighs
        With the program that was solved.
    solved : Solved
        An accepted answer to a linear program.

    Returns
    -------
    Fraction, in the objective's unit
    """
    program = solver.program()
    sign = -1 if program.sense_.value < 0 else 1
    bound = _lowest(program, [sign * cost for cost in program.col_cost_], (sign * solved.duals).tolist())
    return sign * bound + Fraction(program.offset_)


def is_proven_empty(solver: ArrayHighs) -> bool:
    """Whether the program that was found infeasible is shown to be so by the solver's ray, in exact integers.

    With nothing to lower, a bound above zero is a contradiction.
    """
    program, ray = solver.program(), solver.ray()
    nothing = [0.0] * program.num_col_
    return any(_lowest(program, nothing, [way * price for price in ray]) > 0 for way in (1.0, -1.0)) if ray else False


def _lowest(program: Any, cost: Sequence[float], prices: Sequence[float]) -> Fraction:
    """Return a number that cost times columns cannot be below, whatever the prices."""
    rest = [_exact(each) for each in cost]
    total, exact = 0, []
    for price, low, high in zip(prices, program.row_lower_, program.row_upper_, strict=True):
        side = low if price > 0 else high
        # A side that is not there has no price.
        exact.append(_exact(price) if abs(side) <= SPAN * SPAN else 0)
        total += exact[-1] * _exact(side) if exact[-1] else 0
    matrix = program.a_matrix_
    starts, index, values = list(matrix.start_), list(matrix.index_), list(matrix.value_)
    by_row = matrix.format_.value != 1
    for line, (first, end) in enumerate(pairwise(starts)):
        for k in range(first, end):
            row, column = (line, index[k]) if by_row else (index[k], line)
            if exact[row]:
                rest[column] -= exact[row] * _exact(values[k]) >> DIGITS
    # Cutting digits off a product may be wrong by one in the last place, once for each entry.
    slip = len(values) + 1
    for part, low, high in zip(rest, program.col_lower_, program.col_upper_, strict=True):
        sides = (_exact(max(low, -SPAN)), _exact(min(high, SPAN)))
        total += min((part + way) * side for way in (-slip, slip) for side in sides)
    return Fraction(total, 1 << 2 * DIGITS)


def _exact(number: float) -> int:
    """Return a float in units of the last binary digit kept."""
    numerator, denominator = number.as_integer_ratio()
    return (numerator << DIGITS) // denominator
