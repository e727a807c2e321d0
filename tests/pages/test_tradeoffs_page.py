"""The page Trade-offs: lines of the best possible, certified plans on them, and loading one with a way back."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.planning.frontier import Axis
from equity_alloc.rules.hold_harmless import HoldHarmless
from tests.pages.conftest import failures, press, words


def pick(page, place):
    [box] = [each for each in page.selectbox if each.label == "A plan on the line"]
    return box.set_value(place).run()


def test_the_first_look_shows_plans_between_the_fewest_moves_and_the_best_level(go_to):
    page = go_to("tradeoffs")
    assert [] == failures(page)
    assert "the best there is" in words(page)
    [box] = [each for each in page.selectbox if each.label == "A plan on the line"]
    assert 9 == len(box.options)


@pytest.mark.parametrize("axis", ["cost", "total"])
def test_every_axis_has_its_line(go_to, axis):
    page = go_to("tradeoffs")
    [control] = page.button_group
    page = control.set_value(Axis(axis)).run()
    assert [] == failures(page)
    assert {"cost": "at schools to", "total": "Nothing is to be traded here"}[axis] in words(page)


def test_a_plan_on_the_line_becomes_the_scenario_and_undo_brings_the_old_one_back(go_to, session):
    before = session.scenario
    page = pick(go_to("tradeoffs"), 3)
    assert "Certified, every rule kept" in words(page)
    page = press(page, "Load this plan")
    assert [] == failures(page)
    assert session.scenario != before
    assert "This plan was loaded from a line" in "".join(str(each.proto) for each in page.info)
    # The line stays that of the scenario it was chosen from, so that another plan can be chosen.
    [box] = [each for each in page.selectbox if each.label == "A plan on the line"]
    assert 9 == len(box.options)
    page = press(page, "Undo last change")
    assert session.scenario == before
    assert [] == failures(page)


def test_without_a_plan_no_line_is_shown(go_to, session):
    rules = (*session.scenario.rules, HoldHarmless(Decimal("1.5")))
    session.scenario = dataclasses.replace(session.scenario, rules=rules)
    page = go_to("tradeoffs")
    assert [] == failures(page)
    assert [] == [each for each in page.selectbox if each.label == "A plan on the line"]


def tab(page, words):
    page.session_state["tradeoffs-part"] = words
    return page.run()


def test_what_equity_costs_is_told_in_percent_dollars_moves_and_by_payer(go_to):
    page = tab(go_to("tradeoffs"), "What it costs")
    assert [] == failures(page)
    said = words(page)
    # Every cent of core money reaches schools either way, so the total pays nothing.
    assert "0.0 % and $0" in said
    assert "The cheapest plan that keeps every rule costs" in said
    assert "Hold-harmless (rule 5) keeps" in said and "Who pays: " in said


def test_prices_of_money_posts_and_rules_are_told_with_their_range(go_to):
    page = tab(go_to("tradeoffs"), "Prices")
    assert [] == failures(page)
    said = words(page)
    assert "one more raises it no further" in said
    assert "one step up or down moves no level" in said
    columns = {column for frame in page.dataframe for column in frame.value.columns}
    assert {"Holds for", "Holds until", "One more post", "Of whom", "Higher", "Lower"} <= columns


def test_goals_judge_each_other_and_the_compromise_is_loaded_and_undone(go_to, session):
    before = session.scenario
    page = tab(go_to("tradeoffs"), "Goals")
    assert [] == failures(page)
    [table] = [frame.value for frame in page.dataframe if "The plan of" in frame.value.columns]
    assert "The compromise" == list(table["The plan of"])[-1]
    assert len(table) - 1 == len([column for column in table.columns if column not in ("The plan of", "Worst")])
    page = press(page, "Load this plan")
    assert [] == failures(page)
    assert "agreed-dollars" == session.scenario.objective.code
    session.undo()
    assert session.scenario == before
