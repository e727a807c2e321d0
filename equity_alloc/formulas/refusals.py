"""What components that compare or multiply others refuse, whatever their kind."""

from __future__ import annotations

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.base import Gives


def refuse_wrong_position(unit: str, position: str) -> None:
    """Raise unless exactly the components that give FTE name a position.

    Raises
    ------
    InvalidValue
    """
    if (unit == Gives.FTE.value) is not bool(position):
        raise InvalidValue("A component in FTE needs a position, and one in dollars or pupils has none.")


def refuse_too_few(components: tuple[str, ...], counts: tuple[str, ...], unit: str) -> None:
    """Raise unless a comparison has two sides of one unit.

    Raises
    ------
    InvalidValue
    """
    if len(components) + len(counts) < 2:
        raise InvalidValue("A comparison needs at least two components or counts.")
    if counts and unit != Gives.PUPILS.value:
        raise InvalidValue(f'Counts are pupils and cannot be compared in {unit}. Write unit = "pupils".')
