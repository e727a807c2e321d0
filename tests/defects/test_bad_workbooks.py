"""One bad workbook for each defect: a good one with a single change, and the finding that must name it."""

from __future__ import annotations

import io
import zipfile

import pytest

from equity_alloc.domain.finding import Severity
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.workbook import read_workbook
from tests.small_workbook import Change, add, csv_bytes, drop_column, drop_sheet, good_rows, put, workbook_bytes

ERRORS: tuple[tuple[str, Change, str, str], ...] = (
    ("a sheet is missing", drop_sheet("Schools"), "sheet-missing", "Schools"),
    ("the funds are missing", drop_sheet("Funds"), "sheet-missing", "Funds"),
    ("the positions are missing", drop_sheet("Positions"), "sheet-missing", "Positions"),
    ("a column is missing", drop_column("Schools", "Enrollment"), "column-missing", "Schools!row 1"),
    ("a column stands twice", put("Positions", "F1", "Step"), "column-twice", "Positions!F1"),
    ("text in a number", put("Schools", "D2", "about 400"), "enrollment-text", "Schools!D2"),
    ("a masked count", put("Schools", "G2", "<10"), "group-text", "Schools!G2"),
    ("not a number", put("Schools", "D2", "NaN"), "enrollment-not-finite", "Schools!D2"),
    ("infinity in money", put("Positions", "C2", "inf"), "cost-not-finite", "Positions!C2"),
    ("an error of a formula", put("Positions", "C2", "#DIV/0!"), "cost-text", "Positions!C2"),
    ("a negative enrollment", put("Schools", "D2", -3), "enrollment-negative", "Schools!D2"),
    ("a negative group", put("Schools", "G3", -1), "group-negative", "Schools!G3"),
    ("half a pupil", put("Schools", "D3", 300.5), "enrollment-fraction", "Schools!D3"),
    ("a blank enrollment", put("Schools", "D4", None), "enrollment-blank", "Schools!D4"),
    ("a school code twice", add("Schools", "0412", "Again", "", 9, None, None, 0, 0), "code-duplicate", "Schools!A5"),
    ("a position code twice", add("Positions", "TCH", "Again", 1), "code-duplicate", "Positions!A4"),
    ("a fund code twice", add("Funds", "GEN", "Again", 1), "code-duplicate", "Funds!A4"),
    ("a lost leading zero", put("Staffing", "A2", 412), "school-code-differs", "Staffing!A2"),
    ("a rounded long code", put("Spending", "A3", "1.20039E+11"), "school-scientific", "Spending!A3"),
    ("an unknown school", put("Spending", "A3", "0999"), "school-unknown", "Spending!A3"),
    ("an unknown position", put("Staffing", "B3", "NURSE"), "position-unknown", "Staffing!B3"),
    ("an unknown fund", put("Staffing", "C3", "LEVY"), "fund-unknown", "Staffing!C3"),
    ("a blank fund", put("Spending", "C2", None), "fund-blank", "Spending!C2"),
    ("a fund that pays an unknown position", put("Funds", "G3", "PARA; COACH"), "position-unknown", "Funds!G3"),
    ("a group larger than the school", put("Schools", "G2", 401), "group-over-enrollment", "Schools!G2"),
    ("a weighted group is unknown", put("Schools", "G4", None), "group-unknown-needed", "Schools!G4"),
    ("a step that is not whole cents", put("Positions", "C3", 40_000.03), "cost-step-not-whole-cents", "Positions!C3"),
    ("a fraction of a cent", put("Spending", "D2", 50_000.125), "amount-finer-than-cent", "Spending!D2"),
    ("a negative amount", put("Spending", "D2", "(500.00)"), "amount-negative", "Spending!D2"),
    ("a post finer than a hundredth", put("Staffing", "D2", 20.005), "fte-finer-than-hundredth", "Staffing!D2"),
    ("a step of zero", put("Positions", "D2", 0), "step-zero", "Positions!D2"),
    ("a central block over its fund", put("Central", "C2", 10_000_001), "central-over-fund", "Central!C2"),
    ("a fund on top without a rule", put("Funds", "E3", None), "fund-without-sharing", "Funds!E3"),
    ("a fund shared by nobody", put("Funds", "E3", "Gifted"), "shared-by-unknown", "Funds!E3"),
    ("a fund shared by an audit group", put("Funds", "E3", "Hispanic"), "shared-by-protected", "Funds!E3"),
    ("an end that is no day", put("Fund terms", "C3", "June 2027"), "ends-unclear", "Fund terms!C3"),
    ("a day that does not exist", put("Fund terms", "C3", "2027-06-31"), "ends-unclear", "Fund terms!C3"),
    ("a rate of more than all", put("Fund terms", "G3", 4.5), "indirect-rate-unfit", "Fund terms!G3"),
    ("terms of an unknown fund", put("Fund terms", "A3", "LEVY"), "fund-unknown", "Fund terms!A3"),
    ("terms of a fund twice", add("Fund terms", "GEN", "no"), "row-twice", "Fund terms!A4"),
    ("perhaps one-time money", put("Fund terms", "B3", "perhaps"), "one-time-unclear", "Fund terms!B3"),
    ("a vacant post twice", add("Vacant posts", "0413", "TCH", 1), "row-twice", "Vacant posts!B3"),
    ("a vacant post of nobody", put("Vacant posts", "B2", "NURSE"), "position-unknown", "Vacant posts!B2"),
    ("an earlier year that is none", put("Earlier changes", "B2", "last year"), "year-unclear", "Earlier changes!B2"),
    ("a year too long", put("Earlier changes", "B2", "20252026"), "year-unclear", "Earlier changes!B2"),
    ("the plan's own year", put("Earlier changes", "B3", "2026-27"), "year-not-earlier", "Earlier changes!B3"),
    ("no earlier year", put("Earlier changes", "B3", None), "year-blank", "Earlier changes!B3"),
    ("a change in words", put("Earlier changes", "C2", "a lot"), "change-text", "Earlier changes!C2"),
    ("a change that is unknown", put("Earlier changes", "C3", None), "change-blank", "Earlier changes!C3"),
    ("an earlier year twice", add("Earlier changes", "0413", "2025", 1), "row-twice", "Earlier changes!B4"),
    ("a change at no school", put("Earlier changes", "A3", "0999"), "school-unknown", "Earlier changes!A3"),
    ("yes or maybe", put("Funds", "D2", "maybe"), "counts-unclear", "Funds!D2"),
    ("a protected need driver", put("Schools", "H1", "Pupils: Hispanic or Latino"), "group-protected", "Schools!H1"),
    ("a group twice", put("Schools", "H1", "Pupils: English learners"), "group-twice", "Schools!H1"),
    ("a total row", add("Schools", "Total", None, None, 1600, None, None, 190, 500), "total-row", "Schools!A5"),
    ("a decorated total", add("Schools", None, "---District Total---", None, 1600), "total-row", "Schools!B5"),
    ("a total in money", add("Spending", "Grand total", None, None, 130_000.25), "total-row", "Spending!A4"),
    ("a weight that is no number", put("Need weights", "B2", "a quarter"), "weight-unfit", "Need weights!B2"),
    ("a weight for an audit group", put("Need weights", "A2", "Hispanic"), "weight-protected", "Need weights!A2"),
    ("a weight for nobody", put("Need weights", "A2", "Gifted"), "weight-group-unknown", "Need weights!A2"),
    ("perhaps invented", put("District", "B4", "perhaps"), "value-unclear", "District!B4"),
    ("an unknown rule", put("Rules", "B4", "be-nice"), "rule-unknown", "Rules!B4"),
    ("an unknown setting", put("Rules", "C2", "Shear"), "setting-unknown", "Rules!D2"),
    ("a setting out of range", put("Rules", "D2", 3), "setting-unfit", "Rules!D2"),
    ("an unknown objective", put("Scenario", "B3", "happiness"), "scenario-setting", "Scenario!B3"),
    ("a fund change for nobody", add("Scenario", "Fund X: Appropriation", 5), "fund-change", "Scenario!B5"),
)


