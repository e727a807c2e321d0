"""Last year's posts and dollars, and this year's central block."""

from __future__ import annotations

from collections.abc import Collection

from equity_alloc.domain.district import CentralSpending, Spending, Staffing
from equity_alloc.domain.federal import Purpose
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import known_code
from equity_alloc.sources.read_tables import Table


def read_staffing(
    table: Table, schools: Collection[str], positions: Collection[str], funds: Collection[str], findings: FindingList
) -> tuple[Staffing, ...]:
    """Return last year's posts, in the order of the rows."""
    rows: list[Staffing] = []
    for row in table.rows:
        cells = Cells(table, row, findings)
        school = known_code(cells, "school", schools)
        position, fund = known_code(cells, "position", positions), known_code(cells, "fund", funds)
        fte, actual = cells.fte("fte"), cells.dollars("actual")
        if school is not None and position is not None and fund is not None and fte is not None:
            rows.append(Staffing(school, position, fund, fte, actual))
    return tuple(rows)


def read_spending(
    table: Table, schools: Collection[str], funds: Collection[str], findings: FindingList
) -> tuple[Spending, ...]:
    """Return last year's non-staff dollars, in the order of the rows."""
    rows: list[Spending] = []
    for row in table.rows:
        cells = Cells(table, row, findings)
        school, line = known_code(cells, "school", schools), cells.code("line")
        fund, amount = known_code(cells, "fund", funds), cells.dollars("amount")
        if school is not None and line is not None and fund is not None and amount is not None:
            rows.append(Spending(school, line, fund, amount))
    return tuple(rows)


def read_central(table: Table, funds: Collection[str], findings: FindingList) -> tuple[CentralSpending, ...]:
    """Return what is budgeted centrally, in the order of the rows."""
    rows: list[CentralSpending] = []
    for row in table.rows:
        cells = Cells(table, row, findings)
        line, fund, amount = cells.code("line"), known_code(cells, "fund", funds), cells.dollars("amount")
        purpose = cells.option("purpose")
        if line is not None and fund is not None and amount is not None:
            rows.append(CentralSpending(line, fund, amount, Purpose(purpose) if purpose else None))
    return tuple(rows)
