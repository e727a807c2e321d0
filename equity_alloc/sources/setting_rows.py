"""Rows of the sheet Scenario: a setting and its value."""

from __future__ import annotations

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.read_tables import Table


def setting_rows(table: Table, findings: FindingList) -> dict[str, Cells]:
    """Return the rows by the name of their setting, as typed; a name that stands twice is refused."""
    rows: dict[str, Cells] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        name = (cells.text("setting") or "").strip()
        if name.lower() in {known.lower() for known in rows}:
            refuse_setting(cells, f"{name} stands twice on {table.shown}.", "Delete one of the rows.")
        elif name:
            rows[name] = cells
    return rows


def refuse_setting(cells: Cells, what: str, remedy: str) -> None:
    """Add the finding that a setting of the scenario is not understood, at its cell."""
    cells.findings.error(
        "scenario-setting",
        cells.where("value"),
        cells.exact("value").strip(),
        what=what,
        why="A choice that is not understood would be replaced by another without anyone noticing.",
        remedy=remedy,
    )
