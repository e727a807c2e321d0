"""Fayette County, Kentucky, walks the whole road: its expected results were computed independently of this project."""

from __future__ import annotations

import csv
import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest

from equity_alloc.domain.district import Decision, District, Fund, Position, Staffing
from equity_alloc.domain.finding import Severity
from equity_alloc.domain.need import NeedWeight
from equity_alloc.objectives.base import Objective
from equity_alloc.objectives.least_deviation import LeastDeviation
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import LevelBasis, Scenario
from equity_alloc.sources.kentucky import read_kentucky

POT = 300_000_000_00
WEIGHTS = (
    NeedWeight("economically-disadvantaged", Decimal("0.15")),
    NeedWeight("english-learners", Decimal("0.096")),
    NeedWeight("students-with-disabilities", Decimal("1.17")),
)
BLANK_IS_ZERO = Decision("Blank LEP counts mean zero pupils", "the case's authors", "2016-17")


@pytest.fixture(scope="module")
def table(shared: Path) -> bytes:
    return (shared / "data" / "ky_schools_2016_17.csv").read_bytes()


@pytest.fixture(scope="module")
def fayette(table: bytes) -> District:
    reading = read_kentucky(table, "Fayette County", pot=POT, blank_means_zero=BLANK_IS_ZERO)
    assert not reading.errors
    assert reading.district is not None
    return reading.district


def expected(shared: Path, name: str) -> dict[str, float]:
    return dict(json.loads((shared / "cases" / name).read_text(encoding="utf-8")))


def planned(district: District, scenario: Scenario) -> Plan:
    result = plan(district, scenario)
    assert isinstance(result, Plan), result
    assert result.certificate.is_kept
    return result


def bounded(objective: Objective) -> Scenario:
    rules = (HoldHarmless(Decimal("0.985")), GainCap(Decimal("0.05")))
    return Scenario(need_weights=WEIGHTS, rules=rules, objective=objective, basis=LevelBasis.TARGET, tolerance=0)


def test_the_door_finds_53_regular_schools_and_leaves_blank_counts_unknown(table: bytes) -> None:
    reading = read_kentucky(table, "165", pot=POT)
    assert reading.district is not None
    assert len(reading.district.schools) == 53
    assert any(school.group("english-learners") is None for school in reading.district.schools)
    assert any(finding.severity is Severity.WARNING for finding in reading.findings)


def test_the_decision_that_blank_means_zero_is_recorded(fayette: District) -> None:
    assert BLANK_IS_ZERO in fayette.decisions
    assert 4632 == sum(school.group("english-learners") or 0 for school in fayette.schools)


def test_the_weighted_formula_is_met_to_the_cent(shared: Path, fayette: District) -> None:
    with (shared / "cases" / "F_fayette_weighted_formula_expected.csv").open(encoding="utf-8") as file:
        cents = {row["state_school_id"]: int(Decimal(row["allocation"]) * 100) for row in csv.DictReader(file)}
    free = Scenario(need_weights=WEIGHTS, objective=LeastDeviation(), tolerance=0)
    result = planned(fayette, free)
    assert cents == {code: result.allocation.school_dollars(code) for code in cents}
    assert OutcomeKind.PROVEN is result.outcome


def test_the_least_deviation_under_hold_harmless_is_the_published_optimum(shared: Path, fayette: District) -> None:
    case = expected(shared, "F_fayette_hold_harmless_lp.json")
    result = planned(fayette, bounded(LeastDeviation()))
    reached = -float(result.scenario.objective.score(result.view, result.allocation)[0])
    assert reached == pytest.approx(case["min_sum_abs_deviation"], rel=1e-6)
    assert result.stages[0].bound == pytest.approx(case["min_sum_abs_deviation"], rel=1e-6)


def test_the_largest_smallest_ratio_under_hold_harmless_is_the_published_optimum(
    shared: Path, fayette: District
) -> None:
    case = expected(shared, "F_fayette_hold_harmless_lp.json")
    result = planned(fayette, bounded(RaiseLowestFirst()))
    reached = float(result.scenario.objective.score(result.view, result.allocation)[0])
    assert reached == pytest.approx(case["max_min_ratio"], rel=1e-6)
    assert result.certificate.proof is not None
    assert float(result.certificate.proof.gap) < 1e-8


def test_before_the_plan_the_ratio_and_deviation_are_the_published_ones(shared: Path, fayette: District) -> None:
    case = expected(shared, "F_fayette_hold_harmless_lp.json")
    view = bounded(LeastDeviation()).view(fayette)
    deviation = -float(LeastDeviation().score(view, fayette.today)[0])
    assert deviation == pytest.approx(case["before_sum_abs_deviation"], rel=1e-6)
    assert float(RaiseLowestFirst().score(view, fayette.today)[0]) == pytest.approx(case["before_min_ratio"], rel=1e-6)


def test_120_counselors_are_placed_with_the_smallest_largest_load(shared: Path, fayette: District) -> None:
    case = expected(shared, "F_fayette_counselors.json")
    cost = 70_000_00
    posts = dataclasses.replace(
        fayette,
        positions=(Position("counselor", "Counselor", cost, step=100, smallest=100),),
        funds=(Fund("counselors", "Counselor posts", cost * int(case["staff"])),),
        staffing=tuple(Staffing(school.code, "counselor", "counselors", 100) for school in fayette.schools),
        spending=(),
    )
    objective = SmallestLargestLoad("counselor", "economically-disadvantaged", Decimal("0.5"))
    scenario = Scenario(rules=(StaffingLeast("counselor", least_fte=Decimal(1)),), objective=objective)
    result = planned(posts, scenario)
    assert float(case["optimal_max_load"]) == -float(objective.score(result.view, result.allocation)[0])
    assert 100 * int(case["staff"]) == result.allocation.position_fte("counselor")
