"""Terms of funds and vacant posts from their sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.terms import NEVER, FundTerms, Vacancy, read_day
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cell_words import dollars, yes_no
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import known_code, refuse_repeated
from equity_alloc.sources.read_setting import read_decimal
from equity_alloc.sources.read_tables import Table


def read_terms(table: Table, funds: Collection[str], findings: FindingList) -> tuple[FundTerms, ...]:
    """Return the terms of every fund whose row can be read."""
    found: dict[str, FundTerms] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        fund = known_code(cells, "fund", funds)
        one_time, ends, rate = cells.maybe("one_time"), _day(cells), _share(cells)
        revenue, award = cells.dollars("revenue"), cells.dollars("award_last_year")
        balance = cells.dollars("balance", or_below=True)
        if fund is not None and not refuse_repeated(cells, "fund", fund in found):
            found[fund] = FundTerms(fund, one_time, ends, revenue, balance, award, rate)
    return tuple(found.values())


def read_vacancies(
    table: Table, schools: Collection[str], positions: Collection[str], findings: FindingList
) -> tuple[Vacancy, ...]:
    """Return the vacant posts, in the order of the rows."""
    found: dict[tuple[str, str], Vacancy] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        school, position = known_code(cells, "school", schools), known_code(cells, "position", positions)
        fte = cells.fte("fte")
        if school is None or position is None or fte is None:
            continue
        if not refuse_repeated(cells, "position", (school, position) in found):
            found[school, position] = Vacancy(school, position, fte)
    return tuple(found.values())


def terms_rows(district: District) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each fund of which terms are known."""
    for terms in district.terms:
        amounts = (terms.revenue, terms.balance, terms.award_last_year)
        yield (
            terms.fund,
            yes_no(terms.one_time),
            terms.ends,
            *("" if cents is None else dollars(cents) for cents in amounts),
            "" if terms.indirect_rate is None else f"{terms.indirect_rate:f}",
        )


def _day(cells: Cells) -> str:
    typed = cells.exact("ends").strip()
    # A spreadsheet that took the cell for a date hands it over with a time of midnight.
    words = typed.lower().removesuffix("t00:00:00")
    if words in ("", NEVER):
        return words
    try:
        return read_day(words).isoformat()
    except InvalidValue:
        cells.findings.error(
            "ends-unclear",
            cells.where("ends"),
            typed,
            what=f"Ends is {typed} for {cells.subject}.",
            why="A fund that ends during the plan year cannot pay a post for the whole of it.",
            remedy=f"Write the day year first, like 2027-06-30, or {NEVER}, or leave it blank if unknown.",
        )
        return ""


def _share(cells: Cells) -> Decimal | None:
    typed = cells.exact("indirect_rate").strip()
    if not typed:
        return None
    try:
        rate = read_decimal(typed, "Indirect cost rate")
    except InvalidValue:
        rate = Decimal(-1)
    if 0 <= rate <= 1:
        return rate
    cells.findings.error(
        "indirect-rate-unfit",
        cells.where("indirect_rate"),
        typed,
        what=f"Indirect cost rate is {typed} for {cells.subject}.",
        why="It is a share of direct cost, so a rate above 1 would charge more than the work itself costs.",
        remedy="Write a rate of 4.5 % as 0.045 or 4.5 %, or leave it blank if unknown.",
    )
    return None
