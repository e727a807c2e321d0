"""The rows of a sweep as one table, Parquet or CSV: the same rows in the same order give the same bytes.

Money is in dollars with cents, exact; posts are in FTE to two places, exact. What a scenario without a plan does not have
is blank, never zero.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from equity_alloc.catalogue import all_measures
from equity_alloc.domain.csv_text import harmless
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sweep.folder import write_whole
from equity_alloc.sweep.task import MEASURE, Cell, Depth, Row
from equity_alloc.sweep.vary import Varied

ENDINGS = (".parquet", ".csv")

_CENTS = ("dollars_moved", "dollars_at_schools", "unallocated")
_HUNDREDTHS = ("fte_added", "fte_given_up")
_COUNTS = (
    "number",
    "schools_gaining",
    "schools_giving_up",
    "rules",
    "rules_kept",
    "rules_not_testable",
    "breaches",
)
_LEVELS = ("lowest_level", "lowest_level_today", "lowest_level_bound")
_FIRST = ("number", "file", "district", "district_digest", "scenario_digest")
_OF_LEVELS = ("status", "unit", "lowest_level", "lowest_level_bound")
_OF_PLANS = (
    "status",
    "unit",
    *_LEVELS,
    *_HUNDREDTHS,
    *_CENTS,
    "schools_gaining",
    "schools_giving_up",
    "rules",
    "rules_kept",
    "rules_not_testable",
    "breaches",
)
_LAST = ("conflict", "words")


def columns_of(varied: tuple[Varied, ...], depth: Depth) -> tuple[str, ...]:
    """Return the names of the columns in order: who, what was varied, what came of it, why not."""
    measures = tuple(f"{MEASURE}{code}" for code in all_measures()) if depth is Depth.PLAN else ()
    results = _OF_PLANS if depth is Depth.PLAN else _OF_LEVELS
    return (*_FIRST, *(each.target for each in varied), *results, *measures, *_LAST)


def refuse_ending(path: Path) -> None:
    """Raise unless a path ends like a table that can be written.

    Raises
    ------
    InvalidValue
    """
    if path.suffix.lower() not in ENDINGS:
        raise InvalidValue(f"{path} ends in '{path.suffix}'. Choose a name that ends in {' or '.join(ENDINGS)}.")


def write_table(path: Path, rows: Iterable[Row], varied: tuple[Varied, ...], depth: Depth) -> None:
    """Write the table whole or not at all, in the format that its name asks for.

    Parameters
    ----------
    path : Path
        Ends in .parquet or .csv.
    rows : iterable of Row
    varied : tuple of Varied
        A choice of which every value is a number becomes a column of numbers in Parquet; others stay as written.
    depth : Depth
    """
    columns = columns_of(varied, depth)
    numbers = {each.target for each in varied if all(map(_is_number, each.values))}
    table: dict[str, list[Cell | Decimal]] = {name: [] for name in columns}
    for row in rows:
        for name in columns:
            table[name].append(_exact(name, row.get(name)))
    write_whole(path, _parquet(table, numbers) if path.suffix.lower() == ".parquet" else _csv(table))


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _exact(name: str, cell: Cell) -> Cell | Decimal:
    """Return cents as dollars and hundredths as FTE, without a digit lost."""
    return Decimal(cell).scaleb(-2) if name in (*_CENTS, *_HUNDREDTHS) and isinstance(cell, int) else cell


def _csv(table: dict[str, list[Cell | Decimal]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table)
    for cells in zip(*table.values(), strict=True):
        writer.writerow(["" if cell is None else harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    # With a mark at the start, spreadsheets read the names of schools as they are written.
    return stream.getvalue().encode("utf-8-sig")


def _parquet(table: dict[str, list[Cell | Decimal]], numbers: set[str]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    def kind(name: str) -> pa.DataType:
        if name in (*_CENTS, *_HUNDREDTHS):
            return pa.decimal128(20, 2)
        if name in _COUNTS:
            return pa.int64()
        if name in numbers or name in _LEVELS or name.startswith(MEASURE):
            return pa.float64()
        return pa.string()

    for name in numbers:
        table[name] = [None if cell is None else float(cell) for cell in table[name]]
    schema = pa.schema([(name, kind(name)) for name in table])
    stream = io.BytesIO()
    parquet.write_table(pa.table(table, schema=schema), stream)
    return stream.getvalue()
