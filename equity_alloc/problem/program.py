"""A program in whole numbers, and an upper bound on it that anybody can re-check: no solver is asked.

The rows and columns are exact integers. A solver may suggest prices for the rows; whatever they are, the bound that follows
from them by weak duality holds, and it is worked out here in fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

#: Prices from a solver are read to so many parts; rounding them never breaks the bound, it only loosens it.
_FINEST = 10**9

Entries = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A sum that must lie between two sides; None where there is no side.

    Parameters
    ----------
    entries : mapping of int to int
        Coefficient by column.
    low, high : int or None
    """

    entries: Entries
    low: int | None = None
    high: int | None = None


@dataclass(slots=True)
class Program:
    """Columns in whole numbers with their bounds, and rows.

    Parameters
    ----------
    upper : list of int
        Every column goes from zero to here.
    rows : list of Row
    parts : set of int
        Columns that may take any fraction.
    """

    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    parts: set[int] = field(default_factory=set)

    def column(self, upper: int, *, whole: bool = True) -> int:
        """Add a column and return its number."""
        self.upper.append(upper)
        if not whole:
            self.parts.add(len(self.upper) - 1)
        return len(self.upper) - 1

    def row(self, entries: Entries, low: int | None = None, high: int | None = None) -> None:
        """Add a row."""
        self.rows.append(Row({column: value for column, value in entries.items() if value}, low, high))

    def with_rows(self, rows: Sequence[Row]) -> Program:
        """Return the program with more rows."""
        return Program(self.upper, [*self.rows, *rows], self.parts)


def total(entries: Entries, values: Sequence[int]) -> int:
    """Return a weighted sum of columns."""
    return sum(value * values[column] for column, value in entries.items())


def upper_bound(program: Program, objective: Entries, prices: Sequence[float]) -> Fraction:
    """Return a number that no point of the program can beat, whatever the prices are.

    Parameters
    ----------
    program : Program
    objective : mapping of int to int
    prices : sequence of float, one for each row
        Good ones make the bound tight; their sign does not matter, both are tried.

    Notes
    -----
    For any prices y the sum of the objective is at most the sum over rows of y times the side it leans on, plus the sum
    over columns of what is left of their coefficient times the bound it leans on.

    Examples
    --------
    At most 4 units of two columns, worth 3 and 2: the price 3 proves 12.

    >>> program = Program([10, 10], [Row({0: 1, 1: 1}, None, 4)])
    >>> upper_bound(program, {0: 3, 1: 2}, [3.0])
    Fraction(12, 1)
    """
    exact = [Fraction(price).limit_denominator(_FINEST) for price in prices]
    return min(_bound(program, objective, exact), _bound(program, objective, [-price for price in exact]))


def _bound(program: Program, objective: Entries, prices: Sequence[Fraction]) -> Fraction:
    left = {column: Fraction(value) for column, value in objective.items()}
    found = Fraction(0)
    for row, price in zip(program.rows, prices, strict=True):
        side = row.high if price > 0 else row.low
        if price == 0 or side is None:
            continue
        found += price * side
        for column, value in row.entries.items():
            left[column] = left.get(column, Fraction(0)) - price * value
    return found + sum((value * program.upper[column] for column, value in left.items() if value > 0), Fraction(0))
