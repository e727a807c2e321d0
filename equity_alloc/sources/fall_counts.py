"""The door for new counts: one row for each school that was counted, as a workbook or a CSV file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from equity_alloc.domain.csv_text import harmless
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.recount import Recount, recounted
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import check_code
from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.declare import PREFIXES, Column, Kind, Sheet, slug
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.read_tables import Row, Table, read_table
from equity_alloc.sources.school_columns import read_school_columns
from equity_alloc.sources.workbook import workbook_grids

COUNTS = Sheet(
    "Counts",
    "One row for each school that was counted. Columns headed Pupils: and Grade may follow.",
    (
        Column(
            "Code",
            "code",
            Kind.CODE,
            "The school's code as in the plan, leading zeros included.",
            aliases=("School code", "School id", "School number", "School"),
        ),
        Column(
            "Enrollment",
            "enrollment",
            Kind.PUPILS,
            "Counted in the fall.",
            unit="pupils",
            aliases=("Enrolment", "Count", "Pupils", "Students", "Fall count", "New count"),
        ),
        Column(
            "Name", "name", Kind.TEXT, "For people only; the code counts.", required=False, aliases=("School name",)
        ),
        Column("Planned", "planned", Kind.PUPILS, "For people only.", required=False, aliases=("Planned enrollment",)),
    ),
    ("code",),
    required=True,
    groups=True,
)


@dataclass(frozen=True)
class CountsReading:
    """What a file of counts says.

    Parameters
    ----------
    counts : tuple of Recount or None
        None as soon as one finding is an error.
    findings : tuple of Finding
    """

    counts: tuple[Recount, ...] | None
    findings: tuple[Finding, ...]


def read_counts(data: bytes, name: str, district: District) -> CountsReading:
    """Return the counts in a file; never raises on what the file holds.

    Parameters
    ----------
    data : bytes
    name : str
        With its ending; .xlsx is read as a workbook (its sheet Counts, or its only sheet), anything else as CSV.
    district : District
        Of the adopted plan.
    """
    grid = _grid(data, name)
    if isinstance(grid, Finding):
        return CountsReading(None, (grid,))
    findings = FindingList()
    table = read_table(COUNTS, grid, findings)
    rows = [] if table is None else _rows(table, district, findings)
    if not findings.has_errors and not rows:
        findings.error(
            "counts-empty",
            grid.shown,
            "",
            what="No school was counted in this file.",
            why="There is nothing to compare the plan with.",
            remedy="Give one row for each school that was counted.",
        )
    counts = tuple(count for count, _ in rows)
    if not findings.has_errors:
        for count, where in rows:
            try:
                recounted(district, (count,))
            except EquityAllocError as error:
                findings.error(
                    "count-unfit",
                    where,
                    str(count.enrollment),
                    what=str(error),
                    why="Rules would be checked against pupils that cannot be.",
                    remedy="Correct the row.",
                )
    return CountsReading(None if findings.has_errors else counts, tuple(findings.found))


def _grid(data: bytes, name: str) -> Grid | Finding:
    if not name.lower().endswith((".xlsx", ".xlsm")):
        return csv_grid(name, data)
    grids = workbook_grids(data, name)
    if isinstance(grids, Finding):
        return grids
    named = [grid for grid in grids if slug(grid.name) in ("counts", "fall-counts", "schools")]
    filled = [grid for grid in grids if any(cell.strip() for row in grid.rows for cell in row)]
    if named or len(filled) == 1:
        return (named or filled)[0]
    return Finding(
        "counts-sheet-unclear",
        Severity.ERROR,
        name,
        ", ".join(grid.name for grid in grids),
        f"{name} has {len(filled)} filled sheets and none is called Counts.",
        "It is not clear which of them holds the counts.",
        "Call the sheet with the counts Counts.",
    )


def _rows(table: Table, district: District, findings: FindingList) -> list[tuple[Recount, str]]:
    grades = read_school_columns(table, findings).grades
    groups = _groups(table, district, findings)
    found: dict[str, tuple[Recount, str]] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        code, pupils = cells.code("code"), cells.pupils("enrollment")
        if code is None or not check_code(code, district.school_of, cells.where("code"), "school", "Counts", findings):
            continue
        if code in found:
            _twice(table, row, code, found[code][1], findings)
        if pupils is None:
            continue
        by_group = [(group, cells.group_count(place, title)) for group, place, title in groups]
        by_grade = [(grade, cells.group_count(place, f"Grade {grade}")) for grade, place in grades]
        count = Recount(
            code,
            pupils,
            tuple((group, n) for group, n in by_group if n is not None),
            tuple((grade, n) for grade, n in by_grade if n is not None),
        )
        found[code] = (count, cells.where("enrollment"))
    return list(found.values())


def _groups(table: Table, district: District, findings: FindingList) -> list[tuple[str, int, str]]:
    """Return the student groups that have a column: code, place, title."""
    known = {slug(group.title): group for group in district.groups} | {g.code.lower(): g for g in district.groups}
    found = []
    for place, heading in table.others:
        prefix = next((p.strip() for p in PREFIXES.values() if heading.lower().startswith(p.strip().lower())), None)
        if prefix is None:
            continue
        words = heading[len(prefix) :].strip()
        group = known.get(slug(words)) or known.get(words.lower())
        if group is None:
            findings.error(
                "group-unknown",
                table.shown,
                heading,
                what=f"The plan has no student group {words}.",
                why="Its counts would be left out without anyone noticing.",
                remedy=f"Correct the heading, or leave the column out. Groups are: {_titles(district)}.",
            )
        else:
            found.append((group.code, place, group.title))
    return found


def _titles(district: District) -> str:
    return ", ".join(group.title for group in district.groups) or "none"


def _twice(table: Table, row: Row, code: str, first: str, findings: FindingList) -> None:
    findings.error(
        "count-twice",
        table.where(row, "code"),
        code,
        what=f"School {code} is counted twice; it was counted in {first} already.",
        why="It is not clear which of the two counts.",
        remedy="Delete one of the rows.",
    )


def counts_form(district: District) -> str:
    """Return a CSV text to fill in: code, name and planned enrollment of each school, and a column for the count."""
    stream = io.StringIO()
    lines = csv.writer(stream, lineterminator="\r\n")
    lines.writerow(("Code", "Name", "Planned", "Enrollment"))
    for school in district.schools:
        lines.writerow((school.code, harmless(school.name), school.enrollment, school.enrollment))
    return stream.getvalue()
