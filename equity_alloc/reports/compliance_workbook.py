"""The compliance tests as a workbook: a list of verdicts, and one worksheet for each test, as a state asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet as Page

from equity_alloc.compliance.base import Cell, Worksheet
from equity_alloc.compliance.family import Judged
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap, Unit, print_amount
from equity_alloc.planning.plan import RuleReport
from equity_alloc.reports.draft import MARK, draft_line
from equity_alloc.sources.cell_formats import Formats
from equity_alloc.sources.cell_words import dollars, posts
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.sheet_layout import A_PAGE, keep_in_view, set_up_print
from equity_alloc.sources.write_sheet import (
    FEW_COLUMNS,
    fit_columns,
    fit_row,
    new_workbook,
    put_above,
    put_cell,
    put_text,
)

_KINDS = {
    Unit.CENTS: Kind.DOLLARS,
    Unit.FTE: Kind.FTE,
    Unit.PUPILS: Kind.PUPILS,
    Unit.SHARE: Kind.SHARE,
    None: Kind.TEXT,
}
#: A ratio in a column of text, such as pupils per post.
_RATIO = re.compile(r"\d+\.\d{2}")
#: Names of the parts of a test's code that are written otherwise than in small letters.
_WRITTEN = {"title": "Title", "1": "I", "esea": "ESEA", "idea": "IDEA"}
#: The sheet of the rules, and what it holds.
_RULES, _RULES_HELD = "Rules of the scenario", "Rules of the scenario: what the auditor found of each"
#: Characters of a worksheet that a state reads on one page; a wider one goes on in a sheet of its own.
_A_WORKSHEET = 190
#: The most characters of a column in a worksheet.
_WIDEST = 30
#: So many lines name what lacks for a test.
MOST_GAPS = 8
#: An entry that lacks for more subjects than this stands in one line, with the first of them.
_FEW_ALIKE = 2
_HEADINGS = (
    "Test", "Verdict", "Worksheet", "By how much", "What was found", "What is missing", "What the law says", "Source",
)  # fmt: skip
#: Place of the column whose words lead to a sheet.
_LINKED = 2
#: Place of the column that names what lacks.
_LACKING = 5
_FOUND = "What was found"
_RULE_HEADINGS = (
    "Rule", "Title", "Authority", "Verdict", "Least room", _FOUND, "With this district's numbers", "Says",
    "Rules of this kind are written in", "Where it is written",
)  # fmt: skip
_RULE_WIDTHS = (18, 28, 10, 9, 11, 30, 31, 30, 48, 22)
_WIDTHS = (28, 11, 22, 20, 38, 26, 42, 38)


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
    title = f"{district.name} {district.year}: {of}"
    with new_workbook(f"Compliance of {of}"[:200]) as (book, formats, stream):
        _put_tests(book.add_worksheet("Tests"), judged, title, draft_line(draft), formats)
        for item in judged:
            for number, columns in enumerate(_by_page(item), start=1):
                name = sheet_name(item.test.code)
                _put_worksheet(book.add_worksheet(name if number == 1 else f"{name} {number}"), item, columns, formats)
        if rules:
            _put_rules(book.add_worksheet(_RULES), rules, formats)
        set_up_print(book, title, f"{MARK}  INTERNAL" if draft else "INTERNAL", {_RULES: _RULES_HELD})
    return stream.getvalue()


def sheet_name(code: str) -> str:
    """Return the name of a test's sheet.

    Examples
    --------
    >>> sheet_name("title-1-rank"), sheet_name("effort-esea")
    ('Title I rank', 'Effort ESEA')
    """
    words = " ".join(_WRITTEN.get(part, part) for part in code.split("-"))
    return f"{words[:1].upper()}{words[1:]}"[:31]


def _put_tests(sheet: Page, judged: tuple[Judged, ...], title: str, draft: str, formats: Formats) -> None:
    keep_in_view(sheet, 4, 0)
    put_above(sheet, 0, title, formats.title, formats, _WIDTHS)
    put_above(
        sheet, 1, "INTERNAL: the worksheets hold the full counts of every school.", formats.told, formats, _WIDTHS
    )
    put_above(sheet, 2, draft, formats.told, formats, _WIDTHS)
    rows = [_told(item) for item in judged]
    # A column in which nothing stands would take the room of what there is to read.
    kept = [place for place in range(len(_HEADINGS)) if any(row[place] for row in rows)]
    widths = [_WIDTHS[place] for place in kept]
    if _LACKING in kept:
        # The room of columns that are left out goes to the longest texts.
        widths[kept.index(_LACKING)] += max(0, A_PAGE - sum(widths))
    for number, (place, width) in enumerate(zip(kept, widths, strict=True)):
        sheet.set_column(number, number, width, formats.wrapped)
        put_text(sheet, 3, number, _HEADINGS[place], formats.heading)
    for number, row in enumerate(rows, start=4):
        told = [row[place] for place in kept]
        fit_row(sheet, number, told, widths)
        for column, (place, text) in enumerate(zip(kept, told, strict=True)):
            if text and place == _LINKED:
                sheet.write_url(number, column, f"internal:'{text}'!A1", formats.link, text)
            elif text:
                put_text(sheet, number, column, text, formats.wrapped)


def _told(item: Judged) -> tuple[str, ...]:
    """Return what stands in the row of a test, heading by heading; the address of its source stands on its worksheet."""
    test, verdict = item.test, item.verdict
    name = sheet_name(test.code) if verdict.worksheet.rows else ""
    lacks = _lacks(verdict.gaps)
    return (
        test.title,
        verdict.outcome.value,
        name,
        verdict.by,
        verdict.words,
        lacks,
        test.says,
        test.source.words if name else str(test.source),
    )


def _lacks(gaps: Sequence[Gap]) -> str:
    """Name what lacks, one line for an entry that many subjects lack: a list of every school would not fit a cell on paper."""
    by_entry: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        by_entry.setdefault((gap.sheet, gap.column), []).append(gap)
    lines: list[str] = []
    for alike in by_entry.values():
        first, others = alike[0], len(alike) - 1
        lines += (
            [
                f"Enter {first.column} on the sheet {first.sheet} for {first.subject} and {others} others: blank is unknown."
            ]
            if len(alike) > _FEW_ALIKE
            else [str(gap) for gap in alike]
        )
    more = len(lines) - MOST_GAPS
    return "\n".join([*lines[:MOST_GAPS], *([f"And {more} more."] if more > 0 else [])])


def _by_page(item: Judged) -> list[list[int]]:
    """Return the columns of each sheet that a worksheet takes; one that is wider than a page takes several.

    On a second page across, a program would cut the lines above the table where the repeated columns end.
    """
    headings, *rows = text_rows(item.verdict.worksheet)
    if not rows:
        return []
    widths = fit_columns(headings, rows, _WIDEST)
    if _names(headings) == 0 or sum(widths) <= _A_WORKSHEET:
        return [list(range(len(headings)))]
    names = list(range(_names(headings)))
    named = sum(widths[: len(names)])
    among = -(-sum(widths) // _A_WORKSHEET)
    pages = [list(names) for _ in range(among)]
    passed = 0
    for place in range(len(names), len(headings)):
        pages[min(among - 1, passed * among // (sum(widths) - named))].append(place)
        passed += widths[place]
    return pages


def _names(headings: Sequence[str]) -> int:
    """Return how many columns name a row and stand on every sheet of a wide table."""
    return 3 if len(headings) > FEW_COLUMNS and headings[2] == "School" else 0


def _put_worksheet(page: Page, item: Judged, columns: list[int], formats: Formats) -> None:
    """Write a worksheet that stands by itself: what is tested, what was found and where the law is written above the table."""
    test, verdict = item.test, item.verdict
    whole = text_rows(verdict.worksheet)
    headings, *rows = ([cells[place] for place in columns] for cells in whole)
    kinds = [_KINDS[verdict.worksheet.units[place]] for place in columns]
    for place in range(len(kinds)):
        if any(_RATIO.fullmatch(row[place]) for row in rows) and kinds[place] is Kind.TEXT:
            kinds[place] = Kind.WEIGHT
    widths = fit_columns(headings, rows, _WIDEST)
    names = _names(whole[0])
    found = f"{verdict.outcome.value.capitalize()}. {verdict.words}{f' ({verdict.by})' if verdict.by else ''}"
    above = (
        (test.title, formats.title),
        (found, formats.told),
        (test.says, formats.plain),
        (str(test.source), formats.plain),
    )
    for number, (line, style) in enumerate(above):
        put_above(page, number, line, style, formats, widths, names)
    heading_row = len(above) + 1
    keep_in_view(page, heading_row + 1, names)
    for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True)):
        page.set_column(place, place, widths[place], formats.wrapped)
        put_text(page, heading_row, place, heading, formats.heading_of(kind))
    fit_row(page, heading_row, headings, widths, is_bold=True)
    for number, cells in enumerate(rows, start=heading_row + 1):
        here = formats.of_row(fit_row(page, number, cells, widths))
        shown = {Kind.SHARE: here.share, Kind.WEIGHT: here.dollars}
        for place, (text, kind) in enumerate(zip(cells, kinds, strict=True)):
            put_cell(page, number, place, text, kind, here, shown.get(kind))


def _put_rules(sheet: Page, rules: tuple[RuleReport, ...], formats: Formats) -> None:
    # A column in which nothing was found would be blank on every page.
    is_found = any(rule.breaches or rule.gaps for rule in rules)
    kept = [place for place, heading in enumerate(_RULE_HEADINGS) if is_found or heading != _FOUND]
    headings, widths = [_RULE_HEADINGS[place] for place in kept], [_RULE_WIDTHS[place] for place in kept]
    for place, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(place, place, width, formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading)
    keep_in_view(sheet, 1, 2)
    fit_row(sheet, 0, headings, widths, is_bold=True)
    for number, rule in enumerate(rules, start=1):
        room = "" if rule.least_room is None or rule.unit is None else print_amount(rule.least_room, rule.unit)
        found = [breach.words for breach in rule.breaches] or [str(gap) for gap in rule.gaps]
        told = (
            f"{rule.number} {rule.code}", rule.title, rule.force.value, rule.verdict.value, room, "\n".join(found[:20]),
            rule.explain, rule.says, str(rule.source), rule.written,
        )  # fmt: skip
        shown = [told[place] for place in kept]
        fit_row(sheet, number, shown, widths)
        for place, text in enumerate(shown):
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
