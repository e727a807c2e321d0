"""Finds rows whose cells have slipped by a column: a total that is no longer the sum of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sources.mapped.shape import Shape
from equity_alloc.sources.mapped.table_map import RowSum
from equity_alloc.sources.mapped.values import Codes, read_number
from equity_alloc.sources.read_tables import Row

#: A column is taken for a sum only if it is one in so large a share of at least so many rows.
SHARE, ROWS = Decimal("0.8"), 5
#: Parts that stand beside each other to the left of their total, at most.
MOST_PARTS = 15

Numbers = tuple[Decimal | None, ...]


def row_sums_in(shape: Shape, rows: Sequence[Row], codes: Codes) -> tuple[RowSum, ...]:
    """Return the columns that are the sum of the columns to their left, in most rows.

    Parameters
    ----------
    shape : Shape
    rows : sequence of Row
    codes : Codes

    Returns
    -------
    tuple of RowSum
        With the longest run of parts that adds up.
    """
    numbers = [_numbers(shape, row, codes) for row in rows[:400]]
    found: list[RowSum] = []
    for total in range(2, len(shape.headings)):
        filled = [line for line in numbers if line[total]]
        if len(filled) < ROWS:
            continue
        for first in range(max(0, total - MOST_PARTS), total - 1):
            parts = range(first, total)
            if not any(line[first] for line in filled):
                continue
            adding = [line for line in filled if sum(1 for place in parts if line[place]) >= 2]
            if len(adding) < ROWS:
                continue
            right = sum(
                1 for line in filled if sum((line[place] or Decimal(0) for place in parts), Decimal(0)) == line[total]
            )
            if right >= SHARE * len(filled):
                names = tuple(shape.headings[place] for place in parts)
                # Rounded by themselves, parts and total may be off by half a unit each; cells that slipped are off by more.
                found.append(RowSum(shape.headings[total], names, (len(names) + 1) // 2))
                break
    return tuple(found)


def rows_that_slipped(
    shape: Shape, rows: Sequence[Row], row_sum: RowSum, codes: Codes
) -> tuple[tuple[Row, Decimal, Decimal], ...]:
    """Return the rows in which a total differs from its parts: row, printed, sum of the parts.

    Where a part is suppressed or unreadable, its row is passed over: nothing can be said of it here. A blank part adds
    nothing, since a cell that has slipped away leaves a blank; the row is told, and no number is made of it.
    """
    total, parts = shape.place([row_sum.total]), [shape.place([part]) for part in row_sum.parts]
    if total is None or any(place is None for place in parts):
        return ()
    found = []
    for row in rows:
        printed = _number(shape.cell(row, total), codes)
        texts = [shape.cell(row, place) for place in parts]
        cells = [_number(text, codes) for text in texts]
        if printed is None or any(text and number is None for text, number in zip(texts, cells, strict=True)):
            continue
        known = sum((number for number in cells if number is not None), Decimal(0))
        if abs(printed - known) > row_sum.within:
            found.append((row, printed, known))
    return tuple(found)


def _numbers(shape: Shape, row: Row, codes: Codes) -> Numbers:
    return tuple(_number(shape.cell(row, place), codes) for place in range(len(shape.headings)))


def _number(text: str, codes: Codes) -> Decimal | None:
    try:
        number = read_number(text, codes)
    except InvalidValue:
        return None
    return number if isinstance(number, Decimal) else None
