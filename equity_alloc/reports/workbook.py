"""A plan as a working workbook: all that is needed to follow it, to certify it again and to go on from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.workbook import Workbook

from equity_alloc.actions.choose import choose
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.planning.baseline import BASELINE
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.action_rows import action_sheet
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.reports.commitment_rows import commitment_sheet
from equity_alloc.reports.decided_lines import Lines, decided_sheet
from equity_alloc.reports.draft import draft_line, draft_reasons
from equity_alloc.reports.entitlement_rows import trace_table
from equity_alloc.reports.live_money import (
    Ledger,
    by_fund,
    by_position,
    by_school,
    by_school_and_fund,
    last_year_priced,
)
from equity_alloc.reports.live_sheet import LiveSheet, put_live
from equity_alloc.reports.live_words import (
    assumptions,
    measures,
    overview,
    reconciliation,
    rules_and_room,
    sources,
    what_changed,
)
from equity_alloc.reports.summary_rows import SUMMARY_HEADINGS, SUMMARY_KINDS, summary_rows
from equity_alloc.sources.seals import HEADINGS, print_values, seal_rows
from equity_alloc.sources.tables import CERTIFICATE, READ_ME, SEALS, SUMMARY
from equity_alloc.sources.write_sheet import (
    Formats,
    fit_columns,
    fit_row,
    new_workbook,
    put_cell,
    put_table,
    put_text,
    set_up_print,
)
from equity_alloc.sources.write_tables import write_plan_tables, write_tables

_CERTIFICATE_WIDTHS = (24, 40, 48, 16, 18, 16, 34, 44, 44)
_READ_ME = (
    "INTERNAL. This workbook holds the full counts of every school, small groups included. Do not publish it.",
    "Overview to Last year priced: live formulas over the other sheets. They bear no seal: what counts are those sheets.",
    f"Summary: each school last year and in the plan. Figures of last year are {BASELINE}.",
    "Plan posts, Plan pay, Plan dollars: the plan itself, in hundredths of a post and in cents.",
    "Certificate: every rule with what the auditor found, where each fund's money goes, and the proof.",
    "Formula trace, where the plan rests on a formula: every factor and sum of every school, and its entitlement.",
    "The sheets District to Formula are what was read and what was chosen. Open this file as a district to go on from it.",
    "Seals: a seal for each row. A change after the export is found: its cell, what it held and what it holds. A seal is no signature.",
    "Blank means unknown. Zero means zero.",
)


def plan_workbook(plan: Plan, unfinished: tuple[str, ...] = (), decided: Lines = ()) -> bytes:
    """Return a plan as .xlsx bytes; the same plan gives the same bytes.

    Parameters
    ----------
    plan : Plan
    unfinished : tuple of str
        Business that is open; a plan with any is marked as a draft on the first page.
    decided : tuple of (str, str)
        What is on record of the decision, for a sheet of its own.

    Returns
    -------
    bytes
        Read back by `sources.working_workbook.read_plan`, and by `sources.workbook.read_workbook` as a district with
        its scenario.

    Raises
    ------
    InvalidValue
        If a note or name is longer than a cell can hold.
    """
    draft = draft_reasons(plan, unfinished)
    title = f"{plan.district.name} {plan.district.year}: {plan.scenario.name}"
    first, *others = _READ_ME
    read_me = tuple((line,) for line in (title, first, *((draft_line(draft),) if draft else ()), *others))
    summary = (SUMMARY_HEADINGS, *summary_rows(plan))
    certificate = certificate_rows(plan)
    trace = trace_table(plan)
    tables = (*write_plan_tables(plan.district, plan.allocation), *write_tables(plan.district, plan.scenario))
    tables = tables if trace is None else (*tables, trace)
    with new_workbook(plan.scenario.name[:200]) as (book, formats, stream):
        _put_lines(book, READ_ME, read_me, formats, (90,))
        for live in _live_sheets(Ledger(plan, {table.sheet.name: table for table in tables}), draft, decided):
            put_live(book, live, formats)
        _put_summary(book, summary, formats)
        for table in tables[:3]:
            put_table(book, table, formats)
        _put_lines(book, CERTIFICATE, certificate, formats, _CERTIFICATE_WIDTHS)
        for table in tables[3:]:
            put_table(book, table, formats)
        sealed = [(READ_ME, read_me), (SUMMARY, summary), (CERTIFICATE, certificate)]
        _put_seals(book, [*sealed, *((t.sheet.name, (t.headings, *t.rows)) for t in tables)], formats)
        set_up_print(book, title)
    return stream.getvalue()


def _live_sheets(ledger: Ledger, draft: tuple[str, ...], decided: Lines) -> Iterator[LiveSheet]:
    yield overview(ledger, draft)
    yield by_school(ledger)
    yield by_fund(ledger)
    yield by_position(ledger)
    yield what_changed(ledger)
    yield rules_and_room(ledger.plan)
    yield commitment_sheet(scoreboard(ledger.plan.district, ledger.plan.scenario, ledger.plan.allocation))
    yield action_sheet(ledger.plan.district, choose(ledger.plan.district, ledger.plan.scenario))
    yield decided_sheet(decided)
    yield measures(ledger.plan)
    yield assumptions(ledger.plan)
    yield sources(ledger.plan)
    yield reconciliation(ledger)
    yield by_school_and_fund(ledger)
    yield last_year_priced(ledger)


def _put_lines(
    book: Workbook, name: str, rows: Sequence[Sequence[str]], formats: Formats, widths: Sequence[int]
) -> None:
    sheet = book.add_worksheet(name)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, formats.wrapped)
    for number, row in enumerate(rows):
        fit_row(sheet, number, row, widths)
        for place, text in enumerate(row):
            if text:
                put_text(sheet, number, place, text, formats.strong if number == 0 else formats.wrapped)


def _put_summary(book: Workbook, rows: Sequence[Sequence[str]], formats: Formats) -> None:
    sheet = book.add_worksheet(SUMMARY)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    widths = [*fit_columns(SUMMARY_HEADINGS[:-1], [row[:-1] for row in rows[1:]], 30), 140]
    for place, (heading, kind) in enumerate(zip(SUMMARY_HEADINGS, SUMMARY_KINDS, strict=True)):
        sheet.set_column(place, place, widths[place], formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading_of(kind))
    fit_row(sheet, 0, SUMMARY_HEADINGS, widths)
    for number, row in enumerate(rows[1:], start=1):
        fit_row(sheet, number, row, widths)
        for place, (text, kind) in enumerate(zip(row, SUMMARY_KINDS, strict=True)):
            put_cell(sheet, number, place, text, kind, formats)


def _put_seals(book: Workbook, sheets: Sequence[tuple[str, Sequence[Sequence[str]]]], formats: Formats) -> None:
    sheet = book.add_worksheet(SEALS)
    sheet.set_column(0, 3, 22)
    sheet.repeat_rows(0)
    for place, heading in enumerate(HEADINGS):
        put_text(sheet, 0, place, heading, formats.heading)
    seals = tuple(seal for name, rows in sheets for seal in seal_rows(name, rows))
    # On paper a seal is enough; what each cell held is for the program.
    sheet.print_area(0, 0, len(seals), 2)
    for number, seal in enumerate(seals, start=1):
        put_text(sheet, number, 0, seal.sheet)
        sheet.write_number(number, 1, seal.row)
        put_text(sheet, number, 2, seal.seal)
        put_text(sheet, number, 3, " ".join(seal.cells))
        put_text(sheet, number, 4, print_values(seal))
