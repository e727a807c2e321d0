"""Sentences about plans say what is so: no plan is called best that is not proven, and none impossible that may exist."""

import dataclasses
from decimal import Decimal

from equity_alloc.planning.plan import Impossible, OutcomeKind
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import measure_rows, totals
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.protected import DATA
from equity_alloc.ui.changes import with_fund_value, with_rule_setting, without_rule
from equity_alloc.ui.sentences import certified_words, effect_sentence, headline, not_possible_title
from equity_alloc.ui.words import plain
from tests.districts import plain_scenario, random_district

DISTRICT, SCENARIO = random_district(3), plain_scenario()


def test_only_a_proven_plan_is_said_to_be_near_the_best():
    found = plan(DISTRICT, SCENARIO)
    assert "proven best" in certified_words(found)
    best_found = dataclasses.replace(found, outcome=OutcomeKind.BEST_FOUND)
    assert "proven" not in certified_words(best_found)
    assert "a better one may exist" in certified_words(best_found)


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
