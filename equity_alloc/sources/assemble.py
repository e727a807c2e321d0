"""From grids of text to a reading: the same road for every kind of file with our tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from equity_alloc.scenario import Scenario
from equity_alloc.sources.base import FindingList, Reading
from equity_alloc.sources.build_district import Built, build_district
from equity_alloc.sources.build_scenario import build_scenario
from equity_alloc.sources.declare import Sheet, slug
from equity_alloc.sources.district_tables import FUNDS, POSITIONS, SCHOOLS
from equity_alloc.sources.grid import Grid, cell_name
from equity_alloc.sources.missing_last_year import name_missing_last_year
from equity_alloc.sources.read_tables import Table, find_grid, read_table
from equity_alloc.sources.tables import CERTIFICATE, LIVE, PLAN_SHEETS, READ_ME, SEALS, SHEETS, SUMMARY, TOLD, TRACE


def read_grids(grids: Sequence[Grid], ending: str = "") -> Reading:
    """Return what a file with our tables says.

    Parameters
    ----------
    grids : sequence of Grid
    ending : str
        ".csv" where each table is a file.

    Returns
    -------
    Reading
        All findings of all sheets; a district only if none of them is an error.
    """
    findings = FindingList()
    tables = _find_tables(grids, ending, findings)
    if "Schools" in tables and tables["Schools"].rows:
        name_missing_last_year(grids, tables, findings)
    built = build_district(tables, findings)
    scenario = None
    if built is not None:
        scenario = build_scenario(built.district, tables, findings)
        _ask_for_counts(built, scenario, findings)
    if built is None or findings.has_errors:
        return Reading(None, None, tuple(findings.found))
    return Reading(built.district, scenario, tuple(findings.found))


def _find_tables(grids: Sequence[Grid], ending: str, findings: FindingList) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    seen: set[str] = set()
    for sheet in SHEETS:
        grid = find_grid(sheet, grids)
        if grid is not None:
            seen.add(grid.shown)
            table = read_table(sheet, grid, findings)
            if table is not None:
                tables[sheet.name] = table
        elif sheet in (SCHOOLS, FUNDS):
            _missing(sheet, grids, ending, findings)
    if tables.get("Staffing") and tables["Staffing"].rows and find_grid(POSITIONS, grids) is None:
        _missing(POSITIONS, grids, ending, findings)
    own = (READ_ME, SUMMARY, CERTIFICATE, SEALS, TRACE, *LIVE, *TOLD, *(s.name for s in PLAN_SHEETS))
    passed_over = {slug(name) for name in own}
    for grid in grids:
        if grid.shown not in seen and slug(grid.name) not in passed_over:
            findings.warn(
                "sheet-unknown",
                grid.shown,
                "",
                what=f"{grid.shown} is not one of the tables we ask for, and it is not read.",
                why="A table with a misspelled name would be left out without anyone noticing.",
                remedy=f"Leave it if it is not needed; otherwise name it {', '.join(sheet.name for sheet in SHEETS)}.",
            )
    return tables


def _missing(sheet: Sheet, grids: Sequence[Grid], ending: str, findings: FindingList) -> None:
    shown = sheet.file_name if ending else sheet.name
    findings.error(
        "sheet-missing",
        shown,
        "",
        what=f"There is no {'file' if ending else 'sheet'} {shown}. Found: "
        f"{', '.join(grid.shown for grid in grids) or 'none'}.",
        why=f"{sheet.help} Nothing can be planned without it.",
        remedy=f"Add it, or rename the one that holds {sheet.name.lower()} to {shown}.",
    )


def _ask_for_counts(built: Built, scenario: Scenario | None, findings: FindingList) -> None:
    """Name every unknown count: an error where a weight or a fund needs it, a warning elsewhere."""
    weighted = {w.group for w in scenario.need_weights if w.weight > Decimal(0)} if scenario else set()
    funds = scenario.apply(built.district).funds if scenario else built.district.funds
    for column in built.columns:
        group = column.group.code
        unknown = [school for school in built.district.schools if school.group(group) is None]
        asking = [fund for fund in funds if fund.shared_by == group]
        needed = {s.code for s in unknown if group in weighted or any(fund.serves(s.code) for fund in asking)}
        for school in [school for school in unknown if school.code in needed] or unknown[:1]:
            where = f"{built.table.shown}!{cell_name(column.place, built.rows[school.code].number)}"
            if _has_finding(findings, where):
                continue
            if needed:
                user = "a need weight" if group in weighted else "a fund that is shared out by it"
                findings.error(
                    "group-unknown-needed",
                    where,
                    "",
                    what=f"{column.group.title} is blank for {school.label}, and {user} asks for it.",
                    why="Unknown is not zero: the school would get too little without anyone noticing.",
                    remedy="Enter the count, zero if there are none, or set the weight of the group to zero.",
                )
            else:
                more = f" and at {len(unknown) - 1} more schools" if len(unknown) > 1 else ""
                findings.warn(
                    "group-unknown",
                    where,
                    "",
                    what=f"{column.group.title} is blank for {school.label}{more}, and it stays unknown.",
                    why="Figures by group leave the school out; a need weight for the group would not be possible.",
                    remedy="Enter the count, zero if there are none.",
                )


def _has_finding(findings: FindingList, where: str) -> bool:
    return any(finding.where == where for finding in findings.found)
