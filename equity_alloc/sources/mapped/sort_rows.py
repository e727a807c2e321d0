"""Which rows of a mapped table are data, which are totals, and which are left out, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import LeftOut
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.table_map import RowKind
from equity_alloc.sources.read_tables import Row
from equity_alloc.sources.totals import is_total

#: What a column says of a school that is not open. The numbers are those of the national directory (field SY_STATUS).
CLOSED = frozenset({"closed", "inactive", "future", "2", "6", "7", "c", "permanently closed", "temporarily closed"})


@dataclass
class Sorted:
    """The rows of a table by what they are.

    Parameters
    ----------
    rows : list of Row
        Data.
    totals : list of Row
        Printed totals, by label or by a column that says so.
    reasons : dict of str to list of str
        Where each row stands that was left out, by why.
    """

    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    reasons: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, why: str, where: str) -> None:
        """Note a row that is not read."""
        self.reasons.setdefault(why, []).append(where)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The reasons with their numbers of rows."""
        return tuple(LeftOut(why, len(places), places[0]) for why, places in self.reasons.items())


#: Fields whose text may say that a row is a total.
_LABELS = ("school_name", "school", "district_name", "position", "line", "fund", "kind")
TOTALS = "a printed total, compared and not counted"


def sort_rows(cells: CellReader, chosen: dict[str, str], findings: FindingList) -> Sorted:
    """Return the rows of a table by what they are.

    Parameters
    ----------
    cells : CellReader
    chosen : dict of str to str
        Which district and year is read, by field; rows of others are left out.
    findings : FindingList

    Returns
    -------
    Sorted
    """
    found = Sorted()
    shape, mapped = cells.shape, cells.map
    tests = [(test, shape.place([test.column])) for test in mapped.leave_out]
    keeps = [(test, shape.place([test.column])) for test in mapped.keep]
    for row in shape.rows:
        where = shape.where(row, cells.places.get("school", 0))
        if shape.is_heading_again(row):
            found.leave_out("the heading, repeated", where)
            continue
        if shape.is_note(row):
            found.leave_out("a note and no data", where)
            continue
        _tell_overflow(cells, row, findings)
        kept = next((t for t, place in keeps if place is not None and not t.holds(shape.cell(row, place))), None)
        if kept is not None:
            found.leave_out(kept.why or f"{kept.column} is not {', '.join(kept.values)}", where)
            continue
        other = next((name for name, value in chosen.items() if not same_choice(cells, row, name, value)), None)
        label = total_label(cells, row)
        if other is not None and not (label and other == "district" and not cells.text(row, "district")):
            found.leave_out(f"another {other}", where)
            continue
        test = next((t for t, place in tests if place is not None and t.holds(shape.cell(row, place))), None)
        if test is not None and not test.is_printed_total:
            found.leave_out(test.why or f"{test.column} is {shape.cell(row, shape.place([test.column]))}", where)
            continue
        if test is not None or label:
            found.totals.append(row)
            found.leave_out(TOTALS, where)
            continue
        if cells.text(row, "status").lower() in CLOSED:
            found.leave_out("a school that is closed, inactive or not open yet", where)
            continue
        found.rows.append(row)
    return found


def total_label(cells: CellReader, row: Row) -> str:
    """Return the words by which a row says that it is a total, "" where it does not."""
    names: Iterable[str] = _LABELS if cells.map.rows is not RowKind.DISTRICT else ("district_name", "district")
    label = next((text for name in names if is_total(text := cells.text(row, name))), "")
    if label or cells.map.leave_out or cells.map.rows not in (RowKind.SCHOOL, RowKind.MONEY):
        return label
    # A table that nobody has described may say so in a column that is not asked for.
    return next((cell.strip() for cell in row.cells if "otal" in cell and is_total(cell)), "")


def same_choice(cells: CellReader, row: Row, name: str, value: str) -> bool:
    """Whether a row belongs to the chosen district or year, by code or by name."""
    wanted = value.strip().lower()
    if name == "district":
        code = cells.as_code(cells.text(row, "district"), "district", row) or ""
        texts = [code, code.lstrip("0"), cells.text(row, "district"), cells.text(row, "district_name")]
        return wanted in [text.lower() for text in texts if text] or (
            wanted.isdigit() and code.isdigit() and wanted.lstrip("0") == code.lstrip("0")
        )
    return cells.text(row, name).lower() == wanted


def _tell_overflow(cells: CellReader, row: Row, findings: FindingList) -> None:
    place = cells.shape.overflow(row)
    if place is None or any(f.code == "cells-beyond-heading" for f in findings.found):
        return
    findings.error(
        "cells-beyond-heading",
        cells.shape.where(row, place),
        cells.shape.cell(row, place)[:40],
        what=f"Row {row.number} of {cells.shape.shown} has more cells than there are headings.",
        why="A comma inside a cell moves all that follow by one column, and numbers land under the wrong heading.",
        remedy="Put the text with the comma in quotation marks, or save the file again from its program.",
    )
