"""What a district assumes about the years ahead: one assumption a row, each with its year, its source and its date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.terms import read_day

#: Stands for every member: every grade, school, fund, position, line.
EVERY = "every one"
#: A year's name: one year, or two with a dash.
_YEAR = re.compile(r"(\d{4})(-\d{2}|-\d{4})?")
#: No assumption is larger than this; a balance is in dollars.
MOST = Decimal(10) ** 11


class What(StrEnum):
    """What is assumed. The unit of each is in `UNITS`."""

    SURVIVAL = "survival ratio"
    ENTERING = "growth of entering pupils"
    ENROLLMENT = "enrollment growth"
    REVENUE = "revenue growth"
    BALANCE = "balance used"
    COST = "cost growth"
    CENTRAL = "central growth"
    TARGET = "target growth"
    VACANT = "posts that fall vacant"
    RULE = "rule setting"


#: What a value of each kind is.
UNITS: dict[What, str] = {
    What.SURVIVAL: "pupils for each pupil of the grade below a year before",
    What.ENTERING: "share",
    What.ENROLLMENT: "share",
    What.REVENUE: "share",
    What.BALANCE: "dollars",
    What.COST: "share",
    What.CENTRAL: "share",
    What.TARGET: "share",
    What.VACANT: "share",
    What.RULE: "the setting's own unit",
}
#: Of what each kind is assumed.
SUBJECTS: dict[What, str] = {
    What.SURVIVAL: "grade",
    What.ENTERING: "grade",
    What.ENROLLMENT: "school or kind of school",
    What.REVENUE: "fund",
    What.BALANCE: "fund",
    What.COST: "position",
    What.CENTRAL: "central line",
    What.TARGET: "school or kind of school",
    What.VACANT: "position",
    What.RULE: "rule and setting",
}
#: What a button calls each kind.
SHORT: dict[What, str] = {
    What.SURVIVAL: "survival",
    What.ENTERING: "entry",
    What.ENROLLMENT: "enrollment",
    What.REVENUE: "revenue",
    What.BALANCE: "balance",
    What.COST: "costs",
    What.CENTRAL: "central",
    What.TARGET: "targets",
    What.VACANT: "vacancies",
    What.RULE: "settings",
}
#: The value that leaves everything as it is; None where there is no such value.
UNCHANGED: dict[What, Decimal | None] = {
    What.SURVIVAL: Decimal(1),
    What.ENTERING: Decimal(0),
    What.ENROLLMENT: Decimal(0),
    What.REVENUE: Decimal(0),
    What.BALANCE: Decimal(0),
    What.COST: Decimal(0),
    What.CENTRAL: Decimal(0),
    What.TARGET: Decimal(0),
    What.VACANT: None,
    What.RULE: None,
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing that is assumed about a year ahead.

    Parameters
    ----------
    what : What
    of : str
        Whom it concerns: a code, a kind of school, a grade, a central line, "rule: setting", or every one.
    value : Decimal
        In the unit of its kind: growth of 3 % is 0.03.
    year : str
        The year ahead, as 2027-28; blank for every year ahead that has no value of its own.
    source : str
        Who says so, and where it is written.
    dated : str
        The day of that source, year first; blank where unknown.

    Raises
    ------
    InvalidValue
        If the value or the day cannot be.
    """

    what: What
    of: str
    value: Decimal
    year: str = ""
    source: str = ""
    dated: str = ""

    def __post_init__(self) -> None:
        if self.dated:
            read_day(self.dated)
        if not self.of.strip():
            raise InvalidValue(f"{self.label}: it is not said of what. Name one, or write {EVERY}.")
        if not self.value.is_finite() or abs(self.value) > MOST:
            raise InvalidValue(f"{self.label} is not a number that can be.")
        if UNITS[self.what] == "share" and not -1 <= self.value <= 1:
            raise InvalidValue(f"{self.label} is {self.value}. Enter a share from -1 to 1: 3 % is 0.03 or 3 %.")
        if self.what is What.SURVIVAL and not 0 <= self.value <= 3:
            raise InvalidValue(f"{self.label} is {self.value}. Enter pupils for each pupil, from 0 to 3: often near 1.")
        if self.what is What.VACANT and not self.value >= 0:
            raise InvalidValue(f"{self.label} is {self.value}. Enter the share of posts that fall vacant, from 0 to 1.")
        if self.what is What.BALANCE and not self.value >= 0:
            raise InvalidValue(f"{self.label} is {self.value}. Enter dollars, zero or more.")

    @property
    def label(self) -> str:
        """What it is of whom, and in which year."""
        when = self.year or "every year ahead"
        return f"{self.what.value.capitalize()} of {self.of}, {when}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What no two assumptions share."""
        return self.what.value, self.of.strip().lower(), self.year

    @property
    def is_every(self) -> bool:
        """Whether it holds for all that have no assumption of their own."""
        return self.of.strip().lower() in (EVERY, "every", "all")


def year_after(year: str) -> str:
    """Return the name of the next plan year.

    Raises
    ------
    InvalidValue
        If the name does not begin with four digits.

    Examples
    --------
    >>> year_after("2026-27"), year_after("2099-2100"), year_after("2026")
    ('2027-28', '2100-2101', '2027')
    """
    found = _YEAR.fullmatch(year.strip())
    if not year.strip():
        raise InvalidValue("The plan year is blank. Enter it on the sheet District, row Year, like 2026-27.")
    if found is None:
        raise InvalidValue(
            f"The year '{year}' does not tell which comes next. Write it like 2026-27 on the sheet District."
        )
    return _named(int(found.group(1)) + 1, found.group(2) or "")


def is_year_like(year: str, plan_year: str) -> bool:
    """Whether a year is written as the plan year is, so that the two can be compared.

    Examples
    --------
    >>> is_year_like("2028-29", "2026-27"), is_year_like("2028-2029", "2026-27"), is_year_like("2028-30", "2026-27")
    (True, False, False)
    """
    found, like = _YEAR.fullmatch(year), _YEAR.fullmatch(plan_year.strip())
    return found is not None and like is not None and year == _named(int(found.group(1)), like.group(2) or "")


def _named(first: int, like: str) -> str:
    """Return a year's name with a second part of the same length."""
    if not like:
        return str(first)
    return f"{first}-{first + 1}" if len(like) == 5 else f"{first}-{(first + 1) % 100:02d}"
