"""The prices of a solved program by the names of what they stand for, for whoever rebuilds the rules to find its bound again."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.status import Solved

#: A dual above this names what cannot rise; the duals of a round of leximin sum to one.
PRICE = 1e-9


def named_prices(
    model: Projected, solved: Solved, schools: tuple[tuple[str, Fraction], ...], level: float, above: float = PRICE
) -> Prices:
    """Return the prices of funds and limits beside those of levels.

    Parameters
    ----------
    model : Projected
    solved : Solved
        With the prices of the program as it is now.
    schools : tuple of (str, Fraction)
        Prices of levels, by name.
    level : float
        What one of the program's levels is in the unit of the prices.
    above : float
        Duals up to here name nothing. Under strong aversion what rich schools gain is worth very little, and still counts.
    """
    cells, duals = model.cells, solved.duals
    funds = tuple(
        (
            tuple(code for bit, code in enumerate(cells.pooled) if model.cuts.sets[index] >> bit & 1),
            printed(max(0.0, float(duals[row])) * level / MONEY),
        )
        for index, row in sorted(model.cut_rows.items())
        if duals[row] > above
    )
    limits = []
    for place, (limit, row) in enumerate(zip(cells.coupling, model.limits, strict=True)):
        rows = range(row.number, row.number + (limit.least is not None) + (limit.most is not None))
        price = sum(float(duals[each]) for each in rows)
        if abs(price) > above:
            limits.append((place, printed(price / row.scale * level)))
    return Prices(schools, funds, tuple(limits))


def printed(price: float) -> Fraction:
    """Return a price in all its digits: what they leave out is multiplied by all that a school may get."""
    return Fraction(repr(price))
