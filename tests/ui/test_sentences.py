"""Sentences about plans say what is so: no plan is called best that is not proven, and none impossible that may exist."""

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest

from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.shipped import DATA
from equity_alloc.objectives.even_loads import EvenLoads, LoadScale
from equity_alloc.objectives.least_deviation import LeastDeviation
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.planning.plan import Impossible, OutcomeKind
from equity_alloc.planning.repaired import repaired
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import measure_rows, totals
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import LevelBasis, Scenario
from equity_alloc.sources.open_file import read_path
from equity_alloc.ui.changes import with_fund_value, with_rule_setting, without_rule
from equity_alloc.ui.proof_words import nearness
from equity_alloc.ui.sentences import certified_words, effect_sentence, headline, not_possible_title, unallocated
from equity_alloc.ui.words import plain
from tests.districts import plain_scenario, random_district
from tests.planning.test_frontier import two_schools

DISTRICT, SCENARIO = random_district(3), plain_scenario()


def test_only_a_proven_plan_is_said_to_be_near_the_best():
    found = plan(DISTRICT, SCENARIO)
    assert "no plan under these rules can bring the lowest school" in certified_words(found)
    assert "a better one may exist" not in certified_words(found)
    best_found = dataclasses.replace(found, outcome=OutcomeKind.BEST_FOUND)
    assert "a better one may exist" in certified_words(best_found)


def test_what_is_proven_of_the_lowest_school_is_said_in_its_unit_and_holds_for_the_money_supposed():
    """By hand: the bound less the lowest level of the allocation, both in cents per weighted pupil."""
    for supposed in (0, 5_000_000_00):
        fund = DISTRICT.funds[0]
        scenario = with_fund_value(SCENARIO, DISTRICT, fund.code, "amount", fund.amount + supposed)
        found = plan(DISTRICT, scenario)
        weights = dict(found.view.levels.weights)
        lowest = min(found.view.district.counted_dollars(found.allocation, code) / weights[code] for code in weights)
        gap = print_dollars(round(Fraction(found.certificate.proof.bound) * 100 - lowest), with_cents=True)
        told = nearness(found)
        assert told.startswith(
            "no plan under these rules and the money supposed" if supposed else "no plan under these rules can"
        )
        assert (
            f"more than {gap} per weighted pupil higher" in told
            if gap != "$0.00"
            else "the lowest school higher" in told
        )


def test_nobody_can_do_better_than_the_sentence_says_with_the_money_of_a_way_out():
    """After a way out by money, other tolerances and a search without one never pass what was said to be the most."""
    impossible = plan(DISTRICT, with_rule_setting(SCENARIO, 5, "share", Decimal("1.03")))
    assert isinstance(impossible, Impossible)
    [money] = [repair for repair in impossible.repairs if repair.rule_number is None]
    scenario = repaired(impossible.scenario, DISTRICT, money)
    found, exact = plan(DISTRICT, scenario), plan(DISTRICT, dataclasses.replace(scenario, tolerance=0))
    proof = found.certificate.proof
    assert Fraction(exact.certificate.proof.level) <= Fraction(proof.bound)
    assert proof.gap >= Fraction(exact.certificate.proof.level) - Fraction(proof.level)
    assert "the money supposed here" in certified_words(found)


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        (LeastShortfall(), "below their targets in all, and no plan under these rules can lower that"),
        (LeastDeviation(), "away from their targets in all, and no plan under these rules can lower that"),
        (SmallestLargestLoad("counselor"), "no plan under these rules has a smaller largest load"),
        (RaiseByDial(aversion="0"), "per weighted pupil better"),
        (EvenLoads("counselor", "2"), "better"),
    ],
)
def test_each_objective_says_what_is_proven_of_it_and_nothing_where_it_is_not(objective, words):
    found = plan(DISTRICT, dataclasses.replace(SCENARIO, objective=objective))
    assert found.outcome is OutcomeKind.PROVEN
    assert nearness(found).endswith(words)
    assert "" == nearness(dataclasses.replace(found, outcome=OutcomeKind.BEST_FOUND))


def test_the_largest_load_is_the_headline_where_it_is_what_the_plan_lowers():
    found = plan(DISTRICT, dataclasses.replace(SCENARIO, objective=SmallestLargestLoad("counselor")))
    pupils = {school.code: school.enrollment for school in DISTRICT.schools}
    loads = [pupils[code] * 100 / fte for (code, position), fte in found.allocation.fte if position == "counselor"]
    assert f"Counselor: {max(loads):,.1f} pupils for each full-time post" in headline(found, totals(found))


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        (EvenLoads("counselor", "2"), "Counselor: as bad as {:,.1f} pupils for each full-time post at every school ("),
        (
            EvenLoads("counselor", "infinity"),
            "Counselor: {:,.1f} pupils for each full-time post at the most loaded school (",
        ),
        (
            EvenLoads("counselor", "2", scale=LoadScale.POSTS),
            "Counselor: as good as {:,.2f} posts for 1,000 pupils at every",
        ),
    ],
)
def test_loads_by_the_dial_are_the_headline_in_their_own_unit(objective, words):
    found = plan(DISTRICT, dataclasses.replace(SCENARIO, objective=objective))
    reached = abs(float(objective.score(found.view, found.allocation)[0]))
    assert headline(found, totals(found)).startswith(words.format(reached))


