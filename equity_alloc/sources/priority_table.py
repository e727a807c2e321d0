"""The sheet Priorities: control and urgency of gaps of the audit, as a team sees them."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.action import Actions
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.priority import GapMark
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.read_tables import Table

PRIORITIES = Sheet(
    "Priorities",
    "What the team says about gaps of the audit: one row for each.",
    (
        Column("Compared", "compared", Kind.TEXT, "As in the audit.", example="Chronically absent"),
        Column("Student group", "group", Kind.TEXT, "As in the audit.", example="Homeless"),
        Column("Control", "control", Kind.TEXT, "From 0, not ours to change, to 3, ours this year.", example="2"),
        Column("Urgency", "urgency", Kind.TEXT, "From 0, can wait for years, to 3, now.", example="3"),
        Column("Why", "note", Kind.TEXT, "In the team's words.", required=False, example="Buses come too late."),
    ),
    ("compared", "group"),
)


def read_priorities(table: Table, findings: FindingList) -> tuple[GapMark, ...]:
    """Return every row that can be read."""
    found: dict[tuple[str, str], GapMark] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        given = {column.field: cells.exact(column.field).strip() for column in PRIORITIES.columns}
        if None in [cells.text(column.field) for column in PRIORITIES.columns if column.required]:
            continue
        try:
            made = GapMark(
                given["compared"], given["group"], _number(given["control"]), _number(given["urgency"]), given["note"]
            )
            if (made.compared, made.group) in found:
                raise InvalidValue(f"{made.compared}, {made.group} stands twice.")
        except InvalidValue as error:
            findings.error(
                "priority",
                cells.where("compared"),
                given["compared"],
                what=str(error),
                why="What a team has said would be lost.",
                remedy="Correct the row, or delete it.",
            )
            continue
        found[made.compared, made.group] = made
    return tuple(found.values())


def priority_rows(actions: Actions) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each mark."""
    for each in actions.priorities:
        yield each.compared, each.group, str(each.control), str(each.urgency), each.note


def _number(typed: str) -> int:
    text = typed.removesuffix(".0")
    if not text.isdecimal():
        raise InvalidValue(f"'{typed}' is no whole number from 0 to 3.")
    return int(text)
