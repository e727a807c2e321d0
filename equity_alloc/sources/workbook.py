"""The door for workbooks (.xlsx)."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import python_calamine

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.sources.assemble import read_grids
from equity_alloc.sources.base import Reading
from equity_alloc.sources.grid import UNSAVED, Grid, cell_text
from equity_alloc.sources.sheet_limits import look_at_sheets
from equity_alloc.sources.unpack import look_at_size, name_kind, open_zip


def read_workbook(data: bytes, name: str = "The file") -> Reading:
    """Return what a workbook says; values of formulas are read as saved.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for findings.

    Returns
    -------
    Reading
        Never raises on what the file holds.
    """
    grids = workbook_grids(data, name, mark_unsaved=True)
    return Reading(None, None, (grids,)) if isinstance(grids, Finding) else read_grids(grids)


def workbook_grids(data: bytes, name: str = "The file", *, mark_unsaved: bool = False) -> tuple[Grid, ...] | Finding:
    """Return every sheet of a workbook as text, or why it cannot be opened.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for findings.
    mark_unsaved : bool
        Mark formulas without a stored result; they are blank otherwise, which is unknown.
    """
    refused = look_at_size(name, data)
    if refused is not None:
        return refused
    if not data.startswith(b"PK"):
        return _not_a_workbook(name, name_kind(data))
    archive = open_zip(name, data)
    if isinstance(archive, Finding):
        return archive
    members = {member.lower() for member in archive.namelist()}
    if "xl/workbook.xml" not in members:
        other = any(member.startswith(("word/", "ppt/", "content.xml")) for member in members)
        return _not_a_workbook(name, "another office document" if other else "a .zip without a workbook in it")
    if any(_declares_entities(archive.read(member)) for member in archive.namelist() if _is_xml(member)):
        return _not_a_workbook(name, "a workbook whose XML declares entities, which no spreadsheet program writes")
    special = look_at_sheets(name, archive)
    if isinstance(special, Finding):
        return special
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            hidden = {
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible is not python_calamine.SheetVisibleEnum.Visible
            }
            grids = tuple(_grid(book, sheet, sheet in hidden) for sheet in book.sheet_names)
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        return _not_a_workbook(name, f"damaged ({error})")
    grids = _with_errors(data, grids) if special.errors else grids
    return _with_unsaved(data, grids) if special.unsaved and mark_unsaved else grids


def _is_xml(member: str) -> bool:
    return member.lower().endswith((".xml", ".rels", ".vml"))


def _declares_entities(xml: bytes) -> bool:
    """Whether XML has a document type: entities there can fetch other files, or grow without bound."""
    bare = xml.replace(b"\x00", b"")  # UTF-16 hides it no better
    return b"<!DOCTYPE" in bare or b"<!ENTITY" in bare


def _grid(book: python_calamine.CalamineWorkbook, sheet: str, is_hidden: bool) -> Grid:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return Grid(sheet, sheet, tuple(tuple(cell_text(cell) for cell in row) for row in rows), is_hidden)


def _with_errors(data: bytes, grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Put back the error values (#DIV/0! and others), which the fast reader leaves blank."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    mended = []
    for grid in grids:
        rows = [list(row) for row in grid.rows]
        for cells in book[grid.name].iter_rows():
            for cell in cells:
                if cell.data_type == "e" and cell.row <= len(rows) and cell.column <= len(rows[cell.row - 1]):
                    rows[cell.row - 1][cell.column - 1] = str(cell.value)
        mended.append(dataclasses.replace(grid, rows=tuple(tuple(row) for row in rows)))
    return tuple(mended)


def _with_unsaved(data: bytes, grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Mark formulas that have no stored result; one whose result is an empty text stays blank."""
    formulas, values = (
        openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=only) for only in (False, True)
    )
    marked = []
    for grid in grids:
        rows = [list(row) for row in grid.rows]
        results = {
            (cell.row, cell.column)
            for cells in values[grid.name].iter_rows()
            for cell in cells
            if cell.value is not None or cell.data_type != "n"
        }
        for cells in formulas[grid.name].iter_rows():
            for cell in cells:
                if cell.data_type == "f" and (cell.row, cell.column) not in results:
                    _put(rows, cell.row - 1, cell.column - 1)
        marked.append(dataclasses.replace(grid, rows=tuple(tuple(row) for row in rows)))
    return tuple(marked)


def _put(rows: list[list[str]], row: int, column: int) -> None:
    """Mark a cell, also where the fast reader ended before it."""
    width = max(map(len, rows), default=0)
    rows += [[""] * width for _ in range(row + 1 - len(rows))]
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = UNSAVED


def _not_a_workbook(name: str, kind: str) -> Finding:
    return Finding(
        "file-not-workbook",
        Severity.ERROR,
        name,
        kind,
        f"{name} is not a workbook that can be read: it is {kind}.",
        "Schools, funds and posts are read from the sheets of an .xlsx workbook or from CSV files.",
        "Save it as .xlsx without a password, or start from the template.",
    )
