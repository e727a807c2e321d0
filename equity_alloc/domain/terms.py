"""Terms of a fund beyond what it may pay: how long the money lasts, what it brings, what is left; and vacant posts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import MOST_CENTS, Cents

#: What stands for a fund that has no end.
NEVER = "never"


@dataclass(frozen=True, slots=True)
class FundTerms:
    """What is known of a fund's money; None, or blank for its end, where it is unknown.

    Parameters
    ----------
    fund : str
    one_time : bool or None
        Whether the money does not come again.
    ends : str
        Last day on which it can be spent, as 2027-06-30; "never"; or "".
    revenue : Cents or None
        What the fund takes in during the plan year.
    balance : Cents or None
        What is left in it from earlier years when the plan year begins; below zero where it ended them overdrawn.
    award_last_year : Cents or None
        What was awarded for last year, of which part of the balance may be left.
    indirect_rate : Decimal or None
        Indirect cost as a share of direct cost.

    Raises
    ------
    InvalidValue
        If the end is no date, or an amount or the rate is out of range.
    """

    fund: str
    one_time: bool | None = None
    ends: str = ""
    revenue: Cents | None = None
    balance: Cents | None = None
    award_last_year: Cents | None = None
    indirect_rate: Decimal | None = None

    def __post_init__(self) -> None:
        if self.ends not in ("", NEVER):
            read_day(self.ends)
        for amount in (self.revenue, self.award_last_year):
            if amount is not None and not 0 <= amount <= MOST_CENTS:
                raise InvalidValue(f"Fund {self.fund}: revenue and award must be from $0 to $100,000,000,000.")
        if self.balance is not None and abs(self.balance) > MOST_CENTS:
            raise InvalidValue(f"Fund {self.fund}: the balance must be at most $100,000,000,000, above or below zero.")
        if self.indirect_rate is not None and not 0 <= self.indirect_rate <= 1:
            raise InvalidValue(f"Fund {self.fund}: the indirect cost rate must be from 0 to 1.")

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which the money can be spent; None where it has no end or the end is unknown."""
        return None if self.ends in ("", NEVER) else read_day(self.ends)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Last year's posts of a position at a school that nobody holds."""

    school: str
    position: str
    fte: Hundredths


def read_day(text: str) -> dt.date:
    """Return a day written year first.

    Raises
    ------
    InvalidValue

    Examples
    --------
    >>> read_day("2027-06-30").year
    2027
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise InvalidValue(f"'{text}' is not a day. Write it like 2027-06-30, or {NEVER}.")


def plan_year(year: str, first_month: int) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a plan year such as 2026-27; None where the text names no year.

    Parameters
    ----------
    year : str
        Begins with the four digits of the year in which the plan year begins.
    first_month : int
        1 for January, 7 for July.

    Examples
    --------
    >>> [str(day) for day in plan_year("2026-27", 7)]
    ['2026-07-01', '2027-06-30']
    """
    found = re.match(r"\d{4}", year.strip())
    if found is None or found.group() in ("0000", "9999"):
        return None
    first = dt.date(int(found.group()), first_month, 1)
    return first, first.replace(year=first.year + 1) - dt.timedelta(days=1)
