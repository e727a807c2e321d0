"""Files that are not what they claim: each is refused with a reason, and nothing raises."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
import xlsxwriter

from equity_alloc.sources import sheet_limits, unpack
from equity_alloc.sources.csv_folder import read_csv_folder, read_csv_zip
from equity_alloc.sources.kentucky import read_kentucky
from equity_alloc.sources.workbook import read_workbook
from equity_alloc.sources.working_workbook import read_plan
from tests.small_workbook import csv_bytes, good_rows, workbook_bytes


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_far_cell(place: str) -> bytes:
    """Return a workbook of a few bytes that claims a cell far away."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(good_rows()))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in members if name.startswith("xl/worksheets/sheet2"))
    row = "".join(sign for sign in place if sign.isdigit())
    extra = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    members[name] = members[name].replace(b"</sheetData>", extra)
    return zipped(members)


BAD_FILES = (
    ("nothing", b"", "file-empty"),
    ("random bytes", random.Random(7).randbytes(4_000), "file-not-workbook"),
    ("a PDF", b"%PDF-1.7\n" + b"x" * 900, "file-not-workbook"),
    ("an old workbook renamed", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900, "file-not-workbook"),
    ("a text", b"Code,Name\n0412,Lincoln\n", "file-not-workbook"),
    ("a zip of texts", zipped({"a.txt": b"hello"}), "file-not-workbook"),
    ("a letter", zipped({"word/document.xml": b"<w/>"}), "file-not-workbook"),
    ("a torn workbook", workbook_bytes(good_rows())[:3_000], "file-damaged"),
    ("an empty workbook part", zipped({"xl/workbook.xml": b""}), "file-not-workbook"),
    ("a cell at the end of the sheet", with_far_cell("XFD1048576"), "sheet-too-large"),
    ("a row far below", with_far_cell("A1048576"), "sheet-too-large"),
)


@pytest.mark.parametrize(("name", "data", "code"), BAD_FILES, ids=[case[0] for case in BAD_FILES])
def test_a_file_that_is_no_workbook_is_refused(name, data, code):
    reading = read_workbook(data, "budget.xlsx")
    assert [code] == [finding.code for finding in reading.findings]
    assert "budget.xlsx" in reading.findings[0].what
    assert reading.district is None
    assert [code] == [finding.code for finding in read_plan(data, "budget.xlsx").findings]


def test_a_file_of_more_than_20_megabytes_is_refused_with_its_size():
    reading = read_workbook(b"PK" + b"\x00" * (21 * 1024 * 1024), "budget.xlsx")
    (finding,) = reading.findings
    assert "file-too-large" == finding.code
    assert "21.0 MB" in finding.what
    assert "20 MB" in finding.what


def test_a_small_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(unpack, "MOST_UNPACKED", 1024 * 1024)
    bomb = zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (2 * 1024 * 1024)})
    assert len(bomb) < 10_000
    assert ["file-unpacks-too-large"] == [finding.code for finding in read_workbook(bomb).findings]
    assert ["file-unpacks-too-large"] == [finding.code for finding in read_csv_zip(bomb).findings]


def test_a_small_file_whose_cells_repeat_a_long_text_is_refused(monkeypatch):
    monkeypatch.setattr(sheet_limits, "MOST_TEXT", 1024 * 1024)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Schools")
        for row in range(50):
            sheet.write_string(row, 0, "x" * 30_000)
    assert len(stream.getvalue()) < 20_000
    assert ["sheet-too-large"] == [finding.code for finding in read_workbook(stream.getvalue()).findings]


JUNK = (
    None, "", " ", "x", "=1+1", "-1", -1, 0, 1, 1.5, 1e300, -1e-300, 10**30, "1e5", "NaN", "-inf", "999%", "12,34", "$", "()",
    "all", "none", "*", ";", "; ;", "Total", "last year", "the plan decides", "Pupils:", "Audit only:", "Pupils: []",
    "Objective", "Fund GEN: Appropriation", "Fund : ", "9" * 5_000, "a" + " " * 30_000 + "b", "total of of of \n x", "\x0b",
    "English learners", "Hispanic", "0412", "GEN", "TCH", "Supplies", "hold-harmless", "staffing-least", "smallest-load", True,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_junk_in_any_cell_never_raises(seed):
    draw = random.Random(seed)
    rows = good_rows()
    for _ in range(draw.randint(1, 12)):
        sheet = draw.choice(sorted(rows))
        line = draw.choice(rows[sheet])
        line[draw.randrange(len(line))] = draw.choice(JUNK)
    files = csv_bytes(rows)
    reading = read_csv_folder(files)
    assert (reading.district is None) == bool(reading.errors)
    if seed % 5 == 0:
        for lines in rows.values():
            for line in lines:
                line[:] = [None if cell == "\x0b" else cell for cell in line]
        reading = read_workbook(workbook_bytes(rows))
        assert (reading.district is None) == bool(reading.errors)


@pytest.mark.parametrize("seed", range(30))
def test_a_workbook_with_spoilt_bytes_never_raises(seed):
    draw = random.Random(seed)
    data = bytearray(workbook_bytes(good_rows()))
    for _ in range(draw.randint(1, 40)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    reading = read_workbook(bytes(data))
    assert reading.findings or reading.district is not None


@pytest.mark.parametrize("seed", range(30))
def test_spoilt_csv_files_never_raise(seed):
    draw = random.Random(seed)
    files = {name: bytearray(data) for name, data in csv_bytes(good_rows()).items()}
    for data in files.values():
        data[draw.randrange(len(data))] = draw.randrange(256)
    reading = read_csv_folder({name: bytes(data) for name, data in files.items()})
    assert reading.findings or reading.district is not None


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"a,b\n1,2\n", b"%PDF"])
def test_a_state_file_that_is_none_is_refused(data):
    assert read_kentucky(data, "165").errors


def test_an_empty_sheet_of_schools_says_so():
    rows = good_rows()
    rows["Schools"] = []
    (finding,) = read_workbook(workbook_bytes(rows)).errors
    assert "schools-empty" == finding.code
