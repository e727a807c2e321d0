"""The district from its tables: each sheet on its own, then what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equity_alloc.domain.district import Decision, District, Fund, Position
from equity_alloc.domain.federal import Federal
from equity_alloc.sources.base import UNDATED, UNNAMED, FindingList
from equity_alloc.sources.build_funds import read_funds, read_positions
from equity_alloc.sources.build_last_year import read_central, read_spending, read_staffing
from equity_alloc.sources.build_schools import GroupColumn, read_groups, read_schools
from equity_alloc.sources.build_terms import read_terms, read_vacancies
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.cross_checks import cross_check
from equity_alloc.sources.earlier_table import read_earlier
from equity_alloc.sources.federal_facts import ask_for_title_one_counts, read_federal
from equity_alloc.sources.outcome_tables import read_indicators, read_outcomes
from equity_alloc.sources.read_tables import Row, Table
from equity_alloc.sources.school_columns import read_school_columns


@dataclass(frozen=True)
class Built:
    """A district as far as it could be read, with the places of its schools for later findings.

    Parameters
    ----------
    district : District
    table : Table
        The sheet Schools.
    rows : mapping of str to Row
        By school code.
    columns : tuple of GroupColumn
    """

    district: District
    table: Table
    rows: Mapping[str, Row]
    columns: tuple[GroupColumn, ...]


def build_district(tables: Mapping[str, Table], findings: FindingList) -> Built | None:
    """Return the district in the tables; None where there is no sheet with schools.

    Parameters
    ----------
    tables : mapping of str to Table
        By name of the declared sheet.
    findings : FindingList
        Receives every problem. As soon as one is an error, the district must not be used.

    Returns
    -------
    Built or None
    """
    if "Schools" not in tables:
        return None
    columns = read_groups(tables["Schools"], findings)
    more = read_school_columns(tables["Schools"], findings)
    found = read_schools(tables["Schools"], columns, more, findings)
    if not found:
        return None
    groups = tuple(column.group for column in columns)
    schools = {code: school for code, (school, _) in found.items()}
    positions = read_positions(tables["Positions"], findings) if "Positions" in tables else _stand_ins(tables)
    if "Funds" in tables:
        funds = read_funds(tables["Funds"], groups, schools, positions, findings)
        if not funds and not findings.has_errors:
            _no_funds(tables["Funds"], findings)
    else:
        funds = {code: Fund(code, code, 0) for name in _PAID for code in _named(tables, name, "fund")}
    indicators = read_indicators(tables["Indicators"], findings) if "Indicators" in tables else ()
    counts = read_outcomes(tables["Outcomes"], indicators, schools, groups, findings) if "Outcomes" in tables else ()
    name, year, invented = _read_settings(tables.get("District"), findings)
    district = District(
        name=name,
        year=year or UNDATED,
        schools=tuple(schools.values()),
        groups=groups,
        positions=tuple(positions.values()),
        funds=tuple(funds.values()),
        staffing=read_staffing(tables["Staffing"], schools, positions, funds, findings) if "Staffing" in tables else (),
        spending=read_spending(tables["Spending"], schools, funds, findings) if "Spending" in tables else (),
        central=read_central(tables["Central"], funds, findings) if "Central" in tables else (),
        invented=invented,
        decisions=_read_decisions(tables.get("Decisions"), findings),
        flags=tuple(flag for flag, _ in more.flags),
        federal=read_federal(tables["Federal"], funds, schools.values(), findings)
        if "Federal" in tables
        else Federal(),
        terms=read_terms(tables["Fund terms"], funds, findings) if "Fund terms" in tables else (),
        vacancies=read_vacancies(tables["Vacant posts"], schools, positions, findings)
        if "Vacant posts" in tables
        else (),
        earlier=read_earlier(tables["Earlier changes"], schools, year, findings) if "Earlier changes" in tables else (),
        indicators=indicators,
        outcomes=tuple(count for count in counts if not count.year),
        earlier_outcomes=tuple(count for count in counts if count.year),
    )
    cross_check(district, tables, findings)
    ask_for_title_one_counts(district, tables["Schools"], findings)
    return Built(district, tables["Schools"], {code: row for code, (_, row) in found.items()}, columns)


#: Sheets whose rows name a fund.
_PAID = ("Staffing", "Spending", "Central")


def _named(tables: Mapping[str, Table], sheet: str, field: str) -> list[str]:
    """Return the codes that a sheet names, so that one missing sheet is one finding and not one for each row."""
    table = tables.get(sheet)
    codes = [table.raw(row, field).strip() for row in table.rows] if table else []
    return [code for code in codes if code]


def _stand_ins(tables: Mapping[str, Table]) -> dict[str, Position]:
    return {code: Position(code, code, 0) for code in _named(tables, "Staffing", "position")}


def _read_settings(table: Table | None, findings: FindingList) -> tuple[str, str, bool]:
    values = {"name": "", "year": ""}
    invented = False
    for cells in [Cells(table, row, findings) for row in table.rows] if table else ():
        setting = (cells.text("setting") or "").lower()
        if setting in values:
            values[setting] = cells.exact("value").strip()
        elif setting == "invented":
            invented = cells.yes_no("value", default=False)
        elif setting:
            findings.warn(
                "setting-unknown",
                cells.where("setting"),
                setting,
                what=f"{cells.table.shown} has a setting {setting} that is not one of Name, Year and Invented.",
                why="It is not read.",
                remedy="Correct the name of the setting, or delete the row.",
            )
    if not values["name"]:
        findings.note(
            "district-unnamed",
            "District",
            "",
            what="The district has no name in this file.",
            why="Reports print it on every page.",
            remedy="Add a sheet District with the settings Name and Year.",
        )
    if not values["year"]:
        findings.warn(
            "district-undated",
            "District",
            "",
            what="The file does not say which year the plan is for.",
            why=f'Every document names the plan year; without it they say "{UNDATED}", and records of two years cannot be told apart.',
            remedy="Add the setting Year to sheet District, such as 2026-27.",
        )
    return values["name"] or UNNAMED, values["year"], invented


def _read_decisions(table: Table | None, findings: FindingList) -> tuple[Decision, ...]:
    if table is None:
        return ()
    rows = [Cells(table, row, findings) for row in table.rows]
    return tuple(
        Decision(what, cells.exact("who").strip(), cells.exact("when").strip())
        for cells in rows
        if (what := cells.text("what")) is not None
    )


def _no_funds(table: Table, findings: FindingList) -> None:
    findings.error(
        "funds-empty",
        f"{table.shown}!A{table.heading + 1}",
        "",
        what="There are no funds yet.",
        why="Without an appropriation there is nothing to share out.",
        remedy="Enter one row for each fund, with its code, title and appropriation.",
    )
