"""Core money over all schools: what some give up, what others gain, and what nobody gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from equity_alloc.domain.money import Cents
from equity_alloc.planning.summary import SchoolRow


@dataclass(frozen=True, slots=True)
class Pool:
    """Core money over all schools: what some give up and others gain.

    Parameters
    ----------
    given, gained : Cents
        Sums over the schools that give up, and over those that gain.
    givers, gainers : int
    most : tuple of (str, Cents) or None
        The school that gains most.
    unallocated : Cents
        Of the counted funds.
    rounding : Cents
        So much more or less than today is no money at all: average costs are rounded.
    """

    given: Cents
    givers: int
    gained: Cents
    gainers: int
    most: tuple[str, Cents] | None
    unallocated: Cents
    rounding: Cents = 0


def pool_of(rows: Iterable[SchoolRow], names: Mapping[str, str], unallocated: Cents, *, rounding: Cents = 0) -> Pool:
    """Return what these schools, with their names by code, give up and gain together; and what of counted funds nobody gets.

    Parameters
    ----------
    rows : iterable of SchoolRow
    names : mapping of school code to str
    unallocated : Cents
        Of the counted funds.
    rounding : Cents
        So much more or less than today is no money at all.
    """
    changes = [(row.counted_change, row.code) for row in rows]
    gains = [each for each in changes if each[0] > 0]
    falls = [each for each in changes if each[0] < 0]
    most = max(gains, default=None)
    return Pool(
        given=-sum(cents for cents, _ in falls),
        givers=len(falls),
        gained=sum(cents for cents, _ in gains),
        gainers=len(gains),
        most=None if most is None else (names[most[1]], most[0]),
        unallocated=unallocated,
        rounding=rounding,
    )
