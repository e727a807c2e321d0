"""Prices agree with solving again inside the range they claim, and fail to hold beyond it."""

from __future__ import annotations

import math

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.prices import fund_prices, probe_of, rule_prices
from equity_alloc.planning.relaxation import relax
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.draws import odd_district, odd_scenario


def sample_scenario() -> Scenario:
    scenario = sample_reading().scenario
    assert scenario is not None
    return scenario


def test_a_dollar_is_shared_by_the_weighted_pupils_of_the_schools_that_rise() -> None:
    district, scenario = sample_district(), sample_scenario()
    general = next(price for price in fund_prices(district, scenario) if price.fund == "GEN")
    assert general.more is not None
    weighted = scenario.view(district).weighted_pupils
    pupils = float(sum(weighted[code] for code in general.more.schools))
    assert general.more.per_dollar == pytest.approx(100 / pupils, rel=1e-6)


def test_a_fund_with_a_rule_of_its_own_has_no_price() -> None:
    priced = [price.fund for price in fund_prices(sample_district(), sample_scenario())]
    assert "T1A" not in priced
    assert "GEN" in priced


@pytest.mark.parametrize("seed", range(16))
def test_a_price_holds_in_its_range_and_ends_there(seed: int) -> None:
    district = odd_district(seed)
    scenario = odd_scenario(seed, district)
    try:
        start = relax(scenario.view(district))
        prices = list(fund_prices(district, scenario))
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    assert (start is None) == (not prices)
    for price in prices:
        for sign, slope in ((1, price.more), (-1, price.less)):
            if start is None or slope is None or not slope.schools:
                continue
            watched, probe = start.cells.schools.index(slope.schools[0]), probe_of(start)
            for share in (0.25, 0.5, 1.0):
                cents = round(slope.holds * share / probe) * probe or probe
                moved = start.with_more(price.fund, sign * cents)
                assert moved is not None
                predicted = slope.level + sign * abs(slope.per_dollar) * cents / 100
                assert moved.levels[watched] == pytest.approx(
                    predicted, rel=1e-6, abs=2e-3 * abs(predicted - slope.level)
                )
            beyond = start.with_more(price.fund, sign * (slope.holds + max(probe, slope.holds // 4)))
            if beyond is not None:
                predicted = (
                    slope.level + sign * abs(slope.per_dollar) * (slope.holds + max(probe, slope.holds // 4)) / 100
                )
                ended = abs(beyond.levels[watched] - predicted) > 1e-4
                end = sum(fund.amount for fund in start.view.district.funds)
                assert ended or (sign > 0 and slope.holds >= end // probe * probe)


@pytest.mark.parametrize("seed", range(16))
def test_no_rule_raises_the_lowest_level_and_gains_name_real_schools(seed: int) -> None:
    district = odd_district(seed)
    scenario = odd_scenario(seed, district)
    try:
        prices = list(rule_prices(district, scenario))
        start = relax(scenario.view(district))
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    for price in prices:
        assert start is not None
        others = [rule for n, rule in enumerate(scenario.rules, 1) if n != price.number]
        free = relax(scenario.view(district), others, weights=start.weights)
        assert free is not None
        for code, by in (*price.gain, *price.pay):
            s = start.cells.schools.index(code)
            assert start.levels[s] - free.levels[s] == pytest.approx(by)
        assert price.lowest >= 0 and not math.isnan(price.lowest)
