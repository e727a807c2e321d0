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
from equity_alloc.sources.write_sheet import Formats, new_workbook, put_cell, put_text

_KINDS = {
    Unit.CENTS: Kind.DOLLARS,
    Unit.FTE: Kind.FTE,
    Unit.PUPILS: Kind.PUPILS,
    Unit.SHARE: Kind.WEIGHT,
    None: Kind.TEXT,
}
_HEADINGS = ("Test", "Verdict", "By how much", "What was found", "What the law says", "Source", "What lacks")
_RULE_HEADINGS = (
    "Rule", "Title", "Authority", "Verdict", "Least room", "What was found", "With this district's numbers", "Says",
    "Source", "Where it is written",
)  # fmt: skip
_RULE_WIDTHS = (26, 40, 12, 14, 16, 60, 60, 50, 44, 40)
_WIDTHS = (36, 14, 26, 60, 60, 44, 60)


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
                "\n".join(str(gap) for gap in verdict.gaps),
            )
            for place, text in enumerate(told):
                put_text(sheet, number, place, text, formats.wrapped)
        if rules:
            _put_rules(book.add_worksheet("Rules of the scenario"), rules, formats)
        for item in judged:
            if item.verdict.worksheet.rows:
                page = book.add_worksheet(item.test.code[:31])
                page.freeze_panes(1, 0)
                for row, cells in enumerate(text_rows(item.verdict.worksheet)):
                    for place, (text, unit) in enumerate(zip(cells, item.verdict.worksheet.units, strict=True)):
                        page.set_column(place, place, 28 if unit is None else 18)
                        put_cell(page, row, place, text, Kind.TEXT if row == 0 else _KINDS[unit], formats)
    return stream.getvalue()


def _put_rules(sheet: Page, rules: tuple[RuleReport, ...], formats: Formats) -> None:
    for place, (heading, width) in enumerate(zip(_RULE_HEADINGS, _RULE_WIDTHS, strict=True)):
        sheet.set_column(place, place, width, formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading)
    sheet.freeze_panes(1, 0)
    for number, rule in enumerate(rules, start=1):
        room = "" if rule.least_room is None or rule.unit is None else print_amount(rule.least_room, rule.unit)
        found = [breach.words for breach in rule.breaches] or [str(gap) for gap in rule.gaps]
        told = (
            f"{rule.number} {rule.code}", rule.title, rule.force.value, rule.verdict.value, room, "\n".join(found[:20]),
            rule.explain, rule.says, str(rule.source), rule.basis,
        )  # fmt: skip
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
