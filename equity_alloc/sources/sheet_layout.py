"""How a sheet stands on the screen and on paper: what stays in view, what can be filtered, how many pages across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

#: Characters that a printed page holds side by side in letters that can be read: 7.2 points high.
A_PAGE = 208
#: Letters on paper are no smaller, in points.
SMALLEST = 7.0
#: So few rows do not stand on a page of their own.
FEW_ROWS = 5


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


def set_width(sheet: Worksheet, place: int, width: int, style: Format | None, *, is_hidden: bool) -> None:
    """Set a column's width in characters; a hidden one stays where formulas look for it, and takes no room on paper."""
    sheet.set_column(place, place, width, style, {"hidden": is_hidden})


def set_up_print(book: Workbook, title: str, mark: str = "", titles: Mapping[str, str] | None = None) -> None:
    """Lay every sheet out for paper: the titles and a mark above; below, the sheet, the day of printing and page of pages.

    A sheet is as wide as one page, or as several where its letters would become too small to read; these are printed
    side by side, so that the rest of a row follows it.

    Parameters
    ----------
    book : Workbook
    title : str
    mark : str
        What everybody who holds a page must know, such as DRAFT or INTERNAL.
    titles : mapping of str to str, optional
        By sheet, what it holds, for sheets that bear no title of their own.
    """
    for sheet in book.worksheets():
        own = (titles or {}).get(sheet.get_name(), "")
        shown = f"&L{_plain(title, 130)}" + (f'\n&"-,Bold"{_plain(own, 190 - len(title))}' if own else "")
        sheet.set_landscape()
        sheet.set_paper(1)
        top = 0.85 if own else 0.7
        across = _pages_of(sheet)
        sheet.fit_to_pages(across, _pages_down(sheet, across, 612 - 72 * (top + 0.7)))
        sheet.print_across()
        sheet.set_margins(0.5, 0.5, top, 0.7)
        sheet.set_header(f"{shown}&R{_plain(mark, 30)}")
        sheet.set_footer("&L&A&CPrinted &D&RPage &P of &N")


def pages_across(widths: Sequence[int], names: int = 0) -> int:
    """Return over how many pages a sheet goes: so few that its widest column fits on one, beside the names that each repeats.

    Parameters
    ----------
    widths : sequence of int
        Of its columns, in characters.
    names : int
        Columns at the left that every page repeats.

    Examples
    --------
    >>> pages_across([10, 30, 60, 60]), pages_across([10, 30, 100, 100], 2), pages_across([10, 300])
    (1, 2, 1)
    """
    repeated = sum(widths[:names])
    fitting = (sum(widths) - repeated) // max(widths, default=1)
    wanted = 1 if sum(widths) <= A_PAGE else -(-(sum(widths) - repeated) // max(1, A_PAGE - repeated))
    return max(1, min(wanted, fitting))


def _plain(words: str, most: int) -> str:
    """Return words as a header shows them, ended at a word where they are too long: it takes 255 characters in all."""
    shown = words if len(words) <= most else f"{words[:most].rpartition(' ')[0]} …"
    return shown.replace("&", "&&")


def _pages_of(sheet: Worksheet) -> int:
    """Return over how many pages a sheet that is written goes."""
    return pages_across(_widths(sheet), sheet.panes[1] if sheet.panes else 0)


def _pages_down(sheet: Worksheet, across: int, page: float) -> int:
    """Return over how many pages a sheet goes down where a few rows would stand alone on the last; 0 for as many as it takes.

    Parameters
    ----------
    sheet : Worksheet
    across : int
        Pages side by side.
    page : float, points
        Height of a page between its margins.
    """
    if sheet.hbreaks or not sheet.panes:
        return 0
    widths, (headings, names) = _widths(sheet), sheet.panes[:2]
    wide = (sum(widths) + (across - 1) * sum(widths[:names])) * 7 * 0.75 / across
    scale = min(1.0, 720 / max(1.0, wide))
    rows = [_height(sheet, row) for row in range((sheet.dim_rowmax or 0) + 1)]
    room = page / scale
    repeated = rows[headings - 1] if 0 < headings <= len(rows) else 0.0
    if sum(rows) <= room:
        return 0
    pages = 1 + (sum(rows) - room) / (room - repeated)
    whole = int(pages)
    is_few = (pages - whole) * (room - repeated) < FEW_ROWS * 15
    return whole if is_few and scale * whole / pages * 11 >= SMALLEST else 0


def _height(sheet: Worksheet, row: int) -> float:
    """Return the height of a row, in points."""
    return sheet.row_sizes[row][0] * 0.75 if row in sheet.row_sizes else 15.0


def _widths(sheet: Worksheet) -> list[int]:
    """Return the widths of a sheet's columns, in characters of seven pixels."""
    last = sheet.dim_colmax or 0
    infos = (sheet.col_info.get(place) for place in range(last + 1))
    return [9 if info is None else 0 if info.hidden else info.width // 7 for info in infos]
