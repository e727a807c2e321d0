"""A sheet as a grid of text, the same for workbooks and CSV files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

#: Stands in a cell whose formula has no stored result, as a script saves it.
UNSAVED = "(formula without a stored result)"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or file, every cell as text.

    Parameters
    ----------
    name : str
        Name of the sheet, or of the file without its ending.
    shown : str
        The name in findings: the sheet's, or the file's with its ending.
    rows : tuple of tuple of str
    is_hidden : bool
        Whether the sheet is hidden in its workbook.
    """

    name: str
    shown: str
    rows: tuple[tuple[str, ...], ...]
    is_hidden: bool = False


def cell_name(column: int, row: int) -> str:
    """Return a cell's name; columns count from 0, rows from 1.

    Examples
    --------
    >>> cell_name(5, 14), cell_name(27, 1)
    ('F14', 'AB1')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def cell_text(value: object) -> str:
    """Return a cell's value as text; numbers with the 15 digits that a spreadsheet keeps, and no exponent.

    Examples
    --------
    >>> cell_text(412.0), cell_text(0.1 + 0.2), cell_text(True)
    ('412', '0.3', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        number = Decimal(f"{value:.15g}")
        if not number.is_finite():
            return str(value)
        return f"{number.normalize():f}" if number else "0"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)