def every(*changes: Change) -> Change:
    """Spoil several things."""

    def change(rows):
        for each in changes:
            each(rows)

    return change


WARNINGS: tuple[tuple[str, Change, str, str], ...] = (
    ("no plan year", put("District", "B3", None), "district-undated", "District"),
    ("a line that no rule limits", put("Rules", "B5", "gain-cap"), "lines-unlimited", "Rules"),
    ("a weight typed as 125 %", put("Need weights", "B2", "125 %"), "weight-over-one", "Need weights!B2"),
    ("an unknown count that nobody needs", put("Schools", "H4", None), "group-unknown", "Schools!H4"),
    ("a post off its step", put("Staffing", "D3", 15.3), "fte-off-step", "Staffing!D3"),
    ("a fund that paid a position it may not", put("Staffing", "C4", "T3"), "fund-paid-elsewhere", "Staffing!C4"),
    ("a column that nobody asked for", put("Schools", "I1", "Gifted"), "column-unknown", "Schools!I1"),
    ("a row that stands twice", add("Staffing", "0412", "TCH", "GEN", 1), "row-repeated", "Staffing!A6"),
    ("a total under another name", add("Schools", "9999", "Main", "", 1600, None, None, 1, 1), "total-row-suspected",
     "Schools!D5"),
    ("a fund for pupils that nobody has", every(put("Schools", "G2", 0), put("Schools", "G3", 0)), "shared-by-none", "Funds!E3"),
)  # fmt: skip


