"""Rules for one position, or for every one."""

from __future__ import annotations

from typing import Any

from equity_alloc.domain.district import District, Position
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.rules.setting import Choice, setting

EVERY_POSITION = "every position"


def every_position_setting() -> Any:
    """Return the field that names the position a rule is for, or all."""
    return setting(EVERY_POSITION, label="Position", choice=Choice.POSITION)


def positions_named(district: District, code: str) -> tuple[Position, ...]:
    """Return the position of a code, or every position.

    Raises
    ------
    UnknownCode
    """
    if code == EVERY_POSITION:
        return district.positions
    if code not in district.position_of:
        raise UnknownCode(f"There is no position with code {code}.")
    return (district.position_of[code],)


def positions_words(district: District, code: str) -> str:
    """Return what the position is called, to begin a sentence with.

    Raises
    ------
    UnknownCode
    """
    return "Each position" if code == EVERY_POSITION else positions_named(district, code)[0].title
