"""Ed-Fi finance: budgets by account, joined to their accounts and to what the parts of each account stand for."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.sources.grid import Grid

#: Where a record names its account; references come with or without their own level.
_ACCOUNT = ("localAccountReference.accountIdentifier", "accountIdentifier")
_CHART = "chartOfAccountReference.accountIdentifier"
#: Dimensions of an account (Ed-Fi Data Standard, v4 and v5), with the heading that they get here.
DIMENSIONS = {
    "fundDimensionReference.code": "Fund",
    "functionDimensionReference.code": "Function",
    "objectDimensionReference.code": "Object",
    "operationalUnitDimensionReference.code": "Operational unit",
}
HEADINGS = ("Account", "Fiscal year", "As of", "Amount", "Replaced", *DIMENSIONS.values())
_YEAR = ("localAccountReference.fiscalYear", "fiscalYear")
_CHART_YEAR = ("chartOfAccountReference.fiscalYear",)


def join_budgets(grids: Sequence[Grid]) -> list[Grid]:
    """Return tables with budgets, accounts and chart joined to one, where they are there; others as they are.

    Parameters
    ----------
    grids : sequence of Grid
        Of one package: localBudgets (or localActuals), localAccounts, chartOfAccounts.

    Notes
    -----
    An account is known by its identifier and fiscal year. An amount is the balance of its account on a day: of several
    the latest counts, and the earlier ones are marked as replaced, not lost.
    """
    budgets = next((g for g in grids if _has(g, "amount") and _has(g, "asOfDate") and _first(g, _ACCOUNT)), None)
    accounts = next((g for g in grids if _has(g, _CHART)), None)
    charts = next((g for g in grids if any(_has(g, heading) for heading in DIMENSIONS)), None)
    if budgets is None or charts is None:
        return list(grids)
    chart_of = {
        (_at(accounts, row, "accountIdentifier"), _at(accounts, row, "fiscalYear")): (
            _at(accounts, row, _CHART), _at(accounts, row, _first(accounts, _CHART_YEAR)) or _at(accounts, row, "fiscalYear"),
        )
        for row in _rows(accounts)
    }  # fmt: skip
    parts_of = {(_at(charts, row, "accountIdentifier"), _at(charts, row, "fiscalYear")): row for row in _rows(charts)}
    named, dated = _first(budgets, _ACCOUNT), _first(budgets, _YEAR)
    latest: dict[tuple[str, str], str] = {}
    for row in _rows(budgets):
        key = (_at(budgets, row, named), _at(budgets, row, dated))
        latest[key] = max(latest.get(key, ""), _at(budgets, row, "asOfDate"))
    rows: list[tuple[str, ...]] = [HEADINGS]
    for row in _rows(budgets):
        key = (_at(budgets, row, named), _at(budgets, row, dated))
        day = _at(budgets, row, "asOfDate")
        parts = parts_of.get(chart_of.get(key, key), ())
        told = (*key, day, _at(budgets, row, "amount"), "yes" if day < latest[key] else "")
        rows.append((*told, *(_at(charts, parts, heading) for heading in DIMENSIONS)))
    joined = Grid("Ed-Fi budgets", budgets.shown, tuple(rows))
    return [joined, *(grid for grid in grids if grid not in (budgets, accounts, charts))]


def _has(grid: Grid, heading: str) -> bool:
    return bool(grid.rows) and heading in grid.rows[0]


def _first(grid: Grid | None, headings: Sequence[str]) -> str:
    return next((heading for heading in headings if grid is not None and _has(grid, heading)), "")


def _rows(grid: Grid | None) -> tuple[tuple[str, ...], ...]:
    return () if grid is None else grid.rows[1:]


def _at(grid: Grid | None, row: Sequence[str], heading: str) -> str:
    if grid is None or not _has(grid, heading):
        return ""
    place = grid.rows[0].index(heading)
    return row[place] if place < len(row) else ""
