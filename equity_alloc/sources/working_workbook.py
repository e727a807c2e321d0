"""Reads an exported plan workbook back: district, scenario, allocation, and what was certified."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.scenario import Scenario
from equity_alloc.sources.assemble import read_grids
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import check_code
from equity_alloc.sources.declare import Sheet
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.proof_rows import NOTHING_STATED, Stated, stated, stored_prices
from equity_alloc.sources.read_tables import find_grid, read_table
from equity_alloc.sources.seals import RowSeal, read_seals, seal_grids
from equity_alloc.sources.tables import CERTIFICATE, PLAN_DOLLARS, PLAN_PAY, PLAN_POSTS
from equity_alloc.sources.workbook import workbook_grids

#: Labels in the first column of the sheet Certificate, with the value beside them.
DISTRICT_DIGEST = "Fingerprint of the district's data"
SCENARIO_DIGEST = "Fingerprint of the choices"
ALLOCATION_DIGEST = "Fingerprint of the posts and dollars"
VERSION, BUILD, OUTCOME = "Version", "Build of the program", "Outcome"
#: What names a plan, under its present label and under those of older files.
_IDENTITY = (
    (DISTRICT_DIGEST, "District digest"),
    (SCENARIO_DIGEST, "Scenario digest"),
    (ALLOCATION_DIGEST, "Allocation digest"),
    (VERSION,),
)


@dataclass(frozen=True, slots=True)
class StoredIdentity:
    """What the certificate in a file says it was given for, and by which program; files of earlier programs name no build."""

    district_digest: str
    scenario_digest: str
    allocation_digest: str
    version: str
    outcome: str
    build: str = ""


@dataclass(frozen=True)
class PlanReading:
    """What an exported plan workbook says.

    Parameters
    ----------
    district : District or None
    scenario : Scenario or None
    allocation : Allocation or None
        None, like the others, as soon as one finding is an error.
    stored : StoredIdentity or None
        None where the file has no certificate.
    stored_seals, found_seals : tuple of RowSeal
        From the sheet Seals, and from the rows as they are now.
    findings : tuple of Finding
    lowest, equal : Stated
        What the file says of the lowest level and of the equal level, and of what no plan can pass.
    prices : Prices or None
        With which the bound is found again.
    shown : mapping of str to Grid
        Every sheet as it stands in the file, by name.
    """

    district: District | None
    scenario: Scenario | None
    allocation: Allocation | None
    stored: StoredIdentity | None
    stored_seals: tuple[RowSeal, ...]
    found_seals: tuple[RowSeal, ...]
    findings: tuple[Finding, ...]
    lowest: Stated = NOTHING_STATED
    equal: Stated = NOTHING_STATED
    prices: Prices | None = None
    shown: Mapping[str, Grid] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the road."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def read_plan(data: bytes, name: str = "The file") -> PlanReading:
    """Return the plan in an exported workbook.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for findings.

    Returns
    -------
    PlanReading
        Never raises on what the file holds.
    """
    grids = workbook_grids(data, name)
    if isinstance(grids, Finding):
        return PlanReading(None, None, None, None, (), (), (grids,))
    return plan_in(grids)


def plan_in(grids: tuple[Grid, ...]) -> PlanReading:
    """Return the plan in the sheets of an exported workbook."""
    reading = read_grids(grids)
    findings = FindingList(list(reading.findings))
    if reading.district is not None and reading.scenario is None:
        _missing("Scenario", "the choices behind the plan", findings)
    allocation = _read_allocation(grids, reading.district, findings) if reading.district else None
    stored = _read_identity(grids)
    if stored is None:
        _missing(CERTIFICATE, "the digests of what was certified", findings)
    sound = not findings.has_errors
    return PlanReading(
        reading.district if sound else None,
        reading.scenario if sound else None,
        allocation if sound else None,
        stored,
        read_seals(grids),
        seal_grids(grids),
        tuple(findings.found),
        stated(grids),
        stated(grids, equal=True),
        stored_prices(grids),
        {grid.name: grid for grid in grids},
    )


def _read_allocation(grids: tuple[Grid, ...], district: District, findings: FindingList) -> Allocation:
    fte = {key[:2]: amount for key, amount in _amounts(PLAN_POSTS, ("school", "position"), grids, district, findings)}
    pay = _amounts(PLAN_PAY, ("school", "position", "fund"), grids, district, findings)
    dollars = _amounts(PLAN_DOLLARS, ("school", "line", "fund"), grids, district, findings)
    return Allocation.of(
        {(key[0], key[1]): amount for key, amount in fte.items()},
        {(key[0], key[1], key[2]): amount for key, amount in pay},
        {(key[0], key[1], key[2]): amount for key, amount in dollars},
    )


def _amounts(
    sheet: Sheet, keys: tuple[str, ...], grids: tuple[Grid, ...], district: District, findings: FindingList
) -> list[tuple[tuple[str, ...], int]]:
    grid = find_grid(sheet, grids)
    if grid is None:
        _missing(sheet.name, sheet.help[0].lower() + sheet.help[1:].rstrip("."), findings)
        return []
    table = read_table(sheet, grid, findings)
    if table is None:
        return []
    known: dict[str, Collection[str]] = {
        "school": district.school_of,
        "position": district.position_of,
        "fund": district.fund_of,
    }
    found: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        key = tuple(cells.code(field) or "" for field in keys)
        fits = [
            check_code(code, known[field], cells.where(field), field, sheet.name, findings)
            for field, code in zip(keys, key, strict=True)
            if field in known and code
        ]
        amount = cells.fte("fte") if sheet is PLAN_POSTS else cells.dollars("amount")
        if key in found:
            findings.error(
                "plan-row-twice",
                cells.where(keys[0]),
                ", ".join(key),
                what=f"{sheet.name} names {', '.join(key)} twice.",
                why="It is not clear which of the two the plan gives.",
                remedy="Delete one of the rows.",
            )
        elif all(fits) and amount is not None:
            found[key] = amount
    return list(found.items())


def _read_identity(grids: tuple[Grid, ...]) -> StoredIdentity | None:
    grid = next((grid for grid in grids if grid.name == CERTIFICATE), None)
    values = {row[0]: row[1] for row in (grid.rows if grid else ()) if len(row) > 1}
    said = [values[label] for labels in _IDENTITY for label in labels if label in values]
    if len(said) < len(_IDENTITY):
        return None
    district, choices, allocation, version = said
    return StoredIdentity(district, choices, allocation, version, values.get(OUTCOME, ""), values.get(BUILD, ""))


def _missing(sheet: str, holds: str, findings: FindingList) -> None:
    findings.error(
        "plan-sheet-missing",
        sheet,
        "",
        what=f"The workbook has no sheet {sheet} that can be read; it holds {holds}.",
        why="A plan can be certified again only from a complete export.",
        remedy="Export the plan again, or open the file as a district on the page Start.",
    )
