"""Traps of solvers and of wording: threads, one dollar more, other names, another order, and money that stays behind."""

from __future__ import annotations

import dataclasses
import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.scenario import FundChange, Scenario
from tests.districts import plain_scenario, random_district

FEW = range(6)


def scenario_of(whose: Whose) -> Scenario:
    return plain_scenario(objective=RaiseByDial("2", unit=whose))


def made(district: District, scenario: Scenario) -> Plan:
    found = plan(district, scenario)
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize("whose", Whose)
def test_plans_made_side_by_side_are_the_plans_made_one_after_the_other(whose):
    """T1: a second HiGHS with other threads would return without solving; ours all use one."""
    districts = [random_district(seed, 5) for seed in FEW]
    alone = [made(district, scenario_of(whose)).digest for district in districts]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda district: made(district, scenario_of(whose)).digest, districts))
    assert alone == together


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("seed", FEW)
def test_names_and_the_order_of_rows_decide_nothing(seed, whose):
    district, scenario = random_district(seed, 5), scenario_of(whose)
    draw = random.Random(seed)
    parts = {name: list(getattr(district, name)) for name in ("schools", "staffing", "spending")}
    for rows in parts.values():
        draw.shuffle(rows)
    shuffled = dataclasses.replace(district, **{name: tuple(rows) for name, rows in parts.items()})
    renamed = dataclasses.replace(
        district, schools=tuple(dataclasses.replace(s, name=f"Zebra {97 - int(s.code)}") for s in district.schools)
    )
    own = made(district, scenario).allocation
    assert own == made(shuffled, scenario).allocation == made(renamed, scenario).allocation


@pytest.mark.parametrize("whose", Whose)
def test_a_dollar_more_reshuffles_few_posts(whose):
    """A changed cell holds other posts than before; 20 cells a district, six districts."""
    changed = 0
    for seed in FEW:
        district, scenario = random_district(seed, 5), scenario_of(whose)
        amount = district.fund_of["general"].amount + 100
        richer = dataclasses.replace(scenario, funds=(FundChange("general", amount=amount),))
        before, after = (made(district, each).allocation for each in (scenario, richer))
        changed += sum(before.fte_of.get(k) != after.fte_of.get(k) for k in {*before.fte_of, *after.fte_of})
    assert changed <= (0.02 if whose is Whose.SCHOOL else 0.05) * 20 * len(FEW)


def test_money_that_no_school_may_take_stays_in_its_fund_by_name():
    """T4: two schools at $100 each may gain nothing, so the $50 above stay unallocated in the fund that holds them."""
    district = District(
        "Two",
        "2026-27",
        tuple(School(code, code, "any", 100, 100) for code in "ab"),
        funds=(Fund("general", "General", 250_00), Fund("levy", "Levy", 30_00)),
        spending=tuple(Spending(code, "Supplies", "general", 100_00) for code in "ab"),
    )
    found = made(district, Scenario(rules=(GainCap(Decimal(0)),), objective=RaiseByDial("5"), tolerance=0))
    left = {fund.code: fund.unallocated for fund in found.certificate.funds}
    assert 80_00 == sum(left.values())
    assert all(cents >= 0 for cents in left.values())
    assert {"a": 100_00, "b": 100_00} == {code: found.allocation.school_dollars(code) for code in "ab"}
