"""The rows of the sheet Certificate with which a bound is found again: written with the proof, read by the auditor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.proof import BoundProof
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.tables import CERTIFICATE

LEVEL, EQUAL_LEVEL = "Lowest level", "Equal level that is worth as much"
BOUND, EQUAL_BOUND = "Bound", "Bound of the equal level"
GAP = "Gap: no plan brings the lowest level higher by more"
EQUAL_GAP = "Gap: no plan brings the equal level higher by more"
OF_SCHOOL, OF_FUNDS, OF_LIMIT = "Price of a school's level", "Price of a cent in these funds", "Price of limit"
OF_LEVEL = "Price of a level in the equal level"
#: How numbers of a proof are written: whole, with decimals, or as a fraction, in digits that fractions of cents can need.
_EXACT = re.compile(r"[+-]?\d+(?:/\d+|\.\d+)?", re.ASCII)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of a proof, to be compared with the proof worked out again.

    Parameters
    ----------
    level, bound, gap : Fraction or None
        None where the file says nothing that can be read.
    """

    level: Fraction | None
    bound: Fraction | None
    gap: Fraction | None

    @property
    def says_nothing(self) -> bool:
        """Whether the file states no proof at all."""
        return self.level is None and self.bound is None and self.gap is None


NOTHING_STATED = Stated(None, None, None)


def proof_rows(proof: BoundProof, *, equal: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield level, bound, the prices that it was found with, and the gap, of the lowest level or of the equal level."""
    yield (EQUAL_LEVEL if equal else LEVEL, proof.level, _about(proof.level, proof.unit))
    yield (EQUAL_BOUND if equal else BOUND, proof.bound, _about(proof.bound, proof.unit))
    if proof.prices is not None:
        for code, price in proof.prices.schools:
            yield (OF_LEVEL if equal else OF_SCHOOL, code, str(price))
        for codes, price in proof.prices.funds:
            yield (OF_FUNDS, "; ".join(codes), str(price))
        for place, price in proof.prices.limits:
            yield (OF_LIMIT, str(place), str(price))
    yield (EQUAL_GAP if equal else GAP, f"{float(proof.gap):.6f}", proof.unit)


def _about(exact: str, unit: str) -> str:
    """Return the unit of an exact fraction, and about what it comes to."""
    return f"{unit}, about {float(Fraction(exact)):,.2f}" if "/" in exact else unit


def stated(grids: tuple[Grid, ...], *, equal: bool = False) -> Stated:
    """Return what a file states of the lowest level, or of the equal level."""
    labels = (EQUAL_LEVEL, EQUAL_BOUND, EQUAL_GAP) if equal else (LEVEL, BOUND, GAP)
    return Stated(*(_stored(grids, label) for label in labels))


def _stored(grids: tuple[Grid, ...], label: str) -> Fraction | None:
    found = [row[1] for row in _rows(grids) if len(row) > 1 and row[0] == label]
    return _fraction(found[0]) if found else None


def stored_prices(grids: tuple[Grid, ...]) -> Prices | None:
    """Return the prices in a file; those that cannot be read are left out, which can only loosen the bound."""
    schools, funds, limits = [], [], []
    for row in _rows(grids):
        price = _fraction(row[2]) if len(row) > 2 else None
        if price is None:
            continue
        if row[0] in (OF_SCHOOL, OF_LEVEL):
            schools.append((row[1], price))
        elif row[0] == OF_FUNDS:
            funds.append((tuple(row[1].split("; ")), price))
        elif row[0] == OF_LIMIT and row[1].isdigit():
            limits.append((int(row[1]), price))
    return Prices(tuple(schools), tuple(funds), tuple(limits)) if schools else None


def _rows(grids: tuple[Grid, ...]) -> tuple[tuple[str, ...], ...]:
    return next((grid.rows for grid in grids if grid.name == CERTIFICATE), ())


def _fraction(text: str) -> Fraction | None:
    # No exponents: a file that says 1e999999999 would keep exact arithmetic busy for hours.
    if len(text) > _LONGEST or not _EXACT.fullmatch(text.strip()):
        return None
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None
