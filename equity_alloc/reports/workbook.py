"""A plan as a working workbook: all that is needed to follow it, to certify it again and to go on from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from equity_alloc.actions.choose import choose
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.action_rows import action_sheet, reason_sheet
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.reports.commitment_rows import commitment_sheet
from equity_alloc.reports.decided_lines import Lines, decided_sheet
from equity_alloc.reports.draft import MARK, draft_line, draft_reasons
from equity_alloc.reports.live_sheet import LiveSheet, put_live, shown_rows, tells_nothing
from equity_alloc.reports.read_me import SHEET_HEADING, Named, read_me_rows
from equity_alloc.reports.reading_sheets import reading_sheets, tables_of
from equity_alloc.reports.summary_rows import SUMMARY_KINDS, summary_headings, summary_rows
from equity_alloc.sources.cell_formats import Formats, behind
from equity_alloc.sources.choice_tables import NEED_WEIGHTS, RULES
from equity_alloc.sources.declare import Kind, first_sentence
from equity_alloc.sources.district_tables import CENTRAL, SPENDING, STAFFING
from equity_alloc.sources.letter_widths import lines_in
from equity_alloc.sources.seals import HEADINGS, print_values, seal_rows
from equity_alloc.sources.sheet_layout import keep_in_view, set_up_print, set_width
from equity_alloc.sources.tables import BY_POSITION, CERTIFICATE, MEASURED, PLAN_SHEETS, READ_ME, SEALS, SUMMARY
from equity_alloc.sources.write_sheet import (
    fit_columns,
    fit_row,
    new_workbook,
    put_above,
    put_cell,
    put_table,
    put_text,
)
from equity_alloc.sources.write_tables import Written

_BALANCES, _WRITTEN = "Fund", "Rule and title"
_CERTIFICATE_WIDTHS = (40, 38, 46, 17, 18, 18, 16)
#: Rows of the sheet Certificate that are headings of what follows.
_CERTIFICATE_HEADINGS = ("Rule", "Breach", "Not testable", _BALANCES, "Position", "Stage", _WRITTEN)
#: Of these, what stands above figures.
_CERTIFICATE_FIGURES = ("Appropriation", "Central", "Schools", "Unallocated", "FTE", "Reached", "Bound")
#: Tables that stand there without any row too: others build on them, or without them the file would read otherwise.
_ALWAYS = frozenset(sheet.name for sheet in (*PLAN_SHEETS, STAFFING, SPENDING, CENTRAL, NEED_WEIGHTS, RULES))
_NO_ROW = "This district's data hold nothing for this sheet, so it has no row."
_SEALS = "One seal for each row of the sealed sheets: {} of them. A program compares them; they are not for paper."
#: A column of figures is no wider than this for the sake of its heading.
_WIDEST = 24
_AMOUNT = re.compile(r"-?\d+\.(\d{2}|\d{6})")
_SAYS = {
    SUMMARY: "Each school last year and in the plan in one row; why it gains or gives up stands on Why each school.",
    CERTIFICATE: "Every rule with what the auditor found, where each fund's money goes, and the proof.",
    SEALS: "A seal for each row, by which a change after the export is found.",
}


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
    draft = draft_line(draft_reasons(plan, unfinished))
    title = f"{plan.district.name} {plan.district.year}: {plan.scenario.name}"
    every = tables_of(plan)
    tables = [table for table in every if table.rows or table.sheet.name in _ALWAYS]
    told = _told(plan, decided)
    live = _in_order(reading_sheets(plan, every, draft), [sheet for sheet in told if sheet.rows])
    absent = [(sheet.name, sheet.nothing) for sheet in told if not sheet.rows]
    absent += (
        []
        if plan.view.district.positions
        else [(BY_POSITION, "The data hold no positions, so nothing is said of posts.")]
    )
    absent += [(table.sheet.name, _NO_ROW) for table in every if table not in tables]
    summary, certificate = (summary_headings(plan), *summary_rows(plan)), certificate_rows(plan)
    named = (*((sheet.name, sheet.title) for sheet in live), *_others(tables))
    read_me = tuple(read_me_rows(plan, draft, named, absent))
    with new_workbook(plan.scenario.name[:200]) as (book, formats, stream):
        _put_read_me(book, read_me, formats)
        for sheet in live:
            put_live(book, sheet, formats)
        _put_summary(book, summary, formats)
        for table in tables[:3]:
            put_table(book, table, formats, nothing=_NO_ROW)
        _put_certificate(book, certificate, formats)
        for table in tables[3:]:
            put_table(book, table, formats, nothing=_NO_ROW)
        sealed: list[tuple[str, Sequence[Sequence[str]]]] = [(READ_ME, read_me), (SUMMARY, summary)]
        sealed += [(CERTIFICATE, certificate), *((t.sheet.name, (t.headings, *t.rows)) for t in tables)]
        sealed += [(sheet.name, shown_rows(sheet)) for sheet in told if sheet.rows]
        _put_seals(book, sealed, formats)
        # A sheet that bears no title says above each page what it holds.
        held = {table.sheet.name: f"{table.sheet.name}: {first_sentence(table.sheet.help)}" for table in tables}
        set_up_print(book, title, f"{MARK}  INTERNAL" if draft else "INTERNAL", {SUMMARY: _SAYS[SUMMARY], **held})
    return stream.getvalue()


def _told(plan: Plan, decided: Lines) -> tuple[LiveSheet, ...]:
    """Return the sheets that no plan alone can tell again: they bear seals."""
    chosen = choose(plan.district, plan.scenario)
    return (
        commitment_sheet(scoreboard(plan.district, plan.scenario, plan.allocation)),
        action_sheet(plan.district, chosen),
        reason_sheet(plan.district, chosen),
        decided_sheet(decided),
    )


def _in_order(reading: Sequence[LiveSheet], told: Sequence[LiveSheet]) -> list[LiveSheet]:
    """Return the sheets as a reader wants them: what is told of the plan before how it is measured."""
    place = next(i for i, sheet in enumerate(reading) if sheet.name == MEASURED)
    return [*reading[:place], *told, *reading[place:]]


def _others(tables: Sequence[Written]) -> list[Named]:
    names = [(table.sheet.name, table.sheet.help) for table in tables]
    fixed = [(name, _SAYS[name]) for name in (SUMMARY, CERTIFICATE, SEALS)]
    return [fixed[0], *names[:3], fixed[1], *names[3:], fixed[2]]


def _put_read_me(book: Workbook, rows: Sequence[Sequence[str]], formats: Formats) -> None:
    sheet = book.add_worksheet(READ_ME)
    widths = (30, 100)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, formats.wrapped)
    is_index = False
    for number, row in enumerate(rows):
        is_index = row == SHEET_HEADING or (is_index and bool(row))
        is_heading = row == SHEET_HEADING or len(row) == 1
        fit_row(sheet, number, row if len(row) > 1 else (), widths)
        if number == 0:
            put_above(sheet, 0, row[0], formats.title, formats, widths, 0)
            continue
        for place, text in enumerate(row):
            if is_index and not is_heading and place == 0:
                sheet.write_url(number, 0, f"internal:'{text}'!A1", formats.link, text)
            elif place == 0:
                put_text(sheet, number, place, text, formats.strong)
            else:
                put_text(sheet, number, place, text, formats.strong if is_heading else formats.wrapped)


def _put_certificate(book: Workbook, rows: Sequence[Sequence[str]], formats: Formats) -> None:
    sheet = book.add_worksheet(CERTIFICATE)
    for place, width in enumerate(_CERTIFICATE_WIDTHS):
        sheet.set_column(place, place, width, formats.wrapped)
    figures = {
        place: book.add_format({"num_format": behind("#,##0.000000"), "valign": place}) for place in ("top", "vcenter")
    }
    for number, row in enumerate(rows):
        is_heading = len(row) > 2 and row[0] in _CERTIFICATE_HEADINGS
        if is_heading and row[0] in (_BALANCES, _WRITTEN):
            # Balances, posts, proof and stages stand on one page where they can; their headings never end one.
            sheet.set_h_pagebreaks([*sheet.hbreaks, number])
        last = len(row) - 1
        runs = _runs_over(row)
        wide = sum(_CERTIFICATE_WIDTHS[last:]) if runs else _CERTIFICATE_WIDTHS[max(0, last)]
        lines = fit_row(sheet, number, row, (*_CERTIFICATE_WIDTHS[: max(0, last)], wide), is_bold=is_heading)
        here = formats.of_row(lines)
        if runs:
            style = _style(here, number, is_heading=is_heading)
            sheet.merge_range(number, last, number, len(_CERTIFICATE_WIDTHS) - 1, "", style)
        for place, text in enumerate(row):
            amount = _AMOUNT.fullmatch(text) if place > 2 else None
            if amount:
                figure = figures["top" if here is formats else "vcenter"]
                sheet.write_number(number, place, float(text), here.dollars if len(amount[1]) == 2 else figure)
            elif text or is_heading:
                is_above_figures = is_heading and text in _CERTIFICATE_FIGURES
                style = formats.heading_right if is_above_figures else _style(here, number, is_heading=is_heading)
                put_text(sheet, number, place, text, style)
    sheet.set_row(0, 24)


def _runs_over(row: Sequence[str]) -> bool:
    """Whether a row's last text runs over the columns that the row leaves blank."""
    return len(row) == 2 or (len(row) == 4 and _AMOUNT.fullmatch(row[3]) is None and row[3] != "FTE")


