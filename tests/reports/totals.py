"""What each document says that money comes to, read back from its file: pairs of what is told and what the certificate holds.

Every document stands here. One that tells whole dollars is held to the whole dollar of the certificate's cents.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import re
import zipfile

import docx
import openpyxl
from pptx import Presentation

from equity_alloc.decisions.book import Book
from equity_alloc.decisions.case import Case, Told
from equity_alloc.decisions.compose import Typed, compose
from equity_alloc.decisions.options import last_year, option_of
from equity_alloc.domain.money import print_dollars
from equity_alloc.rules.title1_shares import TITLE_ONE
from tests.decisions.conftest import assessment_of
from tests.reports.read_public import rows_of, text_of

#: Documents that tell no amount of a whole fund or school, and what they tell instead.
WITHOUT_TOTALS = {
    "audit-tables": "averages of student groups",
    "resource-inequities": "averages of student groups",
}


def core_of(dossier):
    """Return what each school gets of core money, from the certificate's own allocation."""
    district = dossier.plan.view.district
    counts = {fund.code for fund in district.funds if fund.counts}
    paid = dict.fromkeys((school.code for school in district.schools), 0)
    for (school, _, fund), cents in (*dossier.plan.allocation.pay, *dossier.plan.allocation.dollars):
        paid[school] += cents if fund in counts else 0
    certified = sum(fund.schools for fund in dossier.plan.certificate.funds if fund.code in counts)
    assert sum(paid.values()) == certified
    return paid


def funds_of(dossier):
    """Return appropriation, central, schools and unallocated of each fund, as the certificate says."""
    return {f.code: (f.appropriation, f.central, f.schools, f.unallocated) for f in dossier.plan.certificate.funds}


def cents(told):
    return round(float(str(told).replace("$", "").replace(",", "") or 0) * 100)


def _front(text, dossier):
    """Page one and the table of funds: the core money of all schools, and what every fund holds and gives."""
    yield "core money", print_dollars(sum(core_of(dossier).values())) in text, True
    for code, amounts in funds_of(dossier).items():
        yield f"fund {code}", [a for a in amounts if print_dollars(a) not in text], []


def board_packet(data, dossier):
    text = " ".join(text_of(".pdf", data).split())
    yield from _front(text, dossier)
    yield from _each_school(text, dossier)


def _each_school(text, dossier):
    yield "schools", [c for c in core_of(dossier).values() if print_dollars(c) not in text], []


def memo(data, dossier):
    word = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    yield from _front(" ".join([*(paragraph.text for paragraph in word.paragraphs), *cells]), dossier)


def slides(data, dossier):
    parts = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            parts += [shape.text_frame.text] if shape.has_text_frame else []
            parts += [c.text for row in shape.table.rows for c in row.cells] if shape.has_table else []
    yield from _front(" ".join(parts), dossier)


def why_sheets(data, dossier):
    pages = text_of(".pdf", data).split("\f")[:-1]
    core = core_of(dossier)
    yield "sheets", len(pages), len(core)
    told = [re.search(r"Core dollars +\S+ +(\$[\d,]+)", page).group(1) for page in pages]
    yield "schools", told, [print_dollars(core[row.code]) for row in dossier.rows]


def letters(data, dossier):
    text = " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    told = re.findall(r"Your school gets (\$[\d,]+) of core money", text)
    core = core_of(dossier)
    yield "schools", told, [print_dollars(core[row.code]) for row in dossier.rows if row.counted_change < 0]


def school_pages(data, dossier):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.startswith("schools/")]
    told = [re.search(r">Core dollars<.*?</td>.*?>(\$[\d,]+)<", page, re.DOTALL).group(1) for page in pages]
    yield "schools", sorted(told), sorted(map(print_dollars, core_of(dossier).values()))


def decision_record(data, dossier):
    text = " ".join(text_of(".pdf", data).split())
    moved = [row for row in dossier.rows if row.counted_change]
    core = core_of(dossier)
    missing = [row.code for row in moved if print_dollars(core[row.code], with_cents=True) not in text]
    yield "schools that gain or give up", missing, []
    total = print_dollars(sum(core[row.code] for row in moved), with_cents=True)
    yield "all of them", total in text, True


def decision_chain(data, dossier):
    [decision] = [r["content"] for r in json.loads(data)["records"] if r["kind"] == "decision"]
    yield "schools", {each["code"]: each["after"] for each in decision["schools"]}, core_of(dossier)


def public_tables(data, dossier):
    book = openpyxl.load_workbook(io.BytesIO(data))
    *rows, total = rows_of(book["Schools"])
    yield "schools", {r["Code"]: cents(r["Core dollars in the plan"]) for r in rows}, core_of(dossier)
    yield "all schools", cents(total["Core dollars in the plan"]), sum(core_of(dossier).values())
    sheet = list(book["Funds"].iter_rows(min_row=2, values_only=True))
    amounts = list(zip(*funds_of(dossier).values(), strict=True))
    for name, every in zip(("Appropriation", "Budgeted centrally", "Schools", "Unallocated"), amounts, strict=True):
        [place] = [n for n, cell in enumerate(book["Funds"][1]) if cell.value == name]
        column = [cents(row[place]) for row in sheet]
        yield f"funds, {name}", column[: len(every)], list(every)
        yield f"all funds, {name}", column[-1], sum(every)


