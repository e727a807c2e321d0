"""Does it matter: regrets, what is left open, and the rule that makes the meanings differ."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.fund_change import FundChange
from equity_alloc.objectives.dial import NAMED
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.planning.freedom import freedom
from equity_alloc.planning.regret import RegretTable, regret_table
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.scenario import Scenario
from tests.coupled import one_line_district
from tests.districts import plain_scenario, random_district

FEW = range(5)


def table_of(seed: int, **dial: object) -> RegretTable:
    table = regret_table(random_district(seed, 6), plain_scenario(objective=RaiseByDial(**dial)))
    assert table is not None
    return table


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("seed", FEW)
def test_nobody_regrets_its_own_choice_and_nobody_gains_from_anothers(seed, whose):
    table = table_of(seed, unit=whose)
    assert NAMED == table.settings
    for i in range(len(NAMED)):
        assert 0 == pytest.approx(table.regret[i][i], abs=1e-3)
        assert all(regret >= 0 for regret in table.regret[i])
    assert list(table.best) == sorted(table.best, reverse=True)


@pytest.mark.parametrize("seed", FEW)
def test_for_money_through_funds_only_most_in_total_is_regretted(seed):
    table = table_of(seed)
    assert not table.matters and table.culprit is None and not table.couplings
    assert 0 == pytest.approx(table.largest, abs=1e-6)
    assert max(table.regret[0]) > 1


@pytest.mark.parametrize("seed", FEW)
def test_student_groups_share_schools_so_settings_may_differ_without_a_rule(seed):
    table = table_of(seed, unit=Whose.GROUP)
    assert table.schools_share_units and not table.couplings


def test_the_rule_that_couples_schools_is_named():
    """Without the slope every setting gives one plan; with a steep one they differ, so it is the slope that does it."""
    district = random_district(4, 8)
    steep = NeedSlopeLeast("poor", Decimal(1000))
    scenario = plain_scenario()
    scenario = Scenario(need_weights=scenario.need_weights, rules=(*scenario.rules, steep))
    table = regret_table(district, scenario)
    assert table is not None
    assert table.matters
    culprit = table.culprit
    assert culprit is not None and culprit.title == steep.title
    assert scenario.rules[culprit.number - 1] is steep
    assert 0 == pytest.approx(culprit.regret_without, abs=1e-6)


def test_no_plan_has_no_table_and_no_freedom():
    district = random_district(1, 4)
    scenario = plain_scenario(funds=(FundChange("general", amount=1),))
    assert regret_table(district, scenario) is None
    assert freedom(district, scenario) is None


@pytest.mark.parametrize("seed", FEW)
def test_schools_compared_one_by_one_leave_no_dollar_open(seed):
    found = freedom(random_district(seed, 6), plain_scenario())
    assert found is not None and found.is_unique and 6 == found.n_schools


def test_most_in_total_leaves_open_who_gets_it():
    """Two schools, $20,000 for one line each, no other rule: each may have anything from nothing to all of it."""
    district = one_line_district(["a", "b"], fund=20_000_00)
    found = freedom(district, Scenario(objective=RaiseByDial("0")))
    assert found is not None and not found.is_unique
    for each in found.ranges:
        assert each.least == pytest.approx(0, abs=1_00)
        assert each.most == pytest.approx(20_000_00, abs=1_00)


def test_above_the_ceiling_schools_may_have_more_at_no_loss():
    """$100 a pupil are enough and there is $200: each school may have from its 100 to what the other does not need."""
    district = one_line_district(["a", "b"], fund=40_000_00)
    found = freedom(district, Scenario(objective=RaiseByDial("2", ceiling=Decimal(100))))
    assert found is not None
    assert ["a", "b"] == sorted(each.school for each in found.ranges)
    for each in found.ranges:
        assert each.least == pytest.approx(10_000_00, abs=1_00)
        assert each.most == pytest.approx(30_000_00, abs=1_00)


def test_a_shortfall_says_only_what_is_missing_in_all_so_either_school_may_have_the_money():
    """Targets of $15,000 each, $20,000 there: $10,000 are missing however it is split, from 5,000 and 15,000 on."""
    district = one_line_district(["a", "b"], fund=20_000_00)
    schools = tuple(dataclasses.replace(school, target=15_000_00) for school in district.schools)
    found = freedom(dataclasses.replace(district, schools=schools), Scenario(objective=LeastShortfall()))
    assert found is not None and 2 == len(found.ranges)
    for each in found.ranges:
        assert each.least == pytest.approx(5_000_00, abs=1_00)
        assert each.most == pytest.approx(15_000_00, abs=1_00)
