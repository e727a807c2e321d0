"""One number with its unit, the date from which it holds, and where it is written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.source import Source

#: Units a value may have; a value in a unit that a place does not take is refused there.
UNITS: tuple[str, ...] = (
    "dollars",
    "dollars per pupil",
    "dollars per FTE",
    "FTE",
    "FTE per pupil",
    "pupils",
    "pupils per FTE",
    "pupils per class",
    "months",
    "weight",
    "share",
    "factor",
    "schools",
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a formula or a rule uses.

    Parameters
    ----------
    value : Decimal
        Finite and exact as written.
    unit : str
        One of `UNITS`.
    name : str
        What the file calls it.
    from_date : date or None
        First day on which it holds; None for a number typed without one.
    source : Source or None
        None for a number typed without one.
    is_verified : bool
        False for a default that nobody has checked against its source; screens say so.
    """

    value: Decimal
    unit: str
    name: str = ""
    from_date: dt.date | None = None
    source: Source | None = None
    is_verified: bool = True

    @property
    def cited(self) -> str:
        """Where it is written down, in one line; blank for a number without a source.

        Examples
        --------
        >>> Amount(Decimal("0.25"), "weight", source=Source("Board policy 3110", "section 2"), is_verified=False).cited
        'Board policy 3110, section 2 (unverified default)'
        """
        if self.source is None:
            return ""
        mark = "" if self.is_verified else " (unverified default)"
        return f"{self.source.title}, {self.source.locator}{mark}"