def workbook(data, dossier):
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    lines = [row for name in ("Plan pay", "Plan dollars") for row in rows_of(book[name])]
    yield "lines", sum(cents(row["Dollars"]) for row in lines), sum(each[2] for each in funds_of(dossier).values())
    *rows, total = rows_of(book["Summary"])
    yield "Summary", {r["Code"]: cents(r["Core dollars in the plan"]) for r in rows}, core_of(dossier)
    yield "Summary, all", cents(total["Core dollars in the plan"]), sum(core_of(dossier).values())
    last = [cell.value for cell in book["By fund"][book["By fund"].max_row]]
    yield "By fund", [cents(v) for v in last[3:7]], [sum(a) for a in zip(*funds_of(dossier).values(), strict=True)]
    differences = [row[4].value for row in book["Reconciliation"].iter_rows(min_row=4) if row[4].value is not None]
    yield "Reconciliation", [each for each in differences if each], []


def interventions(data, dossier):
    text = " ".join(text_of(".pdf", data).split())
    yield "spent", print_dollars(dossier.actions.choice.spent) in text, True


def _table(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def budget_lines(data, dossier):
    rows = _table(data)
    for code, (appropriation, central, schools, left) in funds_of(dossier).items():
        mine = [row for row in rows if row["Fund"] == code]
        told = {kind: sum(cents(r["Dollars"]) for r in mine if r["Kind"] == kind) for kind in ("school", "central")}
        yield f"fund {code}", (told["school"], told["central"]), (schools, central)
        yield f"all of fund {code}", sum(cents(r["Dollars"]) for r in mine), appropriation
        assert appropriation == central + schools + left


def position_control(data, dossier):
    rows = _table(data)
    paid = sum(amount for _, amount in dossier.plan.allocation.pay)
    yield "posts", sum(cents(r["Dollars in the plan"]) for r in rows if r["Kind"] == "post"), paid
    yield "paid", sum(cents(r["Dollars paid"]) for r in rows if r["Kind"] == "paid by"), paid


def journal(data, dossier):
    rows = _table(data)
    today = dossier.plan.view.district.today
    for code, (_, _, schools, _) in funds_of(dossier).items():
        mine = [row for row in rows if row["Fund"] == code]
        moved = sum(cents(row["Change"]) for row in mine if row["Kind"] == "entry")
        yield f"fund {code}", moved, schools - today.fund_dollars(code)
        sides = [sum(cents(row[side]) for row in mine) for side in ("Debit", "Credit")]
        yield f"fund {code}, both sides", sides[0], sides[1]


def control_totals(data, dossier):
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    headings, *others = book["Control totals"].iter_rows(values_only=True)
    rows = [row for each in others if (row := dict(zip(headings, each, strict=True)))["Difference"] is not None]
    yield "differences", [row for row in rows if cents(row["Difference"])], []
    told = {r["Fund"]: cents(r["Total"]) for r in rows if r["What"] == "dollars" and r["File"] == "budget lines"}
    yield "all funds", told.pop("all"), sum(each[0] for each in funds_of(dossier).values())
    yield "funds", told, {code: each[0] for code, each in funds_of(dossier).items()}


def federal_worksheets(data, dossier):
    """The money that Title I leaves for schools is what the certificate says that its fund gives them."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    titled = [f.code for f in dossier.plan.view.district.funds if f.shared_by == TITLE_ONE]
    for code in titled:
        sheet = book["Title I amounts"]
        last = [cell.value for cell in sheet[sheet.max_row]]
        yield f"fund {code}", cents(last[4]), funds_of(dossier)[code][2]
    if not titled:
        yield "no fund of Title I", "Title I amounts" in book.sheetnames, False


def run_record(data, dossier):
    record = json.loads(data)
    yield "allocation", record["allocation_digest"], dossier.plan.certificate.allocation_digest
    yield "a whole digest", len(record["workbook_sha256"]), len(hashlib.sha256().hexdigest())


def differences(code, data, dossier):
    """Return every total that a document tells otherwise than the certificate."""
    read = globals()[code.replace("-", "_")]
    found = list(read(data, dossier))
    assert found, f"{code} was asked for nothing"
    return [(what, told, due) for what, told, due in found if told != due]


def decided_book(plan, another):
    """Return a book in which a plan is assessed and decided on beside last year and another plan; no lens judges them."""
    name, said = plan.district.name, "Said in full."
    book = Book(name).with_record(assessment_of(plan), "2026-11-20T15:00:00+00:00")
    told = {"look": None, "with_levels": False}
    options = (
        last_year(plan, **told),
        option_of(plan, "The proposal", is_chosen=True, **told),
        option_of(another, "Another", is_chosen=False, **told),
    )
    case = Case(plan, book, options=len(options), told=Told(levels=False, groups=frozenset()))
    typed = Typed(**{field.name: said for field in dataclasses.fields(Typed)})
    dates = {"decided_on": "2026-11-24", "review_on": "2027-05-01", "mitigation_dollars": "0"}
    decision = compose(case, dataclasses.replace(typed, **dates), options, None, (("equity_alloc", "0"),))
    return book.with_record(decision, "2026-11-25T09:00:00+00:00")