def test_the_good_workbook_has_no_finding():
    reading = read_workbook(workbook_bytes(good_rows()))
    assert () == reading.findings
    assert reading.district is not None
    assert reading.scenario is not None


@pytest.mark.parametrize(("name", "change", "code", "where"), ERRORS, ids=[case[0] for case in ERRORS])
def test_a_defect_stops_the_road_and_is_named(name, change, code, where):
    rows = good_rows()
    change(rows)
    reading = read_workbook(workbook_bytes(rows))
    found = [finding for finding in reading.findings if (finding.code, finding.where) == (code, where)]
    assert 1 == len(found), [str(finding) for finding in reading.findings]
    assert Severity.ERROR is found[0].severity
    assert reading.district is None
    assert reading.scenario is None
    assert all((found[0].what, found[0].why, found[0].remedy))
    assert "!" not in (found[0].what + found[0].why + found[0].remedy).replace("#DIV/0!", "")


@pytest.mark.parametrize(("name", "change", "code", "where"), ERRORS, ids=[case[0] for case in ERRORS])
def test_a_defect_brings_no_other_errors(name, change, code, where):
    rows = good_rows()
    change(rows)
    assert [code] == [finding.code for finding in read_workbook(workbook_bytes(rows)).errors]


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "code"),
    [
        ("Schools", "A2", "0499", "school-unknown"),
        ("Positions", "A3", "PRAA", "position-unknown"),
        ("Funds", "A3", "T33", "fund-unknown"),
        ("Funds", "F3", "0499", "school-unknown"),
        ("Funds", "G3", "PRAA", "position-unknown"),
        ("Funds", "H2", "Suplies", "line-unknown"),
        ("Staffing", "C2", "GNE", "fund-unknown"),
        ("Spending", "C2", "GNE", "fund-unknown"),
    ],
)
def test_one_typing_error_is_one_finding_on_all_sheets_together(sheet, cell, typed, code):
    rows = good_rows()
    add("Rules", 4, "staffing-least", "Position", "PARA")(rows)
    assert () == read_workbook(workbook_bytes(rows)).findings
    put(sheet, cell, typed)(rows)
    assert [code] == [finding.code for finding in read_workbook(workbook_bytes(rows)).findings]


def test_what_a_fund_may_not_pay_is_told_once_for_all_schools():
    rows = good_rows()
    put("Funds", "G2", "PARA")(rows)
    [finding] = read_workbook(workbook_bytes(rows)).warnings
    assert ("fund-paid-elsewhere", "Staffing!C2") == (finding.code, finding.where)
    assert "The same in 2 more rows." in finding.what


def test_a_weight_out_of_range_is_told_by_title_and_in_percent():
    rows = good_rows()
    put("Need weights", "B2", -0.25)(rows)
    [finding] = read_workbook(workbook_bytes(rows)).errors
    assert "The weight for English learners is -0.25. That is -25 % more." == finding.what


@pytest.mark.parametrize(("name", "change", "code", "where"), WARNINGS, ids=[case[0] for case in WARNINGS])
def test_a_doubt_is_a_warning_and_the_road_goes_on(name, change, code, where):
    rows = good_rows()
    change(rows)
    reading = read_workbook(workbook_bytes(rows))
    assert (code, where) in [(finding.code, finding.where) for finding in reading.warnings]
    assert () == reading.errors
    assert reading.district is not None


