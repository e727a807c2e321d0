"""Files made to do harm: entities in XML, macros, formulas in cells, records that would fill the memory."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest

from equity_alloc.domain.finding import Finding
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.mapped.open_tables import open_tables, without_names
from equity_alloc.sources.mapped.take_in import take_in
from equity_alloc.sources.write_inputs import inputs_workbook
from tests.sources.mapped.tables import MONEY, read
from tests.sources.mapped.test_take_in import MONEY_ROWS, SCHOOL_ROWS, SIGNED

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FETCH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def workbook(rows=(("Code", "Pupils"), ("0412", 400))):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(data, member, change, **more):
    """Return an archive with one member changed, and members added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
        for name, text in more.items():
            new.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


@pytest.mark.parametrize("entities", [BOMB, FETCH], ids=["grows", "fetches"])
@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_whose_xml_declares_entities_is_refused(entities, member, encoding):
    def declare(xml):
        text = xml.decode()
        head, _, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
        return (entities + rest).encode(encoding) if not head else f"{head}?>{entities}{rest}".encode(encoding)

    found = open_tables("a.xlsx", changed(workbook(), member, declare))
    assert isinstance(found, Finding)
    assert "entities" in found.what


def test_a_workbook_with_macros_is_read_as_cells_and_its_macros_are_never_opened():
    data = changed(workbook(), "", bytes, xl__vbaProject=b"\xd0\xcf\x11\xe0 Sub AutoOpen()")
    [grid] = open_tables("a.xlsm", data)
    assert (("Code", "Pupils"), ("0412", "400")) == grid.rows


def test_a_formula_in_a_cell_is_the_value_that_was_saved_and_one_without_a_value_is_unknown():
    rows = (("Code", "Pupils"), ("0412", "=200+200"))
    saved = changed(
        workbook(rows),
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            xml.replace(b"<v></v>", b"<v>400</v>").replace(b"<v />", b"<v>400</v>").replace(b"<v/>", b"<v>400</v>")
        ),
    )
    assert "400" == open_tables("a.xlsx", saved)[0].rows[1][1]
    assert "" == open_tables("a.xlsx", workbook(rows))[0].rows[1][1]


@pytest.mark.parametrize("name", ['=HYPERLINK("//x")', "+1+1", "@SUM(A1)", "-2+3|cmd"])
def test_a_name_that_looks_like_a_formula_leaves_as_text(name):
    quoted = '"' + name.replace('"', '""') + '"'
    files = [read(SCHOOL_ROWS.replace("Ash Elementary", quoted)), read(MONEY_ROWS, MONEY)]
    district = take_in(files, SIGNED).reading.district
    assert name == district.school_of["0012"].name
    book = openpyxl.load_workbook(io.BytesIO(inputs_workbook(district, default_scenario(district))))
    [cell] = [c for row in book["Schools"].iter_rows() for c in row if c.value in (name, f"'{name}")]
    assert "s" == cell.data_type


def test_records_that_would_fill_the_memory_are_refused_before_they_are_spread():
    wide = {f"f{number}": 1 for number in range(900)}
    found = open_tables("a.json", json.dumps([wide, *({"f1": 1} for _ in range(4_000))]).encode())
    assert isinstance(found, Finding)
    assert "cells" in found.what


@pytest.mark.parametrize(
    "heads",
    ["Student Name,School", "First Name,Last Name,School", "School,DOB", "School,SSN", "school,pupilFirstName"],
)
def test_pupils_are_named_nowhere_whatever_the_file(heads):
    row = ",".join("x" for _ in heads.split(","))
    assert "file-names-pupils" == without_names("a.csv", f"{heads}\n{row}\n".encode()).code
    assert "file-names-pupils" == open_tables("a.csv", f"Banner\n{heads}\n{row}\n".encode()).code
    book = workbook([heads.split(","), row.split(",")])
    assert "file-names-pupils" == without_names("a.xlsx", book).code
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("users.csv", f"{heads}\n{row}\n")
    assert "file-names-pupils" == without_names("a.zip", stream.getvalue()).code


def test_a_table_of_schools_is_not_taken_for_one_of_pupils():
    assert not isinstance(open_tables("a.csv", b"School name,First grade,Students\nAsh,4,40\n"), Finding)


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "orgs.zip"])
def test_an_archive_that_would_fill_the_memory_is_refused_by_the_doors_of_other_programs(monkeypatch, name):
    monkeypatch.setattr("equity_alloc.sources.unpack.MOST_UNPACKED", 1024 * 1024)
    stream = io.BytesIO()
    members = ("orgs.csv", "enrollments.csv") if name == "orgs.zip" else ("xl/workbook.xml", "big.csv")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in members:
            packed.writestr(member, b"0," * (1024 * 1024))
    assert len(stream.getvalue()) < 20_000
    assert "file-unpacks-too-large" == open_tables(name, stream.getvalue()).code
    kept = without_names(name, stream.getvalue())
    assert isinstance(kept, Finding) or kept == stream.getvalue()  # nothing was unpacked to be kept
