"""A rule whose data lack is never kept: in the certificate, in the exported file, and at the command line."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from equity_alloc.domain.finding import Verdict
from equity_alloc.domain.terms import FundTerms
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.rules.band_spread import BandSpread
from equity_alloc.rules.base import Rule
from equity_alloc.rules.cut_share import CutShare
from equity_alloc.rules.group_ratio import GroupRatio
from equity_alloc.rules.need_quarter_ratio import NeedQuarterRatio
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.rules.one_time_money import OneTimeMoney
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.rules.staffing_target import StaffingTarget
from equity_alloc.scenario import Scenario
from equity_alloc.sources.terms_tables import FUND_TERMS
from tests.command_line import run
from tests.districts import plain_scenario, random_district

ROOT = Path(__file__).resolve().parents[2]


def made(*terms: FundTerms) -> Plan:
    district = dataclasses.replace(random_district(2, 4), terms=terms)
    answer = plan(district, Scenario(need_weights=plain_scenario().need_weights, rules=(OneTimeMoney(),)))
    assert isinstance(answer, Plan)
    return answer


def known(one_time: str = "") -> tuple[FundTerms, ...]:
    return tuple(FundTerms(code, code == one_time) for code in ("general", "levy", "title1"))


def test_a_rule_without_its_data_is_not_testable_and_the_certificate_is_not_kept():
    certificate = made(*known()[:2]).certificate
    (report,) = certificate.not_testable
    assert ("one-time-money", Verdict.NOT_TESTABLE) == (report.code, report.verdict)
    assert () == certificate.breaches
    assert not certificate.is_kept
    (gap,) = report.gaps
    assert (FUND_TERMS.name, FUND_TERMS.column("one_time").title) == (gap.sheet, gap.column)
    assert "Title I (code title1)" in str(gap)


def test_with_its_data_the_same_rule_is_kept():
    assert made(*known()).certificate.is_kept


def count_less(rule: Rule) -> Plan:
    """Return a plan of a district in which nobody knows how many English learners its first school has."""
    district = random_district(2, 6)
    first, *others = district.schools
    groups = tuple((code, None if code == "el" else count) for code, count in first.groups)
    blank = dataclasses.replace(district, schools=(dataclasses.replace(first, groups=groups), *others))
    answer = plan(blank, Scenario(rules=(rule,)))
    assert isinstance(answer, Plan)
    return answer


@pytest.mark.parametrize(
    "rule",
    [
        BandSpread("el"),
        CutShare("el"),
        GroupRatio("el"),
        NeedQuarterRatio("el"),
        NeedSlopeLeast("el"),
        StaffingLeast("aide", Decimal(100), "el"),
        StaffingMost("aide", Decimal(1), "el"),
        StaffingTarget("aide", Decimal(100), "el"),
    ],
    ids=lambda rule: rule.code,
)
def test_a_rule_about_a_group_names_the_column_of_the_count_that_lacks(rule):
    (report,) = count_less(rule).certificate.not_testable
    assert [
        "Enter Pupils: English learners on the sheet Schools for School 0 (code 0000): it is blank, and blank is unknown."
    ] == [str(gap) for gap in report.gaps]


def test_schools_whose_count_is_known_are_held_to_a_ratio_beside_one_whose_count_lacks():
    answer = count_less(StaffingLeast("aide", Decimal(10), "el"))
    known = [school for school in answer.district.schools if school.group("el")]
    assert known
    assert all(answer.allocation.fte_of[school.code, "aide"] >= 10 * school.group("el") for school in known)


def test_what_is_known_is_held_to_even_where_something_else_lacks():
    answer = made(*known("levy")[:2])
    assert not any(fund == "levy" for _, _, fund in answer.allocation.pay_of)
    assert answer.certificate.not_testable


def test_the_certificate_of_the_workbook_names_the_cell_that_lacks():
    rows = certificate_rows(made(*known()[:2]))
    assert ("Certificate", "No rule is broken; 1 not testable. See below.") == rows[0]
    assert any(
        row[:1] == ("one-time-money",) and "Enter One-time money on the sheet Fund terms" in row[2]
        for row in rows
        if len(row) > 2
    )


def test_an_exported_plan_reads_back_as_not_testable_and_the_command_line_says_so(tmp_path: Path):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(plan_workbook(made(*known()[:2])))
    checked = recertify(file.read_bytes())
    assert () == checked.findings
    assert not checked.is_unchanged
    done = run("certify", file)
    assert 1 == done.returncode
    assert "not testable  one-time-money" in done.stderr
    assert "data lack" in done.stdout + done.stderr