@pytest.mark.parametrize(("name", "change", "code", "where"), ERRORS, ids=[case[0] for case in ERRORS])
def test_csv_files_name_the_same_defect(name, change, code, where):
    rows = good_rows()
    change(rows)
    sheet, mark, cell = where.partition("!")
    expected = f"{sheet.lower().replace(' ', '_')}.csv{mark}{cell}"
    assert (code, expected) in [(f.code, f.where) for f in read_csv_folder(csv_bytes(rows)).errors]


def test_an_unknown_count_stays_unknown():
    rows = good_rows()
    put("Schools", "H4", None)(rows)
    district = read_workbook(workbook_bytes(rows)).district
    assert district is not None
    assert district.school_of["0501"].group("hispanic") is None
    assert 0 != district.school_of["0501"].group("hispanic")


def test_both_sides_of_a_lost_zero_are_named():
    rows = good_rows()
    put("Staffing", "A2", 412)(rows)
    (finding,) = read_workbook(workbook_bytes(rows)).errors
    expected = "School codes differ between Schools and Staffing: Schools has 0412, and Staffing has 412 here."
    assert expected == finding.what
    assert "leading zeros included" in finding.remedy


def test_all_defects_of_a_file_are_found_at_once():
    rows = good_rows()
    changes = (
        put("Schools", "D2", -3),
        put("Positions", "C2", "much"),
        put("Funds", "E3", None),
        put("Staffing", "B2", "X"),
        put("Rules", "B4", "be-nice"),
    )
    for change in changes:
        change(rows)
    found = {finding.where for finding in read_workbook(workbook_bytes(rows)).errors}
    assert {"Schools!D2", "Positions!C2", "Funds!E3", "Staffing!B2", "Rules!B4"} <= found


def test_a_code_typed_as_a_number_is_fine_where_it_is_the_same_text():
    rows = good_rows()
    for sheet, cell in (("Schools", "A4"), ("Staffing", "A4"), ("Spending", "A3")):
        put(sheet, cell, 501)(rows)
    reading = read_workbook(workbook_bytes(rows))
    assert () == reading.errors
    assert reading.district is not None
    assert "501" in reading.district.school_of


def test_more_funds_than_a_plan_can_have_are_told():
    rows = good_rows()
    last = rows["Funds"][-1]
    rows["Funds"] += [[f"F{number}", f"Fund {number}", *last[2:]] for number in range(70)]
    assert "funds-too-many" in [finding.code for finding in read_workbook(workbook_bytes(rows)).errors]


@pytest.mark.parametrize(
    ("cell", "code", "title"),
    [("D3", "enrollment-text", "Enrollment"), ("A3", "code-unsaved", "Code"), ("B3", "name-unsaved", "Name")],
)
def test_a_formula_without_a_stored_result_is_told_as_one_and_not_as_blank(cell, code, title):
    rows = good_rows()
    put("Schools", cell, "=100+180")(rows)
    finding = next(f for f in read_workbook(workbook_bytes(rows)).errors if f.where == f"Schools!{cell}")
    assert code == finding.code
    assert f"{title} for " in finding.what
    assert "is a formula without a stored result" in finding.what
    assert "Open the file in a spreadsheet program and save it" in finding.remedy


def test_a_formula_with_its_stored_result_is_read_and_one_that_shows_nothing_is_blank():
    rows = good_rows()
    put("Schools", "D3", "=150+150")(rows)
    put("Schools", "E3", '=""')(rows)
    saved = {
        b"<f>150+150</f><v />": b"<f>150+150</f><v>300</v>", b"<f>150+150</f><v></v>": b"<f>150+150</f><v>300</v>",
        b'<c r="E3"><f>': b'<c r="E3" t="str"><f>',
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(rows))) as before, zipfile.ZipFile(made, "w") as after:
        for member in before.namelist():
            xml = before.read(member)
            for old, new in saved.items():
                xml = xml.replace(old, new)
            after.writestr(member, xml)
    district = read_workbook(made.getvalue()).district
    assert (300, None) == (district.school_of["0413"].enrollment, district.school_of["0413"].enrollment_last_year)
