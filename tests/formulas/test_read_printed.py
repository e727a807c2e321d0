"""Printed amounts are read as they are meant, or refused with their line."""

import io
from fractions import Fraction

import pytest
import xlsxwriter

from equity_alloc.domain.finding import Finding
from equity_alloc.formulas.printed import Printed
from equity_alloc.formulas.read_printed import read_printed
from equity_alloc.sources.printed_amounts import printed_text


def only(amount):
    found, problems = read_printed(f'school,amount\n0101,"{amount}"\n', "ours.csv")
    return found[0].amount if found else problems[0].where


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("$1,750,092", 1_750_092),
        ("1750092.50", Fraction(3_500_185, 2)),
        ("-12", -12),
        ("0", 0),
        ("3.25", Fraction(13, 4)),
    ],
)
def test_an_amount_is_exact(typed, meant):
    assert meant == only(typed)


@pytest.mark.parametrize("typed", ["1,5", "1.750.092,00", "n/a", "", "1e6", "Infinity", "12,34,567"])
def test_an_amount_that_could_mean_two_things_is_refused_with_its_line(typed):
    assert "ours.csv:2" == only(typed)


def test_items_are_kept_and_blank_lines_are_left_out():
    found, problems = read_printed("\ufeffAmount,Item,School\n3,TCH,0101\n,,\n4,,0102\n")
    assert (Printed("0101", Fraction(3), "TCH"), Printed("0102", Fraction(4))) == found
    assert () == problems


@pytest.mark.parametrize("text", ["", "code,dollars\n1,2\n"])
def test_a_file_without_its_columns_is_refused(text):
    found, problems = read_printed(text)
    assert () == found
    assert ["printed amounts:1"] == [problem.where for problem in problems]


def test_a_title_above_the_headings_is_passed_over_and_lines_keep_their_numbers():
    found, problems = read_printed("Larkspur,printed March 2026\n\nSchool,Amount\n0101,5\n0102,five\n")
    assert (Printed("0101", Fraction(5)),) == found
    assert ["printed amounts:5"] == [problem.where for problem in problems]


def workbook(rows, sheet="Print"):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.add_worksheet("About").write_row(0, 0, ["What this is"])
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return written.getvalue()


def test_a_workbook_says_the_same_as_its_sheet_saved_as_csv():
    rows = [
        ["Printed in March"],
        ["School", "Amount", "Item"],
        ["0101", 1750092.5, ""],
        ["0102", 3.25, "TCH"],
        ["9", "?"],
    ]
    text, shown = printed_text(workbook(rows), "ours.xlsx")
    found, problems = read_printed(text, shown)
    assert (Printed("0101", Fraction(3_500_185, 2)), Printed("0102", Fraction(13, 4), "TCH")) == found
    assert ["ours.xlsx, sheet Print:5"] == [problem.where for problem in problems]


def test_semicolons_and_tabs_are_read_as_a_spreadsheet_saves_them():
    for sign in ";\t":
        text, _ = printed_text(f"School{sign}Amount\n0101{sign}12.50\n".encode(), "ours.csv")
        assert (Printed("0101", Fraction(25, 2)),) == read_printed(text)[0]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04 no zip"])
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_raised(data):
    read = printed_text(data, "ours.csv")
    refused = read.what if isinstance(read, Finding) else read_printed(*read)[1][0].what
    assert refused