def test_money_that_nobody_gets_is_named_by_fund():
    found = plan(DISTRICT, SCENARIO)
    fund = DISTRICT.funds[0]
    more = plan(DISTRICT, with_fund_value(SCENARIO, DISTRICT, fund.code, "amount", fund.amount * 3))
    left = {balance.title: balance.unallocated for balance in more.certificate.funds if balance.unallocated > 0}
    assert left == dict(unallocated(more))
    assert sum(left.values()) > fund.amount
    assert "stays unallocated" in certified_words(more)
    assert sum(balance.unallocated for balance in found.certificate.funds) >= 100_000 or () == unallocated(found)


def test_a_search_that_was_stopped_is_not_called_impossible():
    for outcome, title in (
        (OutcomeKind.IMPOSSIBLE, "These rules cannot all be kept together"),
        (OutcomeKind.STOPPED, "No plan was found"),
        (OutcomeKind.FAILED, "No plan was found"),
    ):
        assert title == not_possible_title(Impossible(DISTRICT, SCENARIO, "", (), (), outcome))


def test_the_headline_carries_the_levels_of_the_lowest_school():
    found = plan(DISTRICT, SCENARIO)
    sums = totals(found)
    told = headline(found, sums)
    assert f"${sums.lowest_today:,.0f}" in told
    assert f"${sums.lowest_plan:,.0f}" in told


def test_the_effect_of_losing_and_finding_a_plan_is_told():
    found = plan(DISTRICT, SCENARIO)
    none = plan(DISTRICT, with_rule_setting(SCENARIO, 5, "share", Decimal("1.5")))
    assert isinstance(none, Impossible)
    assert "With this change there is no plan." == effect_sentence(found, none)
    assert effect_sentence(none, found).startswith("A plan exists again.")
    assert "There is still no plan." == effect_sentence(none, None)
    assert "The plan stays as it was." == effect_sentence(found, found)


def test_a_change_that_widens_the_gap_says_so():
    """A hold-harmless at last year's dollars leaves the school with most where it stood."""
    district = two_schools(65_000_000)
    level, held = (plan(district, Scenario(rules=rules, tolerance=0)) for rules in ((), (HoldHarmless(Decimal(1)),)))
    # By hand: 6.5 teachers of $100,000 in halves go 3 and 3.5, $500 apart per pupil of 100; held, 2.5 and 4, $1,500 apart.
    assert "gap between highest and lowest $1,000 wider" in effect_sentence(level, held)
    assert "gap between highest and lowest $1,000 narrower" in effect_sentence(held, level)


def test_a_level_over_target_is_said_once_and_no_weight_is_called_changed_that_was_not():
    """In percent of target the words "share of target" would say the percent twice."""
    found = plan(DISTRICT, SCENARIO)
    over_target = plan(DISTRICT, dataclasses.replace(SCENARIO, basis=LevelBasis.TARGET))
    told = headline(over_target, totals(over_target))
    assert told.endswith(" % of target")
    assert "share" not in told
    effect = effect_sentence(found, over_target)
    assert "% of target, measured in another way than before" in effect
    assert "weights" not in effect
    [need, *others] = SCENARIO.need_weights
    heavier = dataclasses.replace(need, weight=need.weight + 1)
    other_weights = plan(DISTRICT, dataclasses.replace(SCENARIO, need_weights=(heavier, *others)))
    assert "under other weights than before" in effect_sentence(found, other_weights)


def test_a_value_of_a_fund_set_back_to_the_districts_own_is_no_change():
    fund = DISTRICT.funds[0]
    changed = with_fund_value(SCENARIO, DISTRICT, fund.code, "amount", fund.amount + 100)
    assert changed != SCENARIO
    assert SCENARIO == with_fund_value(changed, DISTRICT, fund.code, "amount", fund.amount)


def test_a_rule_that_always_holds_cannot_be_removed():
    always = [n for n, rule in enumerate(SCENARIO.rules, start=1) if rule.always]
    assert always
    for number in always:
        assert SCENARIO == without_rule(SCENARIO, number)


def test_text_from_data_is_never_markup():
    assert r"\[click\]\(x\)" != plain("[click](x)")  # brackets alone are enough to keep a link from being made
    assert r"\[click\](x)" == plain("[click](x)")
    assert r"\<b\> \$1 \`a\`" == plain("<b> $1 `a`")
    assert "&#58;red\\[a\\]" == plain(":red[a]")


def test_the_funded_share_gap_is_measured_on_dollars_over_target():
    """Tiny district, by hand: with targets in proportion to weighted pupils, the share is level over mean level."""
    reading = read_path(DATA / "tiny_district")
    found = plan(reading.district, reading.scenario)
    [row] = [row for row in measure_rows(found) if row.measure.code == "funded-share-gap"]
    view = found.view
    pot, weighted = view.counted_pot, view.weighted_pupils
    mean = pot / sum(weighted.values())
    today = [
        view.district.counted_dollars(view.district.today, code) / weight / mean for code, weight in weighted.items()
    ]
    assert abs(float(max(today) - min(today)) - row.today) < 1e-9
    assert 0 <= row.plan <= 1
