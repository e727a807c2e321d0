"""Promises that a close reader found broken once; each is a sentence about what a user may rely on."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Spending, Staffing, StudentGroup
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.locked_line import LockedLine
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.scenario import Scenario, default_scenario, scenario_from_plain
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.protected import protected_attribute
from equity_alloc.sources.sample import sample_reading
from tests.districts import plain_scenario, random_district


def small(**changes: object) -> District:
    schools = tuple(School(code, f"School {code}", "high", 400, 400, (("poor", 100),)) for code in "ABC")
    district = District(
        "Small",
        "2026-27",
        schools,
        (StudentGroup("poor", "Poor"),),
        funds=(Fund("general", "General", 30_000_00),),
        spending=tuple(Spending(code, "Supplies", "general", 10_000_00) for code in "ABC"),
    )
    return dataclasses.replace(district, **changes)  # type: ignore[arg-type]


def test_a_load_that_one_school_cannot_have_is_never_called_proven() -> None:
    counselor = Position("counselor", "Counselor", 50_000_00, 100, 100)
    fund = Fund("general", "General", 150_000_00, schools=("A", "B"), lines=())
    district = small(positions=(counselor,), funds=(fund,), spending=())
    answer = plan(district, Scenario(objective=SmallestLargestLoad("counselor")))
    assert isinstance(answer, Impossible)
    assert "smallest post" in answer.words


@pytest.mark.parametrize("cost", [0, 50_000_00])
def test_a_position_nobody_may_have_or_that_costs_nothing_ends_in_words(cost: int) -> None:
    counselor = Position("counselor", "Counselor", cost, 100, 100)
    district = small(positions=(counselor,), funds=(Fund("general", "General", 30_000_00, positions=()),))
    assert isinstance(plan(district, Scenario(objective=SmallestLargestLoad("counselor"))), Impossible)


def test_last_year_that_keeps_every_rule_is_never_called_impossible_because_a_share_grew() -> None:
    funds = (Fund("general", "General", 30_000_00), Fund("title1", "Title I", 36_000_00, False, "poor"))
    spending = tuple(
        Spending(code, line, fund, cents)
        for code in "ABC"
        for line, fund, cents in (("Supplies", "general", 10_000_00), ("Supplies", "title1", 5_000_00))
    )
    district = small(funds=funds, spending=spending)
    scenario = Scenario(rules=(HoldHarmless(Decimal(1)), LockedLine("Supplies")))
    assert certify(district, scenario, district.today).is_kept
    assert isinstance(plan(district, scenario), Plan)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_of_positions_funds_and_last_year_decides_nothing(seed: int) -> None:
    district = random_district(seed, 10)
    turned = dataclasses.replace(
        district,
        positions=district.positions[::-1],
        funds=district.funds[::-1],
        staffing=district.staffing[::-1],
        spending=district.spending[::-1],
        groups=district.groups[::-1],
    )
    one, other = plan(district, plain_scenario()), plan(turned, plain_scenario())
    assert isinstance(one, Plan)
    assert isinstance(other, Plan)
    assert one.allocation == other.allocation


def test_the_order_of_rows_decides_nothing_in_the_sample() -> None:
    reading = sample_reading()
    assert reading.district is not None
    assert reading.scenario is not None
    turned = dataclasses.replace(
        reading.district, positions=reading.district.positions[::-1], funds=reading.district.funds[::-1]
    )
    one, other = plan(reading.district, reading.scenario), plan(turned, reading.scenario)
    assert isinstance(one, Plan)
    assert isinstance(other, Plan)
    assert one.allocation == other.allocation


@pytest.mark.parametrize("title", ["Hispanics", "Blacks", "Asians", "Whites", "African-Americans", "Women", "Hispánic"])
def test_a_plural_or_an_accent_does_not_hide_a_protected_attribute(title: str) -> None:
    assert protected_attribute(title) is not None


@pytest.mark.parametrize("title", ["Economically disadvantaged", "English learners", "Students with disabilities"])
def test_a_need_is_not_taken_for_a_protected_attribute(title: str) -> None:
    assert protected_attribute(title) is None


def test_a_band_is_never_wider_than_its_own_sentence() -> None:
    teacher = Position("teacher", "Teacher", 1_000_00, 100)
    staffing = tuple(Staffing(code, "teacher", "general", 700) for code in "ABC")
    district = small(positions=(teacher,), staffing=staffing)
    limits = [room for _, room, _ in PositionBand().slack(district, district.today)]
    assert [100, 100, 100] == limits


def test_money_that_a_scenario_supposes_is_named_on_the_certificate() -> None:
    district = small()
    scenario = Scenario(funds=(FundChange("general", amount=40_000_00),), rules=(GainCap(),))
    certificate = certify(district, scenario, district.today)
    assert 30_000_00 == certificate.funds[0].voted
    assert 40_000_00 == certificate.funds[0].appropriation
    assert "$30,000 to $40,000" in certificate.supposed[0]


def test_two_files_of_one_name_are_refused() -> None:
    reading = read_csv_folder({"2025/funds.csv": b"Code\n", "2026/funds.csv": b"Code\n"})
    assert "file-twice" in {finding.code for finding in reading.errors}


@pytest.mark.parametrize("weight", ["1E-9999999", "1E9999999", "0." + "1" * 60, "NaN"])
def test_a_number_that_would_choke_arithmetic_is_refused_at_once(weight: str) -> None:
    data = json.loads(Scenario().json)
    data["need_weights"] = [{"group": "poor", "weight": weight, "source": ""}]
    with pytest.raises(EquityAllocError):
        scenario_from_plain(data)


@pytest.mark.parametrize("tolerance", [10**9, 500.9, "500", -1, True])
def test_a_tolerance_that_would_undo_equity_or_is_not_whole_cents_is_refused(tolerance: object) -> None:
    data = json.loads(Scenario().json)
    data["tolerance"] = tolerance
    with pytest.raises(EquityAllocError):
        scenario_from_plain(data)


def test_a_new_school_gets_what_its_pupils_bring() -> None:
    new = School("D", "New School", "high", 300, None, (("poor", 75),))
    old = small()
    district = dataclasses.replace(old, schools=(*old.schools, new), funds=(Fund("general", "General", 37_000_00),))
    answer = plan(district, default_scenario(district))
    assert isinstance(answer, Plan)
    assert answer.allocation.school_dollars("D") >= 6_500_00


def test_proven_is_said_only_of_plans_that_reach_the_stated_gap() -> None:
    district = random_district(1, 8)
    answer = plan(district, plain_scenario(tolerance=0))
    assert isinstance(answer, Plan)
    assert answer.certificate.proof is not None
    if answer.outcome is OutcomeKind.PROVEN:
        assert float(answer.certificate.proof.gap) <= 0.02
