"""Works the reading sheets of a plan's workbook out again from the plan in it, and names each cell that says something else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TypeAlias

import openpyxl

from equity_alloc import __version__
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.number import count_words
from equity_alloc.planning.plan import Certificate, OutcomeKind, Plan
from equity_alloc.reports.build import build, named
from equity_alloc.reports.draft import draft_reasons
from equity_alloc.reports.live_sheet import FIRST, Cell, LiveSheet, shown_rows
from equity_alloc.reports.read_me import DRAFT_ROW
from equity_alloc.reports.reading_sheets import reading_sheets, tables_of
from equity_alloc.reports.summary_rows import summary_headings, summary_rows
from equity_alloc.sources.cells import plain_number
from equity_alloc.sources.grid import Grid, cell_name, cell_text
from equity_alloc.sources.tables import LIVE, READ_ME, SUMMARY
from equity_alloc.sources.working_workbook import PlanReading

#: By sheet, and by row and column from 0.
Formulas: TypeAlias = Mapping[str, Mapping[tuple[int, int], str]]

#: The code of what a sheet for reading says otherwise than the plan.
SAYS_OTHERWISE = "sheet-says-otherwise"
#: So many cells are named for a sheet; the others are counted.
NAMED = 5
#: Two programs that work one formula out may differ in the last digits of a number, and never by a tenth of a cent.
_NEAR, _LEAST = Decimal("1e-9"), Decimal("0.001")
_LOOSE = re.compile(r"[$' ]")


@dataclass(frozen=True, slots=True)
class Compared:
    """What the reading sheets of a file say beside what its plan gives.

    Parameters
    ----------
    findings : tuple of Finding
        Each cell that says something else.
    sheets : tuple of str
        The sheets that were worked out again.
    blank : int
        Formulas without a stored figure: a reader sees what his own program works out.
    why_not : str
        Why nothing was worked out again; "" where it was.
    """

    findings: tuple[Finding, ...] = ()
    sheets: tuple[str, ...] = ()
    blank: int = 0
    why_not: str = ""


def compare_sheets(formulas: Formulas, reading: PlanReading, certificate: Certificate) -> Compared:
    """Return where a workbook's reading sheets differ from what the plan in it gives.

    Parameters
    ----------
    formulas : Formulas
        Those of the workbook.
    reading : PlanReading
        What was read from it.
    certificate : Certificate
        Given anew for what it holds.

    Returns
    -------
    Compared
        A figure differs where it is another number; a formula where it would work out something else. A figure that stands
        in place of its formula is no difference while it is right.
    """
    stored = reading.stored
    if stored is None or reading.district is None or reading.scenario is None or reading.allocation is None:
        return Compared(why_not="the file does not hold a whole plan")
    outcome = next((kind for kind in OutcomeKind if kind.value == stored.outcome), OutcomeKind.BEST_FOUND)
    plan = Plan(reading.district, reading.scenario, reading.allocation, certificate, outcome)
    draft = _draft(reading.shown.get(READ_ME))
    try:
        expected = reading_sheets(plan, tables_of(plan), draft)
        summary = tuple(summary_rows(plan))
    except EquityAllocError as error:
        return Compared(why_not=str(error))
    findings: list[Finding] = list(_untold(plan, draft))
    blank = 0
    for sheet in expected:
        grid = reading.shown.get(sheet.name)
        if grid is None:
            findings.append(_missing(sheet.name))
            continue
        found, unsaved = _sheet(sheet, grid, formulas.get(sheet.name, {}))
        findings += found
        blank += unsaved
    grid = reading.shown.get(SUMMARY)
    findings += [_missing(SUMMARY)] if grid is None else list(_texts(grid, (summary_headings(plan), *summary)))
    if findings and by_another(reading):
        # Their words change from one program to the next, so nobody is told that he changed a cell.
        return Compared(
            why_not=f"they were written by {named(stored.version, stored.build)}, and this is {named(__version__, build())}, in which "
            "some cells read otherwise"
        )
    return Compared(tuple(findings), (*(sheet.name for sheet in expected), SUMMARY), blank)


def by_another(reading: PlanReading) -> bool:
    """Whether another program wrote a file: another version, or other files under the same number."""
    stored = reading.stored
    return stored is None or (stored.version, stored.build) != (__version__, build())


def _draft(read_me: Grid | None) -> str:
    """Return the line that says why the plan is a draft, as the first sheet has it."""
    rows = read_me.rows if read_me else ()
    return next((row[1] for row in rows if len(row) > 1 and row[0] == DRAFT_ROW), "")


def _untold(plan: Plan, draft: str) -> Iterator[Finding]:
    """Yield a finding for each reason against adopting the plan that its first sheet keeps back."""
    for reason in draft_reasons(plan):
        if reason not in draft:
            yield _finding(f"{READ_ME}!A3", draft[:60], f"{READ_ME} does not say why this plan is a draft: {reason}")


def stored_formulas(data: bytes) -> Formulas:
    """Return the formulas of a workbook's reading sheets, by sheet, and by row and column from 0."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    found = {
        name: {
            (cell.row - 1, cell.column - 1): str(getattr(cell.value, "text", cell.value))
            for row in book[name].iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        for name in LIVE
        if name in book.sheetnames
    }
    book.close()
    return found


