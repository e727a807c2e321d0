"""What a plan makes of a formula: the target of each school, its floor, or a fixed amount."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.formula import Formula, SalaryBasis
from equity_alloc.formulas.read import read_formula


class Use(StrEnum):
    """What a formula's entitlements are to a plan."""

    TARGET = "target"
    FLOOR = "floor"
    FIXED = "fixed amount"


def read_use(words: str) -> Use:
    """Return what a person calls a use: its name, or the first word of it.

    Raises
    ------
    InvalidValue

    Examples
    --------
    >>> read_use("fixed"), read_use("Fixed amount"), read_use("floor")
    (<Use.FIXED: 'fixed amount'>, <Use.FIXED: 'fixed amount'>, <Use.FLOOR: 'floor'>)
    """
    asked = " ".join(words.lower().replace("-", " ").replace("_", " ").split())
    for use in Use:
        if asked in (use.value, use.value.split()[0]):
            return use
    raise InvalidValue(f"'{words}' is no use of a formula. Choose one of: target, floor, fixed.")


class Salary(StrEnum):
    """At which cost a formula's posts turn into dollars: as its text says, or as the scenario says."""

    AS_WRITTEN = "as the formula says"
    AVERAGE = "average"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class FormulaUse:
    """A formula and what a scenario makes of it.

    Parameters
    ----------
    text : str
        The formula's TOML text, whole: a scenario stays what it is when a template changes. Ends of lines are made
        alike, so that every kind of file gives back the same text.
    use : Use
        A target is what levels are shares of; of a floor each school has at least its counted dollars and posts; a
        fixed amount is met to the cent, with posts raised to the position's step.
    salary : Salary

    Raises
    ------
    InvalidValue
        If the text is not a formula; it names the first line that does not fit.
    """

    text: str
    use: Use = Use.TARGET
    salary: Salary = Salary.AS_WRITTEN

    def __post_init__(self) -> None:
        lines = (line.rstrip() for line in self.text.split("\n"))
        object.__setattr__(self, "text", "\n".join(lines).rstrip("\n") + "\n")
        formula_in(self.text, self.salary)

    @property
    def formula(self) -> Formula:
        """The formula, with the scenario's choice of salaries."""
        return formula_in(self.text, self.salary)


@lru_cache(maxsize=16)
def formula_in(text: str, salary: Salary = Salary.AS_WRITTEN, file: str = "formula") -> Formula:
    """Return the formula that a text holds, with a choice of salaries.

    Parameters
    ----------
    text : str
    salary : Salary
    file : str
        Name shown in findings.

    Raises
    ------
    InvalidValue
        If the text is not a formula; it names the first line that does not fit.
    """
    reading = read_formula(text, file)
    if reading.formula is None:
        more = f" {len(reading.errors) - 1} more lines do not fit." if len(reading.errors) > 1 else ""
        first = reading.errors[0]
        raise InvalidValue(f"The formula cannot be read. {first.where}: {first.what} {first.remedy}{more}")
    if salary is Salary.AS_WRITTEN:
        return reading.formula
    return dataclasses.replace(reading.formula, basis=SalaryBasis(salary.value))
