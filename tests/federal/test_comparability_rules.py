"""Comparability as a rule of the plan: a published table, exemptions, and what data lack."""

from __future__ import annotations

import dataclasses
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund, Position, School, Staffing
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.federal import FundSource, TitleOne
from equity_alloc.domain.fte import pay_of, read_fte
from equity_alloc.planning.certify import report_rule
from equity_alloc.rules.comparability_dollars import ComparabilityDollars
from equity_alloc.rules.comparability_groups import Basis, groups
from equity_alloc.rules.comparability_staff import ComparabilityStaff

CASE = tomllib.loads((Path(__file__).parents[1] / "cases/federal/comparability_north_carolina.toml").read_text())
TEACHER = Position("TCH", "Teacher", 10_000_000, 1, compares=True)


def made(**more: object) -> District:
    statuses = ((TitleOne.SERVED, CASE["title_1"]), (TitleOne.NOT_SERVED, CASE["without_title_1"]))
    schools = tuple(
        School(name, name, "elementary", row[0], title_one=status)
        for status, rows in statuses
        for name, row in rows.items()
    )
    general = Fund("GEN", "General", 10**11, source=FundSource.STATE_AND_LOCAL)
    return dataclasses.replace(District("NC", "2015-16", schools, positions=(TEACHER,), funds=(general,)), **more)


def staffed(**changes: str) -> Allocation:
    rows = {**CASE["title_1"], **CASE["without_title_1"]}
    fte = {(name, "TCH"): read_fte(changes.get(name, row[1])) for name, row in rows.items()}
    pay = {(*key, "GEN"): pay_of(posts, TEACHER.cost) for key, posts in fte.items()}
    return Allocation.of(fte, pay, {})


def test_every_school_of_the_published_table_is_comparable_with_its_room_in_posts():
    rule, district = ComparabilityStaff(), made()
    assert [] == list(rule.check(district, staffed()))
    room = {name: f"{fte / 100:.2f}" for name, fte, _ in rule.slack(district, staffed())}
    assert {name: row[3] for name, row in CASE["title_1"].items()} == room


def test_a_full_post_moved_out_of_the_sixth_school_breaks_the_rule():
    [breach] = ComparabilityStaff().check(made(), staffed(**{"St. Helena": "57"}))
    assert ("St. Helena (code St. Helena)", 31) == (breach.subject, breach.short_by)
    assert "lacks 0.31 FTE" in breach.words
    assert [] == list(ComparabilityStaff().check(made(), staffed(**{"St. Helena": "57.31"})))


def test_dollars_per_pupil_follow_the_same_posts_at_90_percent():
    # 0.9 x 312.84 posts x $100,000 / 4,010 pupils = $7,021.35; St. Helena: 58 x 100,000 / 808 = $7,178.22.
    rule, district = ComparabilityDollars(), made()
    assert [] == list(rule.check(district, staffed()))
    room = {name: cents for name, cents, _ in rule.slack(district, staffed())}
    exact = 58 * 10_000_000 - Decimal("0.9") * Decimal("312.84") * 10_000_000 * 808 / 4010
    assert int(exact) == room["St. Helena"]


def test_federal_money_is_counted_as_paying_as_many_posts_as_it_can():
    # $150,000 of Title I at St. Helena can pay 1.5 of its 58 posts, which leaves 56.5, 0.81 short of 57.31.
    title = Fund("T1A", "Title I-A", 15_000_000, False, "last-year", ("St. Helena",), source=FundSource.FEDERAL)
    district = made(funds=(*made().funds, title))
    district = dataclasses.replace(district, staffing=(Staffing("St. Helena", "TCH", "T1A", 150),))
    [breach] = ComparabilityStaff().check(district, staffed())
    assert 81 == breach.short_by


def test_small_schools_and_lonely_schools_are_exempt():
    def with_school(code, **changes):
        schools = tuple(dataclasses.replace(s, **changes) if s.code == code else s for s in made().schools)
        return groups(made(schools=schools), Basis.SPANS, Decimal(100))

    [group] = with_school("Davis", enrollment=99)
    assert "Davis" not in {s.code for s in group.tested}
    lonely = {group.name: group for group in with_school("Davis", kind="high")}
    assert () == lonely["high"].tested
    assert "exempt" in lonely["high"].why


def test_where_every_school_is_served_the_poorer_half_is_held_against_the_other():
    schools = tuple(
        dataclasses.replace(s, title_one=TitleOne.SERVED, low_income=n * s.enrollment // 20)
        for n, s in enumerate(made().schools)
    )
    [group] = groups(made(schools=schools), Basis.SPANS, Decimal(100))
    assert (5, 6) == (len(group.against), len(group.tested))
    shares = [[s.low_income / s.enrollment for s in side] for side in (group.against, group.tested)]
    assert max(shares[0]) < min(shares[1])


def test_a_blank_status_makes_the_rule_not_testable_and_names_the_column():
    blank = tuple(dataclasses.replace(s, title_one=None) if s.code == "Davis" else s for s in made().schools)
    for rule in (ComparabilityStaff(), ComparabilityDollars()):
        report = report_rule(1, rule, made(schools=blank), staffed())
        assert "not testable" == report.verdict.value
        assert ["Enter Title I on the sheet Schools for Davis (code Davis)"] == [
            str(g).split(":")[0] for g in report.gaps
        ]


def test_federal_money_in_the_level_cannot_show_comparability_in_dollars():
    funds = (*made().funds, Fund("F", "Impact aid", 10**9, source=FundSource.FEDERAL))
    with pytest.raises(InvalidValue, match="Impact aid counts toward the level"):
        list(ComparabilityDollars().check(made(funds=funds), staffed()))