def _sheet(sheet: LiveSheet, grid: Grid, formulas: Mapping[tuple[int, int], str]) -> tuple[list[Finding], int]:
    """Return what differs on one sheet, and how many formulas have no stored figure."""
    cells = {
        (number, place): cell
        for number, row in enumerate(sheet.rows, start=FIRST - 1)
        for place, cell in enumerate(row)
    }
    unsaved = {
        at
        for at, formula in formulas.items()
        if at in cells and cells[at].formula and not _held(grid, *at) and cells[at].value not in (None, "")
    }
    differing = {
        at: f"would work out {formula}, and it was written as {cells[at].formula if at in cells else 'nothing'}"
        for at, formula in formulas.items()
        if _bare(formula) != _bare(cells.get(at, Cell(None)).formula)
    }
    found = [
        _finding(f"{sheet.name}!{cell_name(place, number + 1)}", _held(grid, number, place), f"{{}} {words}.")
        for (number, place), words in differing.items()
    ]
    texts = _texts(grid, shown_rows(sheet), {*unsaved, *differing})
    return sorted([*found, *texts], key=lambda each: each.where), len(unsaved)


def _texts(
    grid: Grid,
    rows: tuple[tuple[str, ...], ...],
    passed: frozenset[tuple[int, int]] | set[tuple[int, int]] = frozenset(),
) -> Iterator[Finding]:
    """Yield a finding for each cell whose text or number is another one, but for those passed over."""
    for number in range(max(len(grid.rows), len(rows))):
        expected = rows[number] if number < len(rows) else ()
        held = grid.rows[number] if number < len(grid.rows) else ()
        for place in range(max(len(expected), len(held))):
            due = expected[place] if place < len(expected) else ""
            has = held[place] if place < len(held) else ""
            if (number, place) not in passed and not _is_same(has, due):
                where = f"{grid.name}!{cell_name(place, number + 1)}"
                yield _finding(
                    where, has, f"{{}} says {has or 'nothing'}; by the plan in this file it is {due or 'blank'}."
                )


def _is_same(has: str, due: str) -> bool:
    if has == due:
        return True
    one, other = plain_number(has), plain_number(due)
    return (
        one is not None
        and other is not None
        and abs(one - other) <= min(_LEAST, _NEAR * max(Decimal(1), abs(Decimal(other))))
    )


def _held(grid: Grid, number: int, place: int) -> str:
    row = grid.rows[number] if number < len(grid.rows) else ()
    return cell_text(row[place]) if place < len(row) else ""


def _bare(formula: str) -> str:
    """Return a formula without what programs write in their own way: dollar signs, quotes around sheets, spaces."""
    return _LOOSE.sub("", formula).removeprefix("=").upper()


def few(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with no more cells of a sheet for reading than a person takes in; the others are counted.

    Parameters
    ----------
    findings : iterable of Finding
        Those of a sheet stand together.
    """
    told: list[Finding] = []
    for (code, sheet), found in groupby(findings, key=lambda each: (each.code, each.where.partition("!")[0])):
        cells = list(found)
        more = len(cells) - NAMED
        if code != SAYS_OTHERWISE or more <= 0:
            told += cells
        else:
            words = f"{count_words(more, 'more cell')} of {sheet} {'says' if more == 1 else 'say'} something else."
            told += [*cells[:NAMED], _finding(sheet, str(more), words)]
    return told


def _missing(name: str) -> Finding:
    return _finding(name, "", f"The workbook has no sheet {name}: who reads it does not see what the plan says there.")


def _finding(where: str, value: str, what: str) -> Finding:
    return Finding(
        SAYS_OTHERWISE,
        Severity.ERROR,
        where,
        value,
        what.format(where) if "{}" in what else what,
        "People read these sheets; what they say must be what the plan says.",
        "Use the original export, or export the plan in this file again.",
    )
