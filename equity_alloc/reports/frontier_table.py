"""A line with its corners and certified plans as a table: CSV or a workbook, exact cents and hundredths."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from equity_alloc.domain.csv_text import harmless
from equity_alloc.domain.district import District
from equity_alloc.domain.fte import print_fte
from equity_alloc.planning.frontier import Axis, Line, Point
from equity_alloc.sources.cell_formats import behind
from equity_alloc.sources.cell_words import dollars
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.sheet_layout import keep_in_view, set_up_print
from equity_alloc.sources.write_sheet import fit_columns, fit_row, new_workbook, put_above, put_cell, put_text

HEADINGS = (
    ("What", Kind.TEXT),
    ("FTE added or given up", Kind.FTE),
    ("Dollars at schools", Kind.DOLLARS),
    ("Core dollars at schools", Kind.DOLLARS),
    ("Level", Kind.WEIGHT),
    ("No plan above", Kind.WEIGHT),
    ("One more unit buys", Kind.WEIGHT),
    ("Level is", Kind.TEXT),
    ("Unit of levels", Kind.TEXT),
    ("Scenario", Kind.TEXT),
    ("Fingerprint of the choices", Kind.TEXT),
    ("Fingerprint of the posts and dollars", Kind.TEXT),
)
#: Of levels and prices.
DIGITS = 6
#: With how many decimals levels and prices are shown, by their column.
_SHOWN = {4: DIGITS, 5: DIGITS, 6: DIGITS + 4}
#: Characters of a column of the workbook at most.
_WIDEST = 36


def frontier_rows(line: Line, points: Sequence[Point]) -> list[tuple[str, ...]]:
    """Return one row for each corner, then one for each plan; of a corner only its own axis is known.

    What no plan can pass is rounded up, so that it holds as it is printed. A corner's price is what one more FTE, or one more dollar (of the total: one dollar less), buys up to the next corner.
    """
    rows = []
    per = {Axis.MOVES: 1, Axis.COST: 2, Axis.TOTAL: 3}[line.axis]
    for look, following in zip(line.corners, (*line.corners[1:], None), strict=True):
        row = [line.title, *[""] * (len(HEADINGS) - 1)]
        row[per] = f"{look.limit / 100:.{DIGITS}f}"
        row[4] = row[5] = f"{look.level:.{DIGITS}f}"
        if following is not None:
            row[6] = f"{(following.level - look.level) / abs(following.limit - look.limit) * 100:.{DIGITS + 4}f}"
        row[7], row[8] = line.name, line.unit
        rows.append(tuple(row))
    for point in points:
        certificate = point.plan.certificate
        rows.append(
            (
                "Certified plan",
                print_fte(point.moved).replace(",", ""),
                dollars(point.spent),
                dollars(point.core),
                f"{float(point.level):.{DIGITS}f}",
                f"{Decimal(ceil(point.bound * 10**DIGITS)).scaleb(-DIGITS):f}",
                "",
                line.name,
                line.unit,
                point.plan.scenario.name,
                certificate.scenario_digest,
                certificate.allocation_digest,
            )
        )
    return rows


def frontier_csv(line: Line, points: Sequence[Point]) -> bytes:
    """Return the table as CSV (UTF-8)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([heading for heading, _ in HEADINGS])
    writer.writerows([harmless(cell) for cell in map(str, row)] for row in frontier_rows(line, points))
    return text.getvalue().encode()


def frontier_workbook(district: District, line: Line, points: Sequence[Point]) -> bytes:
    """Return the table as .xlsx bytes; the same line gives the same bytes."""
    title = f"{line.name[0].upper()}{line.name[1:]} against {line.axis.value}"
    with new_workbook(title) as (book, formats, stream):
        sheet = book.add_worksheet("Frontier")
        rows, headings = frontier_rows(line, points), [heading for heading, _ in HEADINGS]
        widths = fit_columns(headings, rows, _WIDEST)
        named = f"{district.name} {district.year}: {title}"
        put_above(sheet, 0, named, formats.title, formats, widths, 1)
        keep_in_view(sheet, 3, 1)
        for place, (heading, kind) in enumerate(HEADINGS):
            sheet.set_column(place, place, widths[place], formats.wrapped)
            put_text(sheet, 2, place, heading, formats.heading_of(kind))
        fit_row(sheet, 2, headings, widths, is_bold=True)
        # Every digit is shown: what no plan can pass was rounded up.
        decimals = {
            (place, is_high): book.add_format(
                {"num_format": behind(f"#,##0.{'0' * digits}"), "valign": "top" if is_high else "vcenter"}
            )
            for place, digits in _SHOWN.items()
            for is_high in (True, False)
        }
        for number, row in enumerate(rows, start=3):
            here = formats.of_row(fit_row(sheet, number, row, widths))
            for place, (text, (_, kind)) in enumerate(zip(row, HEADINGS, strict=True)):
                put_cell(sheet, number, place, text, kind, here, decimals.get((place, here is formats)))
        set_up_print(book, named)
    return stream.getvalue()
