"""The audit as open data: gaps, causes, thresholds, register and drivers, with nothing that tells a small count."""

from __future__ import annotations

import re
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from equity_alloc.domain.day import days_in_words
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import MARK, draft_line
from equity_alloc.reports.equity_rows import (
    causes_sections,
    drivers_section,
    gaps_section,
    thresholds_section,
)
from equity_alloc.reports.public_district import NOTE
from equity_alloc.reports.section import Section, Table
from equity_alloc.sources.cell_formats import Formats, behind
from equity_alloc.sources.sheet_layout import add_filter, keep_in_view, set_up_print
from equity_alloc.sources.write_sheet import fit_columns, fit_row, new_workbook, put_above, put_text

#: Characters of a line of the first sheet, which fill a page.
_ACROSS = 118
#: A figure as documents say it: sign, dollars, digits, decimals, unit.
_FIGURE = re.compile(r"([+-]?)(\$?)(\d[\d,]*)(\.\d+)?( %| points?| schools?(?: on average)?| pupils?)?")


def _write(dossier: Dossier) -> bytes:
    # None of its figures may rest on a count that the public does not see.
    dossier = dossier.as_public
    causes = causes_sections(dossier)
    sections = (
        ("Gaps", gaps_section(dossier.audit)),
        *((f"Causes {place}", each) for place, each in enumerate(causes, start=1) if each.table is not None),
        ("Thresholds", thresholds_section(dossier)),
        ("What drove the plan", drivers_section(dossier.plan)),
    )
    with new_workbook(f"{dossier.title}: audit"[:200]) as (book, formats, stream):
        sheet = book.add_worksheet("Read me")
        sheet.set_column(0, 0, _ACROSS, formats.wrapped)
        lines = [
            f"{dossier.title}: {dossier.plan.scenario.name}. Audit of inequities, public.",
            draft_line(dossier.draft),
            "This district is invented." if dossier.plan.district.invented else "",
            "Groups that are for the audit only are not in it; neither is any figure that few pupils stand behind.",
            NOTE if dossier.public.hidden.places else "",
            *(sentence for _, section in sections for sentence in section.sentences),
            *(sentence for each in causes if each.table is None for sentence in each.sentences),
        ]
        for number, line in enumerate(days_in_words(line) for line in lines if line):
            fit_row(sheet, number, [line], [_ACROSS])
            put_text(sheet, number, 0, line, formats.strong if number == 0 else formats.wrapped)
        for name, section in sections:
            if section.table is not None:
                _put(book, name, section, section.table, formats)
        set_up_print(book, f"{dossier.title}: audit", MARK if dossier.draft else "")
    return stream.getvalue()


def _put(book: Workbook, name: str, section: Section, table: Table, formats: Formats) -> None:
    sheet = book.add_worksheet(name)
    looks: dict[tuple[str, bool], Format] = {}
    rows = [[days_in_words(cell) for cell in row] for row in table.rows]
    widths = fit_columns(table.headings, rows)
    put_above(sheet, 0, section.title, formats.title, formats, widths, 1)
    fit_row(sheet, 1, list(table.headings), widths, is_bold=True)
    for place, heading in enumerate(table.headings):
        sheet.set_column(place, place, widths[place], formats.wrapped)
        put_text(sheet, 1, place, heading, formats.heading_right if table.numbers[place] else formats.heading)
    for number, row in enumerate(rows, start=2):
        here = formats.of_row(fit_row(sheet, number, row, widths))
        for place, cell in enumerate(row):
            figure = _figure(cell) if table.numbers[place] else None
            if figure is None:
                put_text(sheet, number, place, cell, here.hidden if table.numbers[place] else here.wrapped)
            else:
                value, form = figure
                sheet.write_number(
                    number,
                    place,
                    value,
                    looks.setdefault((form, here is formats), _look(book, form, is_one_line=here is not formats)),
                )
    keep_in_view(sheet, 2, 1)
    add_filter(sheet, 1, len(table.rows), len(table.headings))


def _look(book: Workbook, form: str, *, is_one_line: bool) -> Format:
    return book.add_format({"num_format": form, "valign": "vcenter" if is_one_line else "top"})


def _figure(words: str) -> tuple[float, str] | None:
    """Return a figure as a number and the format that shows it as it is said; None for other words, such as "5 % or less".

    Examples
    --------
    >>> _figure("+$1,234.50"), _figure("12.5 %"), _figure("2 schools")
    ((1234.5, '+$#,##0.00_0;-$#,##0.00_0;$#,##0.00_0'), (0.125, '#,##0.0 %_0'), (2.0, '#,##0" schools"_0'))
    >>> _figure("5 % or less"), _figure("*")
    (None, None)
    """
    found = _FIGURE.fullmatch(words)
    if found is None:
        return None
    sign, dollar, whole, part, unit = (each or "" for each in found.groups())
    value = Decimal(f"{sign.replace('+', '')}{whole.replace(',', '')}{part}")
    form = f"{dollar}#,##0{'.' if part else ''}{'0' * (len(part) - 1)}"
    if unit == " %":
        value, form = value / 100, f"{form} %"
    elif unit:
        form = f'{form}"{unit}"'
    form = behind(form)
    return float(value), f"+{form};-{form};{form}" if sign == "+" else form


DOCUMENT = Document(
    "audit-tables",
    "Audit tables",
    "Gaps between student groups, which rule causes how much, thresholds, the register, and what drove the plan; small counts left out.",
    Readers.PUBLIC,
    62,
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write,
)
