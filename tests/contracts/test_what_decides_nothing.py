"""What decides nothing: names, the order of rows, a dollar more, and counts that are for audit only."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

import pytest

from equity_alloc.catalogue import objective_classes
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError, ProtectedAttribute
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.need import NeedWeight
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.setting import settings_of
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario

FEW = range(12)


def renamed(district: District) -> District:
    schools = tuple(dataclasses.replace(s, name=f"Zebra {97 - int(s.code)}") for s in district.schools)
    return dataclasses.replace(district, schools=schools)


def shuffled(seed: int, district: District) -> District:
    draw = random.Random(seed)
    parts = {name: list(getattr(district, name)) for name in ("schools", "staffing", "spending", "central")}
    for rows in parts.values():
        draw.shuffle(rows)
    return dataclasses.replace(district, **{name: tuple(rows) for name, rows in parts.items()})


@pytest.mark.parametrize("seed", FEW)
def test_names_and_the_order_of_rows_decide_nothing(seed):
    district, scenario = random_district(seed, 5), plain_scenario()
    made = plan(district, scenario).allocation
    assert made == plan(renamed(district), scenario).allocation
    assert made == plan(shuffled(seed, district), scenario).allocation


@pytest.mark.parametrize("seed", FEW)
def test_names_and_order_decide_nothing_in_odd_districts_either(seed):
    district = odd_district(seed)
    try:
        made = plan(district, odd_scenario(seed, district))
    except EquityAllocError:
        return
    for other in (renamed(district), shuffled(seed, district)):
        again = plan(other, odd_scenario(seed, district))
        assert getattr(made, "allocation", made.outcome) == getattr(again, "allocation", again.outcome)


def test_a_dollar_more_reshuffles_few_posts():
    """A changed cell is one that holds other posts than before; 20 cells a district, 12 districts."""
    changed = 0
    for seed in FEW:
        district, scenario = random_district(seed, 5), plain_scenario()
        general = district.fund_of["general"]
        richer = dataclasses.replace(scenario, funds=(FundChange("general", amount=general.amount + 100),))
        before, after = (plan(district, each).allocation for each in (scenario, richer))
        changed += sum(before.fte_of.get(k) != after.fte_of.get(k) for k in {*before.fte_of, *after.fte_of})
    assert changed <= 0.02 * 20 * len(FEW)


def with_audit_counts_permuted(seed: int, district: District) -> District:
    counts = [school.group("black") for school in district.schools]
    k = 1 + seed % (len(counts) - 1)
    counts = counts[k:] + counts[:k]
    schools = tuple(
        dataclasses.replace(school, groups=tuple((g, count if g == "black" else n) for g, n in school.groups))
        for school, count in zip(district.schools, counts, strict=True)
    )
    return dataclasses.replace(district, schools=schools)


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("code", objective_classes())
def test_audit_only_counts_can_be_exchanged_without_changing_a_plan(code, seed):
    kind = objective_classes()[code]
    objective = kind(position="counselor") if "position" in settings_of(kind) else kind()
    district, scenario = random_district(seed, 5), plain_scenario(objective=objective)
    other = with_audit_counts_permuted(seed, district)
    assert district.digest != other.digest
    made, again = plan(district, scenario), plan(other, scenario)
    assert isinstance(made, Plan) and isinstance(again, Plan)
    assert (made.allocation, made.outcome, made.stages) == (again.allocation, again.outcome, again.stages)


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(need_weights=(NeedWeight("black", Decimal("0.1")),)),
        Scenario(need_weights=(NeedWeight("black", Decimal(0)),)),
        Scenario(funds=(FundChange("title1", shared_by="black"),)),
        Scenario(rules=(StaffingLeast("counselor", Decimal(300), "black"),)),
        Scenario(objective=SmallestLargestLoad("counselor", "black", Decimal(1))),
    ],
    ids=["need weight", "need weight of zero", "fund sharing", "staffing ratio", "load"],
)
def test_an_audit_only_group_can_drive_nothing(scenario):
    with pytest.raises(ProtectedAttribute, match="for audit only"):
        plan(random_district(1, 4), scenario)


def test_access_and_outcomes_decide_nothing():
    district, scenario = sample_district(), sample_reading().scenario
    without = dataclasses.replace(district, indicators=(), outcomes=())
    assert district.outcomes
    assert plan(district, scenario).allocation == plan(without, scenario).allocation