def _style(formats: Formats, number: int, *, is_heading: bool) -> Format:
    return formats.title if number == 0 else formats.heading if is_heading else formats.wrapped


def _put_summary(book: Workbook, rows: Sequence[Sequence[str]], formats: Formats) -> None:
    sheet = book.add_worksheet(SUMMARY)
    keep_in_view(sheet, 1, 2)
    headings, *lines = rows
    widths = fit_columns(headings, lines, 30)
    for place, heading in enumerate(headings):
        # A heading of many lines would make the first page a heading.
        widths[place] = next(
            (w for w in range(widths[place], _WIDEST) if lines_in(heading, w, is_bold=True) < 4), _WIDEST
        )
    for place, (heading, kind) in enumerate(zip(headings, SUMMARY_KINDS, strict=True)):
        is_hidden = tells_nothing([line[place] for line in lines])
        set_width(sheet, place, widths[place], formats.wrapped, is_hidden=is_hidden)
        put_text(sheet, 0, place, heading, formats.heading_of(kind))
    fit_row(sheet, 0, headings, widths, is_bold=True)
    for number, row in enumerate(lines, start=1):
        here = formats.of_row(fit_row(sheet, number, row, widths))
        shown = {Kind.SHARE: here.share, Kind.WEIGHT: here.dollars}
        is_total = number == len(lines)
        for place, (text, kind) in enumerate(zip(row, SUMMARY_KINDS, strict=True)):
            if is_total and not text:
                sheet.write_blank(number, place, None, here.totals[Kind.TEXT])
            put_cell(sheet, number, place, text, kind, here, here.totals.get(kind) if is_total else shown.get(kind))


def _put_seals(book: Workbook, sheets: Sequence[tuple[str, Sequence[Sequence[str]]]], formats: Formats) -> None:
    sheet = book.add_worksheet(SEALS)
    sheet.set_column(0, 3, 22)
    seals = tuple(seal for name, rows in sheets for seal in seal_rows(name, rows))
    put_text(sheet, 0, 0, _SEALS.format(f"{len(seals):,}"))
    keep_in_view(sheet, 2, 0)
    for place, heading in enumerate(HEADINGS):
        put_text(sheet, 1, place, heading, formats.heading)
    # A hundred pages of them would help nobody: on paper stands what they are.
    sheet.print_area(0, 0, 1, 4)
    for number, seal in enumerate(seals, start=2):
        put_text(sheet, number, 0, seal.sheet)
        sheet.write_number(number, 1, seal.row)
        put_text(sheet, number, 2, seal.seal)
        put_text(sheet, number, 3, " ".join(seal.cells))
        put_text(sheet, number, 4, print_values(seal))
