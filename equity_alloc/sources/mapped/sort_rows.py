"""Which rows of a mapped table are data, which are totals, and which are left out, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import LeftOut
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.table_map import RowKind, RowTest
from equity_alloc.sources.read_tables import Row
from equity_alloc.sources.totals import begins_as_total, is_summary, is_total, is_wide

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
#: Those that name the school, where a word such as "citywide" stands for all of them.
_NAMES = ("school_name", "school")
TOTALS = "a printed total, compared and not counted"
SUMMARY = "an average or another summary, which adds up to nothing"


def sort_rows(
    cells: CellReader, chosen: dict[str, str], findings: FindingList, kept_rows: Collection[str] = ()
) -> Sorted:
    """Return the rows of a table by what they are.

    Parameters
    ----------
    cells : CellReader
    chosen : dict of str to str
        Which district and year is read, by field; rows of others are left out.
    findings : FindingList
    kept_rows : collection of str
        Cells of rows that a person says are data, whatever their labels and numbers look like.

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
        if where in kept_rows:
            found.rows.append(row)
            continue
        test = next((t for t, place in tests if place is not None and _is_left_out(t, shape.cell(row, place))), None)
        if test is not None and not test.is_printed_total:
            found.leave_out(test.why or f"{test.column} is {shape.cell(row, shape.place([test.column]))}", where)
            continue
        if test is not None or label:
            found.totals.append(row)
            found.leave_out(TOTALS, where)
            continue
        if mapped.rows is not RowKind.MONEY and any(is_summary(cells.text(row, name)) for name in _NAMES):
            found.leave_out(SUMMARY, where)
            continue
        if _is_closed(cells.text(row, "status")):
            found.leave_out("a school that is closed, inactive or not open yet", where)
            continue
        found.rows.append(row)
    return found


def total_label(cells: CellReader, row: Row) -> str:
    """Return the words by which a row says that it is a total, "" where it does not."""
    names: Iterable[str] = _LABELS if cells.map.rows is not RowKind.DISTRICT else ("district_name", "district")
    label = next((text for name in names if is_total(text := cells.text(row, name))), "") or _other_label(cells, row)
    if label or cells.map.leave_out or cells.map.rows not in (RowKind.SCHOOL, RowKind.MONEY):
        return label
    # A table that nobody has described may say so in a column that is not asked for.
    return next((cell.strip() for cell in row.cells if "otal" in cell and is_total(cell)), "")


def _is_left_out(test: RowTest, text: str) -> bool:
    """Whether a row is of the kind that a map leaves out; where that is a total, other words for totals are one too."""
    return test.holds(text) or (is_total(text) and any(is_total(value) for value in test.values))


def _other_label(cells: CellReader, row: Row) -> str:
    """Return a label that may name a total or a school, where more than the words speak for the total."""
    kind = cells.map.rows
    if kind is RowKind.MONEY:
        # "Total 122 Ash Elementary": taken as printed, so that a sum that does not tie is shown and asked about.
        return next((text for name in _LABELS if begins_as_total(text := cells.text(row, name))), "")
    if kind not in (RowKind.SCHOOL, RowKind.COUNT):
        return ""
    name = cells.text(row, "school_name") or cells.text(row, "school")
    has_no_code = cells.places.get("school") != cells.places.get("school_name") and not cells.text(row, "school")
    return name if is_wide(name) or (has_no_code and begins_as_total(name)) else ""


def _is_closed(status: str) -> bool:
    text = status.lower()
    return text in CLOSED or text.startswith(("closed", "inactive", "permanently closed", "temporarily closed"))


def same_choice(cells: CellReader, row: Row, name: str, value: str) -> bool:
    """Whether a row belongs to the chosen district or year, by code or by name."""
    wanted = value.strip().lower()
    if name == "district":
        code = cells.as_code(cells.text(row, "district"), "district", row) or ""
        named = cells.text(row, "district_name")
        # Some files write "275 Jefferson County" in one cell.
        whole = cells.text(row, "district")
        texts = [code, code.lstrip("0"), whole, named, whole.lstrip("0123456789 -"), named.lstrip("0123456789 -")]
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
