"""The workbook's formulas give what stands in its cells, recalculated by another program; and everything ties."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest

from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.summary_rows import summary_rows
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.tables import LIVE, TIED
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def exported(sample_plan):
    return plan_workbook(sample_plan, ("The board has not heard the schools.",))


@pytest.fixture(scope="module")
def book(exported):
    """The workbook with what its formulas gave."""
    return cached(exported)


@pytest.fixture(scope="module")
def formulas(exported):
    """The workbook with its formulas; a large one takes seconds to load."""
    return openpyxl.load_workbook(io.BytesIO(exported))


def cached(data):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def without_values(formulas):
    """Saving with openpyxl drops what the formulas gave, so that nothing is left but to recalculate."""
    stream = io.BytesIO()
    formulas.save(stream)
    return stream.getvalue()


def differences(formulas, before, after):
    found, count = [], 0
    for name in LIVE:
        for row in formulas[name].iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                was, now = (book[name][cell.coordinate].value for book in (before, after))
                same = abs(was - now) < 1e-6 if isinstance(was, int | float) and isinstance(now, int | float) else None
                if same is False or (same is None and (was or "") != (now or "")):
                    found.append(f"{name}!{cell.coordinate}: {was!r}, recalculated {now!r}")
    return found, count


@pytest.fixture(scope="module")
def recalculated(formulas, convert):
    return convert(without_values(formulas), ".xlsx", "xlsx")


def test_libreoffice_recalculates_every_formula_to_the_value_that_stands_there(book, formulas, recalculated):
    found, count = differences(formulas, book, cached(recalculated))
    assert [] == found
    assert count > 1000


def test_a_workbook_saved_by_a_spreadsheet_program_says_what_its_plan_says(recalculated):
    again = recertify(recalculated)
    assert () == again.findings
    assert "Worked out again from the plan, cell by cell: Overview, Reconciliation" in again.rests_on
    assert 0 == again.compared.blank


def test_a_district_with_codes_that_look_like_numbers_and_a_target_recalculates_too(convert):
    reading = read_path(REPOSITORY / "data" / "tiny_district")
    district = reading.district
    codes = dict(zip([school.code for school in district.schools], ["0412", "412", "4*", "a&b"], strict=True))
    renamed = dataclasses.replace(
        district,
        schools=tuple(dataclasses.replace(school, code=codes[school.code]) for school in district.schools),
        staffing=tuple(dataclasses.replace(row, school=codes[row.school]) for row in district.staffing),
        spending=tuple(dataclasses.replace(row, school=codes[row.school]) for row in district.spending),
        funds=tuple(
            dataclasses.replace(fund, schools=tuple(codes.get(code, code) for code in fund.schools))
            for fund in district.funds
        ),
    )
    scenario = reading.scenario
    found = make_plan(renamed, scenario)
    plan = found if isinstance(found, Plan) else None
    if plan is None:
        certificate = certify(renamed, scenario, renamed.today)
        plan = Plan(renamed, scenario, renamed.today, certificate, found.outcome)
    data = plan_workbook(plan)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    found, count = differences(formulas, cached(data), cached(convert(without_values(formulas), ".xlsx", "xlsx")))
    assert [] == found
    assert count > 50


def test_the_reconciliation_ties_and_a_draft_says_why_on_the_first_page(book):
    rows = list(book[TIED].iter_rows(min_row=4, values_only=True))
    assert "Everything ties, to the cent and to the hundredth of a post." == rows[0][1]
    assert {"OK"} == {row[5] for row in rows}
    assert all(row[4] == 0 for row in rows[1:])
    assert book["Overview"].cell(book["Overview"].max_row, 2).value == rows[0][1]
    assert "DRAFT" in str(book["Read me"]["A3"].value)
    assert "The board has not heard the schools." in str(book["Read me"]["B3"].value)
    assert "The board has not heard the schools." in str(book["Overview"]["B4"].value)


def test_a_cent_that_is_typed_into_the_plan_shows_in_the_check_column(convert):
    reading = read_path(REPOSITORY / "data" / "tiny_district")
    plan = Plan(
        reading.district,
        reading.scenario,
        reading.district.today,
        certify(reading.district, reading.scenario, reading.district.today),
        OutcomeKind.BEST_FOUND,
    )
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan)))
    book["Plan pay"]["D2"] = book["Plan pay"]["D2"].value + 0.01
    stream = io.BytesIO()
    book.save(stream)
    sheet = cached(convert(stream.getvalue(), ".xlsx", "xlsx"))[TIED]
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[5] != "OK"]
    assert "does not tie" == sheet["F4"].value
    assert "Something does not tie: see below." == sheet["B4"].value
    assert {-0.01, 0.01} >= {round(row[4], 2) for row in rows}
    assert any("dollars at schools" in str(row[1]) for row in rows)


def test_the_first_sheet_links_every_other_and_says_which_are_not_there(formulas):
    book = formulas
    sheet = book["Read me"]
    linked = [cell.value for (cell,) in sheet.iter_rows(max_col=1) if cell.hyperlink is not None]
    assert book.sheetnames[1:] == linked
    names = [cell.value for (cell,) in sheet.iter_rows(max_col=1)]
    absent = names[names.index("Not in this workbook") + 1 :]
    absent = absent[: absent.index(None)]
    assert {"Policies", "Priorities", "Formula"} < set(absent)
    assert set() == set(absent) & set(book.sheetnames)


def test_no_sheet_is_blank_on_paper(book):
    assert [] == [sheet.title for sheet in book if sheet.max_row < 2 and sheet.title not in ("Seals",)]


def test_wide_sheets_repeat_what_names_a_row_and_every_page_is_marked(formulas):
    book = formulas
    for name in ("By school", "Summary", "Schools"):
        assert "$A:$B" == book[name].print_title_cols, name
    assert {"DRAFT  INTERNAL"} == {sheet.oddHeader.right.text for sheet in book}
    assert all("&D" in sheet.oddFooter.center.text for sheet in book)
    merged = {sheet.title: [cells.max_row for cells in sheet.merged_cells.ranges] for sheet in book}
    # Only a line above a table runs over columns, and the lines of the certificate, which is no table.
    assert {1} >= {row for title, rows in merged.items() for row in rows if title != "Certificate"}
    assert f"A1:D{book['Plan pay'].max_row}" == book["Plan pay"].auto_filter.ref


def test_totals_of_the_live_sheets_are_the_certificates(sample_plan, book):
    total = [cell.value for cell in book["By fund"][book["By fund"].max_row]]
    funds = sample_plan.certificate.funds
    expected = [
        sum(fund.voted for fund in funds),
        sum(fund.appropriation for fund in funds),
        sum(fund.central for fund in funds),
        sum(fund.schools for fund in funds),
        sum(fund.unallocated for fund in funds),
    ]
    assert expected == [round(value * 100) for value in total[2:7]]
    fte = [cell.value for cell in book["Posts by position"][book["Posts by position"].max_row]]
    assert sum(each for _, _, each in sample_plan.certificate.positions) == round(fte[4] * 100)


def test_every_sheet_is_laid_out_for_paper(formulas):
    for sheet in formulas:
        assert "landscape" == sheet.page_setup.orientation, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        # As many pages as it takes (0), or so many that no few rows stand alone; never so few that letters become small.
        down = 1 if sheet.page_setup.fitToHeight is None else sheet.page_setup.fitToHeight
        assert down == 0 or sheet.max_row / down < 60, sheet.title
        assert "Page" in (sheet.oddFooter.right.text or ""), sheet.title


def test_a_share_of_last_year_is_the_same_on_every_sheet(book):
    # 17,908 of 3,971,653 dollars are 0.4509 %: rounded twice, it was 0.5 % on one sheet and 0.4 % on the other.
    share = {name: {row[0].value: row[7].value for row in book[name].iter_rows()} for name in ("By school", "Summary")}
    assert share["By school"]["0109"] == pytest.approx(17_908 / 3_971_653)
    codes = [code for code, value in share["Summary"].items() if isinstance(value, float) and code]
    assert len(codes) == 24
    for code in codes:
        assert share["Summary"][code] == pytest.approx(share["By school"][code], abs=1e-7)


def test_headings_are_no_higher_than_three_lines_and_rows_as_high_as_their_text(formulas):
    for sheet in formulas:
        heights = {number: row.height or 15 for number, row in sheet.row_dimensions.items()}
        heading = 3 if sheet.title in LIVE else 1
        assert heights.get(heading, 15) <= 45, sheet.title
    why = formulas["Why each school"]
    for row in why.iter_rows(min_row=4):
        lines = why.row_dimensions[row[0].row].height / 15
        assert len(row[3].value) / 155 < lines <= len(row[3].value) / 120 + 2
    assert all((each.height or 15) <= 15 for number, each in formulas["Summary"].row_dimensions.items() if number > 1)


def test_a_plan_without_posts_has_no_heading_of_positions(sample_plan):
    certificate = dataclasses.replace(sample_plan.certificate, positions=())
    rows = certificate_rows(dataclasses.replace(sample_plan, certificate=certificate))
    assert "Position" in {row[0] for row in certificate_rows(sample_plan) if row}
    assert "Position" not in {row[0] for row in rows if row}


def test_posts_that_the_data_do_not_hold_are_not_known_on_summary_and_never_zero(sample_plan):
    district = dataclasses.replace(sample_plan.district, staffing=())
    plan = dataclasses.replace(
        sample_plan, district=district, allocation=dataclasses.replace(sample_plan.allocation, fte=())
    )
    for row in summary_rows(plan):
        assert ("not known",) * 3 == row[10:13]
    assert all("not known" not in row for row in summary_rows(sample_plan))
