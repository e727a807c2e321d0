"""How far a formula may move a school in one year, and who pays for holding it back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from equity_alloc.domain.errors import InvalidValue


class Payer(StrEnum):
    """Where the money comes from when floors cost more than the formula gives."""

    GAINS = "the gains of schools that gain, in proportion"
    RESERVE = "the reserve"
    CENTRAL = "the central office"
    NOBODY = "nobody yet: the difference is reported"


class Compared(StrEnum):
    """What is held against last year."""

    SCHOOL = "per school"
    PUPIL = "per pupil"


@dataclass(frozen=True, slots=True)
class GainsAndLosses:
    """Limits on change from last year.

    Parameters
    ----------
    most_loss : Decimal or None
        Share of last year a school may lose, from 0 to 1; None for no hold-harmless.
    most_gain : Decimal or None
        Share of last year a school may gain, zero or more; None for no gain cap.
    phase : Decimal
        Part of the way from last year to the formula that is gone this year, from 0 to 1.
    compared : Compared
        A floor per pupil falls with enrollment; a floor per school does not.
    payer : Payer
    keeps_gainers : bool
        No school that the formula raises is cut below last year.

    Raises
    ------
    InvalidValue
        If a share is out of range.
    """

    most_loss: Decimal | None = None
    most_gain: Decimal | None = None
    phase: Decimal = Decimal(1)
    compared: Compared = Compared.SCHOOL
    payer: Payer = Payer.GAINS
    keeps_gainers: bool = True

    def __post_init__(self) -> None:
        if self.most_loss is not None and not 0 <= self.most_loss <= 1:
            raise InvalidValue(f"The most a school may lose is {self.most_loss}. Enter a share from 0 to 1.")
        if self.most_gain is not None and not self.most_gain >= 0:
            raise InvalidValue(f"The most a school may gain is {self.most_gain}. Enter a share of zero or more.")
        if not 0 <= self.phase <= 1:
            raise InvalidValue(f"The phase is {self.phase}. Enter the part of the way from 0 to 1.")
