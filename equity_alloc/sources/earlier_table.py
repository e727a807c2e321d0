"""The sheet Earlier changes: which schools gained or gave up in earlier years, so that nobody gives up again unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from equity_alloc.domain.district import District
from equity_alloc.domain.earlier import YearChange, year_begins
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cell_words import dollars
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import known_code, refuse_repeated
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.district_tables import SCHOOL
from equity_alloc.sources.read_tables import Table

EARLIER = Sheet(
    "Earlier changes",
    "What earlier years changed in the core money of a school, one row for each school and year. A year that is not listed is "
    "unknown, never zero. It decides nothing: it shows which schools give up again.",
    (
        SCHOOL,
        Column("Year", "year", Kind.TEXT, "Plan year of the change, before this plan's.", example="2025-26"),
        Column(
            "Change",
            "change",
            Kind.CHANGE,
            "Core money of that year less that of the year before; below zero where the school gave up.",
            unit="dollars",
            example="-52,000",
            aliases=("Dollars", "Amount", "Dollars of change"),
        ),
        Column("Source", "source", Kind.TEXT, "Where it is written.", required=False, example="Adopted budget 2025-26"),
    ),
    ("school", "year"),
)
_WHY = "Whether a school gives up again is counted over the last years."


def read_earlier(table: Table, schools: Collection[str], year: str, findings: FindingList) -> tuple[YearChange, ...]:
    """Return the changes of earlier years whose rows can be read, in the order of the rows.

    Parameters
    ----------
    table : Table
    schools : collection of str
    year : str
        The plan year; blank where the file does not say.
    findings : FindingList
    """
    found: dict[tuple[str, int], YearChange] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        school, begins = known_code(cells, "school", schools), _begins(cells, year)
        cents = cells.dollars("change", or_below=True)
        if school is None or begins is None or cents is None:
            continue
        if not refuse_repeated(cells, "year", (school, begins) in found):
            change = YearChange(cells.exact("year").strip(), school, cents, cells.exact("source").strip())
            found[school, begins] = change
    return tuple(found.values())


def earlier_rows(district: District) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each change of an earlier year."""
    return ((each.school, each.year, dollars(each.cents), each.source) for each in district.earlier)


def _begins(cells: Cells, plan_year: str) -> int | None:
    """Return the year with which a row's year begins; None, with a finding, where it is none or is not over."""
    typed = cells.text("year")
    if typed is None:
        return None
    try:
        begins = year_begins(typed)
    except InvalidValue:
        cells.findings.error(
            "year-unclear",
            cells.where("year"),
            typed,
            what=f"{typed} is no plan year, for school {cells.exact('school').strip()}.",
            why=_WHY,
            remedy="Write the plan year like 2025-26.",
        )
        return None
    try:
        now = year_begins(plan_year)
    except InvalidValue:
        # That the plan year is missing or odd is told where it is needed.
        return begins
    if begins < now:
        return begins
    cells.findings.error(
        "year-not-earlier",
        cells.where("year"),
        typed,
        what=f"School {cells.exact('school').strip()} has a change in {typed}, and the plan is for {plan_year}.",
        why=f"{_WHY} What this plan changes is counted from the plan itself.",
        remedy=f"Enter a year before {plan_year}, or delete the row.",
    )
    return None
