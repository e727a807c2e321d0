"""The price of one step of a rule's setting is what solving again with the setting moved gives, in its range and no further."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import numpy as np
import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.post_prices import MOST_ROOM, Room, post_prices
from equity_alloc.planning.prices import fund_prices
from equity_alloc.planning.relaxation import Relaxation, relax
from equity_alloc.planning.search import plan
from equity_alloc.planning.unit_prices import MOST_STEPS, unit_prices
from equity_alloc.planning.unit_words import beside_line, unit_sentences
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.moved_posts import MovedPosts
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario
from tests.planning.test_frontier import two_schools


@pytest.mark.parametrize("seed", range(10))
def test_a_step_moves_levels_as_told_and_alike_up_to_where_it_is_said_to_hold(seed: int) -> None:
    district = odd_district(seed) if seed % 2 else random_district(seed, 5)
    scenario = odd_scenario(seed, district) if seed % 2 else plain_scenario()
    try:
        view = scenario.view(district)
        start = relax(view)
        prices = [price for price in unit_prices(district, scenario) if price.moves]
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    for price in prices:
        assert start is not None

        def moved(value: object, price=price, start=start) -> Relaxation | None:
            rules = list(scenario.rules)
            try:
                rules[price.number - 1] = dataclasses.replace(rules[price.number - 1], **{price.name: value})
                return relax(view, rules, weights=start.weights)
            except EquityAllocError:
                return None  # The setting can go no further.

        for sign, side in ((1, price.up), (-1, price.down)):
            if side is None or not (side.gain or side.pay):
                continue
            near = moved(price.value + sign * price.step)
            assert near is not None
            for code, by in (*side.gain, *side.pay):
                s = start.cells.schools.index(code)
                assert near.levels[s] - start.levels[s] == pytest.approx(by)
            assert np.nanmin(near.levels) - np.nanmin(start.levels) == pytest.approx(side.lowest, abs=1e-6)
            steps = round((side.holds - price.value) / price.step) * sign
            assert 1 <= steps <= MOST_STEPS
            told = [code for code, _ in (*side.gain, *side.pay)]
            lowest = min(told, key=lambda code: start.levels[start.cells.schools.index(code)])
            s = start.cells.schools.index(lowest)
            by = near.levels[s] - start.levels[s]
            far = moved(side.holds)
            assert far is not None
            assert far.levels[s] - start.levels[s] == pytest.approx(by * steps, rel=2e-3)
            beyond = moved(side.holds + sign * price.step)
            assert side.ends_plans is (beyond is None) or side.is_at_least
            if beyond is not None and not side.is_at_least:
                assert beyond.levels[s] - start.levels[s] != pytest.approx(by * (steps + 1), rel=5e-4)


def test_a_gain_cap_that_holds_the_lowest_back_raises_it_by_the_step_of_last_year() -> None:
    scenario = sample_reading().scenario
    assert scenario is not None
    district = sample_district()
    [price] = [each for each in unit_prices(district, scenario) if isinstance(scenario.rules[each.number - 1], GainCap)]
    view = Scenario.view(scenario, district)
    lowest = min(
        view.district.counted_dollars(view.district.today, code) / weight for code, weight in view.levels.weights
    )
    # By hand: the lowest school of last year stands at its cap, and half a percent of last year is what a step gives it.
    assert price.up is not None
    assert price.up.lowest == pytest.approx(float(lowest) * 0.005, rel=1e-4)


def sample_plan() -> Plan:
    scenario = sample_reading().scenario
    assert scenario is not None
    made = plan(sample_district(), scenario)
    assert isinstance(made, Plan)
    return made


def test_a_post_is_worth_what_its_cost_in_new_money_is_worth() -> None:
    made = sample_plan()
    funds = list(fund_prices(made.district, made.scenario))
    general = next(price for price in funds if price.fund == "GEN")
    assert general.more is not None
    found = {price.position: price for price in post_prices(made, funds)}
    assert set(made.district.position_of) == set(found)
    priced = [price for price in found.values() if "GEN" in price.funds]
    assert len(priced) > 3
    for price in priced:
        cost = made.district.position_of[price.position].cost
        assert price.level == pytest.approx(cost / 100 * general.more.per_dollar)
        assert 0 < price.holds <= general.more.holds / cost + 1e-9


def test_a_post_that_a_cap_forbids_has_no_price_and_names_the_cap() -> None:
    """Every school of the sample has its one principal, and a rule allows no more."""
    made = sample_plan()
    found = {price.position: price for price in post_prices(made, list(fund_prices(made.district, made.scenario)))}
    principal = next(p for p in found.values() if made.district.position_of[p.position].title == "Principal")
    assert ((), (), 0.0) == (principal.room, principal.funds, principal.level)
    assert principal.schools
    assert {"staffing-most"} == {made.scenario.rules[number - 1].code for number in principal.barred}


@pytest.mark.parametrize("seed", range(6))
def test_room_is_what_the_rules_own_checks_allow_and_no_step_more(seed: int) -> None:
    """The checks that audit a plan know nothing of limits; they see a finished allocation with more posts in it."""
    rules = (*plain_scenario().rules, StaffingMost("teacher", Decimal(16)), MovedPosts(Decimal(9)))
    made = plan(random_district(seed), dataclasses.replace(plain_scenario(), rules=rules))
    if not isinstance(made, Plan):
        return
    room = Room(made)
    district, posts = made.view.district, made.allocation.fte_of

    def broken(school: str, position: str, by: int) -> set[str]:
        fte = {**posts, (school, position): posts.get((school, position), 0) + by}
        changed = dataclasses.replace(made.allocation, fte=tuple(sorted(fte.items())))
        judged = [
            rule for rule in made.scenario.rules if rule.code in ("staffing-most", "moved-posts", "position-band")
        ]
        return {rule.code for rule in judged if list(rule.check(district, changed))}

    for school in district.schools:
        for position in district.positions:
            most = room.at(school.code, position.code)
            assert not broken(school.code, position.code, most)
            if most < MOST_ROOM // position.step * position.step:
                over = broken(school.code, position.code, most + position.step)
                assert over or room.rules_at([school.code], position.code), (school.code, position.code)


def test_a_step_beyond_which_no_plan_exists_is_told_and_not_counted_among_those_that_move_nothing() -> None:
    # 0.98 of last year fits a fund 2 % smaller than last year to the dollar; half a percent more does not.
    district = two_schools(58_800_000)
    scenario = Scenario(rules=(HoldHarmless(Decimal("0.98")),), tolerance=0)
    [price] = [each for each in unit_prices(district, scenario) if each.name == "share"]
    assert price.up is None and (1,) == price.no_plan
    said = list(unit_sentences(district, scenario))
    assert any("no plan exists" in each and each.startswith(f"Rule {price.number} (") for each in said[:-1])
    assert "no plan exists" in beside_line(scenario, [price], price.number, "A")


def test_a_setting_that_cannot_go_further_is_not_said_to_leave_no_plan() -> None:
    scenario, district = sample_reading().scenario, sample_district()
    assert scenario is not None
    [price] = [p for p in unit_prices(district, scenario) if p.name == "least_fte" and not p.value][:1]
    assert price.down is None and -1 not in price.no_plan


@pytest.mark.parametrize(("pupils_per_fte", "priced"), [(0, []), (1, [(1, None)])])
def test_no_ratio_is_no_ratio_of_zero_that_a_step_leads_from_or_to(pupils_per_fte: int, priced: list[object]) -> None:
    rule = StaffingMost("teacher", Decimal(pupils_per_fte))
    scenario = dataclasses.replace(plain_scenario(), rules=(*plain_scenario().rules, rule))
    prices = unit_prices(random_district(0, 5), scenario, [len(scenario.rules)])
    found = [price for price in prices if price.name == "pupils_per_fte"]
    assert priced == [(price.value, price.down) for price in found]
    assert not any(-1 in price.no_plan for price in found)
