"""On paper a sheet goes over as many pages as its letters need, and no column is cut at a page's edge."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from equity_alloc.sources.sheet_layout import keep_in_view, set_up_print


def pages_across(widths, names=0):
    """Write a sheet of these widths, the first ones naming rows, and read back over how many pages it goes."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        if names:
            keep_in_view(sheet, 1, names)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, "x")
        set_up_print(book, "A district")
    return (
        openpyxl.load_workbook(io.BytesIO(stream.getvalue())).worksheets[0].page_setup.fitToWidth or 1
    )  # One page is left unsaid.


@pytest.mark.parametrize(
    ("widths", "names", "pages"),
    [
        # 100 characters are one page of 190, 300 are two.
        ([10] * 10, 0, 1),
        ([10] * 30, 0, 2),
        # 400 would go over three pages of 161 with names of 42 on each: 42 and the 130 of the last column do not fit there.
        ([8, 34, *[12] * 19, 130], 2, 2),
        # A column wider than all others together has the sheet on one page.
        ([10, 10, 300], 1, 1),
    ],
)
def test_a_sheet_goes_over_as_many_pages_as_its_widest_column_leaves_whole(widths, names, pages):
    assert pages == pages_across(widths, names)
