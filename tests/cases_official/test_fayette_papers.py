"""Every document of a real district: Fayette County, 2016-17, from its state's school table."""

from __future__ import annotations

import csv
import dataclasses
import io

import docx
import openpyxl
import pytest

from equity_alloc.domain.district import Decision
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.reason import reasons
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.planning.summary import school_rows
from equity_alloc.reports.chart import level_chart
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents, documents_named, make
from equity_alloc.reports.read_accounts import FOLDER, read_pattern
from equity_alloc.reports.school_story import school_sections
from equity_alloc.reports.years_workbook import years_workbook
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.kentucky import read_kentucky
from equity_alloc.sources.working_workbook import read_plan
from equity_alloc.years.course import plan_years
from tests.reports.totals import WITHOUT_TOTALS, decided_book, differences

OWN = '\n[line."School spending"]\nfunction = "1000"\nobject = "800"\nprogram = "100"\n'


@pytest.fixture(scope="module")
def dossier(shared):
    table = (shared / "data" / "ky_schools_2016_17.csv").read_bytes()
    decision = Decision("Blank counts of English learners mean zero pupils", "the test", "2026-07-01")
    reading = read_kentucky(table, "Fayette County", blank_means_zero=decision)
    found = make_plan(reading.district, reading.scenario or default_scenario(reading.district))
    assert isinstance(found, Plan)
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    return Dossier(found, accounts=read_pattern(text + OWN, "fayette.toml"))


def test_every_document_of_fayette_is_made_and_adds_up_to_the_certificate(dossier):
    decided = dataclasses.replace(dossier, book=decided_book(dossier.plan, dossier.plan))
    made = {each.document.code: each for each in make(decided, all_documents())}
    assert {} == {code: each.error for code, each in made.items() if each.error}
    assert {"interventions", "position-control"} == {code for code, each in made.items() if each.needless}
    told = [code for code in made if code not in WITHOUT_TOTALS and not made[code].needless]
    assert {} == {code: found for code in told if (found := differences(code, made[code].data, decided))}


def test_why_a_school_of_fayette_goes_no_further_is_what_solving_without_tolerance_shows(dossier):
    """Tates Creek Middle would give up $43,690 more, down to the 18 schools at the level that the goal alone reaches."""
    alone = make_plan(dossier.plan.district, dataclasses.replace(dossier.plan.scenario, tolerance=0))
    before, after = ({row.code: row for row in school_rows(each)} for each in (dossier.plan, alone))
    told = {each.row.code: each for each in dossier.reasons if each.left_open}
    assert {"165039", "165060", "165100", "165200"} == set(told)
    for code, each in told.items():
        further = (after[code].counted_plan - before[code].counted_plan) * (1 if each.change > 0 else -1)
        assert abs(further - each.left_open.cents) < 100
    level = [code for code in after if abs(after[code].level_plan - after["165100"].level_plan) < 0.01]
    assert 18 == len(level) - 1 == told["165100"].left_open.level_with
    assert all(after[code].level_plan <= before[code].level_plan + 5.00 for code in before)
    # Every school that stands higher is at 95 % of last year, so a dollar more there is missing at one that has less.
    above = [row for row in before.values() if row.level_plan > before["165100"].level_plan]
    assert told["165100"].left_open.from_lower
    assert all(row.counted_plan - row.counted_today * 95 / 100 < 1.01 for row in above)


def test_public_papers_of_a_district_without_posts_have_no_empty_column_or_table(dossier):
    made = {
        each.document.code: each.data
        for each in make(dossier, documents_named(["public-tables", "audit-tables", "resource-inequities", "letters"]))
    }
    for code, first in (("public-tables", 2), ("audit-tables", 3)):
        book = openpyxl.load_workbook(io.BytesIO(made[code]))
        for sheet in book.worksheets[1:]:
            columns = [[cell.value for cell in column] for column in sheet.iter_cols(min_row=first)]
            assert [] == [each for each in columns if not any(value is not None for value in each)], sheet.title
    inequities = docx.Document(io.BytesIO(made["resource-inequities"]))
    assert [] == [table.rows[0].cells[0].text for table in inequities.tables if len(table.rows) == 1]
    assert "Year" not in [cell.text for cell in inequities.tables[0].rows[0].cells]
    letter = " ".join(each.text for each in docx.Document(io.BytesIO(made["letters"])).paragraphs)
    assert "the figures are dollars" in letter and "the figures are posts" not in letter
    assert "$5,781,437 in year 1, $5,665,808 in year 2 and $5,604,454 in year 3" in letter


