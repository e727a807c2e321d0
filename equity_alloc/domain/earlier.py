"""What an earlier year changed at a school: core dollars gained or given up, and where that is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import MOST_CENTS, Cents


@dataclass(frozen=True, slots=True)
class YearChange:
    """What one year changed at a school.

    Parameters
    ----------
    year : str
        Plan year, such as 2025-26.
    school : str
    cents : Cents
        Core money of that year less that of the year before; below zero where the school gave up.
    source : str
        Where it is written; blank where nobody has said.

    Raises
    ------
    InvalidValue
        If the year is none, or the amount is more than a district holds.
    """

    year: str
    school: str
    cents: Cents
    source: str = ""

    def __post_init__(self) -> None:
        year_begins(self.year)
        if abs(self.cents) > MOST_CENTS:
            raise InvalidValue(
                f"School {self.school}, {self.year}: the change must be at most $100,000,000,000, up or down."
            )


def year_begins(year: str) -> int:
    """Return the number with which a plan year begins.

    Raises
    ------
    InvalidValue

    Examples
    --------
    >>> year_begins("2026-27"), year_begins("2026")
    (2026, 2026)
    """
    found = re.match(r"[0-9]{4}(?![0-9])", year.strip())
    if found is None:
        raise InvalidValue(f"'{year}' is not a year. Write it like 2026-27.")
    return int(found.group())
