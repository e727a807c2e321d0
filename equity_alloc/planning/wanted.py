"""What the fractional plan says, and rounding is to come near to."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.problem.arrays import Floats, Ints


@dataclass(frozen=True, eq=False)
class Wanted:
    """What the fractional plan says.

    Parameters
    ----------
    amounts : ndarray, shape (n_schools, n_items), hundredths of FTE or cents
    pooled : ndarray, shape (n_schools,), cents
        The dollars to come close to.
    tolerance : ndarray, shape (n_schools,), cents
        How far below them is still good; within it, fewer moves decide.
    base : ndarray, shape (n_schools, n_items)
        Where changes are counted from.
    best : ndarray, shape (n_schools,), cents
        What each school would have without the tolerance; money left over goes there first.
    is_whole : bool
        The posts are in their steps already and stay as they are; only money is rounded.
    """

    amounts: Floats
    pooled: Floats
    tolerance: Floats
    base: Ints
    best: Floats
    is_whole: bool = False
