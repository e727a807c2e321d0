"""What a promise about a gap of the audit asks for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class GapGoal:
    """A gap of the audit that is to be no wider than so many points.

    Parameters
    ----------
    indicator : str
        Title of an indicator of the district.
    group : str
        Code of a student group, which is compared with everybody outside it.
    points : Decimal, percentage points
        From 0 to 100.

    Raises
    ------
    InvalidValue
        If something is blank or out of range.
    """

    indicator: str
    group: str
    points: Decimal

    def __post_init__(self) -> None:
        if not self.indicator.strip() or not self.group.strip():
            raise InvalidValue("A gap is of an indicator and a student group. Name both.")
        if not self.points.is_finite() or not 0 <= self.points <= 100:
            raise InvalidValue(f"Gap at most is {self.points} points. Enter a number from 0 to 100.")
