"""Open data of the plan: tables that anybody may have, with small counts hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter.workbook import Workbook

from equity_alloc.planning.baseline import baseline_note
from equity_alloc.reports import public_rows as rows
from equity_alloc.reports.data_words import data_words
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import MARK, draft_line
from equity_alloc.sources.cell_formats import Formats
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.sheet_layout import add_filter, keep_in_view, set_up_print
from equity_alloc.sources.write_sheet import fit_columns, fit_row, new_workbook, put_cell, put_text

#: What each sheet holds, for above its pages.
_HELD = {
    "Schools": "Schools: dollars, levels and posts, last year and in the plan",
    "Student groups": "Student groups: pupils by school",
    "Posts": "Posts: FTE in the plan by school and position",
    "Funds": "Funds: where each appropriation goes",
    "Rules": "Rules: what must hold, and whether the plan keeps it",
    "Measures": "Measures: how equal dollars are, last year and in the plan",
}


def _write(dossier: Dossier) -> bytes:
    with new_workbook(f"{dossier.title}: public tables"[:200]) as (book, formats, stream):
        sheet = book.add_worksheet("Read me")
        sheet.set_column(0, 0, 90, formats.wrapped)
        for number, line in enumerate(_read_me(dossier)):
            fit_row(sheet, number, [line], [88])
            put_text(sheet, number, 0, line, formats.strong if number == 0 else formats.wrapped)
        _put(book, "Schools", rows.school_headings(dossier), rows.school_rows(dossier), formats)
        _put(book, "Student groups", rows.group_headings(dossier), rows.group_rows(dossier), formats)
        if dossier.knows_posts:
            _put(book, "Posts", rows.post_headings(dossier), rows.post_rows(dossier), formats)
        _put(book, "Funds", rows.FUNDS, rows.fund_rows(dossier), formats)
        _put(book, "Rules", rows.RULES, rows.rule_rows(dossier), formats)
        _put(book, "Measures", rows.MEASURES, rows.measure_rows(dossier), formats)
        set_up_print(book, f"{dossier.title}: public tables", MARK if dossier.draft else "", _HELD)
    return stream.getvalue()


def _read_me(dossier: Dossier) -> list[str]:
    public = dossier.public
    lines = [
        f"{dossier.title}: {dossier.plan.scenario.name}. Public tables.",
        draft_line(dossier.draft),
        "This district is invented." if dossier.plan.district.invented else "",
        dossier.note,
        f"Smallest count shown: {public.smallest}. {public.source}" if public.hidden.places else "",
        f"Levels are core {dossier.plan.view.levels.unit}; core money is what schools are compared by.",
        "Supplemental money is shown for the district only: much of it is shared out by counts of pupils."
        if any(not fund.counts for fund in dossier.plan.view.district.funds)
        else "",
        baseline_note(dossier.plan),
        *data_words(dossier),
    ]
    return [line for line in lines if line]


def _put(book: Workbook, name: str, headings: rows.Headings, lines: Iterable[Sequence[str]], formats: Formats) -> None:
    sheet = book.add_worksheet(name)
    keep_in_view(sheet, 1, 2)
    words, cells = [heading for heading, _ in headings], list(lines)
    widths = fit_columns(words, cells)
    total = cells[-1] if cells and not cells[-1][0] else None
    fit_row(sheet, 0, words, widths, is_bold=True)
    for place, (heading, kind) in enumerate(headings):
        sheet.set_column(place, place, widths[place], formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading_of(kind))
    for number, line in enumerate(cells, start=1):
        here = formats.of_row(fit_row(sheet, number, line, widths))
        for place, (text, (_, kind)) in enumerate(zip(line, headings, strict=True)):
            if line is total and not text:
                sheet.write_blank(number, place, None, here.totals[Kind.TEXT])
            put_cell(sheet, number, place, text, kind, here, here.totals.get(kind) if line is total else None)
    add_filter(sheet, 0, len(cells) - (total is not None), len(headings))


DOCUMENT = Document(
    "public-tables",
    "Public tables",
    "Dollars, posts, student groups, funds, rules and measures as tables that anybody may have; small counts are hidden.",
    Readers.PUBLIC,
    60,
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write,
)
