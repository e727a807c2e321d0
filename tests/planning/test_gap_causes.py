"""Which rule causes how much of a gap: held to every order of the rules, and to districts that can be done on paper."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from equity_alloc.domain.district import District, Fund, GroupUse, School, Spending, StudentGroup
from equity_alloc.planning.gap_cause_words import cause_cells, headline
from equity_alloc.planning.gap_causes import gap_causes
from equity_alloc.planning.relaxation import relax
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.protected_schools import ProtectedSchools
from equity_alloc.scenario import Scenario


def two_schools() -> District:
    """100 pupils each, 80 and 20 of them poor; $900,000 and $1,100,000 last year, and the same sum this year."""
    return District(
        "Two",
        "2026-27",
        tuple(
            School(code, code.upper(), "any", 100, 100, (("poor", n), ("race", 100 - n)))
            for code, n in (("a", 80), ("b", 20))
        ),
        (StudentGroup("poor", "Poor"), StudentGroup("race", "Race", GroupUse.AUDIT)),
        funds=(Fund("general", "General", 200_000_000),),
        spending=(Spending("a", "Supplies", "general", 90_000_000), Spending("b", "Supplies", "general", 110_000_000)),
    )


def found(*rules, group: str = "poor") -> tuple:
    return gap_causes(two_schools(), Scenario(rules=rules), group)


def test_a_floor_of_last_year_causes_the_whole_gap_of_the_poor():
    """Without it both have $10,000 a pupil and the gap is zero. With b held at $1,100,000, a has $9,000: the poor meet
    .8 x 9,000 + .2 x 11,000 = 9,400 and the others .2 x 9,000 + .8 x 11,000 = 10,600, so the gap is -1,200."""
    exposure, targets = found(HoldHarmless(share=Decimal(1)))
    assert (0, -1200) == (exposure.without, exposure.with_all)
    [cause] = exposure.causes
    assert -1200 == cause.share == cause.first_in == cause.last_out
    # a is below its target of $1,000,000, and nobody else is.
    assert (0, 1) == (targets.without, targets.with_all)


def test_a_group_for_audit_only_is_looked_at_and_drives_nothing():
    exposure = found(HoldHarmless(share=Decimal(1)), group="race")[0]
    assert 1200 == exposure.with_all


def test_two_rules_that_say_the_same_share_what_either_would_cause():
    exposure = found(HoldHarmless(share=Decimal(1)), ProtectedSchools(("b",), Decimal(1)))[0]
    assert [-600, -600] == [cause.share for cause in exposure.causes]
    assert [-1200, -1200] == [cause.first_in for cause in exposure.causes]
    assert [0, 0] == [cause.last_out for cause in exposure.causes]


def test_a_rule_that_does_nothing_contributes_nothing():
    exposure = found(HoldHarmless(share=Decimal(1)), GainCap(gain=Decimal(1)))[0]
    assert [-1200, 0] == [cause.share for cause in exposure.causes]
    assert 1 == len(cause_cells(exposure, ("x",) * 9))


def drawn(seed: int) -> tuple[District, Scenario]:
    """Six schools and four rules that pull in different directions; more than one figure moves."""
    draw = np.random.default_rng(seed)
    pupils, poor = draw.integers(200, 600, 6), draw.random(6)
    dollars = (pupils * (9_000 + 3_000 * draw.random(6))).round().astype(int)
    schools = tuple(
        School(f"{s}", f"S{s}", "any", int(n), int(n), (("poor", int(n * p)),))
        for s, (n, p) in enumerate(zip(pupils, poor, strict=True))
    )
    district = District(
        "Six",
        "2026-27",
        schools,
        (StudentGroup("poor", "Poor"),),
        funds=(Fund("general", "General", int(dollars.sum() * 102)),),
        spending=tuple(Spending(f"{s}", "Supplies", "general", int(d) * 100) for s, d in enumerate(dollars)),
    )
    rules = (
        HoldHarmless(share=Decimal("0.98")),
        GainCap(gain=Decimal("0.03")),
        ProtectedSchools(("1", "4"), Decimal("1.01")),
        HoldHarmless(share=Decimal("0.95")),
    )
    return district, Scenario(rules=rules)


@pytest.mark.parametrize("seed", range(6))
def test_shares_are_mean_effects_over_all_orders_and_add_up_exactly(seed):
    district, scenario = drawn(seed)
    view = scenario.view(district)
    weights = relax(view).weights
    always = [rule for rule in scenario.rules if rule.always]
    numbers = [number for number, rule in enumerate(scenario.rules, 1) if not rule.always]
    for each in gap_causes(district, scenario, "poor"):
        assert each.total == sum((cause.share for cause in each.causes), Fraction(0))
        values = {}
        for size in range(len(numbers) + 1):
            for chosen in itertools.combinations(numbers, size):
                made = relax(view, [*always, *(scenario.rules[n - 1] for n in chosen)], weights=weights)
                values[chosen] = each.figure.of(made.levels * np.array([float(weight) for weight in weights]))
        orders = list(itertools.permutations(numbers))
        for cause in each.causes:
            effect = 0.0
            for order in orders:
                place = order.index(cause.number)
                effect += values[tuple(sorted(order[: place + 1]))] - values[tuple(sorted(order[:place]))]
            assert effect / len(orders) == pytest.approx(float(cause.share), abs=0.01)
            first = values[(cause.number,)] - values[()]
            assert first == pytest.approx(float(cause.first_in), abs=0.01)


def test_where_the_rules_cannot_all_hold_there_is_no_cause_to_tell():
    assert None is gap_causes(two_schools(), Scenario(rules=(HoldHarmless(share=Decimal("1.2")),)), "poor")


def test_the_headline_names_the_rule_that_does_most():
    scenario = Scenario(rules=(HoldHarmless(share=Decimal(1)), GainCap(gain=Decimal(1))))
    exposure = gap_causes(two_schools(), scenario, "poor")[0]
    said = headline(exposure, scenario.view(two_schools()).titles)
    assert "$0.00 with only the rules that always hold, -$1,200.00 with all." in said
    number = next(n for n, rule in enumerate(scenario.rules, 1) if isinstance(rule, HoldHarmless))
    assert f"Rule {number} (" in said and said.endswith("does most: -$1,200.00.")


def test_quarters_of_need_are_compared_by_weighted_pupils():
    """Needs of 1.0 to 1.5; the floor of last year's dollars keeps the least needy school at 12,000 a pupil."""
    from equity_alloc.domain.need import NeedWeight

    district = two_schools()
    schools = tuple(
        School(str(s), str(s), "any", 100, 100, (("poor", n), ("race", 0))) for s, n in enumerate((0, 40, 60, 100))
    )
    dollars = (120, 100, 100, 80)
    district = dataclasses.replace(
        district,
        schools=schools,
        funds=(Fund("general", "General", 40_000_000),),
        spending=tuple(Spending(str(s), "Supplies", "general", d * 100_000) for s, d in enumerate(dollars)),
    )
    scenario = Scenario(need_weights=(NeedWeight("poor", Decimal("0.5")),), rules=(HoldHarmless(share=Decimal(1)),))
    quarters = gap_causes(district, scenario)[0]
    assert quarters.figure.title.startswith("Neediest quarter")
    # With all of last year kept: 80,000 / 150 - 120,000 / 100 = -666.67 dollars per weighted pupil.
    assert -666.67 == pytest.approx(float(quarters.with_all), abs=0.01)
    assert 0 == pytest.approx(float(quarters.without), abs=0.01)


