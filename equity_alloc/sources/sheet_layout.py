"""How a sheet stands on the screen and on paper: what stays in view, what can be filtered, how many pages across."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

#: Characters that a printed page holds side by side in letters that can be read.
A_PAGE = 190


def keep_in_view(sheet: Worksheet, headings: int, names: int) -> None:
    """Keep the headings and the columns that name a row in view, on the screen and on every printed page.

    Parameters
    ----------
    sheet : Worksheet
    headings : int
        Rows down to the headings, these with them.
    names : int
        Columns at the left.
    """
    sheet.freeze_panes(headings, names)
    sheet.repeat_rows(headings - 1)
    if names:
        sheet.repeat_columns(0, names - 1)


def add_filter(sheet: Worksheet, heading: int, rows: int, columns: int) -> None:
    """Offer a filter on the headings, where there is more than one row to choose from."""
    if rows > 1:
        sheet.autofilter(heading, 0, heading + rows, columns - 1)


def set_up_print(book: Workbook, title: str, mark: str = "") -> None:
    """Lay every sheet out for paper: the title and a mark above; below, the sheet, the day of printing and page of pages.

    A sheet is as wide as one page, or as several where its letters would become too small to read.

    Parameters
    ----------
    book : Workbook
    title : str
    mark : str
        What everybody who holds a page must know, such as DRAFT or INTERNAL.
    """
    shown = title.replace("&", "&&")[:160]
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(1)
        sheet.fit_to_pages(_pages_across(sheet), 0)
        sheet.set_margins(0.5, 0.5, 0.7, 0.7)
        sheet.set_header(f"&L{shown}&R{mark}")
        sheet.set_footer("&L&A&CPrinted &D&RPage &P of &N")


def _pages_across(sheet: Worksheet) -> int:
    """Return over how many pages a sheet goes: so few that its widest column fits on one, beside the names that each repeats."""
    widths = _widths(sheet)
    names = sum(widths[: sheet.panes[1]]) if sheet.panes else 0
    fitting = (sum(widths) - names) // max(widths, default=1)
    return max(1, min(-(-sum(widths) // A_PAGE), fitting))


def _widths(sheet: Worksheet) -> list[int]:
    """Return the widths of a sheet's columns, in characters of seven pixels."""
    last = sheet.dim_colmax or 0
    return [sheet.col_info[place].width // 7 if place in sheet.col_info else 9 for place in range(last + 1)]
