"""An exported plan opens again, certifies again, and gives away one changed cent."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan, StageLog
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.seals import seal_rows
from equity_alloc.sources.tables import LIVE
from equity_alloc.sources.workbook import read_workbook
from equity_alloc.sources.working_workbook import read_plan


@pytest.fixture(scope="module")
def plan():
    """Last year itself as the plan: the workbook does not care how good a plan is."""
    reading = sample_reading()
    district, scenario = reading.district, reading.scenario
    stages = (StageLog("last year", 1.0, "dollars per weighted pupil", None, "taken over"),)
    certificate = certify(district, scenario, district.today)
    return Plan(district, scenario, district.today, certificate, OutcomeKind.BEST_FOUND, stages)


@pytest.fixture(scope="module")
def exported(plan):
    return plan_workbook(plan)


@pytest.fixture(scope="module")
def opened(exported):
    """The export as another program holds it; loading it takes longer than everything that is done with it."""
    return openpyxl.load_workbook(io.BytesIO(exported))


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(book, sheet: str, cell: str, value) -> bytes:
    """Return the book with one cell changed, and leave it as it was."""
    found = book[sheet][cell].value
    book[sheet][cell] = found + value if isinstance(value, float | int) else value
    data = saved(book)
    book[sheet][cell] = found
    return data


def test_a_plan_reads_back_whole(plan, exported):
    reading = read_plan(exported)
    assert () == reading.errors
    assert plan.district == reading.district
    assert plan.scenario == reading.scenario
    assert plan.allocation == reading.allocation
    assert reading.stored is not None
    assert plan.certificate.allocation_digest == reading.stored.allocation_digest
    assert plan.certificate.district_digest == reading.stored.district_digest
    assert plan.certificate.scenario_digest == reading.stored.scenario_digest


def test_the_export_opens_as_a_district_with_its_scenario(plan, exported):
    reading = read_workbook(exported)
    assert () == reading.findings
    assert plan.district == reading.district
    assert plan.scenario == reading.scenario


def test_the_same_plan_gives_the_same_bytes(plan, exported):
    assert exported == plan_workbook(plan)


def test_an_untouched_export_certifies_again(plan, exported):
    again = recertify(exported)
    assert () == again.findings
    assert plan.certificate == again.certificate


def test_a_plan_that_keeps_every_rule_is_unchanged_after_its_export():
    reading = sample_reading()
    found = make_plan(reading.district, reading.scenario)
    assert isinstance(found, Plan)
    assert recertify(plan_workbook(found)).is_unchanged


def test_an_export_saved_by_another_program_certifies_again(plan, opened):
    again = recertify(saved(opened))
    assert () == again.findings
    assert plan.certificate == again.certificate


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "digest"),
    [
        ("Plan dollars", "D9", 0.01, "allocation-differs"),
        ("Plan pay", "D17", 0.01, "allocation-differs"),
        ("Plan posts", "D5", 0.5, "allocation-differs"),
        ("Schools", "D3", 1, "district-differs"),
        ("Funds", "C2", 0.01, "district-differs"),
        ("Rules", "D10", "0.9699", "scenario-differs"),
        ("Summary", "F4", 0.01, None),
        ("Certificate", "A1", "Certificate of honor", None),
    ],
)
def test_one_change_is_found_and_its_cell_is_named(opened, sheet, cell, value, digest):
    again = recertify(changed(opened, sheet, cell, value))
    assert {f"{sheet}!{cell}"} == {finding.where for finding in again.own}
    differs = [finding.code for finding in again.findings if finding.code.endswith("-differs")]
    assert ([digest] if digest else []) == differs
    assert bool(digest) == bool(again.following)
    assert not again.is_unchanged


def test_what_follows_from_a_change_is_told_apart_from_what_was_changed_beside_it(opened):
    """Measures!C11 is not what it was at the export, so it is no echo; every other cell of the sheet is."""
    data = changed(opened, "Schools", "D3", 1)
    alone = recertify(data)
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Measures"]["C11"].value += 1
    both = recertify(saved(book))
    assert ["Schools!D3"] == [each.where for each in alone.own]
    assert ["Schools!D3", "Measures!C11"] == [each.where for each in both.own]
    assert "Measures!C11" in [each.where for each in alone.following]
    assert len(both.following) in (len(alone.following), len(alone.following) - 1)
    count = sum(each.where.startswith("Measures!") for each in both.following)
    assert f"{len(both.following)} further figures and texts follow from them" in both.follow_words
    assert f"Measures {count}" in both.follow_words


def test_nothing_is_called_an_echo_where_the_seals_do_not_bring_back_what_was_certified(opened):
    """Without the value that the seal repeats there is no way back, so each cell is named."""
    book = openpyxl.load_workbook(io.BytesIO(changed(opened, "Schools", "D3", 1)))
    for seal in book["Seals"].iter_rows(min_row=3):
        if (seal[0].value, str(seal[1].value)) == ("Schools", "3"):
            seal[4].value = None
    again = recertify(saved(book))
    assert () == again.following
    assert "district-differs" in [each.code for each in again.own]


def test_a_cent_of_pay_breaks_a_rule_of_the_new_certificate(plan, opened):
    before = {breach.words for breach in plan.certificate.breaches}
    again = recertify(changed(opened, "Plan pay", "D17", 0.01))
    assert again.certificate is not None
    new = [breach for breach in again.certificate.breaches if breach.words not in before]
    assert ["position-steps"] == [breach.rule for breach in new if breach.rule == "position-steps"]


def test_a_changed_name_does_not_pass(opened):
    again = recertify(changed(opened, "Schools", "B2", "Another name"))
    assert "Schools!B2" in [finding.where for finding in again.findings]


def test_a_row_that_was_removed_is_named(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    book["Plan dollars"].delete_rows(book["Plan dollars"].max_row)
    last = book["Plan dollars"].max_row + 1
    again = recertify(saved(book))
    assert [f"Plan dollars!A{last}"] == [f.where for f in again.findings if f.code == "row-removed"]


def test_an_export_without_its_plan_says_what_is_missing(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    del book["Plan pay"], book["Certificate"]
    data = saved(book)
    reading = read_plan(data)
    assert ["Plan pay", "Certificate"] == [f.where for f in reading.errors if f.code == "plan-sheet-missing"]
    assert reading.allocation is None
    assert recertify(data).certificate is None


def test_a_spoilt_cell_gives_findings_and_no_certificate(opened):
    again = recertify(changed(opened, "Plan dollars", "D9", "much"))
    assert "amount-text" in [finding.code for finding in again.findings]
    assert again.certificate is None


def test_fund_balances_add_up_to_the_cent(plan, opened):
    rows = [[cell.value for cell in row] for row in opened["Certificate"].iter_rows()]
    start = next(i for i, row in enumerate(rows) if row[0] == "Fund")
    funds = rows[start + 1 : start + 1 + len(plan.district.funds)]
    assert [fund.code for fund in plan.district.funds] == [row[0] for row in funds]
    for row in funds:
        appropriation, central, schools, unallocated = (round(float(value) * 100) for value in row[3:7])
        assert appropriation == central + schools + unallocated


def test_only_the_live_sheets_hold_formulas(opened):
    assert set(LIVE) < set(opened.sheetnames)
    others = [sheet for sheet in opened if sheet.title not in LIVE]
    assert [] == [c.coordinate for sheet in others for row in sheet.iter_rows() for c in row if c.data_type == "f"]


#: What a person might type over on sheets that are read: more money, a cent less, a status, a verdict, a row of one's own.
TYPED = {
    ("By fund", "F4"): -0.01,
    ("By school", "F5"): 100_000.0,
    ("Last year priced", "A900"): "a row of somebody's own",
    ("Measures", "C5"): 0.1,
    ("Overview", "B4"): "Nothing stands against adopting this plan: every rule is kept, and it is proven.",
    ("Overview", "B8"): 1.0,
    ("Reconciliation", "F5"): "does not tie",
    ("Rules and room", "E6"): "kept, and how",
}


@pytest.fixture(scope="module")
def typed_over(exported):
    """Put values in the place of cells and leave every other cell, formula and stored figure; one formula is bent."""
    shown = openpyxl.load_workbook(io.BytesIO(exported), data_only=True)
    parts = zipfile.ZipFile(io.BytesIO(exported))
    xml = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}
    path = {name: f"xl/worksheets/sheet{place}.xml" for place, name in enumerate(shown.sheetnames, start=1)}
    for (sheet, cell), value in TYPED.items():
        before = shown[sheet][cell].value
        new = round(before + value, 3) if isinstance(value, float) else value
        inner = f"><v>{new}</v>" if isinstance(value, float) else f' t="inlineStr"><is><t>{new}</t></is>'
        found = re.search(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', xml[path[sheet]])
        here, there = (found[0], "") if found else ("</sheetData>", "</row></sheetData>")
        row = "" if found else f'<row r="{re.sub("[A-Z]", "", cell)}">'
        xml[path[sheet]] = xml[path[sheet]].replace(here, f'{row}<c r="{cell}"{inner}</c>{there}')
    xml[path["By fund"]] = xml[path["By fund"]].replace("D5-E5-F5", "D5-E5-F5+5")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            made.writestr(name, xml.get(name) or parts.read(name))
    return recertify(stream.getvalue())


def test_a_reading_sheet_that_says_something_else_is_found_and_its_cell_is_named(typed_over):
    found = [finding.where for finding in typed_over.findings if finding.code == "sheet-says-otherwise"]
    assert sorted([*(f"{sheet}!{cell}" for sheet, cell in TYPED), "By fund!G5"]) == sorted(found)
    assert len(found) == len(typed_over.findings)
    assert not typed_over.is_unchanged
    assert "Overview!B4" in typed_over.words


def test_a_formula_that_would_work_out_something_else_is_found_though_its_stored_figure_is_right(typed_over):
    [finding] = [each for each in typed_over.findings if each.where == "By fund!G5"]
    assert "would work out" in finding.what
    assert "D5-E5-F5+5" in finding.what


def test_formulas_without_a_stored_figure_are_counted_and_sheets_of_another_version_are_left(opened):
    at = next(row for row in range(1, 20) if opened["Certificate"].cell(row, 1).value == "Version")
    again, other = recertify(saved(opened)), recertify(changed(opened, "Certificate", f"B{at}", "0.0.1"))
    assert again.compared.blank > 1000
    assert f"{again.compared.blank:,} formulas there have no stored figure" in again.rests_on
    assert "written by version 0.0.1" not in other.rests_on, "what reads alike is worked out again whoever wrote it"
    assert "Worked out again" in other.rests_on


def by_an_earlier_program(book, label: str, value: str | None) -> bytes:
    """Return the workbook as another program would have written it: under its own name, a label otherwise, sealed anew."""
    certificate = book["Certificate"]
    at = next(row for row in range(1, 20) if certificate.cell(row, 1).value == label)
    certificate.cell(at, 2).value = value
    if value is None:
        certificate.cell(at, 1).value = None
    book["Overview"]["A6"].value = "Number of schools"
    rows = [[cell.value for cell in row] for row in certificate.iter_rows(min_row=at, max_row=at)]
    for seal in book["Seals"].iter_rows(min_row=3):
        if seal[0].value == "Certificate" and int(seal[1].value) == at:
            made = next(iter(seal_rows("Certificate", [[]] * (at - 1) + [[str(v or "") for v in rows[0]]])), None)
            for cell, said in zip(seal[2:4], (made.seal, " ".join(made.cells)) if made else (None, None), strict=True):
                cell.value = said
            seal[4].value = None
            if made is None:
                for cell in seal:
                    cell.value = None
    return saved(book)


@pytest.mark.parametrize(("label", "value", "words"), [
    ("Version", "0.1.0", "version 0.1.0"),
    ("Build of the program", "abcdef012345", "build abcdef012345"),
    ("Build of the program", None, "build not said"),
])  # fmt: skip
def test_a_workbook_of_another_program_certifies_and_nobody_is_told_that_he_changed_a_cell(
    exported, label, value, words
):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    again = recertify(by_an_earlier_program(book, label, value))
    assert () == again.findings
    assert "changed since the export" not in again.words
    assert words in again.rests_on
    assert "certify the file with the program that wrote it, or export the plan in it again" in again.rests_on


def test_under_the_same_build_the_other_label_is_a_changed_cell(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    book["Overview"]["A6"].value = "Number of schools"
    assert ["Overview!A6"] == [finding.where for finding in recertify(saved(book)).findings]


def test_another_programs_workbook_in_which_a_cent_was_changed_is_still_found(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    book["Plan pay"]["D2"].value += 0.01
    again = recertify(by_an_earlier_program(book, "Version", "0.1.0"))
    assert "Plan pay!D2" in again.words


def test_the_export_says_that_it_is_internal(opened):
    assert str(opened["Read me"]["A2"].value).startswith("INTERNAL")


def test_each_school_is_told_why_in_a_sheet_of_its_own(plan, opened):
    rows = list(opened["Why each school"].iter_rows(min_row=4, values_only=True))
    assert [school.name for school in plan.district.schools] == [row[1] for row in rows]
    assert all(row[3].startswith(row[1]) for row in rows)


def test_an_export_without_seals_names_no_row_as_added(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    del book["Seals"]
    again = recertify(saved(book))
    assert ["seals-missing"] == [finding.code for finding in again.findings]
    assert not again.is_unchanged


def test_what_a_half_export_advises_names_the_page_that_opens_files(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    del book["Plan pay"]
    [finding] = [f for f in read_plan(saved(book)).errors if f.code == "plan-sheet-missing"]
    assert finding.remedy.endswith("open the file as a district on the page Start.")