@pytest.mark.parametrize(("poor", "gap"), [((0, 0, 0, 0, 100), -850.0), ((100, 100, 100, 100, 0), -850.0)])
def test_where_most_schools_need_alike_no_school_stands_on_both_sides(poor, gap):
    """Dollars are last year's. Needs of 1.0 four times and of 1.5 once: 75,000 / 150 - (110 + 120 + 130 + 180) / 400 x 1,000.

    Four times 1.5 and once 1.0: (110 + 120 + 130 + 180) / 600 x 1,000 - 175,000 / 100.
    """
    from equity_alloc.domain.need import NeedWeight

    last = (110_000, 120_000, 130_000, 180_000, 75_000 if poor[-1] else 175_000)
    district = dataclasses.replace(
        two_schools(),
        schools=tuple(School(str(s), str(s), "any", 100, 100, (("poor", n), ("race", 0))) for s, n in enumerate(poor)),
        funds=(Fund("general", "General", sum(last) * 100),),
        spending=tuple(Spending(str(s), "Supplies", "general", d * 100) for s, d in enumerate(last)),
    )
    scenario = Scenario(need_weights=(NeedWeight("poor", Decimal("0.5")),), rules=(HoldHarmless(share=Decimal(1)),))
    assert gap == pytest.approx(float(gap_causes(district, scenario)[0].with_all), abs=0.01)
