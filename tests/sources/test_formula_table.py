"""The sheet Formula: read with findings at the line, written back as the same text, and followed by the plan."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest

from equity_alloc.domain.finding import Finding
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.formulas.templates import template_text
from equity_alloc.formulas.use import FormulaUse, Salary, Use
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.workbook import read_workbook
from equity_alloc.sources.write_csv import csv_files
from equity_alloc.sources.write_sheet import new_workbook, put_table
from equity_alloc.sources.write_tables import write_tables
from tests.small_workbook import Rows, add, csv_bytes, good_rows, workbook_bytes

PER_PUPIL = '[[component]]\nkind = "per-pupil"\nname = "base"\ncount = "enrollment"\namount = 1000\n'
GOOD = f'format = 1\nname = "ours"\n\n{PER_PUPIL}'
ODD = (
    '# =SUM(A1), "quoted"; and École\nformat = 1\nname = "ours"\n\n\n[columns]\n"a, b" = ["enrollment"]\n'
    "# - a dash\n   # indented\n+".replace("+", "")
    + PER_PUPIL.replace("enrollment", "a, b")
)


def with_formula(text: str, use: str | None = "floor") -> Rows:
    rows = good_rows()
    rows["Formula"] = [["Text"], *([line] for line in text.split("\n"))]
    if use is not None:
        add("Scenario", "Formula", use)(rows)
    return rows


def findings(rows: Rows) -> list[Finding]:
    return list(read_workbook(workbook_bytes(rows)).findings)


@pytest.mark.parametrize(
    "text", [GOOD, ODD, template_text("weighted-student-funding")], ids=["good", "odd", "template"]
)
@pytest.mark.parametrize("use", Use)
def test_what_is_written_reads_back_as_the_same_scenario(text: str, use: Use) -> None:
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    scenario = dataclasses.replace(reading.scenario, formula=FormulaUse(text, use, Salary.ACTUAL))
    with new_workbook("Round trip") as (book, formats, stream):
        for table in write_tables(reading.district, scenario):
            put_table(book, table, formats)
    files = csv_files(reading.district, scenario)
    assert text.encode() == files["formula.toml"]
    for again in (read_workbook(stream.getvalue()), read_csv_folder(files)):
        assert () == again.errors
        assert (scenario, scenario.digest) == (again.scenario, again.scenario.digest if again.scenario else "")


def test_ends_of_lines_and_blanks_behind_them_do_not_make_another_formula() -> None:
    assert FormulaUse(GOOD) == FormulaUse(GOOD.replace("\n", "  \r\n") + "\n\n")


def test_the_name_of_a_template_stands_for_its_text() -> None:
    rows = with_formula("weighted-student-funding", "target")
    rows["Schools"][0][6] = "Pupils: English learners"
    rows["Schools"][0] += ["Pupils: Economically disadvantaged", "Pupils: Students with disabilities"]
    for line in rows["Schools"][1:]:
        line.extend([None] * (len(rows["Schools"][0]) - 2 - len(line)))
        line += [10, 10]
    scenario = read_workbook(workbook_bytes(rows)).scenario
    assert scenario is not None
    assert FormulaUse(template_text("weighted-student-funding")) == scenario.formula


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (GOOD.replace("amount", "amuont"), "key-unknown", 8),
        (GOOD.replace('"enrollment"', '"grade 5"'), "count-unknown", 7),
        (GOOD.replace('"enrollment"', '"hispanic"'), "count-audit-only", 7),
        (GOOD.replace("format = 1", "format = ="), "not-toml", 1),
        (GOOD + PER_PUPIL, "formula-unusable", 11),
    ],
    ids=["misspelled", "not reported", "audit only", "no toml", "twice"],
)
def test_a_text_that_does_not_fit_is_refused_at_its_line(text: str, code: str, line: int) -> None:
    rows = with_formula(text)
    assert (code, f"Formula!A{line + 1}") in [(each.code, each.where) for each in findings(rows)]
    files = csv_bytes(rows)
    assert (code, f"formula.csv!A{line + 1}") in [(f.code, f.where) for f in read_csv_folder(files).errors]
    del files["formula.csv"]
    toml = read_csv_folder({**files, "formula.toml": text.encode()})
    assert (code, f"formula.toml:{line}") in [(each.code, each.where) for each in toml.errors]
    assert toml.district is None


def test_an_unknown_count_is_told_before_anybody_plans() -> None:
    rows = with_formula(GOOD.replace('"enrollment"', '"english-learners"'))
    rows["Need weights"][1][1] = 0
    rows["Funds"].pop()
    rows["Staffing"] = [row for row in rows["Staffing"] if row[2] != "T3"]
    rows["Fund terms"] = [row for row in rows["Fund terms"] if row[0] != "T3"]
    rows["Schools"][3][6] = None
    (told,) = [each for each in findings(rows) if each.code == "result-unknown"]
    assert "Tubman (code 0501)" in told.what and told.where.startswith("Formula!A")


@pytest.mark.parametrize(
    ("rows", "code", "where"),
    [
        (with_formula(GOOD, "roof"), "scenario-setting", "Scenario!B5"),
        (with_formula(GOOD, None), "formula-use-default", "Scenario"),
        ({k: v for k, v in with_formula(GOOD).items() if k != "Formula"}, "scenario-setting", "Scenario!B5"),
    ],
    ids=["use", "no use", "no formula"],
)
def test_what_the_formula_is_to_the_plan_must_be_clear(rows: Rows, code: str, where: str) -> None:
    assert (code, where) in [(each.code, each.where) for each in findings(rows)]


def test_a_rule_that_holds_schools_to_no_formula_is_refused() -> None:
    rows = good_rows()
    add("Rules", 4, "formula-entitlement", "Basis", "Policy 1")(rows)
    assert "rule-without-formula" in [each.code for each in findings(rows)]
    rows = with_formula(GOOD)
    add("Rules", 4, "formula-entitlement", "Basis", "Policy 1")(rows)
    scenario = read_workbook(workbook_bytes(rows)).scenario
    assert scenario is not None
    assert ("formula-entitlement", "Policy 1") == (scenario.rules[-1].code, scenario.rules[-1].basis)


def test_two_formulas_in_a_folder_are_refused() -> None:
    files = {**csv_bytes(with_formula(GOOD)), "formula.toml": GOOD.encode()}
    assert ["file-twice"] == [each.code for each in read_csv_folder(files).errors]


def test_an_exported_plan_with_a_formula_certifies_again_and_one_changed_number_does_not() -> None:
    reading = read_workbook(workbook_bytes(with_formula(GOOD, "fixed amount")))
    assert reading.district is not None and reading.scenario is not None
    result = plan(reading.district, dataclasses.replace(reading.scenario, rules=()))
    assert isinstance(result, Plan)
    # 400, 300 and 900 pupils at 1,000.
    spent = [reading.district.counted_dollars(result.allocation, code) for code in ("0412", "0413", "0501")]
    assert [400_000_00, 300_000_00, 900_000_00] == spent
    data = plan_workbook(result)
    assert recertify(data).is_unchanged
    again = read_workbook(data)
    assert result.scenario == again.scenario
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert "amount = 1000" == book["Formula"]["A9"].value
    book["Formula"]["A9"].value = "amount = 1001"
    stream = io.BytesIO()
    book.save(stream)
    found = recertify(stream.getvalue())
    assert not found.is_unchanged
    assert {"Formula!A9", "Certificate"} <= {finding.where for finding in found.findings}
    # A dollar more for each of 400, 300 and 900 pupils is not what the plan gives.
    assert found.certificate is not None
    assert [300_00, 400_00, 900_00] == sorted(breach.short_by for breach in found.certificate.breaches)


def portland(fifth_graders: int) -> Rows:
    """A district of one elementary school of the Portland case, every position in the formula's own words."""
    grades = {"K": 88, "1": 93, "2": 96, "3": 99, "4": 102, "5": fifth_graders}
    codes = ("principal", "homeroom", "specialist", "assistant-principal", "office", "support", "teacher",
             "vice-principal", "athletic-director")  # fmt: skip
    zeros = {str(grade): 0 for grade in (6, 7, 8)}
    counts = {f"Grade {grade}": count for grade, count in (grades | zeros).items()}
    return {
        "Schools": [["Code", "Name", "Kind", "Enrollment", *counts],
                    ["01", "Rose", "elementary", sum(grades.values()), *counts.values()]],
        "Positions": [["Code", "Title", "Cost per FTE", "Step"], *([code, code, 100_000, 0.05] for code in codes)],
        "Funds": [["Code", "Title", "Appropriation"], ["GEN", "General", 4_000_000]],
        "Spending": [["School", "Line", "Fund", "Dollars"], ["01", "Supplies", "GEN", 50_000]],
        "Scenario": [["Setting", "Value"], ["Formula", "floor"]],
        "Rules": [["No", "Rule", "Setting", "Value"], [1, "line-band", "Most", 100]],
        "Formula": [["Text"], ["portland-like"]],
    }  # fmt: skip


@pytest.mark.parametrize(("fifth_graders", "hundredths"), [(102, 2815), (103, 2915)])
def test_one_more_fifth_grader_moves_the_floor_by_one_post(fifth_graders: int, hundredths: int) -> None:
    # The published case: 580 pupils 28.15 FTE, 581 pupils 29.15.
    reading = read_workbook(workbook_bytes(portland(fifth_graders)))
    assert () == reading.errors
    assert reading.district is not None and reading.scenario is not None and reading.scenario.formula is not None
    given = entitlements(reading.scenario.formula.text, Salary.AS_WRITTEN, reading.district)
    assert hundredths == sum(fte for _, fte in given.posts)
    result = plan(reading.district, reading.scenario)
    assert isinstance(result, Plan), result
    assert all(result.allocation.fte_of.get(key, 0) >= fte for key, fte in given.posts)
    assert f"{hundredths / 100:.2f} FTE" in result.certificate.rules[-1].explain
