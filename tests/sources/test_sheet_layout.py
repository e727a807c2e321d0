"""On paper a sheet goes over as many pages as its letters need, and no column is cut at a page's edge."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from equity_alloc.catalogue import rule_classes
from equity_alloc.sources.declare import Kind, first_sentence
from equity_alloc.sources.federal_facts import federal_kind
from equity_alloc.sources.federal_tables import FEDERAL
from equity_alloc.sources.sheet_layout import keep_in_view, set_up_print
from equity_alloc.sources.template import SHEETS, template_workbook
from equity_alloc.sources.write_sheet import fit_row, new_workbook, put_above, put_table, put_text
from equity_alloc.sources.write_tables import Written


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
        # 100 characters are one page of 208, 300 are two.
        ([10] * 10, 0, 1),
        ([10] * 30, 0, 2),
        # 400 would go over three pages of 166 with names of 42 on each: 42 and the 130 of the last column do not fit there.
        ([8, 34, *[12] * 19, 130], 2, 2),
        # A column wider than all others together has the sheet on one page.
        ([10, 10, 300], 1, 1),
    ],
)
def test_a_sheet_goes_over_as_many_pages_as_its_widest_column_leaves_whole(widths, names, pages):
    assert pages == pages_across(widths, names)


def laid_out(rows, title="", widths=(20, 20, 20)):
    """Write a sheet of so many rows below its headings, laid out for paper, and read it back."""
    with new_workbook("A district") as (book, formats, stream):
        sheet = book.add_worksheet("Rows")
        keep_in_view(sheet, 1, 0)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for row in range(rows + 1):
            fit_row(sheet, row, ["x"], [20])
            put_text(sheet, row, 0, "x", formats.text)
        set_up_print(book, "A district & its schools", "INTERNAL", {"Rows": title} if title else None)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue())).worksheets[0]


def test_a_few_rows_stand_on_no_page_of_their_own():
    # 8.5 inches less twice 0.7 are 511 points: 34 rows of 15 points, the headings with them.
    assert (sheet := laid_out(33)).page_setup.fitToHeight == 0, sheet.page_setup
    assert 1 == (laid_out(35).page_setup.fitToHeight or 1)
    assert 0 == laid_out(50).page_setup.fitToHeight
    assert 2 == laid_out(69).page_setup.fitToHeight


def test_the_header_says_what_a_sheet_without_a_title_holds_and_ends_at_a_word():
    header = laid_out(3, "Rows: what stands in them").oddHeader
    assert "A district && its schools\n" in header.left.text
    assert "Rows: what stands in them" in header.left.text
    assert "INTERNAL" == header.right.text
    long = laid_out(3, " ".join(["word"] * 80)).oddHeader.left.text
    assert long.endswith("word …")
    assert len(long) < 255


@pytest.mark.parametrize(("names", "last"), [(0, ""), (2, "A1:B1")])
def test_a_line_above_a_sheet_of_several_pages_is_broken_within_what_every_page_repeats(names, last):
    widths = [10, 20, *[14] * 20]
    with new_workbook("A district") as (book, formats, stream):
        sheet = book.add_worksheet("Rows")
        put_above(sheet, 0, "Every commitment, and whether the plan keeps it", formats.title, formats, widths, names)
    read = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).worksheets[0]
    assert last == " ".join(map(str, read.merged_cells.ranges))
    assert ((read.row_dimensions[1].height or 15) > 30) is bool(names)


def test_figures_of_settings_are_numbers_as_their_setting_is():
    rows = (
        ("ESEA spending, preceding year", "206410900.00"),
        ("ESEA pupils, preceding year", "13621"),
        ("Title I fund", "T1A"),
    )
    table = Written(
        FEDERAL, ("Setting", "Value"), (Kind.TEXT, Kind.ANY), rows, tuple(federal_kind(setting) for setting, _ in rows)
    )
    with new_workbook("A district") as (book, formats, stream):
        put_table(book, table, formats)
    read = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).worksheets[0]
    assert [206410900, 13621, "T1A"] == [read.cell(row, 2).value for row in (2, 3, 4)]
    assert ["#,##0.00_0", "#,##0_0", "General"] == [read.cell(row, 2).number_format for row in (2, 3, 4)]
    assert read.column_dimensions["B"].width > len("206,410,900.00") + 2


def test_what_each_sheet_of_a_plan_holds_stands_whole_above_it_beside_a_long_title():
    stream = io.BytesIO()
    held = {sheet.name: f"{sheet.name}: {first_sentence(sheet.help)}" for sheet in SHEETS}
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name in held:
            book.add_worksheet(name)
        set_up_print(book, "Larkspur Valley School District 2026-27: Proposal for 2026-27", "INTERNAL", held)
    headers = {sheet.title: sheet.oddHeader.left.text for sheet in openpyxl.load_workbook(stream)}
    assert [] == [name for name, words in held.items() if words not in headers[name]]


def test_the_template_tells_a_hint_as_a_sentence_and_begins_each_long_list_on_a_page_of_its_own():
    """The hint of every rule's authority once followed "choice; What stands behind the rule"."""
    page = openpyxl.load_workbook(io.BytesIO(template_workbook()))["Read me"]
    told = {row[3].value for row in page.iter_rows() if row[3].value}
    assert "one of: law, contract, policy, promise, choice. What stands behind the rule" in "\n".join(told)
    assert not [each for each in told if "; What" in each or "; Read" in each]
    headings = [
        row[0].row for row in page.iter_rows() if str(row[0].value).startswith(("Settings", "Rules for", "Obj"))
    ]
    assert 3 == len(headings)
    assert [number - 1 for number in headings] == [each.id for each in page.row_breaks.brk]


def test_every_rule_of_the_template_stands_beside_its_first_setting_and_never_alone():
    """Above its settings, a rule's name stood alone at the foot of a page."""
    page = openpyxl.load_workbook(io.BytesIO(template_workbook()))["Read me"]
    beside = {str(name.value).partition(":")[0]: setting for name, setting, *_ in page.iter_rows() if name.value}
    assert rule_classes()
    for code in rule_classes():
        assert beside[code].value, code
