"""What lies on the page Formula: a formula that the plan need not use, a text that could not be used, last year's print."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.gains_losses import GainsAndLosses
from equity_alloc.formulas.use import FormulaUse

MOST_YEARS = 6


class Pot(StrEnum):
    """What there is for schools when a formula is phased in."""

    FORMULA = "what the formula gives all schools together"
    LAST_YEAR = "what all schools had last year"


@dataclass(frozen=True, slots=True)
class FormulaDesk:
    """What a visitor works on beside the scenario.

    Parameters
    ----------
    formula : FormulaUse or None
        The last formula that could be used; where the scenario has one, that one counts.
    refused : str
        A text that could not be used, kept as it is until it can; blank where there is none.
    printed : str
        Last year's printed amounts, as the text of a CSV file; blank for what the district itself says of last year.
    policy : GainsAndLosses
        How far the formula may move a school in a year, and who pays.
    years : int
        In how many equal parts the way to the formula is gone.
    pot : Pot

    Raises
    ------
    InvalidValue
        If the years are out of range.
    """

    formula: FormulaUse | None = None
    refused: str = ""
    printed: str = ""
    policy: GainsAndLosses = GainsAndLosses()
    years: int = 1
    pot: Pot = Pot.FORMULA

    def __post_init__(self) -> None:
        if not 1 <= self.years <= MOST_YEARS:
            raise InvalidValue(
                f"The way to the formula takes {count_words(self.years, 'year')}. Enter 1 to {MOST_YEARS}."
            )
