"""The audit's public papers: what they must hold, and what must never stand in them."""

from __future__ import annotations

import dataclasses
import io
import re

import openpyxl
import pytest

from equity_alloc.domain.district import GroupUse
from equity_alloc.domain.outcome import ALL_PUPILS, OutcomeCount
from equity_alloc.inequity.audit import audit
from equity_alloc.inequity.public_gaps import HIDDEN, may_be_told, public_gaps
from equity_alloc.inequity.register import with_rules
from equity_alloc.planning.search import plan
from equity_alloc.reports.document import Dossier
from tests.reports.read_public import shown_rows, written
from tests.reports.test_papers import docx_words, pdf_pages


def sheets(data: bytes) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return {name: shown_rows(book[name]) for name in book.sheetnames}


@pytest.fixture(scope="module")
def tables(dossier):
    return sheets(written(dossier, "audit-tables"))


@pytest.fixture(scope="module")
def improvement(dossier):
    return " ".join(docx_words(written(dossier, "resource-inequities")).split())


def test_no_group_for_audit_only_stands_among_the_gaps(tables, sample_plan):
    only = {group.title for group in sample_plan.district.groups if group.use is GroupUse.AUDIT}
    assert not only & {row[2] for row in tables["Gaps"]}
    assert {"Economically disadvantaged", "Homeless"} <= {row[2] for row in tables["Gaps"]}


def test_what_few_pupils_stand_behind_has_no_figure_anywhere(tables, dossier):
    found = audit(dossier.plan.district, dossier.plan.scenario, dossier.plan.allocation)
    secret = [gap for gap in found.gaps if not gap.is_audit_only and not may_be_told(gap)]
    assert secret
    rows = {(row[1], row[2]): row for row in tables["Gaps"][2:]}
    for gap in secret:
        assert (HIDDEN, HIDDEN, "left out: too few pupils", "") == rows[gap.title, gap.group][3:7]


def test_shares_are_whole_percent_without_their_ends_and_no_count_stands_beside_them(tables):
    shown = re.compile(r"\d+ %|below 5 %|above 95 %|\*")
    rows = [row for row in tables["Gaps"][2:] if row[0] in ("access", "outcomes")]
    assert rows and all(shown.fullmatch(row[3]) and shown.fullmatch(row[4]) for row in rows)
    apart = r"(at least )?\d+ points? apart, the group (fares|does not fare) worse|at most \d+ points apart"
    words = re.compile(rf"{apart}|about the same|left out: too few pupils")
    assert all(words.fullmatch(row[5]) for row in rows)


def with_cases(district, cases: int):
    """Give one group at every school the same few cases of one indicator, all of 40 pupils."""
    title = district.indicators[0].title
    others = tuple(row for row in district.outcomes if row.indicator != title)
    first = district.schools[0]
    rows = [
        OutcomeCount(title, first.code, ALL_PUPILS, 60 + cases, 400),
        OutcomeCount(title, first.code, "homeless", cases, 40),
    ]
    return dataclasses.replace(district, outcomes=(*others, *rows)), title


@pytest.mark.parametrize(("cases", "told"), [(9, False), (10, True), (30, True), (31, False), (40, False)])
def test_ten_with_and_ten_without_a_case_are_the_least_that_is_told(sample_plan, cases, told):
    district, title = with_cases(sample_plan.district, cases)
    [gap] = [g for g in public_gaps(audit(district, sample_plan.scenario)) if (g.title, g.group) == (title, "Homeless")]
    assert told == gap.is_told


@pytest.mark.parametrize(("cases", "told"), [(9, False), (10, True), (30, True), (31, False)])
def test_what_few_of_the_others_stand_behind_has_no_figure_either(sample_plan, cases, told):
    """Nine of the forty others is 22 %, and only nine of forty is."""
    title, first = sample_plan.district.indicators[0].title, sample_plan.district.schools[0]
    rows = (
        OutcomeCount(title, first.code, ALL_PUPILS, 60 + cases, 400),
        OutcomeCount(title, first.code, "homeless", 60, 360),
    )
    others = tuple(row for row in sample_plan.district.outcomes if row.indicator != title)
    district = dataclasses.replace(sample_plan.district, outcomes=(*others, *rows))
    [gap] = [g for g in public_gaps(audit(district, sample_plan.scenario)) if (g.title, g.group) == (title, "Homeless")]
    assert told == gap.is_told


def test_the_causes_thresholds_and_drivers_have_tables_of_their_own(tables):
    names = set(tables)
    assert {"Read me", "Gaps", "Thresholds", "What drove the plan"} <= names
    assert any(name.startswith("Causes") for name in names)
    assert "Economically disadvantaged" in {row[0] for row in tables["What drove the plan"]}
    nearest = {row[2]: row[6] for row in tables["Thresholds"][2:]}
    assert nearest["English learners"].startswith("left out") and "pupil" in nearest["pupils"]
    # A day stands in words, as in every other paper.
    assert "(December 10, 2015)" in str(tables["What drove the plan"])
    assert "(2015-12-10)" not in str(tables)


def test_the_packet_says_what_drove_the_plan_and_what_did_not(dossier):
    words = " ".join(" ".join(pdf_pages(written(dossier, "board-packet"))).split())
    assert "What drove this plan" in words
    assert "Race, color, ethnicity, national origin, religion and sex drive nothing." in words


def test_the_resource_inequity_section_holds_gaps_causes_salaries_and_what_the_plan_does(improvement):
    for words in (
        "Resource inequities",
        "section 1111(d)(1)(B)(iv)",
        "What the plan does to the largest",
        "Average salaries and what teachers cost in fact",
        "Which rule causes how much: Neediest quarter of schools",
        "Thresholds: how much money jumps",
        "To be written by the district",
    ):
        assert words in improvement
    assert "Black" not in improvement


def test_a_register_stands_in_the_papers_with_its_effects(sample_plan):
    scenario = with_rules(sample_plan.scenario, sample_plan.district)
    made = plan(sample_plan.district, scenario)
    found = sheets(written(Dossier(made), "audit-tables"))
    rows = [row for name, rows in found.items() if name.startswith("Causes") for row in rows]
    assert any(
        row[2].startswith("No school falls below a share of last year") and row[1].startswith("-$") for row in rows
    )


def test_figures_are_numbers_and_words_stay_words(dossier):
    book = openpyxl.load_workbook(io.BytesIO(written(dossier, "audit-tables")))
    shown = [row[3] for row in book["Gaps"].iter_rows(min_row=3)]
    figures = [cell for cell in shown if isinstance(cell.value, int | float)]
    # No more of a share stands in the file than is shown.
    assert all(cell.value == round(cell.value, 2) for cell in figures)
    assert len(figures) > len(shown) // 2
    assert {"*"} <= {cell.value for cell in shown if cell not in figures} <= {"*", "below 5 %", "above 95 %"}
