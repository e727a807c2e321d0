"""The sheet Years ahead: one row for each assumption about a year after the plan year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from equity_alloc.domain.ahead import EVERY, UNITS, Assumption, What, is_year_like
from equity_alloc.domain.ahead_names import is_known, names_for
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError, InvalidValue
from equity_alloc.domain.money import read_dollars
from equity_alloc.rules.base import Rule
from equity_alloc.rules.phased import phased_rules
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.read_setting import read_decimal
from equity_alloc.sources.read_tables import Table

AHEAD = Sheet(
    "Years ahead",
    "What is assumed about the years after the plan year: one assumption a row, with who says so and since when.",
    (
        Column("Assumption", "what", Kind.OPTION, "What is assumed.", example="revenue growth", options=tuple(What)),
        Column(
            "Of",
            "of",
            Kind.ANY,
            "A grade, school code, kind of school, fund, position or central line; for a rule its code, a colon "
            "and the setting; or every one.",
            example=EVERY,
        ),
        Column(
            "Year",
            "year",
            Kind.ANY,
            "The year, like 2027-28; blank for every year ahead that has no row of its own.",
            required=False,
            example="2027-28",
        ),
        Column(
            "Value",
            "value",
            Kind.ANY,
            "Growth as a share (3 % is 0.03), a survival ratio near 1, or dollars of balance used.",
            example="0.02",
        ),
        Column("Source", "source", Kind.TEXT, "Who says so, where it is written.", required=False, example="Memo 12"),
        Column("Dated", "dated", Kind.DAY, "Day of the source, year first.", required=False, example="2026-10-15"),
    ),
    ("what", "of"),
)


def read_ahead(
    table: Table, district: District, rules: Sequence[Rule], findings: FindingList
) -> tuple[Assumption, ...]:
    """Return the assumptions; a row that cannot be read is a finding.

    Parameters
    ----------
    table : Table
    district : District
    rules : sequence of Rule
        Of the scenario, whose numbers may change from year to year.
    findings : FindingList
    """
    found: dict[tuple[str, str, str], Assumption] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        words, of, typed = cells.text("what"), cells.text("of"), cells.text("value")
        what = next((each for each in What if words and each.value == words.lower()), None)
        if words and what is None:
            _refuse(
                cells, "what", f"{words} is not an assumption that is asked for.", f"Use one of: {', '.join(What)}."
            )
        if what is None or of is None or typed is None:
            continue
        try:
            assumption = _made(cells, what, of, typed)
        except InvalidValue as error:
            _refuse(cells, "value", str(error), "Correct the value, or delete the row.")
            continue
        if not _is_known(assumption, district, rules, cells) or not _is_ahead(assumption.year, district.year, cells):
            continue
        if assumption.key in found:
            _refuse(cells, "of", f"{assumption.label} stands twice.", "Delete one of the two rows.")
            continue
        found[assumption.key] = assumption
    return tuple(found.values())


def ahead_rows(assumptions: Sequence[Assumption]) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each assumption."""
    for a in assumptions:
        yield a.what.value, a.of, a.year, f"{a.value.normalize():f}" if a.value else "0", a.source, a.dated


def ahead_kind(assumption: str) -> Kind:
    """Return what the value of an assumption is: dollars, or a share, which a sheet shows with its own decimals."""
    return Kind.DOLLARS if UNITS[What(assumption)] == "dollars" else Kind.MEASURED


def read_assumed(what: What, text: str) -> Decimal:
    """Return the value of an assumption as people type it.

    Raises
    ------
    InvalidValue
    """
    if what is What.BALANCE:
        return Decimal(read_dollars(text)) / 100
    return read_decimal(text, what.value.capitalize())


def _made(cells: Cells, what: What, of: str, typed: str) -> Assumption:
    dated = cells.exact("dated").strip().lower().removesuffix("t00:00:00")
    year = cells.exact("year").strip()
    return Assumption(what, of.strip(), read_assumed(what, typed), year, cells.exact("source").strip(), dated)


def _is_known(assumption: Assumption, district: District, rules: Sequence[Rule], cells: Cells) -> bool:
    if assumption.what is What.RULE:
        try:
            phased_rules(rules, (assumption,))
        except EquityAllocError as error:
            _refuse(cells, "of", str(error), "Correct the row, or delete it.")
            return False
        return True
    if is_known(district, assumption):
        return True
    names = names_for(district, assumption.what)
    listed = ", ".join([*list(names)[:12], *(["..."] if len(names) > 12 else [])]) or "none"
    _refuse(
        cells,
        "of",
        f"{assumption.what.value.capitalize()}: there is no {assumption.of} in this district.",
        f"Write {EVERY}, or one of: {listed}.",
    )
    return False


def _is_ahead(year: str, plan_year: str, cells: Cells) -> bool:
    """Whether a year can be compared with the plan year; one that is over counts no more, and that is said."""
    if year and not is_year_like(year, plan_year):
        _refuse(
            cells,
            "year",
            f"Year is {year}, and the plan year is {plan_year or 'blank'}.",
            "Write it as the plan year on the sheet District is written, like 2027-28; blank is every year ahead.",
        )
        return False
    if year and year <= plan_year.strip():
        cells.findings.note(
            "year-over",
            cells.where("year"),
            year,
            what=f"{year} is not after the plan year {plan_year}.",
            why="What is assumed about it no longer counts.",
            remedy="Leave the row as a record, or write a later year.",
        )
    return True


def _refuse(cells: Cells, field: str, what: str, remedy: str) -> None:
    cells.findings.error(
        "year-ahead",
        cells.where(field),
        cells.exact(field).strip(),
        what=what,
        why="An assumption that is not understood would leave a year ahead as it is without anyone noticing.",
        remedy=remedy,
    )