def test_where_all_money_is_on_one_line_no_paper_says_that_less_goes_to_it(dossier):
    """Every why sheet of a school that gives up ended with 'Less core money for: School spending.'"""
    assert 1 == len(dossier.plan.district.lines)
    [reason] = [each for each in dossier.reasons if each.row.code == "165005"]
    assert reason.change < 0
    assert "Less core money" not in str(school_sections(dossier, reason))


def test_workbooks_of_a_district_without_posts_show_no_column_of_posts(dossier):
    [made] = make(dossier, documents_named(["workbook"]))
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    for name, row in (("By school", 3), ("Summary", 1), ("What changed", 3), ("Last year priced", 3)):
        sheet = book[name]
        places = {
            at for each in sheet.column_dimensions.values() if each.hidden for at in range(each.min, each.max + 1)
        }
        hidden = {cell.value for cell in sheet[row] if cell.column in places}
        assert hidden == {cell.value for cell in sheet[row] if "FTE" in str(cell.value)}, name
    course = plan_years(dossier.plan.district, dossier.plan.scenario, 2, make_plan)
    years = openpyxl.load_workbook(io.BytesIO(years_workbook(course)))
    headings = [cell.value for name in ("Years", "Schools each year") for cell in years[name][1]]
    assert "Core dollars" in headings and not [each for each in headings if "FTE" in each]


def test_federal_worksheets_name_what_every_school_lacks_in_one_line(dossier):
    """Of the 55 entries that dollars per pupil want, 53 are the same entry: one for each school."""
    [made] = make(dossier, documents_named(["federal-worksheets"]))
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["Tests"]
    missing = next(cell.column for cell in sheet[4] if cell.value == "What is missing")
    lines = str(sheet.cell(sheet.max_row, missing).value).split("\n")
    assert 3 == len(lines)
    assert (
        "Enter Enrollment last year on the sheet Schools for Arlington Elementary School (code 165005) and 52 others"
        in lines[1]
    )


def test_a_why_sheet_without_need_weights_divides_dollars_by_pupils_and_names_each_sum_once(dossier):
    """Cassidy Elementary: $8,705,252.49 for 735 pupils is $11,843.88."""
    reason = next(each for each in reasons(dossier.plan) if each.row.code == "165032")
    words = " ".join(sentence for section in school_sections(dossier, reason) for sentence in section.sentences)
    assert "$8,705,252.49 / 735 pupils = $11,843.88 per pupil." in words
    assert "15 schools gain the $12,996,167 that 38 schools give up." in words


def test_no_name_of_a_fayette_school_is_cut_beside_a_chart(dossier):
    assert "…" not in level_chart(dossier.rows, "dollars per weighted pupil").svg


def test_without_codes_of_its_own_the_budget_lines_name_the_line_that_has_none(dossier):
    [made] = make(Dossier(dossier.plan), documents_named(["budget-lines"]))
    assert "No function, object or program code for line School spending" in made.error


def test_public_tables_budget_lines_and_workbook_of_fayette_hold_the_same_cents(dossier):
    made = {
        each.document.code: each.data
        for each in make(dossier, documents_named(["public-tables", "budget-lines", "workbook"]))
    }
    total = dossier.plan.allocation.total
    sheet = openpyxl.load_workbook(io.BytesIO(made["public-tables"]))["Funds"]
    assert total == round(float(sheet.cell(sheet.max_row, 6).value) * 100)
    lines = csv.DictReader(io.StringIO(made["budget-lines"].decode("utf-8-sig")))
    assert total == sum(round(float(line["Dollars"]) * 100) for line in lines if line["Kind"] == "school")
    assert dossier.plan.allocation == read_plan(made["workbook"]).allocation


def test_years_that_end_for_want_of_assumptions_still_have_their_workbook(dossier):
    """A state's table holds no projection, so the second year cannot be planned; the workbook says so."""
    course = plan_years(dossier.plan.district, dossier.plan.scenario, 2, make_plan)
    assert course.gaps
    sheet = openpyxl.load_workbook(io.BytesIO(years_workbook(course)))["Turning points"]
    assert "The years end here" in " ".join(str(row[2]) for row in sheet.iter_rows(values_only=True))
