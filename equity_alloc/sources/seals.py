"""A seal for each row of an exported workbook, so that one changed cent is found and its cell is named.

Seals show a change; they are no signature, because whoever changes a row could also write a new seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.record import canonical
from equity_alloc.sources.cells import plain_number
from equity_alloc.sources.grid import Grid, cell_name
from equity_alloc.sources.tables import LIVE, SEALS

HEADINGS = ("Sheet", "Row", "Seal", "Cells", "Values")
#: Longer values are sealed and not repeated on the sheet Seals.
LONGEST_VALUE = 120
_MOST_IN_A_CELL = 32_767


@dataclass(frozen=True, slots=True)
class RowSeal:
    """Seal of one row.

    Parameters
    ----------
    sheet : str
    row : int
        From 1.
    seal : str
        First 16 hexadecimal digits of the SHA-256 of the row's values.
    cells : tuple of str
        Four digits for each cell, to name the one that changed.
    values : tuple of (str or None)
        The values; None for one that is too long to be repeated, empty where the sheet Seals does not hold them.
    """

    sheet: str
    row: int
    seal: str
    cells: tuple[str, ...]
    values: tuple[str | None, ...] = ()


def seal_rows(sheet: str, rows: Iterable[Sequence[str]]) -> Iterator[RowSeal]:
    """Yield a seal for each row that is not blank."""
    for number, cells in enumerate(rows, start=1):
        values = [_plain(cell) for cell in cells]
        while values and not values[-1]:
            values.pop()
        if values:
            parts = tuple(_hash(sheet, number, i, value)[:4] for i, value in enumerate(values))
            yield RowSeal(sheet, number, _hash(sheet, number, *values)[:16], parts, tuple(values))


def seal_grids(grids: Iterable[Grid]) -> tuple[RowSeal, ...]:
    """Return the seals of every sheet but the one that holds them, and those that the auditor works out again."""
    passed_over = {SEALS, *LIVE}
    return tuple(seal for grid in grids if grid.name not in passed_over for seal in seal_rows(grid.name, grid.rows))


def print_values(seal: RowSeal) -> str:
    """Return the values of a row as the text of one cell, blank where they do not fit."""
    short = [value if value is None or len(value) <= LONGEST_VALUE else None for value in seal.values]
    text = canonical(short)
    return text if len(text) <= _MOST_IN_A_CELL else ""


def read_seals(grids: Iterable[Grid]) -> tuple[RowSeal, ...]:
    """Return the seals that a workbook brings, none where it has no such sheet."""
    grid = next((grid for grid in grids if grid.name == SEALS), None)
    rows = grid.rows if grid else ()
    return tuple(
        RowSeal(row[0], int(row[1]), row[2], tuple(row[3].split()), _read_values(row))
        for row in rows
        if len(row) >= 4 and row[1].isdigit()
    )


def _read_values(row: Sequence[str]) -> tuple[str | None, ...]:
    """Return the values that a row of Seals repeats, each only if it has the digits that were sealed."""
    try:
        values = json.loads(row[4]) if len(row) > 4 else []
    except ValueError:
        return ()
    digits = row[3].split()
    if not isinstance(values, list) or len(values) != len(digits):
        return ()
    return tuple(
        value if isinstance(value, str) and _hash(row[0], int(row[1]), i, value)[:4] == digits[i] else None
        for i, value in enumerate(values)
    )


def compare_seals(stored: Iterable[RowSeal], found: Iterable[RowSeal]) -> tuple[Finding, ...]:
    """Return a finding for every row that was changed, added or removed since the export.

    Parameters
    ----------
    stored, found : iterable of RowSeal
        From the sheet Seals, and from the rows as they are now.

    Returns
    -------
    tuple of Finding
        Empty where nothing is stored: without seals there is nothing to compare with.
    """
    before = {(seal.sheet, seal.row): seal for seal in stored}
    if not before:
        return ()
    now = {(seal.sheet, seal.row): seal for seal in found}
    findings = []
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key), now.get(key)
        if old is None and new is not None:
            findings.append(
                _finding("row-added", f"{key[0]}!A{key[1]}", new.values[0] or "", "was not there at the export")
            )
        elif new is None and old is not None:
            held = ", ".join(value for value in old.values if value)
            happened = "was removed or blanked" + (f"; it held {held} at the export" if held else "")
            findings.append(_finding("row-removed", f"{key[0]}!A{key[1]}", "", happened))
        elif old is not None and new is not None and old.seal != new.seal:
            findings.append(_changed(old, new))
    return tuple(findings)


def _changed(old: RowSeal, new: RowSeal) -> Finding:
    width = max(len(old.cells), len(new.cells))
    places = [i for i in range(width) if old.cells[i : i + 1] != new.cells[i : i + 1]]
    where = ", ".join(cell_name(i, new.row) for i in places) or f"row {new.row}"
    values = "; ".join(_value(new, i) or "nothing" for i in places)
    happened = f"was changed; it now holds {values or 'other values'}"
    # A cell behind the last one of a sealed row was blank.
    held = [
        _value(old, i) or "nothing"
        for i in places
        if old.values and (i >= len(old.values) or old.values[i] is not None)
    ]
    if held and len(held) == len(places):
        happened = f"was changed: it held {'; '.join(held)} at the export, and now holds {values}"
    return _finding("row-changed", f"{new.sheet}!{where}", values, happened)


def _value(seal: RowSeal, place: int) -> str | None:
    return seal.values[place] if place < len(seal.values) else ""


def _finding(code: str, where: str, value: str, happened: str) -> Finding:
    return Finding(
        code,
        Severity.ERROR,
        where,
        value,
        f"{where} {happened}.",
        "The certificate in this file was given for what stood there at the export.",
        "Undo the change, or use the file as a new district and make a new plan from it.",
    )


def _plain(cell: str) -> str:
    """Return one text for one value: 1234.50 and 1234.5 are the same number, 0412 and 412 are not."""
    number = plain_number(cell)
    digits = cell.strip().lstrip("-")
    if number is None or (digits.startswith("0") and not digits.startswith("0.") and digits != "0") or "," in cell:
        return cell
    return f"{Decimal(number).normalize():f}" if number else "0"


def _hash(*parts: str | int) -> str:
    return hashlib.sha256(canonical(list(parts)).encode()).hexdigest()
