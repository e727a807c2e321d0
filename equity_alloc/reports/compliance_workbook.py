"""The compliance tests as a workbook: a list of verdicts, and one worksheet for each test, as a state asks for them."""

from __future__ import annotations

from fractions import Fraction

from xlsxwriter.worksheet import Worksheet as Page

from equity_alloc.compliance.base import Cell, Worksheet
from equity_alloc.compliance.family import Judged
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Unit, print_amount
from equity_alloc.planning.plan import RuleReport
from equity_alloc.reports.draft import draft_line
from equity_alloc.sources.cell_words import dollars, posts
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.write_sheet import (
    Formats,
    fit_columns,
    fit_row,
    new_workbook,
    put_cell,
    put_text,
    set_up_print,
)

_KINDS = {
    Unit.CENTS: Kind.DOLLARS,
    Unit.FTE: Kind.FTE,
    Unit.PUPILS: Kind.PUPILS,
    Unit.SHARE: Kind.WEIGHT,
    None: Kind.TEXT,
}
#: So many entries that lack are named for a test.
MOST_GAPS = 8
_HEADINGS = ("Test", "Verdict", "By how much", "What was found", "What the law says", "Source", "What is missing")
_RULE_HEADINGS = (
    "Rule", "Title", "Authority", "Verdict", "Least room", "What was found", "With this district's numbers", "Says",
    "Rules of this kind are written in", "Where it is written",
)  # fmt: skip
_RULE_WIDTHS = (22, 30, 10, 12, 12, 36, 40, 40, 32, 32)
_WIDTHS = (30, 12, 22, 44, 44, 32, 32)


def compliance_workbook(
    district: District,
    judged: tuple[Judged, ...],
    of: str,
    draft: tuple[str, ...] = (),
    *,
    rules: tuple[RuleReport, ...] = (),
) -> bytes:
    """Return verdicts and worksheets as .xlsx bytes; the same verdicts give the same bytes.

    Parameters
    ----------
    district : District
    judged : tuple of Judged
    of : str
        What was tested: the name of the scenario, or last year.
    draft : tuple of str
        Why the plan is no more than a draft, for the first page.
    rules : tuple of RuleReport
        What the auditor found of the scenario's own rules.

    Returns
    -------
    bytes
    """
    with new_workbook(f"Compliance of {of}"[:200]) as (book, formats, stream):
        sheet = book.add_worksheet("Tests")
        sheet.repeat_rows(2)
        for place, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width, formats.wrapped)
            put_text(sheet, 2, place, heading, formats.heading)
        put_text(sheet, 0, 0, f"{district.name} {district.year}: {of}", formats.strong)
        put_text(sheet, 1, 0, draft_line(draft), formats.strong)
        for number, item in enumerate(judged, start=3):
            test, verdict = item.test, item.verdict
            told = (
                test.title,
                verdict.outcome.value,
                verdict.by,
                verdict.words,
                test.says,
                str(test.source),
                _lacks([str(gap) for gap in verdict.gaps]),
            )
            fit_row(sheet, number, told, _WIDTHS)
            for place, text in enumerate(told):
                put_text(sheet, number, place, text, formats.wrapped)
        if rules:
            _put_rules(book.add_worksheet("Rules of the scenario"), rules, formats)
        for item in judged:
            if item.verdict.worksheet.rows:
                page = book.add_worksheet(item.test.code[:31])
                _put_worksheet(page, item.verdict.worksheet, formats)
        set_up_print(book, f"{district.name} {district.year}: {of}")
    return stream.getvalue()


def _lacks(gaps: list[str]) -> str:
    """Name what lacks, a few lines of it; a list for every school would not fit a cell on paper."""
    more = len(gaps) - MOST_GAPS
    return "\n".join([*gaps[:MOST_GAPS], *([f"And {more} more of the same kind."] if more > 0 else [])])


def _put_worksheet(page: Page, worksheet: Worksheet, formats: Formats) -> None:
    headings, *rows = text_rows(worksheet)
    kinds = [_KINDS[unit] for unit in worksheet.units]
    widths = fit_columns(headings, rows)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True)):
        page.set_column(place, place, widths[place], formats.wrapped)
        put_text(page, 0, place, heading, formats.heading_of(kind))
    fit_row(page, 0, headings, widths)
    for number, cells in enumerate(rows, start=1):
        fit_row(page, number, cells, widths)
        for place, (text, kind) in enumerate(zip(cells, kinds, strict=True)):
            put_cell(page, number, place, text, kind, formats)


def _put_rules(sheet: Page, rules: tuple[RuleReport, ...], formats: Formats) -> None:
    for place, (heading, width) in enumerate(zip(_RULE_HEADINGS, _RULE_WIDTHS, strict=True)):
        sheet.set_column(place, place, width, formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    fit_row(sheet, 0, _RULE_HEADINGS, _RULE_WIDTHS)
    for number, rule in enumerate(rules, start=1):
        room = "" if rule.least_room is None or rule.unit is None else print_amount(rule.least_room, rule.unit)
        found = [breach.words for breach in rule.breaches] or [str(gap) for gap in rule.gaps]
        told = (
            f"{rule.number} {rule.code}", rule.title, rule.force.value, rule.verdict.value, room, "\n".join(found[:20]),
            rule.explain, rule.says, str(rule.source), rule.written,
        )  # fmt: skip
        fit_row(sheet, number, told, _RULE_WIDTHS)
        for place, text in enumerate(told):
            put_text(sheet, number, place, text, formats.wrapped)


def text_rows(sheet: Worksheet) -> tuple[tuple[str, ...], ...]:
    """Return a worksheet as rows of text, headings first; shares have four decimals."""
    rows = (tuple(_text(cell, unit) for cell, unit in zip(row, sheet.units, strict=True)) for row in sheet.rows)
    return (sheet.headings, *rows)


def _text(cell: Cell, unit: Unit | None) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, Fraction):
        return f"{float(cell):.4f}"
    if unit is Unit.CENTS:
        return dollars(cell)
    return posts(cell) if unit is Unit.FTE else str(cell)
