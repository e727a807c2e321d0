"""Which rule takes how much off the lowest level: against re-planning in every order, and by hand."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.cause_words import amount_words, cause_headline, cause_method, printed_shares, printed_total
from equity_alloc.planning.causes import best_lowest, rule_causes
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.prices import rule_prices
from equity_alloc.planning.relaxation import relax
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.group_ratio import GroupRatio
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario


def lowest(view: ScenarioView, rules, weights) -> float:
    found = relax(view, rules, weights=weights)
    assert found is not None
    return float(np.nanmin(found.levels)) / view.levels.cents_per_unit


def by_all_orders(district, scenario) -> dict[int, float]:
    """Return each rule's mean effect over all orders, every set planned anew by the relaxation behind prices."""
    view = scenario.view(district)
    weights = relax(view).weights
    always = [rule for rule in scenario.rules if rule.always]
    numbers = [number for number, rule in enumerate(scenario.rules, 1) if not rule.always]
    values = {
        chosen: lowest(view, [*always, *(scenario.rules[n - 1] for n in chosen)], weights)
        for size in range(len(numbers) + 1)
        for chosen in itertools.combinations(numbers, size)
    }
    effects = dict.fromkeys(numbers, 0.0)
    orders = list(itertools.permutations(numbers))
    for order in orders:
        for place, number in enumerate(order):
            effects[number] += values[tuple(sorted(order[: place + 1]))] - values[tuple(sorted(order[:place]))]
    return {number: effect / len(orders) for number, effect in effects.items()}


@pytest.mark.parametrize("seed", range(4))
def test_shares_are_mean_effects_over_all_orders_and_add_up_exactly(seed):
    district, scenario = random_district(seed), plain_scenario()
    found = rule_causes(district, scenario)
    assert found.total == sum(cause.share for cause in found.causes)
    expected = by_all_orders(district, scenario)
    assert expected.keys() == {cause.number for cause in found.causes}
    for cause in found.causes:
        assert float(cause.share) == pytest.approx(expected[cause.number], abs=2e-5)


def test_rules_that_hold_schools_together_are_judged_by_linear_programs():
    district = random_district(2)
    rules = (HoldHarmless(Decimal("0.97")), GainCap(Decimal("0.05")), GroupRatio("poor", Decimal("0.9")))
    scenario = Scenario(need_weights=plain_scenario().need_weights, rules=rules)
    found = rule_causes(district, scenario)
    assert found.total == sum(cause.share for cause in found.causes)
    expected = by_all_orders(district, scenario)
    for cause in found.causes:
        assert float(cause.share) == pytest.approx(expected[cause.number], abs=5e-3)


def test_leaving_a_rule_out_gives_back_what_its_price_says():
    """Prices leave each rule out by a way of their own; their gain is the effect last."""
    district, scenario = sample_district(), sample_reading().scenario
    found = rule_causes(district, scenario)
    prices = {price.number: price.lowest / 100 for price in rule_prices(district, scenario)}
    for cause in found.causes:
        assert float(-cause.last_out) == pytest.approx(prices[cause.number], abs=2e-5)


def test_two_ceilings_by_hand():
    """One ceiling alone holds the lowest school at 105 percent of last year, a closer one at 102; they do not add.

    With a and b what the ceilings take alone (a < b), both take b: shares are a/2 and b - a/2.
    """
    district = random_district(4, 6, growth=1.5)
    wide, close = GainCap(Decimal("0.05")), GainCap(Decimal("0.02"))
    found = rule_causes(district, Scenario(need_weights=plain_scenario().need_weights, rules=(wide, close)))
    a, b = (-cause.first_in for cause in found.causes)
    assert 0 < a < b
    assert [-a / 2, a / 2 - b] == [cause.share for cause in found.causes]
    assert [0, a - b] == [cause.last_out for cause in found.causes]
    assert -b == found.total


def test_printed_shares_add_up_to_the_printed_difference_of_levels():
    for seed in range(60):
        district = odd_district(seed)
        scenario = odd_scenario(seed, district)
        try:
            found = rule_causes(district, scenario) if district.schools else None
        except EquityAllocError:
            continue
        if found is not None and found.causes:
            assert printed_total(found) == sum(printed_shares(found)), seed
            assert found.total == sum((cause.share for cause in found.causes), Fraction(0)), seed


def test_the_sample_says_which_rule_takes_most_and_that_orders_were_drawn():
    found = rule_causes(sample_district(), sample_reading().scenario)
    assert "comes from rule 6 (No school gains more than a share of last year)." in cause_headline(found)
    assert "40 were drawn" in cause_method(found)
    assert "$0.00" == amount_words(found, 0)


def test_rules_that_cannot_all_hold_have_no_causes():
    scenario = sample_reading().scenario
    rules = tuple(
        dataclasses.replace(rule, share=Decimal("1.5")) if isinstance(rule, HoldHarmless) else rule
        for rule in scenario.rules
    )
    assert rule_causes(sample_district(), dataclasses.replace(scenario, rules=rules)) is None


def test_a_set_of_rules_without_a_plan_has_no_level():
    """A level read from what cannot be kept would be made up."""
    scenario = Scenario(need_weights=plain_scenario().need_weights, rules=(HoldHarmless(Decimal("1.5")),))
    view = scenario.view(random_district(1))
    with pytest.raises(EquityAllocError, match="No rule's own effect can be told here"):
        best_lowest(view, Possibility(view).problem(scenario.rules))


def test_what_can_be_kept_can_be_kept_without_any_one_rule():
    """Effects rest on this: fewer rules leave at least as many plans."""
    compared = 0
    for seed in range(60):
        district = odd_district(seed)
        scenario = odd_scenario(seed, district)
        try:
            possibility = Possibility(scenario.view(district))
            if not district.schools or not possibility.is_kept(scenario.rules):
                continue
        except EquityAllocError:
            continue
        for left in scenario.rules:
            if not left.always and left.code not in ("fund-eligibility", "fund-sharing", "carryover-forward"):
                assert possibility.is_kept([rule for rule in scenario.rules if rule is not left]), (seed, left.code)
                compared += 1
    assert compared > 50
