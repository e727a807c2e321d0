"""The door for workbooks (.xlsx)."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import python_calamine

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.sources.assemble import read_grids
from equity_alloc.sources.base import Reading
from equity_alloc.sources.grid import Grid, cell_text
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
    grids = workbook_grids(data, name)
    return Reading(None, None, (grids,)) if isinstance(grids, Finding) else read_grids(grids)


def workbook_grids(data: bytes, name: str = "The file") -> tuple[Grid, ...] | Finding:
    """Return every sheet of a workbook as text, or why it cannot be opened."""
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
    has_errors = look_at_sheets(name, archive)
    if isinstance(has_errors, Finding):
        return has_errors
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
    return _with_errors(data, grids) if has_errors else grids


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
