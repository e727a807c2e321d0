"""Names and notes with whatever characters people and files bring: every document is made, and none runs or begins a formula."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import zipfile

import openpyxl
import pytest

from equity_alloc.domain.csv_text import harmless
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.family import documents_named, make, make_one
from equity_alloc.reports.paper import LACKS, missing_letters
from equity_alloc.reports.printable import printable, with_printable_texts
from tests.reports.read_public import text_of

NAMES = (
    '=HYPERLINK("http://example.org","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\uff1d1+1",
    "\uff0b1",
    " =2",
    "Null\x00byte",
    "Line\x0bbreak of a word processor",
    "Bell\x07\x1f",
    "\u202eturned\u202c",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    '#panic("x")',
    "$ 1/0 $ *b* _i_",
    "\U0001f600 \u5b66\u6821",
    "L" * 300,
    "</w:t><w:t>&amp;",
    "\u02bbIolani & Vi\u1ec7t",
)


@pytest.fixture(scope="module")
def hostile(sample_plan):
    schools = tuple(
        dataclasses.replace(school, name=NAMES[place % len(NAMES)])
        for place, school in enumerate(sample_plan.district.schools)
    )
    district = dataclasses.replace(sample_plan.district, name="=Town\x00 \U0001f600", schools=schools)
    scenario = dataclasses.replace(sample_plan.scenario, name="@plan\x0b", note="=1+1\x07 <script>")
    certificate = certify(district, scenario, sample_plan.allocation)
    plan = Plan(district, scenario, sample_plan.allocation, certificate, OutcomeKind.BEST_FOUND)
    codes = (
        "board-packet",
        "memo",
        "decision-record",
        "slides",
        "letters",
        "school-pages",
        "public-tables",
        "position-control",
    )
    dossier = Dossier(plan, unfinished=('=HYPERLINK("x")\x00', '#panic("x")', "<script>alert(2)</script>"))
    return {each.document.code: each for each in make(dossier, documents_named(codes))}


def test_every_document_is_made(hostile):
    assert {} == {code: each.error for code, each in hostile.items() if each.error}


def test_no_web_page_holds_a_script_and_no_file_name_a_sign(hostile):
    with zipfile.ZipFile(io.BytesIO(hostile["school-pages"].data)) as archive:
        for name in archive.namelist():
            page = archive.read(name).decode()
            assert not re.search(r"<script|<img|(href|src|on\w+)=\"?javascript:", page), name
            assert re.fullmatch(r"[\w./-]+", name)
    assert re.fullmatch(r"[\w.-]+", hostile["memo"].name)


def test_no_cell_is_a_formula_and_no_csv_begins_one(hostile):
    book = openpyxl.load_workbook(io.BytesIO(hostile["public-tables"].data))
    assert [] == [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    rows = csv.reader(io.StringIO(hostile["position-control"].data.decode("utf-8-sig")))
    begun = [cell for row in rows for cell in row if cell.lstrip()[:1] in "=+@\t\r\uff1d\uff0b\uff20" and cell.strip()]
    assert [] == begun


def test_a_letter_that_the_paper_lacks_stands_as_a_sign_and_the_paper_says_so(hostile):
    words = text_of(".pdf", hostile["board-packet"].data)
    assert LACKS in words
    assert "stands for a letter that the typefaces of this paper lack" in words
    assert "\u02bbIolani & Vi\u1ec7t" in words
    assert frozenset("\u5b66\U0001f600") == missing_letters(frozenset("\u5b66\U0001f600\u1ec7\u02bb\u0416"))


def test_what_no_document_can_hold_is_left_out_and_what_is_fit_stays_the_very_same(dossier):
    assert "turned" == printable("\u202eturned\u202c")
    assert "Half  sign" == printable("Half \ud800 sign")
    assert "Vi\u1ec7t \u05d0 \u5b66" == printable("Vi\u1ec7t \u05d0 \u5b66")
    assert with_printable_texts(dossier) is dossier


@pytest.mark.parametrize("text", ["\uff1d1", "\uff0d1", "\uff20x", " =1", "\u200b@x", "\ufeff+1", "\n=1"])
def test_a_wide_or_hidden_sign_is_marked_as_text(text):
    assert f"'{text}" == harmless(text)


def test_a_writer_that_breaks_on_a_text_loses_no_other_document(dossier):
    """An XML writer breaks with an error of syntax, which is none of the usual ones."""

    def broken(_: Dossier) -> bytes:
        raise SyntaxError("Invalid character")

    bad = Document("bad", "Bad", "Fails.", Readers.INTERNAL, 1, ".txt", "text/plain", broken)
    made = make_one(dossier, bad)
    assert made.error.startswith("It could not be made; the other documents are not touched by it.")
