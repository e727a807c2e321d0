"""The trace as a file: fractions stand exactly, text stays text, and the formula travels with it."""

import csv
import io

import openpyxl

from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.templates import read_template, template_text
from equity_alloc.reports.formula_trace import HEADINGS, trace_csv, trace_workbook
from equity_alloc.sources.sample import sample_district


def plain():
    return evaluate(read_template("weighted-student-funding").formula, facts_of(sample_district()))


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_given_amount_has_its_source_and_a_third_is_written_exactly():
    text = "format = 1\nname = 'third'\n[[component]]\nkind = 'ratio-staffing'\nname = 'a'\nposition = 'TCH'\ncount = 'enrollment'\npupils = 3\n"
    result = evaluate(read_formula(text).formula, facts_of(sample_district()))
    first = rows(trace_csv(result))[0]
    assert ("191.333333", "574/3") == (first["Value"], first["Exactly"])
    sources = {row["Source"] for row in rows(trace_csv(plain()))}
    assert any("unverified default" in source for source in sources)


def test_text_that_a_spreadsheet_would_run_is_marked_as_text():
    text = template_text("weighted-student-funding").replace("Foundation for every school", "=1+1")
    result = evaluate(read_formula(text).formula, facts_of(sample_district()))
    assert "'=1+1" == rows(trace_csv(result))[0]["Component"]


def test_the_workbook_holds_the_same_rows_and_the_text():
    result = plain()
    book = openpyxl.load_workbook(io.BytesIO(trace_workbook(result)))
    sheet = list(book["Trace"].values)
    assert HEADINGS == sheet[0]
    assert len(rows(trace_csv(result))) == len(sheet) - 1
    assert isinstance(sheet[1][HEADINGS.index("Value")], (int, float))
    text = "\n".join(row[0] or "" for row in book["Formula"].values)
    assert result.formula.text.rstrip("\n") == text


def test_dollars_of_a_trace_have_commas_and_cents_pupils_commas_and_nothing_beyond_cents_is_cut():
    sheet = openpyxl.load_workbook(io.BytesIO(trace_workbook(plain())))["Trace"]
    value, unit = HEADINGS.index("Value"), HEADINGS.index("Unit")
    assert {"#,##0_0"} == {row[HEADINGS.index("Depth")].number_format for row in sheet.iter_rows(min_row=2)}
    shown = {(row[unit].value, row[value].number_format) for row in sheet.iter_rows(min_row=2)}
    assert {
        ("dollars", "#,##0.00_0"),
        ("dollars per pupil", "#,##0.00_0"),
        ("pupils", "#,##0_0"),
        ("weight", "#,##0.00_0"),
    } == shown
    text = "format = 1\nname = 'third'\n[[component]]\nkind = 'ratio-staffing'\nname = 'a'\nposition = 'TCH'\ncount = 'enrollment'\npupils = 3\n"
    thirds = openpyxl.load_workbook(
        io.BytesIO(trace_workbook(evaluate(read_formula(text).formula, facts_of(sample_district()))))
    )
    first = thirds["Trace"][2][value]
    assert (191.333333, "General") == (first.value, first.number_format)
