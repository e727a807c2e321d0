"""The accounting files as sheets beside their totals: a spreadsheet that opens a CSV itself takes zeros off codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from equity_alloc.sources.declare import Kind, Sheet
from equity_alloc.sources.sheet_layout import set_up_print
from equity_alloc.sources.write_sheet import new_workbook, put_table
from equity_alloc.sources.write_tables import Written

TOTALS = "Control totals"
_MONEY = {
    "Dollars", "Debit", "Credit", "Last year at plan-year costs", "Plan", "Cost per FTE", "Dollars in the plan", "Dollars paid", "Total",
    "Should be", "Difference", "Change",
}  # fmt: skip
_POSTS = {
    "FTE",
    "FTE last year",
    "Vacant last year",
    "FTE in the plan",
    "Vacant given up",
    "Filled given up",
    "FTE paid",
}
_WORDS = {"Kind", "School name", "Title", "Fund title", "Part of the cost", "What happens", "Paid by", "What", "File", "Says", "Status", "Note"}  # fmt: skip


def account_workbook(
    title: str, mark: str, headings: Sequence[str], rows: Iterable[Sequence[str]], files: Sequence[tuple[str, bytes]]
) -> bytes:
    """Return control totals and, sheet by sheet, the rows of the accounting files; codes are text, amounts are numbers.

    Parameters
    ----------
    title : str
    mark : str
        For every printed page, such as INTERNAL.
    headings, rows : texts
        Of the control totals.
    files : sequence of (str, bytes)
        Name of a sheet, and the CSV whose rows it holds.

    Returns
    -------
    bytes
        The same texts give the same bytes.
    """
    tables = [_table(TOTALS, headings, rows)]
    for name, data in files:
        first, *others = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        tables.append(_table(name, first, others))
    with new_workbook(f"{TOTALS}: {title}"[:200]) as (book, formats, stream):
        for table in tables:
            put_table(book, table, formats, names=_naming(table.headings))
        set_up_print(book, title, mark, {table.sheet.name: table.sheet.name for table in tables})
    return stream.getvalue()


def _table(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    kinds = tuple(map(_kind, headings))
    return Written(Sheet(name, "", (), ()), tuple(headings), kinds, tuple(map(tuple, rows)))


def _naming(headings: Sequence[str]) -> int:
    """Return how many columns say which row it is: down to the account, the position or the fund of a total."""
    return 1 + next(headings.index(each) for each in ("Account", "Position", "Fund") if each in headings)


def _kind(heading: str) -> Kind:
    """Return what a column holds; whatever is neither an amount nor words is a code, with its zeros."""
    if heading in _MONEY:
        return Kind.DOLLARS
    if heading in _POSTS:
        return Kind.FTE
    if heading == "Rows":
        return Kind.PUPILS
    return Kind.TEXT if heading in _WORDS else Kind.CODE
