"""One cause is one finding: what follows from it on other sheets is not told, and how far it reaches is."""

from __future__ import annotations

import pytest

from equity_alloc.sources.workbook import read_workbook
from tests.small_workbook import add, good_rows, put, workbook_bytes


def errors_of(*changes):
    rows = good_rows()
    for change in changes:
        change(rows)
    return read_workbook(workbook_bytes(rows)).errors


def test_an_appropriation_that_cannot_be_read_is_not_compared_with_the_central_block():
    assert [("amount-text", "Funds!C2")] == [(f.code, f.where) for f in errors_of(put("Funds", "C2", "192.424.000"))]


def test_an_enrollment_that_cannot_be_read_makes_no_other_school_look_like_a_sum():
    rows = good_rows()
    add("Schools", "0502", "Wells", "high", 700, None, None, 10, 10)(rows)
    put("Schools", "D4", "many")(rows)
    found = [finding.code for finding in read_workbook(workbook_bytes(rows)).findings]
    assert "enrollment-text" in found
    assert "total-row-suspected" not in found


@pytest.mark.parametrize(
    ("sheet", "row", "code"),
    [("Schools", 3, "0412"), ("Positions", 3, "TCH"), ("Funds", 3, "GEN")],
    ids=["school", "position", "fund"],
)
def test_a_code_typed_twice_does_not_make_the_code_it_hides_unknown(sheet, row, code):
    found = errors_of(put(sheet, f"A{row}", code), add("Rules", 4, "staffing-least", "Position", "PARA"))
    assert [("code-duplicate", f"{sheet}!A{row}")] == [(f.code, f.where) for f in found]


def test_a_blank_code_does_not_make_the_code_it_hides_unknown():
    assert ["Schools!A3"] == [finding.where for finding in errors_of(put("Schools", "A3", None))]


def test_a_fund_that_is_missing_says_how_many_rows_name_it():
    rows = good_rows()
    del rows["Funds"][1]
    [finding] = read_workbook(workbook_bytes(rows)).errors
    assert ("fund-unknown", "Staffing!C2") == (finding.code, finding.where)
    assert "GEN stands in 7 rows: 3 on Staffing, 2 on Spending, 1 on Central, 1 on Fund terms" in finding.what


def test_a_code_that_one_row_names_gives_no_count():
    [finding] = errors_of(put("Spending", "A3", "0999"))
    assert "rows" not in finding.what


def test_zeros_lost_on_schools_are_named_there_and_once_for_each_cell():
    found = errors_of(put("Schools", "A2", 412), put("Schools", "A3", 413))
    assert [("school-code-differs", "Schools!A2", "412"), ("school-code-differs", "Schools!A3", "413")] == [
        (f.code, f.where, f.value) for f in found
    ]
    # 0412 stands once on Funds and on Spending, and twice on Staffing.
    assert "0412 stands in 4 rows: 1 on Funds, 2 on Staffing, 1 on Spending" in found[0].what


def test_a_rule_that_names_a_school_whose_zeros_were_lost_is_no_second_finding():
    rows = good_rows()
    add("Rules", 4, "staffing-least", "Position", "PARA")(rows)
    put("Positions", "A3", "007")(rows)
    for sheet, cell in (("Funds", "G3"), ("Staffing", "B5"), ("Rules", "D6")):
        put(sheet, cell, "7")(rows)
    [finding] = read_workbook(workbook_bytes(rows)).errors
    assert "position-code-differs" == finding.code


def test_an_empty_sheet_of_posts_is_not_told_again_for_each_school():
    rows = good_rows()
    rows["Staffing"] = []
    assert ["staffing-empty"] == [finding.code for finding in read_workbook(workbook_bytes(rows)).findings]


def test_the_finding_about_a_row_left_out_names_the_code_that_may_be_its_own():
    [finding] = errors_of(put("Schools", "A3", None))
    assert "Funds names school 0413, which no row here has" in finding.remedy


def test_an_unknown_code_is_listed_beside_other_errors_on_its_home():
    found = errors_of(put("Schools", "D2", "many"), put("Schools", "D4", -1), put("Staffing", "A4", "099"))
    assert [
        ("enrollment-text", "Schools!D2"),
        ("enrollment-negative", "Schools!D4"),
        ("school-unknown", "Staffing!A4"),
    ] == [(f.code, f.where) for f in found]


def test_one_row_left_out_hides_no_more_than_one_unknown_code():
    found = errors_of(put("Schools", "A3", "0412"), put("Staffing", "A4", "099"))
    told = [(f.code, f.where, f.value) for f in found]
    assert ("school-unknown", "Staffing!A4", "099") in told
    assert [("code-duplicate", "Schools!A3")] == [(code, where) for code, where, value in told if value == "0412"]
    assert 2 == len(told)


def test_a_code_named_by_a_row_left_out_is_told_there():
    rows = good_rows()
    add("Schools", "0412", "Again", "", 9, None, None, 0, 0)(rows)
    put("Staffing", "A4", "099")(rows)
    [finding] = read_workbook(workbook_bytes(rows)).errors
    assert ("code-duplicate", "Schools!A5") == (finding.code, finding.where)
    assert "Staffing names school 099, which no row here has" in finding.remedy
