"""A small good workbook as rows of typed cells; a test spoils one thing in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import openpyxl

Cell = str | int | float | bool | None
Rows = dict[str, list[list[Cell]]]
Change = Callable[[Rows], None]


def good_rows() -> Rows:
    """Return the sheets: three schools, two positions, two funds, a scenario with two rules."""
    return {
        "District": [["Setting", "Value"], ["Name", "Small"], ["Year", "2026-27"], ["Invented", "yes"]],
        "Schools": [
            [
                "Code", "Name", "Kind", "Enrollment", "Enrollment last year", "Target", "Pupils: English learners",
                "Audit only: Hispanic",
            ],
            ["0412", "Lincoln", "elementary", 400, 410, None, 40, 120],
            ["0413", "Douglass", "elementary", 300, 290, None, 90, 80],
            ["0501", "Tubman", "high", 900, None, None, 60, 300],
        ],
        "Positions": [
            ["Code", "Title", "Cost per FTE", "Step", "Smallest post"],
            ["TCH", "Teacher", 90_000, 0.5, 0.5],
            ["PARA", "Aide", 40_000, 0.25, 0],
        ],
        "Funds": [
            [
                "Code", "Title", "Appropriation", "Counts toward the level", "Shared out by", "Schools",
                "Pays positions", "Pays lines",
            ],
            ["GEN", "General fund", 10_000_000, "yes", None, "all", "all", "all"],
            ["T3", "Title III", 90_000.5, "no", "English learners", "0412; 0413", "PARA", "none"],
        ],
        "Staffing": [
            ["School", "Position", "Fund", "FTE"],
            ["0412", "TCH", "GEN", 20],
            ["0413", "TCH", "GEN", 15.5],
            ["0501", "TCH", "GEN", 44],
            ["0412", "PARA", "T3", 1.25],
        ],
        "Spending": [
            ["School", "Line", "Fund", "Dollars"],
            ["0412", "Supplies", "GEN", 50_000.25],
            ["0501", "Supplies", "GEN", 80_000],
        ],
        "Central": [["Line", "Fund", "Dollars"], ["Transportation", "GEN", 1_500_000]],
        "Fund terms": [
            [
                "Fund", "One-time money", "Ends", "Revenue", "Balance carried in", "Award last year",
                "Indirect cost rate",
            ],
            ["GEN", "no", "never", 9_900_000, 600_000, None, 0],
            ["T3", "yes", "2027-06-30", None, None, 80_000, "4.5 %"],
        ],
        "Vacant posts": [["School", "Position", "FTE"], ["0413", "TCH", 0.5]],
        "Earlier changes": [
            ["School", "Year", "Change", "Source"],
            ["0413", "2025-26", -52_000.5, "Adopted budget"],
            ["0413", "2024-25", 0, None],
        ],
        "Decisions": [["What", "Who", "When"], ["Hispanic counts are as of October.", "Data office", "2026-03-02"]],
        "Need weights": [["Group", "Weight", "Source"], ["English learners", 0.25, "Policy 3110"]],
        "Scenario": [["Setting", "Value"], ["Name", "First"], ["Objective", "raise-lowest-first"], ["Tolerance", 5]],
        "Rules": [
            ["No", "Rule", "Setting", "Value"],
            [1, "hold-harmless", "Share of last year", 0.95],
            [1, "hold-harmless", "Basis", "Policy 3120"],
            [2, "gain-cap", None, None],
            [3, "line-band", None, None],
        ],
    }  # fmt: skip


def workbook_bytes(rows: Rows) -> bytes:
    """Return the sheets as .xlsx bytes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_bytes(rows: Rows) -> dict[str, bytes]:
    """Return the sheets as CSV files by name."""
    files = {}
    for name, lines in rows.items():
        text = io.StringIO(newline="")
        csv.writer(text).writerows([["" if cell is None else cell for cell in line] for line in lines])
        files[f"{name.lower().replace(' ', '_')}.csv"] = text.getvalue().encode()
    return files


def put(sheet: str, cell: str, value: Cell) -> Change:
    """Return a change that writes one cell, such as F14."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1

    def change(rows: Rows) -> None:
        lines = rows[sheet]
        while len(lines) <= row:
            lines.append([])
        line = lines[row]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = value

    return change


def add(sheet: str, *cells: Cell) -> Change:
    """Return a change that adds a row below the last one."""
    return lambda rows: rows[sheet].append(list(cells))


def drop_sheet(sheet: str) -> Change:
    """Return a change that removes a sheet."""

    def change(rows: Rows) -> None:
        del rows[sheet]

    return change


def drop_column(sheet: str, title: str) -> Change:
    """Return a change that removes a column."""

    def change(rows: Rows) -> None:
        place = rows[sheet][0].index(title)
        for line in rows[sheet]:
            del line[place : place + 1]

    return change
